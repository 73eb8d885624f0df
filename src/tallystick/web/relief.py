"""Claims of relief: the list of them, one in full, and the forms that claim and decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.claim_relief import ReliefWording, claim_relief
from tallystick.actions.decide_relief import decide_relief
from tallystick.actions.withdraw_relief import withdraw_relief
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.relief import ClaimState
from tallystick.engine.service_levels.terms.dealings import ReliefGround
from tallystick.records.claimed import FOLLOWED, claim_values
from tallystick.records.engagements import Engagement
from tallystick.records.measurements import Measurement
from tallystick.records.relief import ReliefClaim
from tallystick.records.roles import Duty
from tallystick.records.stated import party_of
from tallystick.web.components.words import day, month, sentence
from tallystick.web.counts import counted
from tallystick.web.forms.evidence import new_files, within
from tallystick.web.forms.refusals import refused_on
from tallystick.web.forms.relief import DecisionForm, ReliefForm, WithdrawalForm
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.tables import Column, Empty, Table

_STATES = tuple((state.value, sentence(state.value)) for state in ClaimState)


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim in a table."""

    values: dict[str, Any]

    @property
    def window(self) -> str:
        """Return the window that it is about."""
        return str(self.values["window"])

    @property
    def name(self) -> str:
        """Return the service level's name."""
        return str(self.values["name"])

    @property
    def what(self) -> str:
        """Say what is claimed: tickets, or a component's time."""
        return what_words(self.values)

    @property
    def ground(self) -> str:
        """Return the ground in words."""
        return sentence(self.values["ground"])

    @property
    def state(self) -> str:
        """Return what the claim counts as."""
        return str(self.values["state"])

    @property
    def claimed_on(self) -> date:
        """Return the day on which it was made."""
        moment: datetime = self.values["claimed_at"]
        return moment.date()

    @property
    def url(self) -> str:
        """Return the address of the claim."""
        return reverse("relief_claim", args=[self.values["id"]])


COLUMNS = (
    Column("window", "Month", format=month),
    Column("name", "Service level", link=lambda row: row.url),
    Column("what", "What is claimed", sortable=False),
    Column("ground", "Ground"),
    Column("state", "Counts as", template="relief/state.html", options=_STATES),
    Column("claimed_on", "Claimed", format=day, searchable=False),
)


def what_words(values: dict[str, Any]) -> str:
    """Say what is claimed."""
    items: Sequence[str] = values["items"]
    if len(items) > 3:
        return counted(len(items), "ticket")
    return ", ".join(items) or values["component"] or "The service as a whole"


def index(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show every claim of an engagement, the newest first."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    claims = (
        ReliefClaim.objects.visible_to(request.viewer)
        .filter(engagement=engagement)
        .select_related(*FOLLOWED)
        .prefetch_related("files")
        .order_by("-claimed_at", "-id")
    )
    now = datetime.now(UTC)
    rows = [ClaimRow(claim_values(each, each.agreement.level_names, now)) for each in claims]
    text = "The provider claims relief from the page of a measurement or of a ticket."
    table = Table(
        COLUMNS,
        rows,
        request.GET,
        caption="Claims of relief",
        empty=Empty("No claim of relief", text),
    )
    if table.wants_file:
        return table.file("relief")
    return render(
        request, "relief/index.html", frame(request, engagement, "relief_claims") | {"table": table}
    )


def show(request: ViewerRequest, claim_id: str) -> HttpResponse:
    """Show one claim with its evidence, and the form of who may decide or withdraw it."""
    claim = _found(request, claim_id)
    return _page(request, claim, DecisionForm() if request.viewer.is_client else WithdrawalForm())


def decide(request: ViewerRequest, claim_id: str) -> HttpResponse:
    """Approve or reject a claim."""
    claim = _found(request, claim_id)
    form = DecisionForm(request.POST)
    if form.is_valid():
        with refused_on(form):
            decide_relief(
                claim=claim,
                state=ClaimState(form.cleaned_data["state"]),
                reason=form.cleaned_data["reason"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, "Decided. Measure again, and the figures follow.")
            return redirect("relief_claim", claim.public_id)
    return _page(request, claim, form)


def withdraw(request: ViewerRequest, claim_id: str) -> HttpResponse:
    """Take a claim back while nobody has decided it."""
    claim = _found(request, claim_id)
    form = WithdrawalForm(request.POST)
    if form.is_valid():
        with refused_on(form):
            withdraw_relief(
                claim=claim,
                reason=form.cleaned_data["reason"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, "The claim is withdrawn. Both parties see it.")
            return redirect("relief_claim", claim.public_id)
    return _page(request, claim, form)


def _found(request: ViewerRequest, claim_id: str) -> ReliefClaim:
    return find(
        ReliefClaim, request.viewer, claim_id, "engagement__client", "engagement__provider",
        *FOLLOWED,
    )  # fmt: skip


def _page(
    request: ViewerRequest, claim: ReliefClaim, form: DecisionForm | WithdrawalForm
) -> HttpResponse:
    values = claim_values(claim, claim.agreement.level_names, datetime.now(UTC))
    measurement = (
        Measurement.objects.visible_to(request.viewer)
        .filter(
            agreement=claim.agreement,
            service_level=claim.service_level,
            window=claim.window,
            superseded_by=None,
        )
        .first()
    )
    engagement = claim.engagement
    pending = values["state"] == ClaimState.PENDING
    withdrawn = values["state"] == ClaimState.WITHDRAWN
    shown = {
        "claim": values,
        "zone": claim.agreement.document["zone"],
        "measurement": measurement,
        "applied": claim.measurements.filter(superseded_by=None).exists(),
        "form": form,
        "may_decide": pending and request.viewer.may(Duty.DECIDE_RELIEF),
        "may_withdraw": pending and request.viewer.may(Duty.CLAIM_RELIEF),
        "why_title": "Why it was withdrawn" if withdrawn else "Why it was decided so",
        "decider": party_of(engagement, "client"),
    }
    above = ("Relief", reverse("relief_claims", args=[engagement.public_id]))
    around = frame(request, engagement, "relief_claims", above)
    return render(request, "relief/show.html", around | shown, status=422 if form.is_bound else 200)


def new(request: ViewerRequest, measurement_id: str) -> HttpResponse:
    """Claim relief for tickets or minutes behind a measurement."""
    measurement = find(
        Measurement, request.viewer, measurement_id, "engagement__client", "engagement__provider",
        "agreement",
    )  # fmt: skip
    terms = read_agreement(measurement.agreement.document)
    level = terms.service_level(measurement.service_level)
    form = ReliefForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        grounds=terms.relief.grounds if terms.relief else tuple(ReliefGround),
        timed=level.availability is not None,
        zone=terms.zone,
        initial={"items": request.GET.get("item", "")[:200]},
    )
    if form.is_bound and form.is_valid():
        with refused_on(form):
            claim = claim_relief(
                measurement=measurement,
                wording=_wording(form, terms.zone),
                files=new_files(form.cleaned_data["evidence"]),
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, "Relief is claimed. The client decides.")
            return redirect("relief_claim", claim.public_id)
    page = reverse("measurement", args=[measurement.public_id])
    shown = {
        "form": form,
        "level": level,
        "measurement": measurement,
        "relief": terms.relief,
        "page": page,
    }
    around = frame(request, measurement.engagement, "service_levels", (level.name, page))
    return render(request, "relief/new.html", around | shown, status=422 if form.is_bound else 200)


def _wording(form: ReliefForm, zone: str) -> ReliefWording:
    given = form.cleaned_data
    return ReliefWording(
        ground=ReliefGround(given["ground"]),
        what_happened=given["what_happened"],
        items=form.named_items,
        component=given.get("component", ""),
        since=within(zone, given.get("since")),
        until=within(zone, given.get("until")),
    )
