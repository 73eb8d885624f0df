"""The mapping step of an upload: a form filled in by a guess, or a pasted document."""

import re
from collections.abc import Mapping as MappingOf
from datetime import UTC, datetime
from typing import Any
from zoneinfo import available_timezones

import yaml
from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tallystick.actions.map_upload import map_upload
from tallystick.engine.documents import parse_document
from tallystick.engine.intake.mapping import Mapping, read_mapping
from tallystick.engine.intake.plan import place_columns
from tallystick.engine.refusals import Refusal
from tallystick.records.agreements import Agreement, agreement_on
from tallystick.records.service_data import Import, SavedMapping, Upload
from tallystick.web.forms.manners import MannerForm
from tallystick.web.forms.mapping_answers import MANNER, answers_of, fits
from tallystick.web.forms.mapping_choices import STATE_COLUMNS, WORD_COLUMNS
from tallystick.web.forms.mappings import MappingForm
from tallystick.web.forms.refusals import refused_on
from tallystick.web.lookup import ViewerRequest
from tallystick.web.uploaded_files import Glance, Manner, check_times, glance_at, raw_states

Answers = MappingOf[str, Any]


class DocumentForm(forms.Form):
    """A mapping written down."""

    document = forms.CharField(
        label="Mapping document", max_length=200_000, strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text="YAML or JSON, as kept under examples/mappings. It is used as it stands.",
    )  # fmt: skip


def map_page(request: ViewerRequest, upload: Upload, around: dict[str, Any]) -> HttpResponse:
    """Show the form: as mapped before, by a saved mapping, or by a guess."""
    manner = _manner(request.GET, upload)
    try:
        glance = glance_at(upload, manner, _source_of(request, upload))
    except Refusal as refusal:
        return _unreadable(request, upload, around, refusal)
    document, filled_by = _first_document(request, upload, glance)
    answers = answers_of(document, glance.header) | _asked_manner(request.GET)
    form = _form(upload, glance, manner, answers, posted=False)
    shown = {"form": form, "filled_by": filled_by, "written": DocumentForm(initial=_yaml(document))}
    return _page(request, upload, around | shown)


def map_posted(request: ViewerRequest, upload: Upload, around: dict[str, Any]) -> HttpResponse:
    """Take the answers or the document, or read the file again with other columns."""
    manner = _manner(request.POST, upload)
    try:
        glance = glance_at(upload, manner, _source_of(request, upload))
    except Refusal as refusal:
        return _unreadable(request, upload, around, refusal, status=422)
    if "document" in request.POST:
        return _document_posted(request, upload, around, glance)
    again = "again" in request.POST
    form = _form(upload, glance, manner, request.POST, posted=not again)
    if not again and form.is_valid() and form.mapping is not None:
        complete, name = form.cleaned_data["complete_until"], form.cleaned_data["save_as"]
        try:
            check_times(upload, form.mapping)
            _map(request, upload, form.mapping, complete, name)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("upload_preview", upload.public_id)
    shown = {"form": form, "written": DocumentForm(initial=_yaml(glance.guess.document))}
    return _page(request, upload, around | shown, status=200 if again else 422)


def _document_posted(
    request: ViewerRequest, upload: Upload, around: dict[str, Any], glance: Glance
) -> HttpResponse:
    written = DocumentForm(request.POST)
    if written.is_valid():
        with refused_on(written, "document"):
            text = parse_document(written.cleaned_data["document"], "the document")
            mapping = read_mapping(text)
            place_columns(mapping, glance.header)
            check_times(upload, mapping)
            _map(request, upload, mapping, None, request.POST.get("save_as", "")[:80])
            return redirect("upload_preview", upload.public_id)
    document = glance.guess.document
    form = _form(upload, glance, Manner(), answers_of(document, glance.header), posted=False)
    return _page(request, upload, around | {"form": form, "written": written}, status=422)


def _map(
    request: ViewerRequest,
    upload: Upload,
    mapping: Mapping,
    complete_until: datetime | None,
    save_as: str,
) -> None:
    map_upload(
        upload=upload,
        mapping=mapping,
        complete_until=complete_until,
        save_as=save_as,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )


def _form(
    upload: Upload, glance: Glance, manner: Manner, answers: Answers, *, posted: bool
) -> MappingForm:
    """Return the form for some answers, with the values of the state columns they name."""
    width = len(glance.header)
    columns = WORD_COLUMNS.get(answers.get("shape") or "", STATE_COLUMNS)
    chosen = [answers.get(name) or "" for name in columns]
    positions = [int(text) for text in chosen if text.isascii() and text.isdigit()]
    raw = raw_states(upload, manner, [place for place in positions if 1 <= place <= width])
    agreement = _agreement(upload)
    zone = agreement.document["zone"] if agreement else "UTC"
    if posted:
        return MappingForm(answers, glance=glance, raw=raw, zone=zone)
    initial = {name: answers.get(name) for name in answers}
    return MappingForm(glance=glance, raw=raw, zone=zone, initial=initial)


def _page(
    request: ViewerRequest, upload: Upload, shown: dict[str, Any], status: int = 200
) -> HttpResponse:
    saved = SavedMapping.objects.visible_to(request.viewer).filter(engagement=upload.engagement)
    more = {
        "upload": upload,
        "saved": saved.order_by("name"),
        "zones": sorted(available_timezones()),
        "wanted": _attributes_wanted(upload),
    }
    return render(request, "uploads/map.html", shown | more, status=status)


def _unreadable(
    request: ViewerRequest,
    upload: Upload,
    around: dict[str, Any],
    refusal: Refusal,
    status: int = 200,
) -> HttpResponse:
    """Show why a file cannot be opened, and ask how else it could be."""
    asked = request.POST if request.method == "POST" else request.GET
    shown = {"upload": upload, "refusal": refusal, "form": MannerForm(initial=dict(asked.items()))}
    return render(request, "uploads/unreadable.html", around | shown, status=status)


# --- what the form is filled in with


def _agreement(upload: Upload) -> Agreement | None:
    return agreement_on(upload.engagement, datetime.now(UTC).date())


def _manner(asked: Answers, upload: Upload) -> Manner:
    known = upload.mapping or {}
    return MannerForm.manner({name: asked.get(name, known.get(name, "")) for name in MANNER})


def _asked_manner(asked: Answers) -> dict[str, str]:
    return {name: asked[name] for name in MANNER if asked.get(name)}


def _source_of(request: ViewerRequest, upload: Upload) -> str:
    """Return the name of the system that the engagement's newest import came from."""
    imports = Import.objects.visible_to(request.viewer).filter(engagement=upload.engagement)
    newest = imports.order_by("-imported_at", "-id").values_list("source", flat=True).first()
    return newest or source_in(upload.file_name)


def source_in(file_name: str) -> str:
    """Return the part of a file name that stays the same from export to export."""
    stem = file_name.partition(".")[0]
    # The end of the name tells the period: tickets-2026-10, tickets_03.
    name = re.sub(r"[\W\d_]+$", "", stem)
    return re.sub(r"[^\w-]+", "-", name)[:64] or "export"


def _first_document(
    request: ViewerRequest, upload: Upload, glance: Glance
) -> tuple[dict[str, Any], SavedMapping | None]:
    """Return the document to start from, and the saved mapping it is of."""
    saved = list(
        SavedMapping.objects.visible_to(request.viewer)
        .filter(engagement=upload.engagement)
        .order_by("-saved_at", "-id")
    )
    asked = request.GET.get("saved", "")
    for each in saved:
        if asked and each.public_id == asked:
            return each.document, each
    if asked == "none":
        return glance.guess.document, None
    if upload.mapping:
        return upload.mapping, None
    fitting = next((each for each in saved if fits(each.document, glance.header)), None)
    return (fitting.document, fitting) if fitting else (glance.guess.document, None)


def _yaml(document: Answers) -> dict[str, str]:
    text = yaml.safe_dump(dict(document), sort_keys=False, allow_unicode=True)
    return {"document": text}


def _attributes_wanted(upload: Upload) -> list[str]:
    """Return the attributes by which the agreement in force tells its limits apart."""
    agreement = _agreement(upload)
    if agreement is None:
        return []
    levels = agreement.document["service_levels"]
    rules = [rule for level in levels for rule in level.get("targets", [])]
    return sorted({name for rule in rules for name in rule.get("when", {})})
