"""Values of a document, and what became of one, in words."""

from collections.abc import Mapping
from typing import Any

from tallystick.engine.service_levels.difference import ChangeKind
from tallystick.engine.service_levels.terms.agreement import Term
from tallystick.web.components.words import day, words
from tallystick.web.counts import listed

NOTHING = "nothing"
_FEWEST_TO_QUOTE = 3

LABELS: Mapping[str, str] = {
    "id": "the identifier",
    "name": "the name",
    "title": "the title",
    "client": "the client's name",
    "provider": "the provider's name",
    "zone": "the time zone",
    "class": "the class",
    "measure": "what is measured",
    "applies_to": "which items count",
    "calendar": "the calendar",
    "clock": "the clock",
    "targets": "the limits",
    "good": "what is good",
    "of": "what is summed",
    "statistic": "the statistic",
    "target": "the target",
    "minimum": "the minimum",
    "window": "how often it is judged",
    "attribution": "the month in which an item counts",
    "reporting_only_until": "the start-up without consequence",
    "low_volume": "what holds for few items",
    "data_source": "where figures come from",
    "measured_by": "who measures",
    "credit": "the credit",
    "hours": "the hours",
    "country": "the country of the holidays",
    "day": "the length of a day",
    "at_risk": "the amount at risk",
    "monthly": "the monthly charge",
    "time_zone_data": "the time-zone data",
}
"""What a key is called in a sentence; any other by its own words."""


def labelled(field: str, kind: ChangeKind, old: str, new: str) -> str:
    """Say what became of a clause: changed, new or gone."""
    label = LABELS.get(field, f"the {words(field)}")
    start = label[:1].upper() + label[1:]
    if kind is ChangeKind.ADDED or old == NOTHING:
        return _ended(f"{start}: new, {new}")
    if kind is ChangeKind.REMOVED or new == NOTHING:
        return _ended(f"{start}: gone; it was {old}")
    return _ended(f"{start}: was {old}; now {new}")


def _ended(said: str) -> str:
    return said if said.endswith((".", "?", "!")) else f"{said}."


def value_words(value: Any) -> str:
    """Write a document's plain value: nothing, a text, a list, or keys with their values."""
    if value is None or value in ({}, []):
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{words(key)} {value_words(each)}" for key, each in value.items())
    if isinstance(value, list | tuple):
        nested = any(isinstance(each, Mapping | list | tuple) for each in value)
        said = [value_words(each) for each in value]
        return "; ".join(said) if nested else listed(said)
    text = str(value)
    return f"“{text}”" if len(text.split()) >= _FEWEST_TO_QUOTE else text


def lowered(text: str) -> str:
    """Return a text to go on with in a sentence."""
    return text[:1].lower() + text[1:]


def term_words(term: Term) -> str:
    """Say from which day up to which an agreement is in force."""
    return f"{day(term.from_)} up to {day(term.until)}, not included"
