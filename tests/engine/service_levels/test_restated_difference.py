"""In what two readings of a window differ, and why."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.service_levels.dealings.difference import (
    Cause,
    Inputs,
    Reading,
    causes_of,
    difference_of,
)
from tallystick.engine.service_levels.measurement import Measurement, Verdict
from tallystick.engine.service_levels.terms.goals import read_goal

INPUTS = Inputs("", frozenset({"sha256:a"}), "sha256:1", "2026a", "1.0")
KEY = ("resolution", "2026-03")


def a_reading(kept: int = 2, of: int = 3, **inputs: object) -> Reading:
    """Return a resolution of March."""
    verdict = Verdict.NOTHING_DUE if not of else Verdict.MET if kept == of else Verdict.MISSED
    measurement = Measurement(
        service_level=KEY[0],
        window=KEY[1],
        numerator=kept,
        denominator=of,
        pending=0,
        target=read_goal("95%"),
        verdict=verdict,
    )
    return Reading(measurement, replace(INPUTS, **inputs))  # type: ignore[arg-type]


def test_the_same_reading_differs_in_nothing() -> None:
    found = difference_of({KEY: a_reading()}, {KEY: a_reading(relief="sha256:r")})

    assert not found


def test_a_relieved_ticket_is_told_with_its_cause() -> None:
    found = difference_of({KEY: a_reading()}, {KEY: a_reading(2, 2, relief="sha256:r")})

    [change] = found.figures
    assert change.before is not None
    assert change.after is not None
    assert (change.before.value, change.after.value) == (Fraction(2, 3), Fraction(1))
    assert change.causes == (Cause.RELIEF,)


def test_every_cause_is_named() -> None:
    later = Inputs("sha256:r", frozenset({"sha256:b"}), "sha256:2", "2026b", "1.1")

    assert causes_of(INPUTS, later) == (
        Cause.RELIEF,
        Cause.LATER_IMPORT,
        Cause.AGREEMENT,
        Cause.ZONE_DATA,
        Cause.ENGINE,
    )


def test_a_level_that_came_with_a_new_version_had_no_figure_before() -> None:
    found = difference_of({}, {KEY: a_reading()})

    assert [(each.before, each.causes) for each in found.figures] == [(None, (Cause.AGREEMENT,))]


def test_no_data_before_is_no_figure_and_not_nothing() -> None:
    found = difference_of({KEY: a_reading(0, 0)}, {KEY: a_reading(3, 3)})

    assert found.figures[0].before is not None
    assert found.figures[0].before.value is None


@given(kept=st.integers(0, 50), of=st.integers(0, 50))
def test_a_reading_never_differs_from_itself(kept: int, of: int) -> None:
    reading = {KEY: a_reading(min(kept, of), of)}

    assert not difference_of(reading, reading)
