"""A mid-term review is due at half of the term, at a stage's end, or on a blocker."""

from datetime import date

import pytest

from tallystick.engine.reviews.due import Cause, Due, Term, mid_term_due

HALF = date(2026, 7, 2)


def a_term(**changes: object) -> Term:
    """Return the term of one calendar year, in which nothing has happened."""
    usual: dict[str, object] = {
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2027, 1, 1),
        "stage_ended_on": None,
        "blockers": 0,
        "held_on": (),
    }
    return Term(**usual | changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "on", "due"),
    [
        ({}, date(2026, 7, 1), []),
        ({}, HALF, [Due(Cause.HALF_TERM, HALF)]),
        ({}, date(2026, 12, 31), [Due(Cause.HALF_TERM, HALF)]),
        # What is over is closed, not steered.
        ({}, date(2027, 1, 1), []),
        ({"held_on": [HALF]}, HALF, []),
        ({"held_on": [date(2026, 7, 1)]}, HALF, [Due(Cause.HALF_TERM, HALF)]),
        (
            {"stage_ended_on": date(2026, 3, 1)},
            date(2026, 3, 1),
            [Due(Cause.STAGE_ENDED, date(2026, 3, 1))],
        ),
        (
            {"stage_ended_on": date(2026, 3, 1), "held_on": [date(2026, 3, 1)]},
            HALF.replace(day=1),
            [],
        ),
        ({"blockers": 2}, date(2026, 2, 1), [Due(Cause.BLOCKER, date(2026, 2, 1), 2)]),
        ({"blockers": 2, "held_on": [date(2026, 2, 1)]}, date(2026, 5, 2), []),
        (
            {"blockers": 2, "held_on": [date(2026, 2, 1)]},
            date(2026, 5, 3),
            [Due(Cause.BLOCKER, date(2026, 5, 3), 2)],
        ),
    ],
)
def test_a_review_is_due(changes: dict[str, object], on: date, due: list[Due]) -> None:
    assert mid_term_due(a_term(**changes), on) == due


def test_the_oldest_reason_stands_first() -> None:
    term = a_term(stage_ended_on=date(2026, 3, 1), blockers=1)

    causes = [each.cause for each in mid_term_due(term, date(2026, 8, 1))]

    assert causes == [Cause.STAGE_ENDED, Cause.HALF_TERM, Cause.BLOCKER]
