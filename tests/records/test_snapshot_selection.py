"""A competition answers guardrails; no price before the opening, no score before the closing."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallystick.actions.award_selection import propose_award
from tallystick.actions.close_scoring import close_scoring
from tallystick.actions.name_evaluator import name_evaluator
from tallystick.actions.rank_bids import rank_bids
from tallystick.actions.score_bid import hand_in_scores
from tallystick.actions.state_criterion import CriterionWording, state_criterion
from tallystick.actions.withdraw_bid import withdraw_bid
from tallystick.engine.guardrails.parts.selection import Selection as Seen
from tallystick.records.findings import findings_of
from tallystick.records.selections import Criterion, Selection
from tallystick.records.snapshot_rows import rows_of
from tallystick.records.snapshots import snapshot_document, snapshot_of
from tests.actions.selecting import (
    CLOSED,
    OPENED,
    WORDS,
    a_bid,
    a_ranked_selection,
    a_scored_selection,
    a_selection,
    an_evaluator,
    an_opened_selection,
    scored,
    with_criteria,
)
from tests.cast import TODAY, Cast, an_engagement

pytestmark = pytest.mark.django_db

LATER = CLOSED + timedelta(days=1)


def seen(selection: Selection) -> Seen:
    """Return what guardrails see of a competition."""
    found = snapshot_of(selection.engagement, LATER.date()).selection
    assert found is not None
    return found


def places(selection: Selection, code: str) -> list[str]:
    """Return where a guardrail fires."""
    return [each.place for each in findings_of(selection.engagement, LATER) if each.code == code]


def test_a_sealed_price_is_not_in_it(cast: Cast) -> None:
    selection = a_selection(cast)
    with_criteria(selection, cast.ada)
    a_bid(selection, cast.ada)

    assert [(each.id, each.price) for each in seen(selection).bids] == [("Baltic Desk", None)]
    assert "820000" not in str(snapshot_document(selection.engagement, TODAY.date()))


def test_leaves_weigh_their_part_of_the_whole(cast: Cast) -> None:
    selection, _, _ = an_opened_selection(cast)

    weights = {each.id: each.weight for each in seen(selection).criteria}

    assert weights == {
        "Team": Decimal("40.002"),
        "Plan": Decimal("19.998"),
        "Price": Decimal(40),
    }


def test_no_score_is_in_it_before_the_scoring_is_closed(cast: Cast) -> None:
    selection, criteria, bids = an_opened_selection(cast)
    evaluator = an_evaluator(selection, cast.ada, cast.ben)
    for bid in bids:
        scored(evaluator, bid, {criteria["team"]: "4.5", criteria["plan"]: "2"}, cast.ben)
    hand_in_scores(evaluator=evaluator, by=cast.ben, as_of=OPENED)
    before = seen(selection)

    close_scoring(selection=selection, by=cast.ada, as_of=CLOSED)

    assert before.scores == []
    assert len(seen(selection).scores) == 6


def test_too_few_bids_are_found(cast: Cast) -> None:
    selection, _, bids = an_opened_selection(cast)
    assert places(selection, "SEL001") == []

    withdraw_bid(bid=bids[0], reason="No capacity.", by=cast.ada, as_of=OPENED)

    assert places(selection, "SEL001") == ["selection.bids"]


def test_a_change_an_hour_after_the_opening_is_found(cast: Cast) -> None:
    selection, criteria, _ = an_opened_selection(cast)
    team: Criterion = criteria["team"]
    state_criterion(
        selection=selection,
        wording=CriterionWording(
            "Team", parent=team.parent, weight=Decimal("66.67"), anchors=WORDS | {"5": "Has a plan"}
        ),
        amends=team,
        reason="A slip.",
        by=cast.ada,
        as_of=OPENED + timedelta(hours=1),
    )

    assert places(selection, "SEL003") == ["selection.criteria_edits[0]"]


def test_the_price_of_the_preferred_bid_is_looked_at(cast: Cast) -> None:
    selection, _, _ = a_scored_selection(cast, should_cost=Decimal(1_000_000))
    rank_bids(selection=selection, by=cast.ada, as_of=CLOSED)

    assert seen(selection).preferred == "Kestrel Systems"
    assert places(selection, "SEL004") == ["selection.bids[1].price"]


def test_a_winner_that_is_not_first_is_fragile(cast: Cast) -> None:
    selection, bids, _ = a_ranked_selection(cast)
    propose_award(
        selection=selection, bid=bids[2], rationale="Best team.", by=cast.ada, as_of=CLOSED
    )

    firm = seen(selection).sensitivity

    assert firm is not None
    assert firm.flip_points == 0
    assert "selection.sensitivity.rank_one_share" in places(selection, "SEL005")


def test_two_evaluators_are_too_few_and_interests_are_asked_for(cast: Cast) -> None:
    selection, _, bids = an_opened_selection(cast)
    name_evaluator(selection=selection, person=cast.eva.person, by=cast.ada, as_of=OPENED)
    scored_one, _, _ = a_scored_selection(cast, name="Another")

    assert seen(selection).evaluators[0].interests_declared_on is None
    assert places(scored_one, "SEL006") == ["selection.evaluators"]
    assert bids


def test_two_evaluators_of_one_name_are_told_apart(cast: Cast) -> None:
    selection, _, _ = an_opened_selection(cast)
    for who in (cast.ben, cast.eva):
        who.person.name = "Kim Berg"
        who.person.save()
        name_evaluator(selection=selection, person=who.person, by=cast.ada, as_of=OPENED)

    assert len({each.name for each in seen(selection).evaluators}) == 2


def test_an_engagement_without_a_competition_has_none(cast: Cast) -> None:
    assert snapshot_of(an_engagement(), date(2026, 7, 6)).selection is None


def test_many_competitions_take_as_many_queries_as_one(cast: Cast) -> None:
    one, _, _ = a_ranked_selection(cast)
    others = [a_ranked_selection(cast, name=f"Number {n}")[0] for n in range(3)]
    engagements = [each.engagement for each in (one, *others)]

    counts = []
    for chosen in (engagements[:1], engagements):
        with CaptureQueriesContext(connection) as asked:
            rows_of(chosen, TODAY.date())
        counts.append(len(asked))

    assert counts[0] == counts[1]
