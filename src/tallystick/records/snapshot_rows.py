"""Everything a snapshot is made of, for many engagements in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Count, OuterRef, Q, Subquery

from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.lessons.match import Feedback
from tallystick.records.agreements import Agreement, AgreementState, the_one_for
from tallystick.records.business_cases import BusinessCase
from tallystick.records.credit_entries import CreditEntry
from tallystick.records.engagements import Engagement, GatePassage
from tallystick.records.guardrails import Guardrail
from tallystick.records.lesson_evidence import LessonFeedback
from tallystick.records.lessons import Disposition, Lesson, LessonState, LessonStep
from tallystick.records.measurements import FIGURES, Measurement
from tallystick.records.objective_figures import Value, known_values
from tallystick.records.objectives import Objective
from tallystick.records.policies import policies_of
from tallystick.records.reviews import Review
from tallystick.records.selection_rows import SelectionRows, selections_of
from tallystick.records.snapshot_governance import GovernanceRows, governance_of
from tallystick.records.snapshot_issues import IssueRows
from tallystick.records.snapshot_risks import RiskRows, risk_rows_of
from tallystick.records.waivers import Waiver

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Rows:
    """
    The rows of one engagement's snapshot, in the snapshot's order.

    `agreement` is the version that holds, or else held last; `measurements` are its own, those
    that no later one supersedes; `lessons` and `guardrails` are the client's. `followed_by` is
    the signed version that begins next. `waivers` are those that nobody ended; `policy` says with
    which thresholds to look at all of it. `selection` is the competition, if there was one.
    `values` are those of the objectives by their primary keys; `opened_on` is the day on which the
    provider could first read what was there. `signed` are all versions that both signed; `issues`
    tell of issues, ladder and echo.
    """

    objectives: Sequence[Objective]
    values: Mapping[int, Sequence[Value]]
    opened_on: date | None
    business_case: BusinessCase | None
    agreement: Agreement | None
    measurements: Sequence[Measurement]
    lessons: Sequence[Lesson]
    dispositions: Sequence[Disposition]
    guardrails: Sequence[Guardrail]
    feedback: Mapping[str, Feedback]
    followed_by: Agreement | None
    credits: Sequence[CreditEntry]
    reviews: Sequence[Review]
    waivers: Sequence[Waiver]
    policy: Policy
    selection: SelectionRows | None
    signed: Sequence[Agreement]
    issues: IssueRows
    governance: GovernanceRows
    risks: RiskRows


@dataclass(frozen=True, slots=True)
class LessonRows:
    """The rows of one engagement that say which lessons fit it."""

    objectives: Sequence[Objective]
    lessons: Sequence[Lesson]
    feedback: Mapping[str, Feedback]


def lesson_rows_of(engagement: Engagement) -> LessonRows:
    """Return the rows that say which lessons fit an engagement, and no others."""
    client = {engagement.client_id}
    return LessonRows(
        objectives=list(Objective.objects.filter(engagement=engagement).order_by("id")),
        lessons=list(_lessons(client)),
        feedback=_feedback(client)[engagement.client_id],
    )


def rows_of(engagements: Iterable[Engagement], on: date | None) -> dict[int, Rows]:
    """
    Return the rows of each engagement by its primary key, in a fixed number of queries.

    `on` is the day whose agreement counts; for None, the agreement that begins last.
    """
    asked = list(engagements)
    signed = _signed(asked)
    agreements = {key: one for key, each in signed.items() if (one := the_one_for(each, on))}
    measurements = _by("agreement_id", _measurements(agreements.values()))
    stated = list(_objectives(asked))
    objectives, values = _by("engagement_id", stated), known_values(stated)
    opened, cases = _opened(asked), _cases(asked)
    dispositions = _by("engagement_id", _dispositions(asked))
    credits = _by("engagement_id", CreditEntry.objects.filter(engagement__in=asked).order_by("id"))
    reviews = _by("engagement_id", Review.objects.filter(engagement__in=asked).order_by("held_at"))
    clients = {engagement.client_id for engagement in asked}
    feedback = _feedback(clients)
    lessons, guardrails = _by("client_id", _lessons(clients)), _by("client_id", _rails(clients))
    waivers, policies = _by("engagement_id", _waivers(asked)), policies_of(asked)
    selections, issues = selections_of(asked, on), IssueRows.of(asked)
    governance, risks = governance_of(asked, on), risk_rows_of(asked)

    def rows(engagement: Engagement) -> Rows:
        agreement = agreements.get(engagement.pk)
        return Rows(
            objectives=objectives[engagement.pk],
            values=values,
            opened_on=opened.get(engagement.pk),
            business_case=cases.get(engagement.pk),
            agreement=agreement,
            measurements=measurements[agreement.pk] if agreement else [],
            lessons=lessons[engagement.client_id],
            dispositions=dispositions[engagement.pk],
            guardrails=guardrails[engagement.client_id],
            feedback=feedback[engagement.client_id],
            followed_by=_next(agreement, signed[engagement.pk]) if agreement else None,
            credits=credits[engagement.pk],
            reviews=reviews[engagement.pk],
            waivers=waivers[engagement.pk],
            policy=policies[engagement.pk],
            selection=selections.get(engagement.pk),
            signed=signed[engagement.pk],
            issues=issues,
            governance=governance[engagement.pk],
            risks=risks[engagement.pk],
        )

    return {engagement.pk: rows(engagement) for engagement in asked}


def _by(name: str, rows: Iterable[R]) -> defaultdict[Any, list[R]]:
    grouped: defaultdict[Any, list[R]] = defaultdict(list)
    for row in rows:
        grouped[getattr(row, name)].append(row)
    return grouped


def _signed(engagements: list[Engagement]) -> defaultdict[Any, list[Agreement]]:
    in_force = Agreement.objects.filter(
        engagement__in=engagements, state=AgreementState.IN_FORCE
    ).order_by("id")
    return _by("engagement_id", in_force)


def _next(agreement: Agreement, signed: Iterable[Agreement]) -> Agreement | None:
    later = [each for each in signed if each.in_force_from > agreement.in_force_from]
    return min(later, key=lambda each: each.in_force_from, default=None)


def _measurements(agreements: Iterable[Agreement]) -> Iterable[Measurement]:
    return (
        Measurement.objects.filter(agreement__in=list(agreements), superseded_by=None)
        .only(*FIGURES)
        .order_by("window_start", "id")
    )


def _objectives(engagements: list[Engagement]) -> Iterable[Objective]:
    return (
        Objective.objects.filter(engagement__in=engagements)
        .select_related("engagement", "parent")
        .prefetch_related("acknowledgements__acknowledged_by", "shared_importances")
        .order_by("id")
    )


def _opened(engagements: list[Engagement]) -> dict[int, date]:
    """Return when each engagement was made known to its provider: as its selection ended."""
    passed = GatePassage.objects.filter(engagement__in=engagements, stage=Stage.SELECT)
    return {each.engagement_id: each.passed_at.date() for each in passed}


def _cases(engagements: list[Engagement]) -> dict[int, BusinessCase]:
    """Return the newest business case of each engagement that has one."""
    stored = BusinessCase.objects.filter(engagement__in=engagements).order_by("version")
    return {each.engagement_id: each for each in stored}


def _lessons(clients: set[int]) -> Iterable[Lesson]:
    verified = LessonStep.objects.filter(lesson=OuterRef("pk"), state=LessonState.VERIFIED)
    return (
        Lesson.objects.filter(client__in=clients)
        # A retired lesson no longer holds; an observation has no cause to learn from yet.
        .exclude(state__in=[LessonState.OBSERVATION, LessonState.RETIRED])
        .select_related("finding", "published_by")
        .annotate(verified_at=Subquery(verified.order_by("-id").values("taken_at")[:1]))
        .order_by("id")
    )


def _dispositions(engagements: list[Engagement]) -> Iterable[Disposition]:
    answered = Disposition.objects.filter(engagement__in=engagements)
    return answered.select_related("lesson", "answered_by", "owner")


def _feedback(clients: set[int]) -> defaultdict[int, dict[str, Feedback]]:
    """Return how many found each lesson useful, and how many did not, by client and public id."""
    found: defaultdict[int, dict[str, Feedback]] = defaultdict(dict)
    given = LessonFeedback.objects.filter(client__in=clients).order_by()
    counted = given.values_list("client", "lesson__public_id").annotate(
        yes=Count("pk", filter=Q(useful=True)), no=Count("pk", filter=Q(useful=False))
    )
    for client, lesson, useful, not_useful in counted:
        found[client][lesson] = Feedback(useful, not_useful)
    return found


def _rails(clients: set[int]) -> Iterable[Guardrail]:
    standing = Guardrail.objects.filter(client__in=clients, retired_at=None)
    return standing.select_related("lesson").order_by("code")


def _waivers(engagements: list[Engagement]) -> Iterable[Waiver]:
    standing = Waiver.objects.filter(engagement__in=engagements, ended_at=None)
    return standing.select_related("approver").order_by("id")
