"""With past data the lint tells which levels cannot be kept at their volume."""

from fractions import Fraction

from tallystick.engine.service_levels.lint import lint
from tallystick.engine.service_levels.measurement import Measurement, Verdict
from tallystick.engine.service_levels.terms.goals import Goal
from tests.engine.service_levels.lint.documents import filled_in


def a_year(kept: int, of: int, level: str = "response") -> list[Measurement]:
    """Return twelve months that all went alike."""
    return [
        Measurement(level, f"2026-{month:02}", kept, of, 0, Goal(Fraction(95, 100)), Verdict.MET)
        for month in range(1, 13)
    ]


def codes(measured: list[Measurement]) -> set[str]:
    return {finding.code for finding in lint(filled_in("service-desk"), measured)}


def test_a_volume_that_allows_no_miss_is_a_trap() -> None:
    assert codes(a_year(12, 12)) == {"figures.zero-miss-trap"}


def test_a_volume_that_allows_a_miss_is_none() -> None:
    assert codes(a_year(400, 400)) == set()


def test_what_was_never_kept_is_out_of_reach() -> None:
    (found,) = lint(filled_in("service-desk"), a_year(360, 400))

    assert found.code == "figures.out-of-reach"
    assert "about 400 items" in found.sentence
    assert "By its history 88%" in found.remedy


def test_a_rule_for_few_items_takes_the_trap_away() -> None:
    # The template forgives one miss of a resolution that alone would break it.
    assert codes(a_year(5, 5, "resolution")) <= {"figures.out-of-reach"}


def test_empty_months_teach_nothing() -> None:
    assert codes(a_year(0, 0)) == set()
