"""Reviews: people decide what each proposed finding is; what was decided is shared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.forms.boundfield import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.hold_review import hold_review
from tallystick.actions.open_review import STAGES
from tallystick.engine.guardrails.finding import Finding
from tallystick.engine.reviews.parts import ReviewKind
from tallystick.records.beside import EVALUATION, suggested
from tallystick.records.engagements import Engagement
from tallystick.records.evidence_packs import EvidencePack, open_packs
from tallystick.records.findings import proposed_findings
from tallystick.records.lessons import Readable
from tallystick.records.library import lessons_of_review
from tallystick.records.measurements import Measurement
from tallystick.records.review_due import review_due
from tallystick.records.reviews import FindingDecision, Review, ReviewFinding
from tallystick.records.roles import Duty
from tallystick.records.statements import Statement
from tallystick.web.components.status import word_of
from tallystick.web.components.words import ABSENT, day, month
from tallystick.web.forms.refusals import refused_on
from tallystick.web.forms.reviews import ReviewForm, field_name
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.pack_words import due_words, kind_words, tab_address, title_of
from tallystick.web.statement_rows import heading, pinned
from tallystick.web.tables import Column, Empty, Table

COLUMNS = (
    Column("kind", "Review", format=kind_words, link=tab_address),
    Column("statement__window", "Month", format=lambda window: month(window) if window else ABSENT),
    Column("outcome", "Decision", format=lambda outcome: word_of(outcome) if outcome else ABSENT),
    Column("confirmed", "Confirmed", numeric=True, searchable=False),
    Column("dismissed", "Dismissed", numeric=True, searchable=False),
    Column("summary", "What was said"),
    Column("held_at", "Held", format=day, searchable=False),
    Column("held_by__name", "By"),
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A finding that waits for a decision, with its evidence and its fields."""

    finding: Finding
    title: str
    evidence: Measurement | None
    decision: BoundField
    reason: BoundField


@dataclass(frozen=True, slots=True)
class Decided:
    """A finding as it was decided, with its evidence and the lessons published from it."""

    finding: ReviewFinding
    title: str
    evidence: Measurement | None
    lessons: Sequence[Readable]


def evidence_for(sentence: str, measurements: Sequence[Measurement]) -> Measurement | None:
    """Return the measurement of the service level that a finding's sentence names."""
    named = (each for each in measurements if f" {each.service_level} " in sentence)
    return next(named, None)


def _title(evidence: Measurement | None, names: Mapping[str, str], code: str) -> str:
    """Return what a finding is about: the service level by its name, else the guardrail."""
    return names.get(evidence.service_level, code) if evidence else code


def index(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show the reviews, and for the client the statements that wait for one."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    may_review = request.viewer.may(Duty.HOLD_REVIEW)
    table = _table(request, engagement, may_review)
    if table.wants_file:
        return table.file("reviews")
    waiting = Statement.objects.visible_to(request.viewer).filter(
        engagement=engagement, review=None, superseded_by=None
    )
    shown = {
        "table": table,
        "waiting": waiting.order_by("-window_start") if may_review else [],
        "packs": [(each, title_of(each.kind)) for each in _open_packs(request, engagement)],
        "due": due_words(review_due(engagement, datetime.now(UTC))) if may_review else [],
        "may_open": _may_open(request, engagement) if may_review else [],
    }
    return render(request, "reviews/index.html", frame(request, engagement, "reviews") | shown)


def _open_packs(request: ViewerRequest, engagement: Engagement) -> list[EvidencePack]:
    packs = EvidencePack.objects.visible_to(request.viewer).filter(engagement=engagement)
    return list(open_packs(packs).order_by("-opened_at", "-id"))


def _may_open(request: ViewerRequest, engagement: Engagement) -> list[tuple[str, str]]:
    """Return the kinds of review that nobody has opened, where the stage allows them."""
    packs = _open_packs(request, engagement)
    held = Review.objects.visible_to(request.viewer).filter(engagement=engagement)
    if held.filter(kind=ReviewKind.CLOSING).exists():
        return []
    return [
        (kind.value, f"Open a {kind.value} review")
        for kind, stages in STAGES.items()
        if engagement.stage in stages and kind not in {each.kind for each in packs}
    ]


def _table(request: ViewerRequest, engagement: Engagement, may_review: bool) -> Table:
    rows: QuerySet[Review] = (
        Review.objects.visible_to(request.viewer)
        .filter(engagement=engagement)
        .select_related("statement", "pack", "held_by")
        .annotate(
            confirmed=Count("findings", filter=Q(findings__decision=FindingDecision.CONFIRMED)),
            dismissed=Count("findings", filter=Q(findings__decision=FindingDecision.DISMISSED)),
        )
        .order_by("-held_at", "-id")
    )
    text = (
        "A review looks at a month's statement, or at the engagement as a whole: people decide "
        "which findings are real, and what follows."
    )
    more = " Issue a statement; its review can be held from there." if may_review else ""
    statements = reverse("statements", args=[engagement.public_id])
    next_step = ("Open the statements", statements) if may_review else ()
    return Table(
        COLUMNS,
        rows,
        request.GET,
        caption="Reviews",
        empty=Empty("No review yet", text + more, *next_step),
        sort="-held_at",
    )


def hold(request: ViewerRequest, statement_id: str) -> HttpResponse:
    """Decide each finding that the statement gives reason to discuss."""
    statement = find(
        Statement, request.viewer, statement_id, "engagement__client", "engagement__provider",
        "agreement", "review",
    )  # fmt: skip
    held = getattr(statement, "review", None)
    if held is not None and request.method != "POST":
        return redirect("review", held.public_id)
    findings = proposed_findings(statement)
    form = ReviewForm(request.POST if request.method == "POST" else None, findings=findings)
    if form.is_bound and form.is_valid():
        with refused_on(form):
            review = hold_review(
                statement=statement,
                verdicts=form.verdicts(),
                summary=form.cleaned_data["summary"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, f"Review of {month(statement.window)} held.")
            return redirect("review", review.public_id)
    measurements = list(pinned(statement, request.viewer))
    shown = {
        "title": f"Review of {month(statement.window)}",
        "statement": statement,
        "form": form,
        "proposals": [
            _proposal(finding, form, measurements, statement.agreement.level_names)
            for finding in findings
        ],
        "beside": suggested(request.viewer, statement.engagement, EVALUATION),
    }
    above = (heading(statement), reverse("statement", args=[statement.public_id]))
    return render(
        request,
        "reviews/hold.html",
        frame(request, statement.engagement, "reviews", above) | shown,
        status=422 if form.is_bound else 200,
    )


def _proposal(
    finding: Finding, form: ReviewForm, measurements: list[Measurement], names: Mapping[str, str]
) -> Proposal:
    evidence = evidence_for(finding.sentence, measurements)
    return Proposal(
        finding,
        _title(evidence, names, finding.code),
        evidence,
        form[field_name("decision", finding)],
        form[field_name("reason", finding)],
    )


def show(request: ViewerRequest, review_id: str) -> HttpResponse:
    """Show what a review decided, and the lessons that came of it."""
    viewer = request.viewer
    review = find(
        Review, viewer, review_id, "engagement__client", "engagement__provider",
        "statement__agreement", "held_by", "pack",
    )  # fmt: skip
    if review.statement is None:
        return redirect(tab_address(review))
    statement = review.statement
    decided = _decided(request, review, statement)
    confirmed = sum(each.finding.decision == FindingDecision.CONFIRMED for each in decided)
    shown = {
        "title": f"Review of {month(statement.window)}",
        "review": review,
        "statement_heading": heading(statement),
        "decided": decided,
        "confirmed": confirmed,
        "dismissed": len(decided) - confirmed,
        "may_publish": viewer.may(Duty.PUBLISH_LESSON),
    }
    above = ("Reviews", reverse("reviews", args=[review.engagement.public_id]))
    return render(
        request, "reviews/show.html", frame(request, review.engagement, "reviews", above) | shown
    )


def _decided(request: ViewerRequest, review: Review, statement: Statement) -> list[Decided]:
    viewer = request.viewer
    findings = ReviewFinding.objects.visible_to(viewer).filter(review=review).order_by("id")
    measurements = list(pinned(statement, viewer))
    # A lesson has readers of its own: a provider sees those that were shared with it.
    published = lessons_of_review(viewer, review)
    names = statement.agreement.level_names
    return [
        Decided(each, _title(evidence, names, each.code), evidence, published.get(each.pk, []))
        for each in findings
        for evidence in [evidence_for(each.sentence, measurements)]
    ]
