"""A measurement of availability: when the service was up, down or neither, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from tallystick.engine.service_levels.availability import (
    Figure,
    Interval,
    Kind,
    UnknownComponent,
    terms_of,
)
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.engine.service_levels.terms.goals import goal_text
from tallystick.engine.values import moment
from tallystick.records.measurements import Measurement
from tallystick.records.roles import Duty
from tallystick.records.service_data import Import
from tallystick.records.signals import Behind, show_behind
from tallystick.web.agreement_words.calendars import stretches_words
from tallystick.web.charts import interval_strip
from tallystick.web.components.status import word_of
from tallystick.web.components.words import duration, moment_html, percent
from tallystick.web.counts import counted
from tallystick.web.lookup import ViewerRequest
from tallystick.web.tables import Column, Empty, Table

MOST_DRAWN = 400
"""More intervals than this are too thin to be told apart in a strip."""

_KINDS = tuple((kind.value, word_of(kind.value)) for kind in Kind)


@dataclass(frozen=True, slots=True)
class Row:
    """One interval with the file it is known from."""

    interval: Interval
    source: Import | None

    @property
    def kind(self) -> str:
        """Return how the interval counts."""
        return self.interval.kind.value

    @property
    def source_words(self) -> str:
        """Name the file and the lines that tell it; empty where none does."""
        first, last = self.interval.line, self.interval.last_line
        if not first:
            return ""
        lines = f"line {first}" if first == last else f"lines {first} to {last}"
        return f"{self.source.file_name if self.source else 'File'}, {lines}"

    @property
    def source_url(self) -> str:
        """Return the address of the import; empty where it is not known."""
        return reverse("import", args=[self.source.public_id]) if self.source else ""


@dataclass(frozen=True, slots=True)
class Part:
    """A component and its own figure."""

    name: str
    figure: Figure
    url: str


def show(
    request: ViewerRequest,
    measurement: Measurement,
    terms: Terms,
    level: ServiceLevel,
    around: dict[str, Any],
) -> HttpResponse:
    """Show how the figure came about, for the service or for the component that is asked for."""
    asked = request.GET.get("component", "")[:200]
    try:
        behind = show_behind(measurement, level, terms, asked)
    except UnknownComponent as problem:
        raise Http404 from problem
    imports = list(measurement.imports.order_by("-imported_at", "-id"))
    table = _intervals(_rows(behind, imports), terms.zone, request.GET)
    parts = _components(_parts(measurement, behind), request.GET)
    file_name = f"{measurement.service_level}-{measurement.window}"
    for each, name in ((table, file_name), (parts, f"{file_name}-components")):
        if each.wants_file:
            return each.file(name)
    intervals = behind.working.intervals
    shown: dict[str, Any] = {
        "measurement": measurement,
        "level": level,
        "zone": terms.zone,
        "component": asked,
        "figure": behind.working.figure,
        "formula": formula(measurement),
        "said": terms_of(level),
        "standing": stretches_words(terms_of(level).standing_maintenance),
        "parts": parts,
        "strip": interval_strip(intervals, "How the time counts", terms.zone)
        if len(intervals) <= MOST_DRAWN
        else None,
        "table": table,
        "imports": imports,
        "relief": measurement.relief.order_by("id"),
        "may_claim": terms.relief is not None and request.viewer.may(Duty.CLAIM_RELIEF),
        "files": f"Computed from {counted(len(imports), 'file')}",
        "later": getattr(measurement, "superseded_by", None),
    }
    return render(request, "availability/show.html", around | shown)


def formula(measurement: Measurement) -> str:
    """Say how the verdict came about."""
    verdict = word_of(measurement.verdict).lower()
    why = f": {measurement.why}" if measurement.why else ""
    if measurement.value is None or measurement.verdict == "not-measured":
        return f"{verdict.capitalize()}{why}."
    up, of = duration(measurement.numerator), duration(measurement.denominator)
    target = goal_text(measurement.target)
    return f"Up for {up} of {of}: {percent(measurement.value, 4)} against {target}: {verdict}{why}."


def _rows(behind: Behind, imports: Sequence[Import]) -> list[Row]:
    # Of two imports of one file the first brought the rows; `imports` has the newest first.
    by_digest: Mapping[str, Import] = {each.digest: each for each in imports}
    return [Row(each, by_digest.get(each.origin)) for each in behind.working.intervals]


def _parts(measurement: Measurement, behind: Behind) -> list[Part]:
    page = reverse("measurement", args=[measurement.public_id])
    return [
        Part(name, figure, f"{page}?{urlencode({'component': name})}")
        for name, figure in behind.components.items()
    ]


def _components(parts: Sequence[Part], asked: QueryDict) -> Table:
    spans: dict[str, Any] = {"numeric": True, "format": duration}
    columns = (
        Column("name", "Component", link=lambda part: part.url),
        Column("figure__availability", "Available", numeric=True, format=percent),
        Column("figure__up", "Up", **spans),
        Column("figure__down", "Down", **spans),
        Column("figure__excused", "Excused", **spans),
        Column("figure__unmeasured", "Not measured", **spans),
    )
    return Table(
        columns,
        parts,
        asked,
        caption="Components",
        empty=Empty("No component", "The data name none."),
        name="components",
        filtering=False,
    )


def _intervals(rows: Sequence[Row], zone: str, asked: QueryDict) -> Table:
    moments: dict[str, Any] = {
        "format": partial(moment_html, zone=zone),
        "plain": moment,
        "searchable": False,
    }
    spans: dict[str, Any] = {"numeric": True, "format": duration, "searchable": False}
    columns = (
        Column("interval__since", "From", **moments),
        Column("interval__until", "To", **moments),
        Column("kind", "Counts as", template="service_levels/status.html", options=_KINDS),
        Column("interval__seconds", "Length", **spans),
        Column("interval__down", "Down", **spans),
        Column("interval__why", "Why"),
        Column("source_words", "Known from", sortable=False, link=lambda row: row.source_url),
    )
    return Table(
        columns,
        rows,
        asked,
        caption="Every interval",
        empty=Empty("No interval", "The window has not begun in the data."),
        sort="interval__since",
        wide=True,
    )
