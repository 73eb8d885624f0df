"""A party's answer to a statement: it attests it, or disputes it point by point."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.attest_statement import AlreadyAttested, attest_statement
from tallystick.actions.dispute_statement import DisputeWording, dispute_statement
from tallystick.actions.restate_statement import AlreadyRestated
from tallystick.records.dealing_terms import zone_of
from tallystick.records.measurements import Measurement
from tallystick.records.statements import Statement
from tallystick.web.forms.disputes import DisputeForm
from tallystick.web.forms.evidence import new_files, within
from tallystick.web.forms.refusals import refusal_words, refused_on
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.standings import levels_of
from tallystick.web.statement_rows import heading, pinned


def _statement(request: ViewerRequest, statement_id: str) -> Statement:
    return find(
        Statement, request.viewer, statement_id, "engagement__client", "engagement__provider",
        "agreement",
    )  # fmt: skip


def attest(request: ViewerRequest, statement_id: str) -> HttpResponse:
    """Take the statement as it stands."""
    statement = _statement(request, statement_id)
    try:
        attest_statement(statement=statement, by=request.viewer, as_of=datetime.now(UTC))
        messages.success(request, f"{heading(statement)} attested. Both parties see it.")
    except (AlreadyAttested, AlreadyRestated) as refusal:
        messages.error(request, refusal_words(refusal))
    return redirect("statement", statement.public_id)


def dispute(request: ViewerRequest, statement_id: str) -> HttpResponse:
    """Say what is wrong with one figure, and what it should be."""
    statement = _statement(request, statement_id)
    zone, names = zone_of(statement.agreement), statement.agreement.level_names
    measurements = {each.public_id: each for each in pinned(statement, request.viewer)}
    form = DisputeForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        levels=_levels(measurements, names),
        timed=any(level.get("availability") for level in levels_of(statement.agreement)),
        zone=zone,
        initial={name: request.GET.get(name, "")[:200] for name in ("measurement", "item")},
    )
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        with refused_on(form):
            dispute_statement(
                statement=statement,
                wording=DisputeWording(
                    measurement=measurements[given["measurement"]],
                    what_is_wrong=given["what_is_wrong"],
                    should_be=given["should_be"],
                    item=given["item"],
                    component=given.get("component", ""),
                    since=within(zone, given.get("since")),
                    until=within(zone, given.get("until")),
                ),
                files=new_files(given["evidence"]),
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, "The point is disputed. Both parties see it.")
            return redirect("statement", statement.public_id)
    page = reverse("statement", args=[statement.public_id])
    shown = {"form": form, "statement": statement, "heading": heading(statement), "page": page}
    around = frame(request, statement.engagement, "statements", (heading(statement), page))
    return render(
        request, "statements/dispute.html", around | shown, status=422 if form.is_bound else 200
    )


def _levels(measurements: dict[str, Measurement], names: dict[str, str]) -> list[tuple[str, str]]:
    """Return the measurements as choices, in the agreement's order."""
    places = {level: place for place, level in enumerate(names)}
    ordered = sorted(measurements.items(), key=lambda each: places.get(each[1].service_level, 0))
    return [(key, names.get(each.service_level, each.service_level)) for key, each in ordered]
