"""What a draft begins with: a version, or a template with the names and the term filled in."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.draft_agreement import draft_agreement
from tallystick.engine.documents import parse_document
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.lint.spelled import spelled_out
from tallystick.engine.service_levels.templates.texts import TEMPLATES, template_text
from tallystick.records.agreements import Agreement, AgreementState, next_version
from tallystick.records.engagements import Engagement
from tallystick.web.components.words import sentence
from tallystick.web.forms.refusals import refused_on
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find

VERSION = "version-"


class StartForm(forms.Form):
    """What to begin with."""

    start = forms.ChoiceField(
        label="Begin with",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what to begin with."},
    )

    def __init__(self, choices: list[tuple[str, str]], given: QueryDict | None) -> None:
        super().__init__(given, initial={"start": choices[0][0]})
        self.fields["start"].choices = choices  # type: ignore[attr-defined]


def begin(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Choose what a draft begins with, and begin it."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    versions = _versions(request, engagement)
    form = StartForm(_choices(versions), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refused_on(form):
            draft = draft_agreement(
                engagement=engagement,
                document=_document(form.cleaned_data["start"], engagement, versions),
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, "The draft is begun. Only your organisation sees it.")
            return redirect("draft_parts", draft.public_id)
    above = ("Agreement", reverse("agreements", args=[engagement.public_id]))
    own = {"audience": "private", "party": request.viewer.organisation.name}
    shown = frame(request, engagement, "agreements", above) | own | {"form": form, "back": above[1]}
    return render(request, "drafts/begin.html", shown, status=422 if form.is_bound else 200)


def _choices(versions: list[Agreement]) -> list[tuple[str, str]]:
    held = [
        (f"{VERSION}{each.version}", f"Version {each.version}: {each.title}") for each in versions
    ]
    return held + [(name, f"{sentence(name)}: {text}") for name, text in TEMPLATES.items()]


def _versions(request: ViewerRequest, engagement: Engagement) -> list[Agreement]:
    seen = Agreement.objects.visible_to(request.viewer).filter(engagement=engagement)
    return list(seen.order_by("-version")[:5])


def _document(start: str, engagement: Engagement, versions: list[Agreement]) -> Mapping[str, Any]:
    for each in versions:
        if start == f"{VERSION}{each.version}":
            return spelled_out(read_agreement(each.document))
    document: dict[str, Any] = parse_document(template_text(start), start)
    provider = engagement.provider.name if engagement.provider else document["provider"]
    known = {"id": versions[0].document["id"]} if versions else {}
    return {
        **document,
        **known,
        "version": next_version(engagement),
        "client": engagement.client.name,
        "provider": provider,
        "in_force": _term(engagement, versions),
    }


def _term(engagement: Engagement, versions: list[Agreement]) -> dict[str, str]:
    signed = [each for each in versions if each.state == AgreementState.IN_FORCE]
    first = max((each.in_force_until for each in signed), default=engagement.starts_on)
    first = first or datetime.now(UTC).date()
    return {"from": first.isoformat(), "until": _a_year_later(first).isoformat()}


def _a_year_later(first: date) -> date:
    # The 29th of February has no counterpart in most years.
    return first.replace(
        year=first.year + 1, day=min(first.day, 28) if first.month == 2 else first.day
    )
