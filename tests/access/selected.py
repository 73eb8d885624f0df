"""The world's competitions: one for each engagement, from its terms to the award and a debrief."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from tallystick.actions.award_selection import debrief_bid, decide_award, propose_award
from tallystick.actions.check_knock_outs import check_knock_outs
from tallystick.actions.close_scoring import close_scoring, moderate_score
from tallystick.actions.judge_delivery import Delivered, judge_delivery
from tallystick.actions.name_evaluator import bar_evaluator, name_evaluator
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
from tallystick.actions.withdraw_bid import withdraw_bid
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.bids import Bid, Certificate
from tallystick.records.engagements import Engagement
from tallystick.records.organisations import Membership
from tallystick.records.roles import Role
from tallystick.records.scores import Evaluator
from tallystick.records.selections import Criterion, CriterionKind, Selection
from tallystick.records.viewer import Viewer
from tests.bidding import a_reference, called
from tests.cast import TODAY, a_viewer

BEGUN, DEADLINE, OPENED = (TODAY - timedelta(days=days) for days in (30, 20, 10))
Token = Callable[[str], str]
"""Gives a text that stands nowhere else."""


def furnish_selection(engagement: Engagement, lead: Viewer, token: Token) -> dict[str, str]:
    """Give an engagement a competition of three bids that was awarded; one loser is debriefed."""
    delivers = engagement.stage
    _stage(engagement, Stage.SELECT)
    selection = plan_selection(
        engagement=engagement,
        terms=SelectionTerms(
            currency="EUR",
            bids_until=DEADLINE,
            should_cost=Decimal(900_000),
            single_source_reason=token("Single"),
        ),
        by=lead,
        as_of=BEGUN,
    )
    criteria = _criteria(selection, lead, token)
    bids = [_bid(selection, price, lead, token) for price in ("700000", "800000", "900000")]
    open_bids(selection=selection, by=lead, as_of=OPENED)
    _amend(criteria["team"], lead, token)
    evaluator = _scored(selection, criteria["team"], bids, lead, token)
    for bid in bids[:2]:
        check_knock_outs(bid=bid, met={criteria["iso"]: True}, by=lead, as_of=OPENED)
    withdraw_bid(bid=bids[2], reason=token("Withdrawn"), by=lead, as_of=OPENED)
    award = _awarded(selection, bids, criteria["team"], lead, token)
    _stage(engagement, Stage(delivers))
    return {
        "selection_id": selection.public_id,
        "criterion_id": criteria["team"].public_id,
        "bid_id": bids[1].public_id,
        "evaluator_id": evaluator.public_id,
    } | award


def _stage(engagement: Engagement, stage: Stage) -> None:
    engagement.stage = stage
    engagement.save(update_fields=["stage"])


def _criteria(selection: Selection, lead: Viewer, token: Token) -> dict[str, Criterion]:
    half = Decimal(50)
    team = CriterionWording(
        token("Team"),
        weight=half,
        question=token("Question"),
        anchors={score: token("Anchor") for score in ("0", "3", "5")},
    )
    price = CriterionWording(
        token("Price"),
        CriterionKind.PRICE,
        weight=half,
        unit=token("Unit"),
        worst=Decimal(1_080_000),
        target=Decimal(600_000),
    )
    iso = CriterionWording(token("Must"), CriterionKind.KNOCK_OUT, question=token("Norm"))
    return {
        name: state_criterion(selection=selection, wording=wording, by=lead, as_of=BEGUN)
        for name, wording in (("team", team), ("price", price), ("iso", iso))
    }


def _amend(team: Criterion, lead: Viewer, token: Token) -> None:
    wording = CriterionWording(
        team.name, weight=Decimal(50), question=token("Later"), anchors=team.anchors
    )
    state_criterion(
        selection=team.selection,
        wording=wording,
        amends=team,
        reason=token("Late"),
        by=lead,
        as_of=OPENED,
    )


def _bid(selection: Selection, price: str, lead: Viewer, token: Token) -> Bid:
    terms = BidTerms(
        supplier=token("Supplier"),
        price=Decimal(price),
        received_at=BEGUN,
        contacts=[token("Contact")],
        note=token("Remark"),
    )
    bid = record_bid(selection=selection, terms=terms, by=lead, as_of=BEGUN)
    Certificate.objects.create(
        client=bid.client, supplier=bid.supplier, name=token("Certificate"), seen_at=BEGUN
    )
    return bid


def _scored(
    selection: Selection, team: Criterion, bids: list[Bid], lead: Viewer, token: Token
) -> Evaluator:
    acts: dict[str, Any] = {"by": lead, "as_of": OPENED}
    barred = _colleague(Role.EVALUATOR, lead)
    other = name_evaluator(selection=selection, person=barred.person, **acts)
    bar_evaluator(evaluator=other, reason=token("Barred"), **acts)
    evaluator = name_evaluator(selection=selection, person=lead.person, **acts)
    declare_interests(evaluator=evaluator, interests=token("Interest"), **acts)
    for bid, value in zip(bids, ("4", "3", "2"), strict=True):
        given = {team: ScoreGiven(Decimal(value), token("Page"))}
        score_bid(evaluator=evaluator, bid=bid, given=given, **acts)
    return hand_in_scores(evaluator=evaluator, **acts)


def _awarded(
    selection: Selection, bids: list[Bid], team: Criterion, lead: Viewer, token: Token
) -> dict[str, str]:
    acts: dict[str, Any] = {"by": lead, "as_of": TODAY}
    close_scoring(selection=selection, **acts)
    agreed = ScoreGiven(Decimal("3.5"), token("Agreed"))
    moderate_score(bid=bids[0], criterion=team, agreed=agreed, **acts)
    ranking = rank_bids(selection=selection, **acts)
    referee = a_reference(bids[0], lead, token("Wouldtell"), source="found")
    called(referee, lead, said=token("Told"))
    award = propose_award(selection=selection, bid=bids[0], rationale=token("Why"), **acts)
    board = _colleague(Role.SOURCING_LEAD, lead)
    decide_award(award=award, approved=True, reason=token("Decided"), by=board, as_of=TODAY)
    for figure in (Decimal(2), Decimal("2.5")):
        came = {team: Delivered(figure, token("Came"))}
        judge_delivery(award=award, given=came, **acts)
    debrief_bid(bid=bids[1], text=token("Debrief"), **acts)
    return {"award_id": award.public_id, "ranking_id": ranking.public_id}


def _colleague(role: Role, lead: Viewer) -> Viewer:
    """Return another of the lead's organisation with a role; a competition admits nobody anew."""
    known = Membership.objects.filter(organisation=lead.organisation, role=role, ended_at=None)
    there = known.exclude(person=lead.person).select_related("person").order_by("id").last()
    if there is None:
        return a_viewer(role, lead.organisation.name)
    return Viewer(person=there.person, organisation=lead.organisation, role=role)
