"""A cadence's rule is read by people, so it is said in words."""

import pytest

from tallystick.actions.set_up_governance import STARTER_FORUMS
from tallystick.web.forms.governance import RHYTHMS
from tallystick.web.rhythm_words import rhythm_words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY", "Every week"),
        ("FREQ=WEEKLY;INTERVAL=2", "Every other week"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "Every week, on Monday, Wednesday and Friday"),
        ("FREQ=MONTHLY;BYDAY=2TU", "Every month, on the second Tuesday"),
        ("FREQ=MONTHLY;BYDAY=-1TH", "Every month, on the last Thursday"),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=2WE", "Every third month, on the second Wednesday"),
    ],
)
def test_a_rule_is_said_in_words(rule: str, words: str) -> None:
    assert rhythm_words(rule) == words


@pytest.mark.parametrize(
    "rule", ["FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=WEEKLY;INTERVAL=9", "FREQ=MONTHLY;BYDAY=-3MO", ""]
)
def test_a_rule_that_is_rarely_used_stays_as_it_was_written(rule: str) -> None:
    assert rhythm_words(rule) == rule


def test_every_rule_that_is_offered_has_words() -> None:
    offered = [rule for rule, _ in RHYTHMS if rule] + [each.rule for each in STARTER_FORUMS]

    assert not [rule for rule in offered if "=" in rhythm_words(rule)]
