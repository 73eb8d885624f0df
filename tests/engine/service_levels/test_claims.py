"""What a claim of relief counts as, and until when it can be made and decided."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tallystick.engine.service_levels.dealings.claims import claim_standing, claimable_until
from tallystick.engine.service_levels.relief import ClaimState
from tallystick.engine.service_levels.terms.dealings import ReliefTerms, Unanswered

MADE = datetime(2026, 4, 5, 22, 30, tzinfo=UTC)  # 6 April in Berlin
TERMS = ReliefTerms(claim_days=10, decide_days=7)


def standing(
    decided: ClaimState | None, after: int, terms: ReliefTerms = TERMS
) -> tuple[str, bool]:
    """Return what a claim counts as some days after it was made."""
    found = claim_standing(
        decided,
        terms,
        zone="Europe/Berlin",
        claimed_at=MADE,
        as_of=MADE + timedelta(days=after),
    )
    return found.state.value, found.by_silence


def test_the_days_for_a_claim_are_counted_from_the_last_day_of_the_window() -> None:
    end = datetime(2026, 3, 31, 22, 0, tzinfo=UTC)  # midnight in Berlin

    assert claimable_until(end, TERMS, "Europe/Berlin") == date(2026, 4, 10)


@pytest.mark.parametrize(("after", "state"), [(0, "pending"), (7, "pending"), (8, "rejected")])
def test_an_undecided_claim_is_rejected_the_day_after_its_last(after: int, state: str) -> None:
    assert standing(None, after) == (state, state == "rejected")


def test_silence_approves_where_the_agreement_says_so() -> None:
    terms = TERMS.model_copy(update={"unanswered": Unanswered.APPROVED})

    assert standing(None, 8, terms) == ("approved", True)


@pytest.mark.parametrize("decided", [ClaimState.APPROVED, ClaimState.REJECTED])
def test_a_decision_stands_whatever_the_day(decided: ClaimState) -> None:
    assert standing(decided, 400) == (decided.value, False)
