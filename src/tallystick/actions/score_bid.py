"""An evaluator declares interests, scores bids alone, and hands the scores in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from tallystick.actions.name_evaluator import demand_in
from tallystick.actions.refusals import require
from tallystick.actions.selection_phases import locked, tell
from tallystick.actions.texts import checked
from tallystick.actions.withdraw_bid import demand_standing
from tallystick.engine.refusals import Refusal
from tallystick.records.bids import Bid, names_person, standing_bids
from tallystick.records.roles import Duty
from tallystick.records.scores import Evaluator, Score
from tallystick.records.selections import Criterion, CriterionKind, Phase, Selection
from tallystick.records.valuation import criteria_of
from tallystick.records.viewer import Viewer

STEP = Decimal("0.5")


class NotAnEvaluator(Refusal):
    """Scores are given by those who were named, each for themselves."""

    code = "score.not-an-evaluator"


class InterestsUndeclared(Refusal):
    """Interests are declared before the first score."""

    code = "score.interests-undeclared"


class EvaluatorIsContact(Refusal):
    """Whom a bidder names as its contact does not judge the bids."""

    code = "score.evaluator-is-contact"


class ScoreRefused(Refusal):
    """A score lies outside the scale, or answers no judged criterion."""

    code = "score.refused"


class ScoresMissing(Refusal):
    """A sheet is handed in when it is whole."""

    code = "score.missing"


class HandedIn(Refusal):
    """Scores were handed in, and stay."""

    code = "score.handed-in"


@dataclass(frozen=True, slots=True)
class ScoreGiven:
    """A score from 0 to 5 in halves, and what in the bid it rests on."""

    value: Decimal
    evidence: str = ""


@transaction.atomic
def declare_interests(
    *, evaluator: Evaluator, interests: str, by: Viewer, as_of: datetime
) -> Evaluator:
    """
    Record what the evaluator has to do with any bidder; empty says: nothing.

    Raises:
        NotPermitted, TextTooLong, WrongPhase, NotAnEvaluator, EvaluatorBarred, HandedIn
    """
    evaluator = _own(evaluator, by, Phase.PREPARING, Phase.SCORING)
    evaluator.interests = checked(interests, "interests", longest=2_000, needed=False)
    evaluator.declared_at = as_of
    evaluator.save(update_fields=["interests", "declared_at"])
    tell(
        evaluator,
        f"Declared {'interests' if evaluator.interests else 'no interests'}.",
        action="declare_interests",
        payload={"interests": evaluator.interests},
        selection=evaluator.selection,
        by=by,
        as_of=as_of,
    )
    return evaluator


@transaction.atomic
def score_bid(
    *,
    evaluator: Evaluator,
    bid: Bid,
    given: Mapping[Criterion, ScoreGiven],
    by: Viewer,
    as_of: datetime,
) -> list[Score]:
    """
    Keep an evaluator's scores of one bid; until they are handed in they may change.

    Raises:
        NotPermitted, TextTooLong, WrongPhase, NotAnEvaluator, EvaluatorBarred, HandedIn,
        InterestsUndeclared, EvaluatorIsContact, BidWithdrawn, ScoreRefused
    """
    evaluator = _own(evaluator, by, Phase.SCORING)
    _demand_distance(evaluator)
    demand_standing(bid)
    kept = []
    for criterion, score in given.items():
        selection, place = evaluator.selection, criterion.public_id
        demand_on_scale(selection, bid, criterion, score.value, place)
        row, _ = Score.objects.update_or_create(
            evaluator=evaluator,
            bid=bid,
            criterion=criterion,
            defaults={
                "client": evaluator.client,
                "value": score.value,
                "evidence": checked(score.evidence, "evidence", longest=4_000, needed=False),
                "scored_at": as_of,
            },
        )
        kept.append(row)
    # The entry tells no score: the chain is read by those who still judge.
    tell(
        evaluator,
        f"Scored the bid of {bid.supplier.name}.",
        action="score_bid",
        payload={"bid": bid.public_id, "scores": len(kept)},
        selection=evaluator.selection,
        by=by,
        as_of=as_of,
    )
    return kept


@transaction.atomic
def hand_in_scores(*, evaluator: Evaluator, by: Viewer, as_of: datetime) -> Evaluator:
    """
    Hand in all scores of an evaluator; they change no more.

    Raises:
        NotPermitted, WrongPhase, NotAnEvaluator, EvaluatorBarred, HandedIn, InterestsUndeclared,
        EvaluatorIsContact, ScoresMissing
    """
    evaluator = _own(evaluator, by, Phase.SCORING)
    _demand_distance(evaluator)
    missing = unscored(evaluator)
    if missing:
        bid, criterion = missing[0]
        raise ScoresMissing(
            f"{len(missing)} score{'' if len(missing) == 1 else 's'} missing, the first for "
            f"“{criterion.name}” of {bid.supplier.name}.",
            place=bid.public_id,
            remedy="Score every bid on every judged criterion, then hand in.",
        )
    evaluator.handed_in_at = as_of
    evaluator.save(update_fields=["handed_in_at"])
    tell(
        evaluator,
        "Handed in all scores.",
        action="hand_in_scores",
        payload={"scores": evaluator.scores.count()},
        selection=evaluator.selection,
        by=by,
        as_of=as_of,
    )
    return evaluator


def unscored(evaluator: Evaluator) -> list[tuple[Bid, Criterion]]:
    """Return each bid and judged criterion that an evaluator has not scored yet."""
    judged = criteria_of(evaluator.selection, CriterionKind.JUDGED)
    done = set(evaluator.scores.values_list("bid_id", "criterion_id"))
    return [
        (bid, criterion)
        for bid in standing_bids(evaluator.selection)
        for criterion in judged
        if (bid.pk, criterion.pk) not in done
    ]


def _own(evaluator: Evaluator, by: Viewer, *phases: Phase) -> Evaluator:
    require(by, Duty.SCORE_BIDS)
    selection = locked(evaluator.selection, *phases)
    held = Evaluator.objects.select_related("person", "client").get(pk=evaluator.pk)
    held.selection = selection
    if held.person_id != by.person.pk:
        raise NotAnEvaluator(
            "Everybody scores for themselves.",
            place="evaluator",
            remedy="Ask to be named as evaluator.",
        )
    demand_in(held)
    if held.handed_in_at:
        raise HandedIn(
            "Your scores were handed in.",
            place="evaluator",
            remedy="What should change is said when the scores are moderated.",
        )
    return held


def _demand_distance(evaluator: Evaluator) -> None:
    if evaluator.declared_at is None:
        raise InterestsUndeclared(
            "Declare your interests first.",
            place="interests",
            remedy="Say what you have to do with any bidder, or that there is nothing.",
        )
    for bid in standing_bids(evaluator.selection):
        if any(names_person(each, evaluator.person) for each in bid.contacts):
            raise EvaluatorIsContact(
                f"{bid.supplier.name} names you as its contact.",
                place="evaluator",
                remedy="Ask whoever runs the selection to name another evaluator.",
            )


def demand_on_scale(
    selection: Selection, bid: Bid, criterion: Criterion, value: Decimal, place: str
) -> None:
    """
    Let only a score go on that a bid of the selection can have on a judged criterion of it.

    Raises:
        ScoreRefused: at the place that the caller calls it by.
    """
    own = {bid.selection_id, criterion.selection_id} == {selection.pk}
    judged = own and criterion.kind == CriterionKind.JUDGED
    if not judged or not value.is_finite() or not 0 <= value <= 5 or value % STEP:
        raise ScoreRefused(
            f"“{criterion.name}” cannot have this score.",
            place=place,
            remedy="Give a number from 0 to 5, in halves, for a criterion that is judged.",
        )
