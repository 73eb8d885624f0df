"""The editor of a draft: its parts one by one, each clause in words, and what it leaves open."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.edit_draft import edit_draft
from tallystick.engine.service_levels.agreement import AgreementRefused, read_agreement
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.records.agreements import next_version
from tallystick.records.drafts import AgreementDraft
from tallystick.records.roles import Duty
from tallystick.web.draft_outline import Part, outline, unplaced
from tallystick.web.draft_words import words_of
from tallystick.web.forms.parts.adding import AddForm
from tallystick.web.forms.parts.calendars import WEEK
from tallystick.web.forms.parts.part import PartForm
from tallystick.web.forms.parts.paths import without
from tallystick.web.forms.refusals import refused_on
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find


def index(request: ViewerRequest, draft_id: str) -> HttpResponse:
    """Show the parts of a draft, what each leaves open, and a form that adds one."""
    draft = _find(request, draft_id)
    form = AddForm(draft.document, draft.digest)
    return _index(request, draft, form)


def add(request: ViewerRequest, draft_id: str) -> HttpResponse:
    """Add a service level or a calendar to a draft."""
    draft = _find(request, draft_id)
    form = AddForm(draft.document, draft.digest, request.POST)
    if form.is_valid():
        with refused_on(form):
            _keep(request, draft, form.changed(), form.cleaned_data["seen"])
            return redirect("draft_part", draft.public_id, form.slug)
    return _index(request, draft, form)


def part(request: ViewerRequest, draft_id: str, part_name: str) -> HttpResponse:
    """Show one part of a draft with its fields, in words, and with what it leaves open."""
    draft = _find(request, draft_id)
    chosen = _part(draft, part_name)
    posted = [request.POST] if request.method == "POST" else []
    form = chosen.form(draft.document, chosen.base, draft.digest, *posted)
    removing = "remove" in request.POST and chosen.removable
    if posted and (removing or form.is_valid()):
        form.is_valid()
        document = _without(draft.document, chosen) if removing else form.changed()
        with refused_on(form):
            _keep(request, draft, document, request.POST.get("seen", "")[:71])
            messages.success(request, "Removed." if removing else "The draft is kept.")
            if removing or "finish" in request.POST:
                return redirect("draft_parts", draft.public_id)
            return redirect("draft_part", draft.public_id, chosen.slug)
    return _show(request, draft, chosen, form)


def _find(request: ViewerRequest, draft_id: str) -> AgreementDraft:
    return find(
        AgreementDraft, request.viewer, draft_id, "engagement__client", "engagement__provider"
    )


def _whole(draft: AgreementDraft) -> dict[str, Any]:
    return {**draft.document, "version": next_version(draft.engagement)}


def _part(draft: AgreementDraft, name: str) -> Part:
    found = [each for each in outline(_whole(draft)) if each.slug == name]
    if not found:
        raise Http404
    return found[0]


def _without(document: Mapping[str, Any], part: Part) -> dict[str, Any]:
    if part.kind == "calendar":
        return without(document, part.base)
    levels = [
        each for index, each in enumerate(document["service_levels"]) if index != part.base[-1]
    ]
    return {**document, "service_levels": levels}


def _keep(
    request: ViewerRequest, draft: AgreementDraft, document: Mapping[str, Any], seen: str
) -> None:
    edit_draft(
        agreement=draft,
        document=document,
        seen=seen,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )


def _terms(draft: AgreementDraft) -> Terms | None:
    try:
        return read_agreement(_whole(draft))
    except AgreementRefused:
        return None


def _around(request: ViewerRequest, draft: AgreementDraft, *more: tuple[str, str]) -> Any:
    engagement = draft.engagement
    above = (
        ("Agreement", reverse("agreements", args=[engagement.public_id])),
        (draft.title or "Draft", reverse("draft", args=[draft.public_id])),
        *more,
    )
    own = {"audience": "private", "party": request.viewer.organisation.name, "draft": draft}
    may = {"may_draft": request.viewer.may(Duty.DRAFT_AGREEMENT)}
    return frame(request, engagement, "agreements", *above) | own | may


def _index(request: ViewerRequest, draft: AgreementDraft, form: AddForm) -> HttpResponse:
    whole = _whole(draft)
    parts = outline(whole)
    shown = {
        "heading": draft.title or "Draft without a title",
        "parts": parts,
        "elsewhere": unplaced(whole, parts),
        "open": sum(len(each.findings) for each in parts),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "drafts/parts.html", _around(request, draft) | shown, status=status)


def _show(
    request: ViewerRequest, draft: AgreementDraft, part: Part, form: PartForm
) -> HttpResponse:
    editor = ("Parts", reverse("draft_parts", args=[draft.public_id]))
    shown = {
        "part": part,
        "form": form,
        "groups": list(form.rows(part.findings)),
        "week": WEEK,
        "elsewhere": form.elsewhere(part.findings),
        "words": words_of(part, _terms(draft)),
        "back": editor[1],
    }
    around = _around(request, draft, editor)
    status = 422 if form.is_bound else 200
    return render(request, "drafts/part.html", around | shown, status=status)
