"""How items fared by each attribute: the groups of an attribute add up to all items."""

import numpy as np

from tallystick.engine.service_levels.outcomes import ITEM_VERDICTS, ItemVerdict
from tallystick.engine.service_levels.outlook.by_attribute import by_attribute
from tests.engine.service_levels.builders import histories, some_outcomes

CODES = [
    ITEM_VERDICTS.index(each)
    for each in (ItemVerdict.MET, ItemVerdict.MISSED, ItemVerdict.MET, ItemVerdict.EXCLUDED)
]
OUTCOMES = some_outcomes(("A", "B", "C", "D"), verdict=np.array(CODES, dtype=np.int8))
FIRST = histories(
    {"A": [(0, "new"), (5, "resolved")], "B": [(0, "new")]}, {"team": ["East", "West", "West"]}
)
SECOND = histories({"C": [(0, "new")], "X": [(0, "new")]}, {"team": ["", "East"]})


def test_an_item_belongs_to_its_last_known_value() -> None:
    groups = by_attribute(OUTCOMES, [FIRST, SECOND])["team"]

    assert [(group.value, group.kept, group.missed) for group in groups] == [
        ("West", 1, 1),
        ("", 1, 0),
    ]


def test_what_is_in_no_count_is_in_no_group() -> None:
    groups = by_attribute(OUTCOMES, [FIRST, SECOND])["team"]

    assert sum(group.items for group in groups) == 3


def test_counted_items_have_a_mean() -> None:
    counted = np.full(4, ITEM_VERDICTS.index(ItemVerdict.COUNTED), dtype=np.int8)
    seconds = np.array([60, 120, 0, 0])
    outcomes = some_outcomes(("A", "B", "C", "D"), verdict=counted, counted=seconds)

    groups = {group.value: group for group in by_attribute(outcomes, [FIRST])["team"]}

    assert groups["West"].mean == 90
    assert groups["West"].share is None


def test_data_without_attributes_has_no_groups() -> None:
    assert by_attribute(OUTCOMES, [histories({"A": [(0, "new")]})]) == {}
