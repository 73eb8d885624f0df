"""Service levels: how each stands, one measurement with its items, one item with its working."""

from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.measure_service_levels import measure_service_levels
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.engine.service_levels.terms.goals import goal_text
from tallystick.engine.service_levels.working import UnknownItem, show_working
from tallystick.engine.values import seconds
from tallystick.records.agreements import agreement_on
from tallystick.records.engagements import Engagement
from tallystick.records.held import spans_behind
from tallystick.records.measurements import Measurement
from tallystick.records.roles import Duty
from tallystick.web.agreement_words import condition_words, rule_words
from tallystick.web.charts import TrendChart, trend_chart
from tallystick.web.components.words import (
    month,
    number,
    percent,
    sentence,
    words,
)
from tallystick.web.counts import counted
from tallystick.web.evidence_tables import evidence_of, evidence_table
from tallystick.web.forms.refusals import refusal_words
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.standings import Standing, attained, point, standings
from tallystick.web.tables import Column, Empty, Table
from tallystick.web.workings import counted_sum, stretches_of, strip_of, working_table

VERDICTS = (("met", "Met"), ("missed", "Missed"), ("nothing-due", "Nothing due"))


@dataclass(frozen=True, slots=True)
class Row:
    """A measurement in the table of all months."""

    measurement: Measurement
    name: str

    @property
    def window(self) -> str:
        """Return the month."""
        return self.measurement.window

    @property
    def level(self) -> str:
        """Return the id of the service level."""
        return self.measurement.service_level

    @property
    def share(self) -> Fraction | None:
        """Return the exact share; None where nothing was due."""
        return attained(self.measurement)

    @property
    def verdict(self) -> str:
        """Return the verdict."""
        return self.measurement.verdict

    @property
    def so_far(self) -> str:
        """Say that the verdict can still turn; empty once the data reaches past the month."""
        over = self.measurement.data_until >= self.measurement.window_end
        return "" if over else f"{sentence(self.verdict)} so far"

    @property
    def url(self) -> str:
        """Return the address of the measurement."""
        return reverse("measurement", args=[self.measurement.public_id])


@dataclass(frozen=True, slots=True)
class Card:
    """One service level on the page of all; `so_far` is its month that is not over."""

    level: Standing
    so_far: Row | None
    chart: TrendChart | None


def index(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show how each service level stands, and every measurement behind it."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    now = datetime.now(UTC)
    agreement = agreement_on(engagement, now.date())
    current = list(_current(request, engagement))
    # A month counts as over once the data reaches past its end.
    horizon = max((each.data_until for each in current), default=now)
    levels = standings(agreement, current, horizon)
    table = _measurements_table(request, current, {each.level: each.name for each in levels})
    if table.wants_csv:
        return table.csv("measurements")
    shown = {
        "agreement": agreement,
        "levels": [_card_of(level, current) for level in levels],
        "table": table,
        "has_data": engagement.imports.filter(items__gt=0).exists(),
        "may_measure": request.viewer.may(Duty.MEASURE),
        "may_import": request.viewer.may(Duty.IMPORT_DATA),
    }
    return render(
        request, "service_levels/index.html", frame(request, engagement, "service_levels") | shown
    )


def _current(request: ViewerRequest, engagement: Engagement) -> QuerySet[Measurement]:
    """Return the measurements that no later one supersedes, oldest window first."""
    visible = Measurement.objects.visible_to(request.viewer)
    return visible.filter(engagement=engagement, superseded_by=None).order_by("window_start", "id")


def _card_of(level: Standing, current: list[Measurement]) -> Card:
    """Return a level with the months that are over, and the one that is not."""
    known = set(level.measurements)
    begun = [m for m in current if m.service_level == level.level and m not in known]
    so_far = next((Row(m, level.name) for m in reversed(begun) if m.denominator), None)
    shares = [point(each) for each in level.measurements]
    if so_far:
        shares.append((so_far.window, so_far.share, "pending"))
    chart = trend_chart(shares, level.target, "Share kept, month by month") if shares else None
    return Card(level, so_far, chart)


def _measurements_table(
    request: ViewerRequest, current: list[Measurement], names: dict[str, str]
) -> Table:
    rows = [Row(each, names.get(each.service_level, each.service_level)) for each in current]
    columns = (
        Column("window", "Month", format=month, link=lambda row: row.url),
        Column(
            "level",
            "Service level",
            format=lambda level: names.get(level, level),
            options=tuple(names.items()),
        ),
        Column("measurement__numerator", "Kept", numeric=True),
        Column("measurement__denominator", "Decided", numeric=True),
        Column("share", "Attained", numeric=True, format=percent),
        Column("measurement__goal", "Target", numeric=True),
        Column("verdict", "Verdict", template="service_levels/verdict.html", options=VERDICTS),
    )
    return Table(
        columns,
        rows,
        request.GET,
        caption="All measurements",
        empty=Empty("Nothing measured yet", "A measurement stands here for each level and month."),
        sort="-window",
    )


def measure(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Measure every level in every month that the data reaches."""
    engagement = find(Engagement, request.viewer, engagement_id)
    try:
        made = measure_service_levels(
            engagement=engagement, by=request.viewer, as_of=datetime.now(UTC)
        )
    except Refusal as refusal:
        messages.error(request, refusal_words(refusal))
        return redirect("service_levels", engagement.public_id)
    if made:
        messages.success(request, f"Measured: {counted(len(made), 'new measurement')}.")
    else:
        messages.info(request, "Measured again: every figure stands as it stood.")
    return redirect("service_levels", engagement.public_id)


# --- one measurement


def _found(request: ViewerRequest, measurement_id: str) -> tuple[Measurement, Terms]:
    measurement = find(
        Measurement, request.viewer, measurement_id, "engagement__client", "engagement__provider",
        "agreement", "measured_by", "supersedes", "superseded_by",
    )  # fmt: skip
    return measurement, read_agreement(measurement.agreement.document)


def _above(measurement: Measurement, *more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    levels = reverse("service_levels", args=[measurement.engagement.public_id])
    return (("Service levels", levels), *more)


def show(request: ViewerRequest, measurement_id: str) -> HttpResponse:
    """Show one measurement: the formula in words, the way back, and the items behind it."""
    measurement, terms = _found(request, measurement_id)
    level = terms.service_level(measurement.service_level)
    evidence = evidence_of(measurement)
    table = evidence_table(measurement, evidence.items, terms.zone, request.GET)
    if table.wants_csv:
        return table.csv(f"{measurement.service_level}-{measurement.window}")
    imports = list(measurement.imports.order_by("-imported_at", "-id"))
    shown = {
        "measurement": measurement,
        "level": level,
        "zone": terms.zone,
        "share": attained(measurement),
        "formula": formula(measurement),
        "limits": limits_in_words(level),
        "imports": imports,
        "files": f"Computed from {counted(len(imports), 'file')}",
        "later": getattr(measurement, "superseded_by", None),
        "table": table,
        "evidence": evidence,
    }
    around = frame(request, measurement.engagement, "service_levels", *_above(measurement))
    return render(request, "service_levels/show.html", around | shown)


def formula(measurement: Measurement) -> str:
    """Say how the verdict came about."""
    share = attained(measurement)
    if share is None:
        return "No ticket was decided in this month, so nothing was due."
    tickets = "ticket" if measurement.denominator == 1 else "tickets"
    return (
        f"{number(measurement.numerator)} of {number(measurement.denominator)} {tickets} kept the "
        f"limit: {percent(share)} against "
        f"{goal_text(measurement.target)}: {words(measurement.verdict)}."
    )


def limits_in_words(level: ServiceLevel) -> list[str]:
    """Say which limit holds for which items, in the order in which they are tried."""
    said = []
    for rule in level.targets:
        whom = " and ".join(condition_words(*each) for each in rule.when)
        rest = "everything else" if len(level.targets) > 1 else "every ticket"
        said.append(f"{rule_words(rule)} for {whom or rest}")
    return said


# --- one item


def item(request: ViewerRequest, measurement_id: str) -> HttpResponse:
    """Show the working of one item under one measurement; without an id, ask for one."""
    measurement, terms = _found(request, measurement_id)
    asked = request.GET.get("id", "").strip()[:200]
    page = reverse("measurement", args=[measurement.public_id])
    level = terms.service_level(measurement.service_level)
    above = _above(measurement, (f"{level.name}, {month(measurement.window)}", page))
    around = frame(request, measurement.engagement, "service_levels", *above)
    around |= {"measurement": measurement, "asked": asked, "zone": terms.zone}
    if not asked:
        return render(request, "service_levels/item_unknown.html", around)
    try:
        shown = _working(request, measurement, terms, asked)
    except UnknownItem:
        return render(request, "service_levels/item_unknown.html", around, status=404)
    if shown["table"].wants_csv:
        return shown["table"].csv("working")  # type: ignore[no-any-return]
    return render(request, "service_levels/item.html", around | shown)


def _working(
    request: ViewerRequest, measurement: Measurement, terms: Terms, asked: str
) -> dict[str, Any]:
    level = terms.service_level(measurement.service_level)
    working = show_working(
        spans_behind(measurement, asked), asked, level, terms, seconds(measurement.data_until)
    )
    stretches = stretches_of(working, measurement, request.viewer)
    return {
        "level": level,
        "working": working,
        "over": working.counted - working.limit,
        "sum": counted_sum(stretches),
        "parts": sum(stretch.counted is not None for stretch in stretches),
        "strip": strip_of(working, terms.zone),
        "table": working_table(stretches, terms.zone, request.GET),
    }
