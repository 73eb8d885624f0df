"""Who bidders are: experience, references and named staff, worked by hand."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.scoring import (
    Asked,
    NeededSkill,
    PastCase,
    ReferenceCall,
    TeamMember,
    asked,
    coverage,
    experience,
    reputation,
)

TODAY = date(2027, 1, 1)
THREE_YEARS_AGO = date(2024, 1, 1)


def a_call(**changes: Any) -> ReferenceCall:
    """Return a call that counts in full."""
    return ReferenceCall(**{"score": 4, "independent": True, "ended": False} | changes)


def test_a_case_counts_half_after_three_years() -> None:
    cases = [PastCase(1, 1, 1), PastCase(0.5, 0.8, 1, ended_on=THREE_YEARS_AGO)]

    assert experience(cases, TODAY) == pytest.approx((1 + 0.5 * 0.5 * 0.8) / 3, abs=1e-3)


def test_more_than_enough_experience_is_full_experience() -> None:
    assert experience([PastCase(1, 1, 1)] * 5, TODAY) == 1


def test_no_case_is_no_experience() -> None:
    assert experience([], TODAY) == 0


def test_nothing_cannot_be_enough() -> None:
    with pytest.raises(ValueError, match="cannot be enough"):
        experience([], TODAY, enough=0)


def test_parts_of_a_case_lie_between_nothing_and_all() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        PastCase(1.1, 1, 1)


def test_one_glowing_call_makes_no_five() -> None:
    found = reputation([a_call(score=5)], TODAY)

    assert found.score == pytest.approx((2 * 3 + 5) / 3)


def test_a_reference_the_bidder_chose_counts_half() -> None:
    found = reputation([a_call(score=5, independent=False)], TODAY)

    assert found.weight == 0.5
    assert found.score == pytest.approx((6 + 2.5) / 2.5)


def test_similarity_and_age_take_from_what_a_call_counts() -> None:
    call = a_call(similarity=0.5, ended=True, ended_on=THREE_YEARS_AGO)

    assert call.weight(TODAY) == pytest.approx(0.25, abs=1e-3)


def test_without_calls_a_bidder_stands_in_the_middle() -> None:
    found = reputation([], TODAY)

    assert (found.score, found.again, found.asked.missing) == (3, None, 3)


def test_hired_again_is_drawn_towards_one_half() -> None:
    calls = [a_call(again=True), a_call(again=True), a_call(again=False), a_call()]

    assert reputation(calls, TODAY).again == Fraction(5, 8)


@pytest.mark.parametrize(
    ("calls", "enough"),
    [
        ([a_call(), a_call(ended=True), a_call(independent=False)], True),
        ([a_call(), a_call(ended=True)], False),
        ([a_call()] * 3, False),
        ([a_call(independent=False, ended=True)] * 3, False),
    ],
)
def test_three_calls_one_independent_and_one_ended_are_enough(
    calls: list[ReferenceCall], enough: bool
) -> None:
    assert asked(calls).enough is enough


def test_what_was_asked_is_told_as_numbers() -> None:
    assert asked([a_call(), a_call(independent=False, ended=True)]) == Asked(2, 1, 1)


@pytest.mark.parametrize("wrong", [{"score": 0}, {"score": 5.1}, {"similarity": 2}])
def test_answers_of_a_call_lie_on_their_scale(wrong: Mapping[str, Any]) -> None:
    with pytest.raises(ValueError, match="between"):
        a_call(**wrong)


@given(st.lists(st.floats(1, 5), max_size=8))
def test_a_reputation_lies_between_the_middle_and_what_was_said(scores: list[float]) -> None:
    found = reputation([a_call(score=each) for each in scores], TODAY)

    assert min([3, *scores]) - 1e-9 <= found.score <= max([3, *scores]) + 1e-9


def test_only_named_people_cover_a_skill() -> None:
    needed = [NeededSkill("network", 4), NeededSkill("database", 5), NeededSkill("security", 3)]
    members = [
        TeamMember("Ada", {"network": 5, "database": 4}),
        TeamMember("", {"database": 6, "security": 3}),
    ]

    found = coverage(needed, members)

    assert [(each.names, each.promised) for each in found.cells] == [
        (("Ada",), 0),
        ((), 1),
        ((), 1),
    ]
    assert found.share == Fraction(1, 3)


def test_a_cell_that_needs_two_people_is_not_covered_by_one_named_twice() -> None:
    members = [TeamMember("Ada", {"network": 5}), TeamMember("Ada ", {"network": 5})]

    found = coverage([NeededSkill("network", 4, people=2)], members)

    assert found.cells[0].names == ("Ada",)
    assert found.share == 0


def test_where_nothing_is_needed_nothing_is_covered() -> None:
    assert coverage([], []).share is None
