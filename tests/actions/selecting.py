"""What tests of selections begin with: a competition, bids, and evaluators who have scored."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tallystick.actions.award_selection import decide_award, propose_award
from tallystick.actions.check_knock_outs import check_knock_outs
from tallystick.actions.close_scoring import close_scoring
from tallystick.actions.judge_delivery import Delivered, judge_delivery
from tallystick.actions.name_evaluator import name_evaluator
from tallystick.actions.open_bids import open_bids
from tallystick.actions.plan_selection import SelectionTerms, plan_selection
from tallystick.actions.rank_bids import rank_bids
from tallystick.actions.record_bid import BidTerms, record_bid
from tallystick.actions.score_bid import (
    ScoreGiven,
    declare_interests,
    hand_in_scores,
    score_bid,
)
from tallystick.actions.state_criterion import CriterionWording, state_criterion
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.awards import Award, Ranking
from tallystick.records.bids import Bid
from tallystick.records.delivered_scores import DeliveredScore
from tallystick.records.roles import Role
from tallystick.records.scores import Evaluator
from tallystick.records.selections import Criterion, CriterionKind, Selection
from tallystick.records.viewer import Viewer
from tests.cast import TODAY, Cast, a_viewer, an_engagement

DEADLINE = TODAY + timedelta(days=10)
OPENED = TODAY + timedelta(days=11)
CLOSED = TODAY + timedelta(days=20)
WORDS = {"0": "Says nothing of it.", "3": "Says how.", "5": "Shows it at a client."}
BIDDERS = {"Baltic Desk": "820000", "Kestrel Systems": "760000", "Alder Works": "990000"}


def a_selection(cast: Cast, **changes: Any) -> Selection:
    """Return a competition that was begun today, for a new engagement in its select stage."""
    engagement = an_engagement(
        name=changes.pop("name", "Travel expenses"),
        stage=Stage.SELECT,
        provider=None,
        starts_on=date(2027, 1, 1),
        ends_on=date(2029, 12, 31),
    )
    usual: dict[str, Any] = {
        "currency": "EUR",
        "bids_until": DEADLINE,
        "should_cost": Decimal(900000),
    }
    terms = SelectionTerms(**usual | changes)
    return plan_selection(engagement=engagement, terms=terms, by=cast.ada, as_of=TODAY)


def stated(selection: Selection, by: Viewer, name: str, **changes: Any) -> Criterion:
    """State a judged criterion with all its words, or what the changes make of it."""
    usual: dict[str, Any] = {"weight": Decimal(100), "anchors": WORDS}
    wording = CriterionWording(name=name, **usual | changes)
    return state_criterion(selection=selection, wording=wording, by=by, as_of=TODAY)


def with_criteria(selection: Selection, by: Viewer) -> dict[str, Criterion]:
    """State a price, a group of two judged criteria, and a must-have."""
    group = stated(
        selection, by, "Delivery", kind=CriterionKind.GROUP, weight=Decimal(60), anchors={}
    )
    return {
        "group": group,
        "team": stated(selection, by, "Team", parent=group, weight=Decimal("66.67")),
        "plan": stated(selection, by, "Plan", parent=group, weight=Decimal("33.33")),
        "price": stated(
            selection,
            by,
            "Price",
            kind=CriterionKind.PRICE,
            weight=Decimal(40),
            worst=Decimal(1080000),
            target=Decimal(720000),
            anchors={},
        ),
        "iso": stated(
            selection, by, "ISO 27001", kind=CriterionKind.KNOCK_OUT, weight=None, anchors={}
        ),
    }


def a_bid(selection: Selection, by: Viewer, supplier: str = "Baltic Desk", **changes: Any) -> Bid:
    """Record a bid that came today."""
    usual: dict[str, Any] = {
        "supplier": supplier,
        "price": Decimal(BIDDERS.get(supplier, "850000")),
        "received_at": TODAY,
    }
    return record_bid(selection=selection, terms=BidTerms(**usual | changes), by=by, as_of=TODAY)


def an_evaluator(selection: Selection, lead: Viewer, who: Viewer) -> Evaluator:
    """Name an evaluator who has no interests."""
    evaluator = name_evaluator(selection=selection, person=who.person, by=lead, as_of=TODAY)
    return declare_interests(evaluator=evaluator, interests="", by=who, as_of=TODAY)


def scored(evaluator: Evaluator, bid: Bid, given: Mapping[Criterion, str], by: Viewer) -> None:
    """Score a bid, with evidence."""
    scores = {
        criterion: ScoreGiven(Decimal(value), "Page 12.") for criterion, value in given.items()
    }
    score_bid(evaluator=evaluator, bid=bid, given=scores, by=by, as_of=OPENED)


def an_opened_selection(
    cast: Cast, **changes: Any
) -> tuple[Selection, dict[str, Criterion], list[Bid]]:
    """Return a competition of three bids that were just opened."""
    selection = a_selection(cast, **changes)
    criteria = with_criteria(selection, cast.ada)
    bids = [a_bid(selection, cast.ada, name) for name in BIDDERS]
    return open_bids(selection=selection, by=cast.ada, as_of=OPENED), criteria, bids


SHEETS = (("4", "3"), ("3", "4.5"), ("5", "4"))
"""What every evaluator gives the three bids for team and plan, give or take a half."""


def a_scored_selection(
    cast: Cast, **changes: Any
) -> tuple[Selection, dict[str, Criterion], list[Bid]]:
    """Return a competition whose scoring two evaluators have finished, must-haves all met."""
    selection, criteria, bids = an_opened_selection(cast, **changes)
    for number, who in enumerate((cast.ben, cast.eva)):
        evaluator = an_evaluator(selection, cast.ada, who)
        for bid, (team, plan) in zip(bids, SHEETS, strict=True):
            less = Decimal(number) / 2
            sheet = {
                criteria["team"]: str(Decimal(team) - less),
                criteria["plan"]: plan,
            }
            scored(evaluator, bid, sheet, who)
        hand_in_scores(evaluator=evaluator, by=who, as_of=OPENED)
    for bid in bids:
        check_knock_outs(bid=bid, met={criteria["iso"]: True}, by=cast.ada, as_of=OPENED)
    return close_scoring(selection=selection, by=cast.ada, as_of=CLOSED), criteria, bids


def a_ranked_selection(cast: Cast, **changes: Any) -> tuple[Selection, Sequence[Bid], Ranking]:
    """Return a competition with its ranking."""
    selection, _, bids = a_scored_selection(cast, **changes)
    ranking = rank_bids(selection=selection, by=cast.ada, as_of=CLOSED)
    selection.refresh_from_db()
    return selection, bids, ranking


def an_awarded_selection(cast: Cast, **changes: Any) -> tuple[Selection, Sequence[Bid], Viewer]:
    """Return a competition that Kestrel won, and who decided so."""
    selection, bids, _ = a_ranked_selection(cast, **changes)
    award = propose_award(
        selection=selection, bid=bids[1], rationale="Worth most.", by=cast.ada, as_of=CLOSED
    )
    board = a_viewer(Role.EXECUTIVE)
    decide_award(award=award, approved=True, reason="Agreed.", by=board, as_of=CLOSED)
    selection.refresh_from_db()
    return selection, bids, board


BEGUN = datetime(2027, 6, 1, 9, 0, tzinfo=UTC)
"""Five months after the work of a competition begins."""


def the_award(selection: Selection) -> Award:
    """Return the award of a competition, with what is read along with it."""
    return Award.objects.select_related("bid__supplier", "ranking").get(selection=selection)


def delivered(
    selection: Selection, by: Viewer, as_of: datetime = BEGUN, **figures: str
) -> list[DeliveredScore]:
    """Judge what was delivered on criteria, by their name."""
    known = {each.name.lower(): each for each in Criterion.objects.filter(selection=selection)}
    given = {
        known[name]: Delivered(Decimal(figure), f"Seen: {name}.")
        for name, figure in figures.items()
    }
    return judge_delivery(award=the_award(selection), given=given, by=by, as_of=as_of)
