"""What a statement counts as, and whose turn it is, from the dates alone."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.service_levels.dealings.answers import (
    Attested,
    Point,
    PointState,
    Stance,
    Standing,
    Task,
    standing_of,
)
from tallystick.engine.service_levels.terms.dealings import Silence, StatementTerms

ISSUED = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # already 3 March in Berlin
SIDES = ("provider", "client")


def a_point(
    side: str, days: int, spoke: tuple[str, int] | None = None, state: PointState = PointState.OPEN
) -> Point:
    """Return a point raised some days after the statement was issued; `spoke` last of it."""
    last, spoke_days = spoke or (side, days)
    return Point(side, after_issue(days), last, after_issue(spoke_days), state)


def after_issue(days: int) -> datetime:
    """Return the moment some days after the statement was issued."""
    return ISSUED + timedelta(days=days)


def standing(
    *said: tuple[str, Stance, int],
    points: Sequence[Point] = (),
    after: int,
    unanswered: Silence = Silence.ATTESTED,
) -> Standing:
    """Return how a statement stands some days after it was issued; ten days to dispute."""
    attested = [each for each in said if each[1] is Stance.ATTESTED]
    disputed = [each for each in said if each[1] is Stance.DISPUTED]
    return standing_of(
        [Attested(side, after_issue(days)) for side, _, days in attested],
        [*(a_point(side, days) for side, _, days in disputed), *points],
        StatementTerms(dispute_days=10, unanswered=unanswered),
        sides=SIDES,
        issuer="client",
        zone="Europe/Berlin",
        issued_at=ISSUED,
        as_of=ISSUED + timedelta(days=after),
    )


def test_both_are_waited_for_until_the_last_local_day() -> None:
    found = standing(after=10)

    assert (found.counts_as, found.until, found.is_over) == (Stance.OPEN, date(2026, 3, 13), False)
    assert [(each.side, each.task, each.until) for each in found.turns] == [
        ("provider", Task.ANSWER, date(2026, 3, 13)),
        ("client", Task.ANSWER, date(2026, 3, 13)),
    ]


def test_who_has_attested_is_not_waited_for() -> None:
    found = standing(("client", Stance.ATTESTED, 1), after=2)

    assert [each.side for each in found.turns] == ["provider"]
    assert found.of("client").since == ISSUED + timedelta(days=1)


@pytest.mark.parametrize("silence", Silence)
def test_silence_counts_as_the_agreement_says(silence: Silence) -> None:
    found = standing(("client", Stance.ATTESTED, 1), after=11, unanswered=silence)

    assert found.counts_as.value == silence.value
    assert found.of("provider").by_silence
    assert not found.of("client").by_silence


def test_a_disputed_statement_waits_for_the_one_who_issues() -> None:
    found = standing(("provider", Stance.DISPUTED, 2), ("client", Stance.ATTESTED, 1), after=30)

    assert found.counts_as is Stance.DISPUTED
    assert [(each.side, each.task, each.since) for each in found.turns] == [
        ("client", Task.RESTATE, ISSUED + timedelta(days=2))
    ]


def test_an_attestation_settles_the_disputes_before_it() -> None:
    found = standing(
        ("provider", Stance.DISPUTED, 2),
        ("provider", Stance.ATTESTED, 4),
        ("client", Stance.ATTESTED, 1),
        after=5,
    )

    assert (found.counts_as, list(found.turns)) == (Stance.ATTESTED, [])


@given(
    said=st.lists(
        st.tuples(
            st.sampled_from(SIDES),
            st.sampled_from([Stance.ATTESTED, Stance.DISPUTED]),
            st.integers(0, 10),
        ),
        max_size=6,
    ),
    after=st.integers(11, 400),
    silence=st.sampled_from(Silence),
)
def test_once_the_days_are_over_nothing_stays_open(
    said: list[tuple[str, Stance, int]], after: int, silence: Silence
) -> None:
    found = standing(*said, after=after, unanswered=silence)

    assert found.counts_as is not Stance.OPEN
    assert all(turn.task is not Task.ANSWER for turn in found.turns)


def test_the_clients_own_point_waits_for_the_provider() -> None:
    found = standing(("client", Stance.DISPUTED, 2), after=3)

    assert [(each.side, each.task) for each in found.turns] == [
        ("provider", Task.ANSWER),
        ("provider", Task.REPLY),
    ]


@pytest.mark.parametrize(
    ("raised_by", "spoke", "waited_for"),
    [
        ("provider", ("provider", 2), ("client", Task.RESTATE)),
        ("provider", ("client", 4), ("provider", Task.REPLY)),
        ("client", ("client", 2), ("provider", Task.REPLY)),
        ("client", ("provider", 4), ("client", Task.RESTATE)),
    ],
)
def test_on_a_point_the_party_is_waited_for_that_did_not_speak_last(
    raised_by: str, spoke: tuple[str, int], waited_for: tuple[str, Task]
) -> None:
    found = standing(points=[a_point(raised_by, 2, spoke)], after=30)

    [turn] = found.turns
    assert (turn.side, turn.task) == waited_for
    assert turn.since == after_issue(spoke[1])


def test_of_several_points_each_waits_for_whom_it_waits() -> None:
    found = standing(
        ("client", Stance.ATTESTED, 1),
        points=[a_point("provider", 2, ("client", 5)), a_point("provider", 3)],
        after=6,
    )

    assert [(each.side, each.task, each.since) for each in found.turns] == [
        ("provider", Task.REPLY, after_issue(5)),
        ("client", Task.RESTATE, after_issue(3)),
    ]


@pytest.mark.parametrize("state", [PointState.WITHDRAWN, PointState.SETTLED])
def test_who_gives_up_its_last_point_is_asked_to_answer_again(state: PointState) -> None:
    found = standing(points=[a_point("provider", 2, state=state)], after=5)

    assert (found.counts_as, found.of("provider").answer) == (Stance.OPEN, Stance.OPEN)
    assert [(each.side, each.task) for each in found.turns] == [
        ("provider", Task.ANSWER),
        ("client", Task.ANSWER),
    ]


@pytest.mark.parametrize("silence", Silence)
def test_points_given_up_are_not_disputed_anew_by_silence(silence: Silence) -> None:
    found = standing(
        ("client", Stance.ATTESTED, 1),
        points=[a_point("provider", 2, state=PointState.SETTLED)],
        after=30,
        unanswered=silence,
    )

    assert (found.counts_as, list(found.turns)) == (Stance.ATTESTED, [])
    assert found.of("provider").by_silence


def test_one_open_point_among_settled_ones_still_disputes() -> None:
    points = [a_point("provider", 2, state=PointState.WITHDRAWN), a_point("provider", 4)]

    found = standing(points=points, after=30)

    assert (found.counts_as, found.of("provider").since) == (Stance.DISPUTED, after_issue(4))
