"""What an editor shows of a key is what the docstrings say of it."""

import pytest

from tallystick.engine.service_levels.schema import agreement_schema

SCHEMA = agreement_schema()
PARTS = {"Agreement": SCHEMA, **SCHEMA["$defs"]}


@pytest.mark.parametrize(
    "name", ["Agreement", "Calendar", "Clock", "LimitRule", "ServiceLevel", "Term"]
)
def test_every_key_of_the_usual_parts_is_described(name: str) -> None:
    keys = PARTS[name]["properties"]

    assert [key for key, stated in keys.items() if "description" not in stated] == []


def test_a_key_says_the_sentences_that_name_it() -> None:
    said = PARTS["CreditScheme"]["properties"]["monthly_cap"]["description"]

    assert said.startswith("`monthly_cap`: the most for a month")
    assert "yearly_cap" not in said


def test_a_key_that_no_sentence_names_says_what_its_part_is() -> None:
    said = PARTS["CreditScheme"]["properties"]["earn_back"]["description"]

    assert said == "When a credit is returned to the provider."
