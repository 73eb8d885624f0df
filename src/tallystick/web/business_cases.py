"""The business case: what the whole costs, what it is worth, and how sure that is."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.write_business_case import write_business_case
from tallystick.engine.objectives import worth_of_case
from tallystick.records.business_cases import SEED, BusinessCase, newest_case
from tallystick.records.engagements import Engagement
from tallystick.records.objective_standing import realised
from tallystick.records.roles import Duty
from tallystick.web.components.figures import money, money_about
from tallystick.web.components.words import percent, sentence
from tallystick.web.counts import counted
from tallystick.web.forms.business_cases import BusinessCaseForm
from tallystick.web.forms.refusals import refused_on
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.objective_cards import cards_of
from tallystick.web.tables import Column, Empty, Table


def show(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show the newest business case, computed."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    stored = newest_case(BusinessCase.objects.visible_to(request.viewer), engagement)
    shown = _around(request, engagement)
    shown["may_write"] = request.viewer.may(Duty.PLAN_ENGAGEMENT)
    if stored:
        cards = cards_of(request.viewer, engagement, datetime.now(UTC).date())
        share = realised([(each.objective, each.seen) for each in cards])
        shown |= _worth(request, stored)
        shown["realised"] = "Not measured yet" if share is None else percent(share, 0)
        for name in ("flows", "lines"):
            if shown[name].wants_file:
                answer: HttpResponse = shown[name].file(f"business-case-{name}")
                return answer
    return render(request, "objectives/business_case.html", shown)


def write(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Write the business case down: the next version."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    stored = newest_case(BusinessCase.objects.visible_to(request.viewer), engagement)
    form = BusinessCaseForm(stored, request.POST if request.method == "POST" else None)
    page = reverse("business_case", args=[engagement.public_id])
    if form.is_bound and form.is_valid():
        with refused_on(form):
            write_business_case(
                engagement=engagement,
                wording=form.wording(),
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, "The business case is kept.")
            return redirect(page)
    shown = _around(request, engagement, ("Business case", page)) | {"form": form, "back": page}
    status = 422 if form.is_bound else 200
    return render(request, "objectives/business_case_write.html", shown, status=status)


def _around(
    request: ViewerRequest, engagement: Engagement, *above: tuple[str, str]
) -> dict[str, Any]:
    objectives = reverse("objectives", args=[engagement.public_id])
    around = frame(request, engagement, "objectives", ("Objectives", objectives), *above)
    # No provider reads any of it, whatever the stage.
    return around | {"audience": "private", "party": request.viewer.organisation.name}


def _worth(request: ViewerRequest, stored: BusinessCase) -> dict[str, Any]:
    worth = worth_of_case(stored.case, seed=SEED)

    def said(amount: Decimal) -> str:
        return money(amount, worth.currency)

    flows = [
        {
            "year": f"Year {each.year}" if each.year else "Before the start",
            "before": said(each.before),
            "after": said(each.after),
            "net": said(each.net),
        }
        for each in worth.flows
    ]
    return {
        "stored": stored,
        "term": counted(stored.years, "year"),
        "rate": percent(stored.rate),
        # Sums of estimates: cents of them would claim to know what nobody knows.
        "total": money_about(worth.total_cost, worth.currency),
        "expected": money_about(worth.net_present, worth.currency),
        "band": [
            (label, money_about(amount, worth.currency))
            for label, amount in (
                ("Poor case (P10)", worth.p10),
                ("Middle case (P50)", worth.p50),
                ("Good case (P90)", worth.p90),
            )
        ],
        "pays": percent(worth.pays, 0),
        "draws": f"{worth.draws:,}",
        "seed": worth.seed,
        "lines": _lines_table(request, stored),
        "flows": Table(
            (
                Column("year", "Year", sortable=False),
                Column("before", "As it is", numeric=True, sortable=False),
                Column("after", "Outsourced", numeric=True, sortable=False),
                Column("net", "Saved", numeric=True, sortable=False),
            ),
            flows,
            request.GET,
            caption="Year by year, as expected",
            empty=Empty("No year", "The case has no line."),
            name="flows",
            filtering=False,
        ),
    }


def _lines_table(request: ViewerRequest, stored: BusinessCase) -> Table:
    rows = [
        {
            "when": {"before": "As it is", "after": "Outsourced"}[each["when"]],
            "kind": sentence(each["kind"]),
            "amounts": _amounts(each),
            "year": "Each year" if each["year"] is None else f"Year {each['year']}",
            "note": each["note"],
        }
        for each in stored.lines
    ]
    return Table(
        (
            Column("when", "When", sortable=False),
            Column("kind", "What for", sortable=False),
            Column("amounts", "Amount", numeric=True, sortable=False),
            Column("year", "Paid", sortable=False),
            Column("note", "Note", sortable=False),
        ),
        rows,
        request.GET,
        caption="The lines",
        empty=Empty("No line", "The case has no line."),
        name="lines",
        filtering=False,
    )


def _amounts(line: dict[str, Any]) -> str:
    low, likely, high = (Decimal(line[name]) for name in ("low", "likely", "high"))
    said = money(likely, line["currency"])
    return said if low == high else f"{said} ({low:,} to {high:,})"
