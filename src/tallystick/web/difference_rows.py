"""In what two readings of a window differ, as rows: before, after, and why, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from tallystick.engine.service_levels.terms.goals import Unit
from tallystick.engine.service_levels.window_words import window_words
from tallystick.engine.values import decimal_text
from tallystick.web.components.figures import money
from tallystick.web.components.status import word_of
from tallystick.web.components.words import duration, percent, sentence
from tallystick.web.counts import listed
from tallystick.web.tables import Column, Empty, Table

_CAUSES = {
    "relief": "relief was approved",
    "later-import": "a later import",
    "agreement-version": "another version of the agreement",
    "zone-data": "newer time-zone data",
    "engine-version": "a newer version of the engine",
    "other-figure": "another figure changed",
}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One figure or credit that differs."""

    about: str
    before: str
    after: str
    why: str


def difference_table(
    difference: Mapping[str, Any] | None, asked: QueryDict, *, name: str, caption: str, after: str
) -> Table | None:
    """Return what differs as a table, `after` as the head of its later side; None if nothing."""
    if not difference:
        return None
    return Table(
        (
            Column("about", "What", sortable=False),
            Column("before", "Before", sortable=False),
            Column("after", after, sortable=False),
            Column("why", "Why", sortable=False),
        ),
        difference_rows(difference),
        asked,
        caption=caption,
        empty=Empty("No difference", "Both read the same."),
        name=name,
        filtering=False,
    )


def difference_rows(difference: Mapping[str, Any]) -> list[ChangeRow]:
    """Return the figures that differ, then the credits."""
    return [
        *(_figure_row(each) for each in difference["figures"]),
        *(_credit_row(each) for each in difference["credits"]),
    ]


def _figure_row(change: Mapping[str, Any]) -> ChangeRow:
    about = f"{change['name']}, {window_words(change['window'])}"
    return ChangeRow(
        about, _reading(change["before"]), _reading(change["after"]), _why(change["causes"])
    )


def _credit_row(change: Mapping[str, Any]) -> ChangeRow:
    kind = "Credit" if change["kind"] == "credit" else sentence(change["kind"])
    about = f"{kind}, {change['name']}" if change["name"] else kind
    before, after = (
        money(Decimal(change[name]), change["currency"]) for name in ("before", "after")
    )
    return ChangeRow(about, before, after, _why(change["causes"]))


def _reading(figure: Mapping[str, Any] | None) -> str:
    """Return a figure with its verdict; where nothing was decided, "no data" and no number."""
    if figure is None:
        return "Not on it"
    return f"{_value(figure)}, {word_of(figure['verdict']).lower()}"


def _value(figure: Mapping[str, Any]) -> str:
    if figure["value"] is None or figure["verdict"] == "not-measured":
        return "No data"
    value = Decimal(figure["value"])
    if figure["unit"] == Unit.SHARE:
        shown = percent(value)
        return f"{shown} ({figure['numerator']} of {figure['denominator']})"
    return duration(int(value)) if figure["unit"] == Unit.SECONDS else decimal_text(value)


def _why(causes: Sequence[str]) -> str:
    words = listed([_CAUSES.get(each, each) for each in causes])
    return f"{words[:1].upper()}{words[1:]}"
