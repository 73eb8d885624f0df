"""Agreements and histories for tests; name only what your test is about."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np

from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.outcomes import COLUMNS, Outcomes, no_outcomes
from tallystick.engine.service_levels.terms import Agreement, Calendar
from tallystick.engine.values import FOREVER, STATES, Coded, Spans, State, seconds

OFFICE = {"mon-fri": ["09:00-17:00"]}


def at(text: str) -> int:
    """Return the instant that an ISO 8601 text with an offset states."""
    return seconds(datetime.fromisoformat(text))


def a_calendar(
    hours: Any = OFFICE, zone: str = "Europe/Madrid", holidays: Sequence[str] = ()
) -> Calendar:
    """Return a calendar: office hours in Madrid unless told otherwise."""
    return Calendar.model_validate({"zone": zone, "hours": hours, "holidays": list(holidays)})


def a_level_document(**changes: Any) -> dict[str, Any]:
    """Return the document of a service level: resolution within eight working hours."""
    usual = {
        "id": "resolution",
        "name": "Resolution of incidents",
        "measure": "resolution-time",
        "calendar": "office",
        "targets": [{"limit": "8h"}],
        "target": "95%",
    }
    return usual | changes


def a_document(**changes: Any) -> dict[str, Any]:
    """Return the document of an agreement with one service level."""
    usual = {
        "agreement": 1,
        "id": "helpdesk",
        "version": 1,
        "title": "Help desk services",
        "client": "Nordwind Energy",
        "provider": "Baltic Desk",
        "in_force": {"from": "2012-01-01", "until": "2013-01-01"},
        "zone": "Europe/Madrid",
        "calendars": {"office": {"hours": OFFICE}},
        "service_levels": [a_level_document()],
    }
    return usual | changes


def an_agreement(**changes: Any) -> Agreement:
    """Return an agreement with one service level."""
    return read_agreement(a_document(**changes))


Change = tuple[int, str]


def histories(
    items: Mapping[str, Sequence[Change]],
    attributes: Mapping[str, Sequence[str]] | None = None,
) -> Spans:
    """Return the histories of items; attributes give one text per row, empty for none."""
    ids = tuple(items)
    item, since, until, state = [], [], [], []
    for position, changes in enumerate(items.values()):
        instants = [instant for instant, _ in changes]
        item += [position] * len(changes)
        since += instants
        until += [*instants[1:], FOREVER][: len(changes)]
        state += [STATES.index(State(name)) for _, name in changes]
    return Spans(
        item=np.asarray(item, dtype=np.int64),
        since=np.asarray(since, dtype=np.int64),
        until=np.asarray(until, dtype=np.int64),
        state=np.asarray(state, dtype=np.int8),
        line=np.arange(2, len(item) + 2, dtype=np.int64),
        ids=ids,
        attributes={name: coded(texts) for name, texts in (attributes or {}).items()},
    )


def coded(texts: Sequence[str]) -> Coded:
    """Return a text column; empty text is no value."""
    values = tuple(dict.fromkeys(text for text in texts if text))
    codes = [values.index(text) if text else -1 for text in texts]
    return Coded(np.asarray(codes, dtype=np.int32), values)


def some_outcomes(ids: Sequence[str], **columns: Any) -> Outcomes:
    """Return outcomes of items; a column that is not named is zero, or one for the cycle."""
    empty = no_outcomes(())
    rows = len(ids)
    usual = {
        name: np.full(rows, int(name == "cycle"), dtype=getattr(empty, name).dtype)
        for name in COLUMNS
    }
    return Outcomes(tuple(ids), **usual | {"item": np.arange(rows)} | columns)
