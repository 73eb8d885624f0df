"""Compute the order of the bids, and how firm it is, from what was scored and agreed."""

from datetime import datetime

from django.db import transaction

from tallystick import __version__
from tallystick.actions.refusals import require
from tallystick.actions.selection_phases import locked, tell
from tallystick.engine.refusals import Refusal
from tallystick.engine.scoring.firmness import DRAWS
from tallystick.records.awards import Ranking
from tallystick.records.bids import is_compliant, standing_bids
from tallystick.records.ranked import digest_of, ranking_document
from tallystick.records.roles import Duty
from tallystick.records.seeds import seed_of
from tallystick.records.selections import CriterionKind, Phase, Selection
from tallystick.records.valuation import Valuation, criteria_of, valuation_of
from tallystick.records.viewer import Viewer


class KnockOutsUnchecked(Refusal):
    """A bid is ranked once each must-have was looked at."""

    code = "selection.knock-outs-unchecked"


class NothingToRank(Refusal):
    """No bid meets the must-haves and has every figure."""

    code = "selection.nothing-to-rank"


@transaction.atomic
def rank_bids(*, selection: Selection, by: Viewer, as_of: datetime) -> Ranking:
    """
    Rank the bids; each ranking is kept, and the newest one counts.

    Raises:
        NotPermitted, WrongPhase, KnockOutsUnchecked, NothingToRank
    """
    require(by, Duty.RUN_SELECTION)
    selection = locked(selection, Phase.MODERATING)
    _demand_checked(selection)
    valuation = valuation_of(selection)
    _demand_bids(valuation)
    rests_on = digest_of(valuation)
    seed = seed_of(selection, rests_on)
    ranking = Ranking.objects.create(
        client=by.organisation,
        selection=selection,
        document=ranking_document(selection, valuation, seed),
        digest=rests_on,
        seed=seed,
        draws=DRAWS,
        engine_version=__version__,
        ranked_at=as_of,
        ranked_by=by.person,
    )
    first = ranking.document["bids"][0]["supplier"]
    tell(
        ranking,
        f"Ranked {len(valuation.bids)} bids: {first} is first.",
        action="rank_bids",
        payload={"digest": rests_on, "seed": seed, "draws": DRAWS},
        selection=selection,
        by=by,
        as_of=as_of,
    )
    return ranking


def _demand_checked(selection: Selection) -> None:
    knock_outs = criteria_of(selection, CriterionKind.KNOCK_OUT)
    for bid in standing_bids(selection):
        if is_compliant(bid, knock_outs) is None:
            raise KnockOutsUnchecked(
                f"Nobody said whether {bid.supplier.name} meets every must-have.",
                place=bid.public_id,
                remedy="Check the must-haves of each bid first.",
            )


def _demand_bids(valuation: Valuation) -> None:
    if valuation.unscored:
        names = ", ".join(bid.supplier.name for bid in valuation.unscored)
        raise NothingToRank(
            f"Figures are missing: {names}.",
            place="bids",
            remedy="Complete them, or take the bid out for a reason.",
        )
    if not valuation.bids:
        raise NothingToRank(
            "No bid meets every must-have.",
            place="bids",
            remedy="Ask suppliers again: begin a new competition.",
        )
