"""The forty mistakes and the thresholds: nothing is named that is not there, nor left out."""

import pytest

from tallystick.engine.guardrails import BUILT_IN, Policy, check
from tallystick.engine.guardrails.mistakes import MISTAKES
from tests.engine.guardrails.builders import JUNE, a_snapshot

BESIDE = {"AGR003", "AGR004", "DEL001", "DEL003", "LES002", "WAI001"}


def test_there_are_forty_mistakes_each_with_a_number_of_its_own() -> None:
    assert len({mistake.number for mistake in MISTAKES}) == len(MISTAKES) == 40


def test_every_mistake_has_its_guardrails_and_only_six_stand_beside_them() -> None:
    named = {code for mistake in MISTAKES for code in mistake.codes}

    assert {rail.code for rail in BUILT_IN} - named == BESIDE
    assert named - {rail.code for rail in BUILT_IN} == set()


@pytest.mark.parametrize("name", list(Policy.model_fields))
def test_every_threshold_is_named_where_it_decides(name: str) -> None:
    assert any(name in rail.fires_when for rail in BUILT_IN)


@pytest.mark.parametrize("name", list(Policy.model_fields))
def test_every_threshold_says_what_it_is(name: str) -> None:
    assert str(Policy.model_fields[name].description).endswith(".")


def test_a_critical_service_is_asked_for_what_others_may_leave_out() -> None:
    asked = {
        stage: [
            found.place for found in check(a_snapshot(critical=True, stage=stage), BUILT_IN, JUNE)
        ]
        for stage in ("define", "agree", "close")
    }

    assert asked == {
        "define": ["business_case"],
        "agree": ["exit_plan", "escalation", "business_case"],
        "close": ["exit_plan", "closing", "escalation", "business_case"],
    }
