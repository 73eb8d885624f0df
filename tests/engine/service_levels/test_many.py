"""Buckets measured one by one add up to what all of them give at once."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from tallystick.engine.service_levels.fingerprints import digest_of, prints_of
from tallystick.engine.service_levels.many import measure_buckets
from tallystick.engine.service_levels.measure import measure
from tallystick.engine.service_levels.outcomes import Outcomes
from tallystick.engine.service_levels.tally import measurements_of, tally
from tallystick.engine.service_levels.terms import Agreement
from tallystick.engine.service_levels.windows import windows_of
from tests.engine.service_levels.builders import (
    Change,
    a_level_document,
    an_agreement,
    at,
    histories,
)

NINE = at("2012-02-06T09:00+01:00")
AS_OF = at("2012-06-01T00:00Z")
KINDS: list[dict[str, Any]] = [
    {},
    {"statistic": "p90", "target": "8h", "targets": []},
    {"statistic": "median", "target": "8h", "targets": []},
    {"measure": "volume", "target": "<= 500", "targets": []},
    {"measure": "backlog", "target": "<= 500", "targets": []},
    {"overdue": "each-window", "overdue_grace": 0},
    {"window": "rolling-3-months"},
]


def some_items(count: int) -> dict[str, Sequence[Change]]:
    """Return items, one a day, each of which takes longer than the one before."""
    return {
        f"T{n}": [(NINE + n * 86_400, "new"), (NINE + n * 86_400 + n * 3600, "resolved")]
        for n in range(count)
    }


def an_agreement_on(kind: dict[str, Any]) -> Agreement:
    return an_agreement(service_levels=[a_level_document(**kind)])


def outcomes_of(items: dict[str, Sequence[Change]], **kind: Any) -> tuple[Outcomes, int]:
    agreement = an_agreement_on(kind)
    level = agreement.service_levels[0]
    outcomes = measure(histories(items), level, agreement, AS_OF)
    return outcomes, len(windows_of(agreement, level.window))


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.parametrize("workers", [1, 3])
def test_buckets_add_up_to_the_whole(kind: dict[str, Any], workers: int) -> None:
    agreement, items = an_agreement_on(kind), some_items(60)
    level = agreement.service_levels[0]
    parts = [dict(list(items.items())[n::4]) for n in range(4)]

    found = measure_buckets(
        lambda number: histories(parts[number]), 4, agreement, AS_OF, workers=workers
    )

    whole = measure(histories(items), level, agreement, AS_OF)
    added = found[level.id]
    assert measurements_of(added.summary, level, agreement, AS_OF) == tally(
        whole, level, agreement, AS_OF
    )
    assert np.array_equal(added.prints, prints_of(whole, len(windows_of(agreement, level.window))))


def test_the_outcomes_of_each_bucket_are_handed_out_before_they_are_let_go() -> None:
    items = some_items(10)
    parts = [dict(list(items.items())[n::2]) for n in range(2)]
    kept: dict[int, int] = {}

    measure_buckets(
        lambda number: histories(parts[number]),
        2,
        an_agreement(),
        AS_OF,
        keep=lambda number, level, outcomes: kept.update({number: len(outcomes)}),
    )

    assert kept == {0: 5, 1: 5}


def test_one_second_more_is_another_fingerprint_in_its_own_window_alone() -> None:
    items = some_items(60)
    before, windows = outcomes_of(items)
    items["T3"] = [items["T3"][0], (items["T3"][1][0] + 1, "resolved")]

    after, _ = outcomes_of(items)

    one, other = prints_of(before, windows), prints_of(after, windows)
    differ = [n for n in range(windows) if digest_of(one, n) != digest_of(other, n)]
    assert differ == [1]


def test_two_items_that_change_places_are_another_fingerprint() -> None:
    items = some_items(20)
    swapped = items | {"T3": items["T4"], "T4": items["T3"]}

    one, other = (prints_of(*outcomes_of(each)) for each in (items, swapped))

    assert not np.array_equal(one, other)


def test_an_item_carried_forward_stands_in_the_fingerprint_of_each_window() -> None:
    late = {"T1": [(NINE, "new"), (at("2012-04-10T12:00+02:00"), "resolved")]}

    found = prints_of(*outcomes_of(late, overdue="each-window", overdue_grace=0))

    assert found[:, 2].tolist() == [0, 1, 1, 1, *[0] * 8]
