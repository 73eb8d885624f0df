"""Every figure of an engagement in two wide tables, to download: measurements and credits."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.credits import CreditLine, CreditNote
from tallystick.engine.service_levels.measurement import truncated
from tallystick.engine.service_levels.terms.money import number_text
from tallystick.records.agreements import Agreement
from tallystick.records.credit_notes import notes_of
from tallystick.records.engagements import Engagement
from tallystick.records.measurements import Measurement
from tallystick.records.viewer import Viewer
from tallystick.web.components.words import ABSENT, moment_html, sentence
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.tables import Column, Empty, Table

ROWS_SHOWN = 10
"""A row is long; the files have all of them."""


def _cut(value: Fraction | None) -> Decimal | None:
    """Return a figure as the REST interface gives it: cut off after six decimals."""
    return None if value is None else truncated(value)


def _shown(value: Fraction | None) -> str:
    return ABSENT if value is None else f"{truncated(value):f}"


def _unbroken(window: str) -> str:
    """Write a window so that it stands on one line."""
    return window.replace("-", "\u2011")


_COUNT: dict[str, Any] = {"numeric": True, "searchable": False}
_AT: dict[str, Any] = {"format": moment_html, "searchable": False}

MEASUREMENTS = (
    Column(
        "window",
        "Window",
        format=_unbroken,
        link=lambda row: reverse("measurement", args=[row["measurement"]]),
    ),
    Column("service_level", "Service level"),
    Column("name", "Name"),
    Column("verdict", "Verdict", format=sentence),
    Column("value", "Value", format=_shown, plain=_cut, **_COUNT),
    Column("unit", "Unit"),
    Column("target", "Target"),
    Column("minimum", "Minimum"),
    Column("numerator", "Numerator", **_COUNT),
    Column("denominator", "Denominator", **_COUNT),
    Column("pending", "Pending", **_COUNT),
    Column("count", "Count", **_COUNT),
    Column("excluded", "Excluded", **_COUNT),
    Column("relieved", "Relieved", **_COUNT),
    Column("unmeasured", "Unmeasured seconds", **_COUNT),
    Column("why", "Why"),
    Column("reporting_only", "Reporting only", searchable=False),
    Column("window_start", "Window starts", **_AT),
    Column("window_end", "Window ends", **_AT),
    Column("data_until", "Data until", **_AT),
    Column("measured_at", "Measured", **_AT),
    Column("agreement_version", "Agreement version", **_COUNT),
    Column("agreement_digest", "Agreement hash"),
    Column("evidence_digest", "Evidence hash"),
    Column("engine_version", "Engine version"),
    Column("zone_data_version", "Zone data"),
    Column("measurement", "Measurement"),
)
_SAME = (
    "window", "service_level", "verdict", "value", "unit", "minimum", "numerator", "denominator",
    "pending", "count", "excluded", "relieved", "unmeasured", "why", "reporting_only",
    "window_start", "window_end", "data_until", "measured_at", "evidence_digest",
    "engine_version", "zone_data_version",
)  # fmt: skip

CREDITS = (
    Column("window", "Month", format=_unbroken),
    Column("kind", "Line", format=sentence),
    Column("service_level", "Service level"),
    Column("formula", "Formula"),
    Column("why", "Why"),
    Column("amount", "Amount", format=lambda amount: f"{amount:f}", **_COUNT),
    Column("currency", "Currency"),
    Column("base", "Before repeats", format=lambda base: f"{base:f}" if base else ABSENT, **_COUNT),
    Column("multiplier", "Times", **_COUNT),
    Column("returns", "Returns the month"),
    Column("agreement_version", "Agreement version", **_COUNT),
)


@dataclass(frozen=True, slots=True)
class Book:
    """The current measurements of an engagement, with the agreement that each was made under."""

    measurements: list[Measurement]

    @property
    def by_agreement(self) -> Mapping[Agreement, list[Measurement]]:
        """Return the measurements of each version, the first version first."""
        found: defaultdict[Agreement, list[Measurement]] = defaultdict(list)
        for each in sorted(self.measurements, key=lambda each: each.agreement.version):
            found[each.agreement].append(each)
        return found

    def measured(self) -> Iterator[dict[str, object]]:
        """Give every measurement as a row, the newest window first."""
        names = {
            (agreement.pk, level["id"]): level["name"]
            for agreement in self.by_agreement
            for level in agreement.document["service_levels"]
        }
        for each in self.measurements:
            yield {name: getattr(each, name) for name in _SAME} | {
                "name": names.get((each.agreement_id, each.service_level), each.service_level),
                "target": each.goal,
                "agreement_version": each.agreement.version,
                "agreement_digest": each.agreement.digest,
                "measurement": each.public_id,
            }

    def credited(self) -> Iterator[dict[str, object]]:
        """Give every line of every credit note as a row, the newest month first."""
        rows = [
            _line(line, note, agreement)
            for agreement, measured in self.by_agreement.items()
            for note in _notes(agreement, measured)
            for line in note.lines
        ]
        yield from sorted(rows, key=lambda row: str(row["window"]), reverse=True)


def _notes(agreement: Agreement, measured: list[Measurement]) -> tuple[CreditNote, ...]:
    until = max(each.data_until for each in measured)
    return notes_of(read_agreement(agreement.document), measured, until)


def _line(line: CreditLine, note: CreditNote, agreement: Agreement) -> dict[str, object]:
    same = ("service_level", "formula", "why", "amount", "base", "returns")
    return {name: getattr(line, name) for name in same} | {
        "window": note.window,
        "kind": line.kind.value,
        "currency": note.currency,
        "multiplier": number_text(line.multiplier),
        "agreement_version": agreement.version,
    }


def book_of(viewer: Viewer, engagement: Engagement) -> Book:
    """Return the measurements of an engagement that no later one supersedes, in one query."""
    rows = Measurement.objects.visible_to(viewer).filter(engagement=engagement, superseded_by=None)
    ordered = rows.select_related("agreement").order_by("-window_start", "service_level", "-id")
    return Book(list(ordered))


def show(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show every figure, with all that is known of it; each table can be downloaded."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    book = book_of(request.viewer, engagement)
    measured, credited = _measurements(book, request.GET), _credits(book, request.GET)
    for name, table in (("measurements", measured), ("credits", credited)):
        if table.wants_file:
            return table.file(name)
    above = ("Service levels", reverse("service_levels", args=[engagement.public_id]))
    around = frame(request, engagement, "service_levels", above)
    return render(
        request, "exports/show.html", around | {"measured": measured, "credited": credited}
    )


def _measurements(book: Book, asked: QueryDict) -> Table:
    return Table(
        MEASUREMENTS,
        list(book.measured()),
        asked,
        caption="Measurements",
        empty=Empty("Nothing measured yet", "A row stands here for each level and window."),
        wide=True,
        page_rows=ROWS_SHOWN,
    )


def _credits(book: Book, asked: QueryDict) -> Table:
    return Table(
        CREDITS,
        list(book.credited()),
        asked,
        caption="Credits, line by line",
        empty=Empty(
            "No credit", "No month that is over is credited, or the agreement has no credits."
        ),
        name="credits",
        wide=True,
        page_rows=ROWS_SHOWN,
    )
