"""The items behind a measurement as a table: those that missed their limit first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tallystick.engine.service_levels.evidence import ItemEvidence, read_evidence
from tallystick.engine.service_levels.flags import Flag
from tallystick.engine.service_levels.outcomes import ItemVerdict
from tallystick.engine.service_levels.outlook.level import has_items
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.engine.service_levels.terms.clock import Cycles
from tallystick.engine.service_levels.terms.statistics import StatisticKind
from tallystick.engine.service_levels.windows import first_of
from tallystick.engine.values import moment
from tallystick.records.measurements import Measurement
from tallystick.records.store import evidence_path
from tallystick.web.components.words import duration, moment_html, sentence
from tallystick.web.tables import MOST_FILE_ROWS, Column, Empty, Table

_FIRST = (
    ItemVerdict.MISSED,
    ItemVerdict.PENDING,
    ItemVerdict.MET,
    ItemVerdict.COUNTED,
    ItemVerdict.EXCLUDED,
)
_VERDICTS = tuple((verdict.value, sentence(verdict.value)) for verdict in _FIRST)
_ODD = {
    Flag.STOPPED_BEFORE_START: "stopped before it ran",
    Flag.CONTRADICTED: "contradicted",
    Flag.REOPENED: "reopened",
    Flag.LIMIT_CHANGED: "limit changed",
    Flag.NO_DUE_DATE: "no due date",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """
    The items of a measurement.

    `whole` is False where there are more than a page can list; `gone` is True where the
    evidence is not in this installation.
    """

    items: list[ItemEvidence]
    whole: bool
    gone: bool = False


def evidence_of(
    measurement: Measurement,
    level: ServiceLevel,
    terms: Terms,
    verdict: ItemVerdict | None = None,
) -> Evidence:
    """Return every item of the measurement's window, those furthest over their limit first."""
    path = evidence_path(measurement.evidence)
    if not has_items(level):
        return Evidence([], whole=True)
    if not path.exists():
        return Evidence([], whole=True, gone=True)
    found = read_evidence(
        path,
        window=measurement.window,
        since=first_of(measurement.window, level.window, terms),
        verdict=verdict,
        size=MOST_FILE_ROWS + 1,
    )
    items = sorted(found[:MOST_FILE_ROWS], key=lambda item: _FIRST.index(item.verdict))
    return Evidence(items, len(found) <= MOST_FILE_ROWS)


def item_address(measurement: Measurement, item: str, cycle: int | None = None) -> str:
    """Return the address of an item's working; of one of its cycles where each is judged."""
    page = reverse("item", args=[measurement.public_id])
    asked = {"id": item} | ({"cycle": str(cycle)} if cycle is not None else {})
    return f"{page}?{urlencode(asked)}"


def evidence_table(
    measurement: Measurement,
    level: ServiceLevel,
    items: Sequence[ItemEvidence],
    zone: str,
    asked: QueryDict,
    *,
    name: str = "",
    caption: str = "Tickets of this window",
) -> Table:
    """Return the items as a table, with their moments in a zone and what the level asks of them."""
    return Table(
        _columns(measurement, level, items, zone),
        items,
        asked,
        caption=caption,
        empty=Empty("No ticket", "No ticket stands here under this service level."),
        wide=True,
        name=name,
        filtering=not name,
    )


def _columns(
    measurement: Measurement, level: ServiceLevel, items: Sequence[ItemEvidence], zone: str
) -> tuple[Column, ...]:
    each_cycle = level.cycles is Cycles.EACH
    moments: dict[str, Any] = {
        "format": partial(moment_html, zone=zone),
        "plain": _plain,
        "searchable": False,
    }
    first = (
        Column(
            "id",
            "Ticket",
            template="service_levels/ticket.html",
            link=lambda row: item_address(measurement, row.id, row.cycle if each_cycle else None),
        ),
        *([Column("cycle", "Cycle", numeric=True, searchable=False)] if each_cycle else []),
        *_judged(level),
    )
    last = (Column("opened", "Opened", **moments), *_ends(level, items, moments))
    odd = [Column("odd", "Irregular", format=_odd_html, plain=odd_words, searchable=False)]
    return (*first, *_figures(level, items), *last, *(odd if any(i.odd for i in items) else []))


def _judged(level: ServiceLevel) -> tuple[Column, ...]:
    if level.good:
        options = (("met", "Fulfils it"), ("missed", "Does not"), *_VERDICTS[1:2], *_VERDICTS[-1:])
        template = "service_levels/condition.html"
        return (Column("verdict", "Condition", template=template, options=options),)
    return (
        Column("verdict", "Verdict", template="service_levels/status.html", options=_VERDICTS),
        Column("reason", "Why", template="service_levels/reason.html"),
    )


def _figures(level: ServiceLevel, items: Sequence[ItemEvidence]) -> list[Column]:
    spans: dict[str, Any] = {"numeric": True, "format": duration, "searchable": False}
    if level.of:
        return [Column("value", level.of, numeric=True, format=_number, searchable=False)]
    if not level.measure.is_timed:
        return []
    judged = level.statistic.kind is StatisticKind.SHARE
    around = any(rule.round_the_clock for rule in level.targets)
    wanted = {
        "counted": ("Counted", True),
        "limit": ("Limit", any(item.limit for item in items)),
        "over": ("Over it", judged),
        "elapsed": ("Round the clock", around),
        "paused": ("Paused", True),
    }
    return [Column(key, label, **spans) for key, (label, shown) in wanted.items() if shown]


def _ends(
    level: ServiceLevel, items: Sequence[ItemEvidence], moments: dict[str, Any]
) -> list[Column]:
    found = [Column("done", "Done", **moments)]
    if any(item.due for item in items):
        found.insert(0, Column("due", "Due", **moments))
    if any(item.first_due != item.due for item in items):
        found.insert(0, Column("first_due", "First due", **moments))
    return found


def odd_words(odd: int) -> str:
    """Name what looks wrong in an item's history; empty if nothing does."""
    return ", ".join(_ODD[flag] for flag in Flag(odd))


def _odd_html(odd: int) -> SafeString:
    return format_html('<span class="nowrap">{}</span>', odd_words(odd))


def _number(value: float) -> str:
    return f"{value:g}"


def _plain(instant: int | None) -> object:
    return None if instant is None else moment(instant)
