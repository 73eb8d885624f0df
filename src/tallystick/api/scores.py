"""Evaluators and their scores: each alone until the scoring is closed, then moderated."""

from datetime import UTC, datetime
from decimal import Decimal

from ninja import Query
from pydantic import Field

from tallystick.actions.close_scoring import close_scoring, moderate_score
from tallystick.actions.name_evaluator import bar_evaluator, name_evaluator
from tallystick.actions.score_bid import (
    ScoreGiven,
    declare_interests,
    hand_in_scores,
    score_bid,
)
from tallystick.api.bids import bid_found, bid_named
from tallystick.api.lookup import ViewerRequest, find, named_colleague
from tallystick.api.routing import Operations
from tallystick.api.selection_values import (
    ConsensusOut,
    EvaluatorOut,
    ScoreOut,
    SelectionWhole,
    consensus_out,
    evaluator_out,
    score_out,
    selection_whole,
)
from tallystick.api.selections import criterion_named, selection_found
from tallystick.api.values import Id, In, Listed, SafePage, Words, listed
from tallystick.api.values import OptionalWords as Text
from tallystick.records.scores import Consensus, Evaluator, Score

operations = Operations(tags=["Selections"])


class NameEvaluator(In):
    """The colleague who shall score."""

    person: Id


class BarEvaluator(In):
    """Why somebody scores no more."""

    reason: Words


class DeclareInterests(In):
    """What the caller has to do with any bidder; empty: nothing."""

    interests: Text


class GivenScore(In):
    """A score from 0 to 5 in halves, and what in the bid it rests on."""

    value: Decimal
    evidence: Text = ""


class ScoreBid(In):
    """The caller's own scores of one bid, by the id of the judged criterion."""

    bid: Id
    scores: dict[str, GivenScore] = Field(min_length=1, max_length=200)


class ModerateScore(In):
    """What the evaluators agreed on for a criterion, and why."""

    criterion: Id
    value: Decimal
    note: Words


@operations.reads("/selections/{selection_id}/evaluators", "evaluators", Listed[EvaluatorOut])
def evaluators(
    request: ViewerRequest, selection_id: str, asked: Query[SafePage]
) -> Listed[EvaluatorOut]:
    """Return who scores and who has handed in, in the order in which they were named."""
    selection = selection_found(request, selection_id)
    rows = Evaluator.objects.visible_to(request.viewer).filter(selection=selection)
    return listed(rows.select_related("person").order_by("id"), asked, evaluator_out)


@operations.reads("/selections/{selection_id}/scores", "scores", Listed[ScoreOut])
def scores(request: ViewerRequest, selection_id: str, asked: Query[SafePage]) -> Listed[ScoreOut]:
    """Return the caller's own scores; once the scoring is closed, everybody's."""
    selection = selection_found(request, selection_id)
    rows = Score.objects.visible_to(request.viewer).filter(evaluator__selection=selection)
    known = rows.select_related("evaluator", "bid", "criterion").order_by("id")
    return listed(known, asked, score_out)


@operations.reads("/selections/{selection_id}/consensus", "consensus", Listed[ConsensusOut])
def consensus(
    request: ViewerRequest, selection_id: str, asked: Query[SafePage]
) -> Listed[ConsensusOut]:
    """Return what was agreed on instead of the mean, in the order in which it was."""
    selection = selection_found(request, selection_id)
    rows = Consensus.objects.visible_to(request.viewer).filter(bid__selection=selection)
    known = rows.select_related("bid", "criterion", "moderated_by").order_by("moderated_at", "id")
    return listed(known, asked, consensus_out)


@operations.acts(
    "/selections/{selection_id}/evaluators/name", "name_evaluator", EvaluatorOut, status=201
)
def name(request: ViewerRequest, selection_id: str, given: NameEvaluator) -> EvaluatorOut:
    """Let a colleague score; their declaration of interests comes first."""
    named = name_evaluator(
        selection=selection_found(request, selection_id),
        person=named_colleague(request.viewer, given.person, place="person"),
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return evaluator_out(named)


def _found(request: ViewerRequest, evaluator_id: str) -> Evaluator:
    return find(Evaluator, request.viewer, evaluator_id, "selection", "person")


@operations.acts("/evaluators/{evaluator_id}/bar", "bar_evaluator", EvaluatorOut)
def bar(request: ViewerRequest, evaluator_id: str, given: BarEvaluator) -> EvaluatorOut:
    """Take an evaluator out, for a reason; what they scored counts no more."""
    barred = bar_evaluator(
        evaluator=_found(request, evaluator_id),
        reason=given.reason,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return evaluator_out(barred)


@operations.acts("/evaluators/{evaluator_id}/interests", "declare_interests", EvaluatorOut)
def interests(request: ViewerRequest, evaluator_id: str, given: DeclareInterests) -> EvaluatorOut:
    """Declare what the caller has to do with any bidder; it comes before the first score."""
    declared = declare_interests(
        evaluator=_found(request, evaluator_id),
        interests=given.interests,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return evaluator_out(declared)


@operations.acts("/evaluators/{evaluator_id}/scores", "score_bid", list[ScoreOut], status=201)
def score(request: ViewerRequest, evaluator_id: str, given: ScoreBid) -> list[ScoreOut]:
    """Keep the caller's own scores of a bid; they may change until they are handed in."""
    evaluator = _found(request, evaluator_id)
    selection = evaluator.selection
    kept = score_bid(
        evaluator=evaluator,
        bid=bid_named(request.viewer, selection, given.bid),
        given={
            criterion_named(request.viewer, selection, key, f"scores.{key[:20]}"): ScoreGiven(
                each.value, each.evidence
            )
            for key, each in given.scores.items()
        },
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return [score_out(each) for each in kept]


@operations.acts("/evaluators/{evaluator_id}/hand-in", "hand_in_scores", EvaluatorOut)
def hand_in(request: ViewerRequest, evaluator_id: str) -> EvaluatorOut:
    """Hand in the caller's own scores, once every bid has them all; they change no more."""
    handed = hand_in_scores(
        evaluator=_found(request, evaluator_id), by=request.viewer, as_of=datetime.now(UTC)
    )
    return evaluator_out(handed)


@operations.acts("/selections/{selection_id}/close", "close_scoring", SelectionWhole)
def close(request: ViewerRequest, selection_id: str) -> SelectionWhole:
    """Close the scoring once each evaluator handed in; from now on all read all scores."""
    close_scoring(
        selection=selection_found(request, selection_id),
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return selection_whole(selection_found(request, selection_id))


@operations.acts("/bids/{bid_id}/moderate", "moderate_score", ConsensusOut)
def moderate(request: ViewerRequest, bid_id: str, given: ModerateScore) -> ConsensusOut:
    """Record what the evaluators agreed on for a bid and a criterion, and why."""
    bid = bid_found(request, bid_id)
    agreed = moderate_score(
        bid=bid,
        criterion=criterion_named(request.viewer, bid.selection, given.criterion, "criterion"),
        agreed=ScoreGiven(given.value, given.note),
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return consensus_out(agreed)
