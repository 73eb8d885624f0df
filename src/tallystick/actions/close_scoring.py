"""Close the scoring: everybody handed in, and from now on all read all scores."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.refusals import require
from tallystick.actions.score_bid import ScoreGiven, demand_on_scale
from tallystick.actions.selection_phases import locked, tell
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.bids import Bid
from tallystick.records.roles import Duty
from tallystick.records.scores import Consensus, Evaluator, Score
from tallystick.records.selections import Criterion, Phase, Selection
from tallystick.records.valuation import criteria_of, tree_of
from tallystick.records.viewer import Viewer


class ScoresOutstanding(Refusal):
    """Somebody is still judging, alone."""

    code = "selection.scores-outstanding"


@transaction.atomic
def close_scoring(*, selection: Selection, by: Viewer, as_of: datetime) -> Selection:
    """
    Close the scoring once each evaluator handed in or was taken out.

    The criteria are whole then: afterwards nobody changes a weight, and none would be ranked.

    Raises:
        NotPermitted, WrongPhase, ScoresOutstanding, and what `criteria_tree` raises
    """
    require(by, Duty.RUN_SELECTION)
    selection = locked(selection, Phase.SCORING)
    judging = Evaluator.objects.filter(selection=selection, barred_at=None)
    waiting = judging.filter(handed_in_at=None).order_by("id")
    if not judging.exists() or waiting.exists():
        names = ", ".join(each.person.name for each in waiting.select_related("person"))
        raise ScoresOutstanding(
            f"Scores are outstanding: {names}." if names else "Nobody has scored.",
            place="evaluators",
            remedy="Wait for them, or take an evaluator out for a reason.",
        )
    tree_of(criteria_of(selection))
    selection.scored_at = as_of
    selection.save(update_fields=["scored_at"])
    scores = Score.objects.filter(evaluator__in=judging).select_related(
        "evaluator__person", "bid__supplier", "criterion"
    )
    tell(
        selection,
        f"Closed the scoring with {judging.count()} evaluators.",
        action="close_scoring",
        payload={
            "scores": [
                [
                    each.evaluator.person.public_id,
                    each.bid.supplier.name,
                    each.criterion.name,
                    str(each.value),
                ]
                for each in scores.order_by("id")
            ]
        },
        selection=selection,
        by=by,
        as_of=as_of,
    )
    return selection


@transaction.atomic
def moderate_score(
    *,
    bid: Bid,
    criterion: Criterion,
    agreed: ScoreGiven,
    by: Viewer,
    as_of: datetime,
) -> Consensus:
    """
    Record what the evaluators agreed on, and why; their own scores stay as they were.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, WrongPhase, ScoreRefused
    """
    require(by, Duty.RUN_SELECTION)
    selection = locked(bid.selection, Phase.MODERATING)
    demand_on_scale(selection, bid, criterion, agreed.value, "value")
    row, _ = Consensus.objects.update_or_create(
        bid=bid,
        criterion=criterion,
        defaults={
            "client": bid.client,
            "value": agreed.value,
            "note": checked(agreed.evidence, "note", longest=4_000),
            "moderated_at": as_of,
            "moderated_by": by.person,
        },
    )
    tell(
        row,
        f"Moderated “{criterion.name}” of {bid.supplier.name}.",
        action="moderate_score",
        # A later word on it replaces the row: what was said before stays here.
        payload={
            "bid": bid.public_id,
            "criterion": criterion.name,
            "value": str(agreed.value),
            "note": row.note,
        },
        selection=selection,
        by=by,
        as_of=as_of,
    )
    return row
