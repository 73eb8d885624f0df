"""What a statement counts as, and whose turn it is, from the dates alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.service_levels.dealings.answers import (
    Said,
    Stance,
    Standing,
    Task,
    standing_of,
)
from tallystick.engine.service_levels.terms.dealings import Silence, StatementTerms

ISSUED = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # already 3 March in Berlin
SIDES = ("provider", "client")


def standing(
    *said: tuple[str, Stance, int], after: int, unanswered: Silence = Silence.ATTESTED
) -> Standing:
    """Return how a statement stands some days after it was issued; ten days to dispute."""
    return standing_of(
        [Said(side, answer, ISSUED + timedelta(days=days)) for side, answer, days in said],
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
    assert all(turn.task is Task.RESTATE for turn in found.turns)
