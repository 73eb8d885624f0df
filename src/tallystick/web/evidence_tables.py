"""The items behind a measurement as a table: those that missed their limit first."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from tallystick.engine.service_levels.evidence import ItemEvidence, read_evidence
from tallystick.engine.service_levels.outcomes import ItemVerdict
from tallystick.engine.values import moment
from tallystick.records.measurements import Measurement
from tallystick.records.store import evidence_path
from tallystick.web.components.words import duration, moment_html, sentence
from tallystick.web.tables import MOST_CSV_ROWS, Column, Empty, Table

_FIRST = (ItemVerdict.MISSED, ItemVerdict.PENDING, ItemVerdict.MET, ItemVerdict.EXCLUDED)
_VERDICTS = tuple((verdict.value, sentence(verdict.value)) for verdict in _FIRST)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The items of a measurement; `whole` is False where there are more than a page can list."""

    items: list[ItemEvidence]
    whole: bool


def evidence_of(measurement: Measurement) -> Evidence:
    """Return every item of the measurement's window, those furthest over their limit first."""
    path = evidence_path(measurement.evidence)
    found = read_evidence(path, window=measurement.window, size=MOST_CSV_ROWS + 1)
    items = sorted(found[:MOST_CSV_ROWS], key=lambda item: _FIRST.index(item.verdict))
    return Evidence(items, len(found) <= MOST_CSV_ROWS)


def evidence_table(
    measurement: Measurement, items: list[ItemEvidence], zone: str, asked: QueryDict
) -> Table:
    """Return the items as a table, with their moments in a zone."""
    page = reverse("item", args=[measurement.public_id])
    moments: dict[str, Any] = {
        "format": partial(moment_html, zone=zone),
        "plain": _plain,
        "searchable": False,
    }
    spans: dict[str, Any] = {"numeric": True, "format": duration, "searchable": False}
    columns = (
        Column(
            "id",
            "Ticket",
            template="service_levels/ticket.html",
            link=lambda row: f"{page}?{urlencode({'id': row.id})}",
        ),
        Column("verdict", "Verdict", template="service_levels/status.html", options=_VERDICTS),
        Column("reason", "Why", template="service_levels/reason.html"),
        Column("counted", "Counted", **spans),
        Column("limit", "Limit", **spans),
        Column("over", "Over the limit", **spans),
        Column("paused", "Paused", **spans),
        Column("opened", "Opened", **moments),
        Column("due", "Due", **moments),
        Column("done", "Done", **moments),
    )
    return Table(
        columns,
        items,
        asked,
        caption="Tickets of this month",
        empty=Empty("No ticket", "No ticket belongs to this month under this service level."),
        wide=True,
    )


def _plain(instant: int | None) -> object:
    return None if instant is None else moment(instant)
