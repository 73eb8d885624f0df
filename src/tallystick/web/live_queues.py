"""The open items of a level as queues: what soon runs out of time, and what has."""

from collections.abc import Iterable
from functools import partial

from django.http import QueryDict

from tallystick.engine.service_levels.outcomes import Outcomes
from tallystick.engine.service_levels.outlook.queues import Live, at_risk, breached, live
from tallystick.engine.values import moment, seconds
from tallystick.records.measurements import Measurement
from tallystick.web.components.words import duration, moment_html, percent
from tallystick.web.evidence_tables import item_address
from tallystick.web.tables import Column, Empty, Table


def queues_of(
    newest: Measurement, outcomes: Outcomes, zone: str, asked: QueryDict
) -> tuple[Table, Table]:
    """Return the open items at risk and those beyond their limit, the most urgent first."""
    as_of = seconds(newest.data_until)
    risky = live(outcomes, at_risk(outcomes, as_of).tolist(), as_of)
    late = live(outcomes, breached(outcomes).tolist(), as_of)
    calm = Empty("Nothing at risk", "No open ticket has a quarter of its limit left, or less.")
    none = Empty("Nothing overdue", "No open ticket is beyond its limit.")
    return (
        _queue(newest, risky, zone, asked, "risk", "Open tickets at risk", "Time left", calm),
        _queue(newest, late, zone, asked, "overdue", "Open tickets overdue", "Over", none),
    )


def _queue(
    newest: Measurement,
    rows: Iterable[Live],
    zone: str,
    asked: QueryDict,
    name: str,
    caption: str,
    left: str,
    empty: Empty,
) -> Table:
    when = partial(moment_html, zone=zone)
    columns = (
        Column(
            "id",
            "Ticket",
            template="service_levels/ticket.html",
            link=lambda row: item_address(newest, row.id),
        ),
        Column("left", left, numeric=True, format=lambda left: duration(abs(left))),
        Column("due", "Due", format=when, plain=_plain),
        Column("used", "Used", numeric=True, format=lambda used: percent(used, 0)),
        Column("opened", "Opened", format=when, plain=_plain),
    )
    return Table(
        columns, list(rows), asked, caption=caption, empty=empty, name=name, filtering=False
    )


def _plain(instant: int | None) -> object:
    return None if instant is None else moment(instant)
