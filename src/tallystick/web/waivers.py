"""Waivers of an engagement: those that hold, those that ended, granting and ending one."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.end_waiver import end_waiver
from tallystick.actions.waive_finding import waive_finding
from tallystick.engine.guardrails.detectors.waiver_expired import CODE as EXPIRED
from tallystick.engine.guardrails.finding import Finding
from tallystick.records.engagements import Engagement
from tallystick.records.findings import findings_from
from tallystick.records.roles import Duty
from tallystick.records.snapshot_rows import rows_of
from tallystick.records.waivers import Waiver
from tallystick.web.components.words import day
from tallystick.web.forms.findings import ReasonForm, WaiveForm
from tallystick.web.forms.refusals import refused_on
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.places import Places
from tallystick.web.tables import Column, Empty, Table

COLUMNS = (
    Column("code", "Guardrail", link=lambda row: reverse("guardrail", args=[row["code"]])),
    Column("told", "What was found", sortable=False),
    Column("reason", "Why it may wait", sortable=False),
    Column("approver", "Granted by"),
    Column("granted_at", "Granted"),
    Column("expires_on", "Until"),
    Column("standing", "State", template="gates/cells/severity.html"),
    Column(
        "acts",
        "And then",
        sortable=False,
        searchable=False,
        in_files=False,
        template="gates/cells/end_waiver.html",
    ),
)


def index(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show every waiver of an engagement, the newest first."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    today = datetime.now(UTC).date()
    stored = (
        Waiver.objects.visible_to(request.viewer)
        .filter(engagement=engagement)
        .select_related("approver", "ended_by")
        .order_by("-granted_at", "-id")
    )
    may_waive = request.viewer.may(Duty.WAIVE_FINDING)
    table = Table(
        COLUMNS,
        [_row(each, today, may_waive) for each in stored],
        request.GET,
        caption="Waivers",
        empty=Empty(
            "No waiver",
            "A waiver lets a finding wait for a reason and until a day. Nothing waits here.",
        ),
    )
    if table.wants_file:
        return table.file("waivers")
    shown = _around(request, engagement) | {"table": table, "may_waive": may_waive}
    return render(request, "waivers/index.html", shown)


def standing_of(waiver: Waiver, today: date) -> str:
    """Return how a waiver stands, as a status word."""
    if waiver.ended_at:
        return "ended"
    return "waived" if today <= waiver.expires_on else "expired"


def _row(waiver: Waiver, today: date, may_waive: bool) -> dict[str, Any]:
    where = "" if waiver.place else " Everywhere in this engagement."
    ended = f" Ended: {waiver.ended_because}" if waiver.ended_at else ""
    return {
        "id": waiver.public_id,
        "code": waiver.code,
        "told": f"{waiver.told}{where}",
        "reason": f"{waiver.reason}{ended}",
        "approver": waiver.approver.name,
        "granted_at": waiver.granted_at,
        "expires_on": waiver.expires_on,
        "standing": standing_of(waiver, today),
        "acts": "",
        "may_end": may_waive and not waiver.ended_at,
    }


def _around(request: ViewerRequest, engagement: Engagement, *above: tuple[str, str]) -> Any:
    findings = ("Findings", reverse("findings", args=[engagement.public_id]))
    own = {"audience": "private", "party": request.viewer.organisation.name}
    return frame(request, engagement, "findings", findings, *above) | own


def new(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Waive a finding; the address may name it by `code` and `place`."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    now = datetime.now(UTC)
    found = _found(request, engagement, now)
    asked = f"{request.GET.get('code', '')} {request.GET.get('place', '')}"
    posted = [request.POST] if request.method == "POST" else []
    form = WaiveForm(found, now.date(), *posted, initial={"finding": asked})
    if form.is_bound and form.is_valid():
        with refused_on(form, "finding"):
            waiver = waive_finding(
                engagement=engagement,
                code=form.chosen.code,
                place=form.place,
                reason=form.cleaned_data["reason"],
                expires_on=form.cleaned_data["expires_on"],
                by=request.viewer,
                as_of=now,
            )
            messages.success(request, f"Waived until {day(waiver.expires_on)}.")
            return redirect("waivers", engagement_id)
    back = reverse("waivers", args=[engagement_id])
    shown = _around(request, engagement, ("Waivers", back)) | {
        "form": form,
        "back": back,
        "nothing": not any(not each.waived for each, _ in found),
    }
    return render(request, "waivers/new.html", shown, status=422 if form.is_bound else 200)


def _found(
    request: ViewerRequest, engagement: Engagement, now: datetime
) -> Sequence[tuple[Finding, str]]:
    """Return the present findings that may be waived, each with its sentence for people."""
    rows = rows_of([engagement], now.date())[engagement.pk]
    places = Places(request.viewer, engagement, rows)
    present = findings_from(engagement, rows, now)
    return [(each, places.told(each)) for each in present if each.code != EXPIRED]


def end(request: ViewerRequest, waiver_id: str) -> HttpResponse:
    """End a waiver, with a reason."""
    waiver = find(
        Waiver, request.viewer, waiver_id, "engagement__client", "engagement__provider", "approver"
    )
    back = reverse("waivers", args=[waiver.engagement.public_id])
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refused_on(form, "reason"):
            end_waiver(
                waiver=waiver,
                reason=form.cleaned_data["reason"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, "The waiver is ended. What it covered counts again.")
            return redirect(back)
    shown = _around(request, waiver.engagement, ("Waivers", back)) | {
        "form": form,
        "back": back,
        "waiver": waiver,
    }
    return render(request, "waivers/end.html", shown, status=422 if form.is_bound else 200)
