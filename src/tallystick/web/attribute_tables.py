"""How the items of a level fared, by each attribute that the service data carries."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.http import QueryDict

from tallystick.engine.intake.buckets import read_all
from tallystick.engine.service_levels.outcomes import Outcomes
from tallystick.engine.service_levels.outlook.by_attribute import Group, by_attribute
from tallystick.engine.service_levels.outlook.level import counts_items
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.engine.service_levels.terms.goals import Unit
from tallystick.engine.service_levels.windows import windows_of
from tallystick.engine.values import seconds
from tallystick.records.held import directories_of
from tallystick.records.measurements import Measurement
from tallystick.records.service_data import Import
from tallystick.web.components.figures import figure
from tallystick.web.components.words import ABSENT, percent, sentence, words
from tallystick.web.tables import Column, Empty, Table

WINDOWS = 12
_MOST_VALUES = 50
_MILLION = 10**6


def attribute_tables(
    newest: Measurement,
    imports: Sequence[Import],
    level: ServiceLevel,
    terms: Terms,
    outcomes: Outcomes,
    asked: QueryDict,
) -> list[tuple[str, Table]]:
    """
    Return a table for each attribute, over the last twelve windows that are over.

    One with a single value tells nothing, nor does one with many, such as a description.
    """
    windows = windows_of(terms, level.window)
    over = sum(window.end <= seconds(newest.data_until) for window in windows)
    chosen = (outcomes.window >= max(0, over - WINDOWS)) & (outcomes.window < over)
    found = by_attribute(
        outcomes.some(chosen), read_all(directories_of(list(imports))), value=bool(level.of)
    )
    # What is counted itself, or says when an item is due, explains nothing.
    measured = {level.of} | {rule.due.from_ for rule in level.targets if rule.due}
    return [
        (sentence(name), _table(name, groups, level, asked))
        for name, groups in found.items()
        if 1 < len(groups) <= _MOST_VALUES and name not in measured
    ]


def _table(name: str, groups: tuple[Group, ...], level: ServiceLevel, asked: QueryDict) -> Table:
    numbers: dict[str, Any] = {"numeric": True, "searchable": False}
    columns = [
        Column("value", sentence(name), format=lambda value: value or ABSENT),
        Column("items", "Items", **numbers),
    ]
    if counts_items(level):
        columns += [
            Column("kept", "Fulfil it" if level.good else "Kept", **numbers),
            Column("share", "Share", format=percent, **numbers),
        ]
    elif level.of or level.target.unit is Unit.SECONDS:
        scale = _MILLION if level.of else 1
        columns.append(Column("mean", "Mean", format=lambda m: _mean(m, scale, level), **numbers))
    return Table(
        columns,
        groups,
        asked,
        caption=f"By {words(name)}",
        empty=Empty("No item", "No item was decided."),
        name=f"by-{name}",
        filtering=False,
        narrow=True,
    )


def _mean(mean: Fraction | None, scale: int, level: ServiceLevel) -> str:
    return figure(None if mean is None else mean / scale, level.target)
