"""Only the attributes that an agreement asks for are read; no figure depends on the others."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tallystick.engine.service_levels.asked import attributes_asked
from tallystick.engine.service_levels.kernel.conditions import UnknownAttribute
from tallystick.engine.service_levels.measure import measure
from tallystick.engine.service_levels.outcomes import COLUMNS
from tests.engine.service_levels.builders import a_level_document, an_agreement
from tests.engine.service_levels.cases import Case, cases

ITEM_CASES = [case for case in cases() if case.asks_items]


@pytest.mark.parametrize("case", ITEM_CASES, ids=lambda case: case.name)
def test_every_attribute_that_a_case_needs_is_asked_for(case: Case) -> None:
    agreement, spans = case.agreement, case.spans
    asked = attributes_asked(agreement, spans.attributes)
    few = replace(spans, attributes={name: spans.attributes[name] for name in asked})

    whole = measure(spans, case.level, agreement, case.as_of)
    lean = measure(few, case.level, agreement, case.as_of)

    for name in COLUMNS:
        assert np.array_equal(getattr(lean, name), getattr(whole, name)), name


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"applies_to": {"site": ["north"]}}, "applies_to.site"),
        ({"targets": [{"due": {"from": "site"}}]}, "targets[0].due.from.site"),
        ({"targets": [{"when": {"site": ["a"]}, "limit": "4h"}]}, "targets[0].when.site"),
        ({"clock": {"pauses": ["on-hold", {"site": ["north"]}]}}, "clock.site"),
        ({"clock": {"requires": [{"site": ["north"]}]}}, "clock.requires.site"),
        ({"clock": {"resets": [{"site": ["north"]}]}}, "clock.resets.site"),
        ({"targets": [], "measure": "ratio", "good": {"site": ["north"]}}, "good.site"),
        (
            {"targets": [], "measure": "score", "of": "site", "statistic": "mean", "target": ">=4"},
            "of.site",
        ),
    ],
)
def test_what_data_lack_is_refused_before_any_row_is_read(
    changes: dict[str, Any], place: str
) -> None:
    agreement = an_agreement(service_levels=[a_level_document(**changes)])

    assert attributes_asked(agreement, ["site", "team"]) == {"site"}
    with pytest.raises(UnknownAttribute) as refused:
        attributes_asked(agreement, ["sites", "team"])

    assert refused.value.place == f"service level resolution: {place}"
    assert "'sites'" in refused.value.remedy


def test_the_data_need_not_say_whether_an_item_was_reopened() -> None:
    level = a_level_document(measure="ratio", targets=[], good={"reopened": ["no"]})
    agreement = an_agreement(service_levels=[level])

    assert attributes_asked(agreement, ["team"]) == set()
    assert attributes_asked(agreement, ["team", "reopened"]) == {"reopened"}
