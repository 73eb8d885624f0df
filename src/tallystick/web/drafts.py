"""Drafts of an agreement: written, read and proposed by one party, unseen by the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import yaml
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.discard_draft import discard_draft
from tallystick.actions.draft_agreement import draft_agreement
from tallystick.actions.edit_draft import edit_draft
from tallystick.actions.propose_agreement import propose_agreement
from tallystick.engine.documents import parse_document
from tallystick.engine.service_levels.agreement import AgreementRefused, Problem, read_agreement
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.records.agreements import (
    Agreement,
    AgreementState,
    gaps_around,
    next_version,
    open_proposal,
    signed_before,
)
from tallystick.records.beside import SERVICE_LEVELS, suggested
from tallystick.records.drafts import AgreementDraft
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Duty
from tallystick.web.agreement_turns import gap_words
from tallystick.web.components.words import moment_html
from tallystick.web.differences import difference_to
from tallystick.web.forms.agreements import DraftForm, ProposeForm
from tallystick.web.forms.refusals import refused_on
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.templatetags.ui import hash as draw_hash

DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft as the version that it would become, or what keeps it from being one."""

    terms: Terms | None
    problems: Sequence[Problem]
    gaps: Sequence[str]


def new(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Begin a draft; `from` names the version to start with, `prepare` hands a text over."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    prepared = "prepare" in request.POST
    posted = request if request.method == "POST" and not prepared else None
    text = request.POST.get("text", "") or _text_to_start_with(request, engagement)
    form = _form(posted, {"text": text})
    if form.is_bound and form.is_valid():
        with refused_on(form, "text"):
            draft = draft_agreement(
                engagement=engagement,
                document=parse_document(form.document, DOCUMENT),
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, "The draft is kept. Only your organisation sees it.")
            return redirect("draft", draft.public_id)
    back = reverse("agreements", args=[engagement.public_id])
    shown = {"form": form, "title": "Draft a version", "back": back}
    return _render(request, engagement, "drafts/write.html", shown, form)


def _form(posted: ViewerRequest | None, initial: dict[str, str]) -> DraftForm:
    if posted is None:
        return DraftForm(initial=initial)
    return DraftForm(posted.POST, posted.FILES, initial=initial)


def _text_to_start_with(request: ViewerRequest, engagement: Engagement) -> str:
    versions = Agreement.objects.visible_to(request.viewer).filter(engagement=engagement)
    asked = request.GET.get("from", "")[:12]
    newest = versions.filter(state=AgreementState.IN_FORCE).order_by("-in_force_from")
    chosen = versions.filter(public_id=asked) if asked and "\0" not in asked else newest
    found = chosen.first()
    return _yaml(found.document) if found else ""


def _yaml(document: Any) -> str:
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True)


def _find(request: ViewerRequest, draft_id: str) -> AgreementDraft:
    return find(
        AgreementDraft, request.viewer, draft_id, "engagement__client", "engagement__provider",
        "organisation", "drafted_by", "edited_by",
    )  # fmt: skip


def show(request: ViewerRequest, draft_id: str) -> HttpResponse:
    """Show a draft: what it lacks, what it would change, and the way to propose it."""
    draft = _find(request, draft_id)
    reading = _read(draft)
    form = ProposeForm(reading.gaps, initial={"seen": draft.digest})
    return _show(request, draft, reading, form)


def _read(draft: AgreementDraft) -> Reading:
    engagement = draft.engagement
    try:
        terms = read_agreement({**draft.document, "version": next_version(engagement)})
    except AgreementRefused as refused:
        return Reading(None, refused.problems, ())
    gaps = gaps_around(engagement, (terms.in_force.from_, terms.in_force.until))
    return Reading(terms, (), gap_words(gaps, datetime.now(UTC).date()))


def _show(
    request: ViewerRequest, draft: AgreementDraft, reading: Reading, form: ProposeForm
) -> HttpResponse:
    engagement, terms = draft.engagement, reading.terms
    waiting = open_proposal(engagement)
    base = signed_before(engagement, terms.in_force.from_) if terms else None
    shown: dict[str, Any] = {
        "draft": draft,
        "heading": draft.title or "Draft without a title",
        "number": (number := next_version(engagement)),
        "propose_label": f"Propose it as version {number}",
        "changes_title": f"What changes from version {base.version}" if base else "What changes",
        "old_label": f"Version {base.version}" if base else "",
        "new_label": "The draft",
        "form": form,
        "problems": reading.problems,
        "difference": difference_to(terms, base) if terms else None,
        "waiting": waiting,
        "may_draft": request.viewer.may(Duty.DRAFT_AGREEMENT),
        "facts": [
            ("Begun", moment_html(draft.drafted_at)),
            ("By", draft.drafted_by.name),
            ("Last edited", moment_html(draft.edited_at)),
            ("Edited by", draft.edited_by.name),
            ("Hash", draw_hash(draft.digest)),
        ],
        "text": _yaml(draft.document),
        "beside": suggested(request.viewer, engagement, SERVICE_LEVELS),
    }
    return _render(request, engagement, "drafts/show.html", shown, form)


def edit(request: ViewerRequest, draft_id: str) -> HttpResponse:
    """Write a draft anew; what a colleague changed meanwhile is not overwritten."""
    draft = _find(request, draft_id)
    initial = {"text": _yaml(draft.document), "seen": draft.digest}
    form = _form(request if request.method == "POST" else None, initial)
    if form.is_bound and form.is_valid():
        with refused_on(form, "text"):
            edit_draft(
                agreement=draft,
                document=parse_document(form.document, DOCUMENT),
                seen=form.cleaned_data["seen"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, "The draft is kept.")
            return redirect("draft", draft.public_id)
    above = (draft.title or "Draft", reverse("draft", args=[draft.public_id]))
    shown = {"form": form, "title": "Edit the draft", "back": above[1]}
    return _render(request, draft.engagement, "drafts/write.html", shown, form, above)


def propose(request: ViewerRequest, draft_id: str) -> HttpResponse:
    """Put a draft before both parties."""
    draft = _find(request, draft_id)
    reading = _read(draft)
    form = ProposeForm(reading.gaps, request.POST)
    if form.is_valid():
        with refused_on(form):
            proposed = propose_agreement(
                agreement=draft,
                gap_acknowledged=form.cleaned_data.get("gap", False),
                seen=form.cleaned_data["seen"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(
                request, f"Version {proposed.version} is proposed. Both parties see it now."
            )
            return redirect("agreement", proposed.public_id)
    return _show(request, draft, reading, form)


def discard(request: ViewerRequest, draft_id: str) -> HttpResponse:
    """Throw a draft away."""
    draft = _find(request, draft_id)
    discard_draft(agreement=draft, by=request.viewer, as_of=datetime.now(UTC))
    messages.success(request, "The draft is discarded.")
    return redirect("agreements", draft.engagement.public_id)


def _render(
    request: ViewerRequest,
    engagement: Engagement,
    template: str,
    shown: dict[str, Any],
    form: BaseForm,
    *above: tuple[str, str],
) -> HttpResponse:
    versions = ("Agreement", reverse("agreements", args=[engagement.public_id]))
    around = frame(request, engagement, "agreements", versions, *above)
    # The engagement is shared; this page of it is not.
    own = {"audience": "private", "party": request.viewer.organisation.name}
    status = 422 if form.is_bound else 200
    return render(request, template, around | own | shown, status=status)
