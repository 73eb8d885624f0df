"""Agreements: the versions of an engagement, and one of them in plain words."""

import json
from datetime import UTC, datetime
from typing import cast

import yaml
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.record_agreement import record_agreement
from tallystick.engine.documents import parse_document
from tallystick.engine.service_levels.agreement import AgreementRefused, Problem, read_agreement
from tallystick.records.agreements import (
    Agreement,
    followed,
    gaps_in,
    open_proposal,
    standing_of,
)
from tallystick.records.drafts import AgreementDraft
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Duty
from tallystick.web.agreement_turns import gap_words, lost_words, may_sign, turn_words
from tallystick.web.agreement_words import clauses
from tallystick.web.agreement_words.levels import LevelWords
from tallystick.web.beside import beside_levels
from tallystick.web.downloads import attached
from tallystick.web.forms.agreements import AgreementForm
from tallystick.web.forms.refusals import refused_on
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.tables import Column, Empty, Table
from tallystick.web.version_page import version_page

DOCUMENT = "document"
COLUMNS = (
    Column("title", "Agreement", link=lambda row: reverse("agreement", args=[row.public_id])),
    Column("version", "Version", numeric=True),
    Column(
        "standing", "State", sortable=False, searchable=False, template="agreements/standing.html"
    ),
    Column("in_force_from", "From", searchable=False),
    Column("in_force_until", "Until", searchable=False),
    Column("signed_on", "Signed", searchable=False),
    Column("recorded_by__name", "Recorded by"),
    Column("digest", "Hash", sortable=False, template="agreements/digest.html"),
)


def index(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show the versions of an engagement's agreement."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    viewer, now = request.viewer, datetime.now(UTC)
    table = _table(request, engagement)
    if table.wants_file:
        return table.file("agreements")
    waiting = open_proposal(engagement)
    shown = {
        "table": table,
        "may_record": viewer.may(Duty.RECORD_AGREEMENT),
        "may_draft": viewer.may(Duty.DRAFT_AGREEMENT),
        "waiting": waiting,
        "turn": turn_words(waiting, now) if waiting else "",
        "lost": lost_words(waiting, viewer) if waiting else [],
        "may_sign": waiting is not None and may_sign(viewer, waiting),
        "gaps": gap_words(gaps_in(engagement), now.date()),
        "drafts": AgreementDraft.objects.visible_to(viewer)
        .filter(engagement=engagement)
        .select_related("edited_by")
        .order_by("-edited_at", "-id"),
    }
    return render(
        request, "agreements/index.html", frame(request, engagement, "agreements") | shown
    )


def _table(request: ViewerRequest, engagement: Engagement) -> Table:
    stored = (
        Agreement.objects.visible_to(request.viewer)
        .filter(engagement=engagement)
        .select_related("recorded_by")
        .annotate(followed=followed())
        .order_by("-version")
    )
    today = datetime.now(UTC).date()
    for row in (rows := list(stored)):
        row.standing = standing_of(row, today, followed=row.followed)  # type: ignore[attr-defined]
    may_draft = request.viewer.may(Duty.DRAFT_AGREEMENT)
    empty = Empty(
        "No agreement yet",
        "The agreement states the service levels as a document that both parties can read and a "
        "machine can measure. One party drafts and proposes it, both sign.",
        "Draft an agreement" if may_draft else "",
        reverse("draft_begin", args=[engagement.public_id]),
    )
    return Table(COLUMNS, rows, request.GET, caption="Versions", empty=empty, filtering=False)


def new(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Record an agreement that both parties signed; `prepare` hands over a draft to begin with."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    now = datetime.now(UTC)
    prepared = "prepare" in request.POST
    given = (request.POST, request.FILES) if request.method == "POST" and not prepared else ()
    form = AgreementForm(now.date(), *given, initial={"text": request.POST.get("text", "")})
    problems: tuple[Problem, ...] = ()
    if form.is_bound and form.is_valid():
        with refused_on(form, "text"):
            try:
                agreement = _record(request, engagement, form, now)
            except AgreementRefused as refused:
                problems = refused.problems
                form.add_error("text", f"The document is not an agreement yet. {_first(problems)}")
            else:
                messages.success(request, f"Version {agreement.version} is recorded.")
                return redirect("agreement", agreement.public_id)
    above = ("Agreement", reverse("agreements", args=[engagement.public_id]))
    shown = frame(request, engagement, "agreements", above) | {
        "form": form,
        "problems": problems,
        "back": above[1],
    }
    return render(request, "agreements/new.html", shown, status=422 if form.is_bound else 200)


def _record(
    request: ViewerRequest, engagement: Engagement, form: AgreementForm, now: datetime
) -> Agreement:
    return record_agreement(
        engagement=engagement,
        document=parse_document(form.document, DOCUMENT),
        signed_on=form.cleaned_data["signed_on"],
        by=request.viewer,
        as_of=now,
    )


def _first(problems: tuple[Problem, ...]) -> str:
    if len(problems) == 1:
        return "What is wrong with it stands below."
    return f"The {len(problems)} things that are wrong with it stand below."


def show(request: ViewerRequest, agreement_id: str) -> HttpResponse:
    """Show one version in plain words; `?format=yaml` or `json` hands out the document."""
    agreement = find(
        Agreement, request.viewer, agreement_id, "engagement__client", "engagement__provider",
        "recorded_by", "proposed_for",
    )  # fmt: skip
    wanted = request.GET.get("format", "")
    if wanted in {"yaml", "json"}:
        return _file(agreement, wanted)
    engagement = agreement.engagement
    above = ("Agreement", reverse("agreements", args=[engagement.public_id]))
    now = datetime.now(UTC)
    said = clauses(read_agreement(agreement.document))
    levels = cast(list[LevelWords], said["levels"])
    beside = beside_levels(request.viewer, agreement, now)
    shown = frame(request, engagement, "agreements", above) | {
        "agreement": agreement,
        "version_words": f"Version {agreement.version}",
        **version_page(agreement, request.viewer, now),
        **said,
        "level_rows": [(each, beside.get(each.id, ())) for each in levels],
        "beside": beside.get("", ()),
    }
    return render(request, "agreements/show.html", shown)


def _file(agreement: Agreement, wanted: str) -> HttpResponse:
    if wanted == "json":
        text = json.dumps(agreement.document, indent=2, ensure_ascii=False) + "\n"
    else:
        text = yaml.safe_dump(agreement.document, sort_keys=False, allow_unicode=True)
    response = HttpResponse(text, content_type=f"application/{wanted}; charset=utf-8")
    name = f"{agreement.document['id']}-v{agreement.version}.{wanted}"
    return attached(response, name)
