"""Weigh the criteria beside each other by comparing them in pairs (AHP, Saaty 1980)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from tallystick.actions.refusals import require
from tallystick.actions.selection_phases import locked, tell
from tallystick.engine.refusals import Refusal
from tallystick.engine.scoring.comparisons import ComparisonsRefused, Weighing, reciprocal, weigh
from tallystick.records.roles import Duty
from tallystick.records.selections import WEIGHED, Criterion, Phase, Selection
from tallystick.records.viewer import Viewer

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_RATIO = 9
"""How much more one criterion may weigh than another (Saaty)."""
CONSISTENT = 0.10
"""The consistency ratio above which judgements contradict each other (Saaty)."""


class ComparisonsInconsistent(Refusal):
    """The comparisons contradict each other too much to be weights."""

    code = "criterion.comparisons-inconsistent"


class NothingToCompare(Refusal):
    """Weighing in pairs takes two criteria or more."""

    code = "criterion.nothing-to-compare"


def beside(selection: Selection, parent: Criterion | None) -> "QuerySet[Criterion]":
    """Return the weighed criteria with one parent, in their order."""
    kinds = [each.value for each in WEIGHED]
    found: QuerySet[Criterion] = Criterion.objects.filter(
        selection=selection, parent=parent, kind__in=kinds
    )
    return found.order_by("position", "id")


@transaction.atomic
def weigh_criteria(
    *,
    selection: Selection,
    parent: Criterion | None,
    judged: Mapping[tuple[str, str], float],
    by: Viewer,
    as_of: datetime,
) -> Weighing:
    """
    Set the weights of criteria with one parent; `judged` says how much more the first weighs.

    Its keys are pairs of public ids, its values ratios from 1/9 to 9. Before the bids are opened
    only: afterwards each weight is changed by itself, for a reason.

    Raises:
        NotPermitted, WrongPhase, NothingToCompare, ComparisonsRefused, ComparisonsInconsistent
    """
    require(by, Duty.RUN_SELECTION)
    selection = locked(selection, Phase.PREPARING)
    siblings = list(beside(selection, parent))
    if len(siblings) < 2:
        raise NothingToCompare(
            "There is nothing to compare here.",
            place="parent",
            remedy="State two criteria or more beside each other.",
        )
    names = {each.public_id: each.name for each in siblings}
    _demand_on_scale(judged, names)
    found = weigh(list(names), reciprocal(list(names), judged))
    _demand_consistency(found, names)
    for criterion, weight in zip(siblings, hundredths(found, list(names)), strict=True):
        criterion.weight = weight
        criterion.stated_at = as_of
        criterion.save(update_fields=["weight", "stated_at"])
    tell(
        selection,
        f"Weighed {len(siblings)} criteria in pairs.",
        action="weigh_criteria",
        payload={
            "judged": [[*pair, repr(ratio)] for pair, ratio in judged.items()],
            "weights": {each.name: str(each.weight) for each in siblings},
            "consistency_ratio": f"{found.ratio:.6f}",
        },
        selection=selection,
        by=by,
        as_of=as_of,
    )
    return found


def hundredths(found: Weighing, names: Sequence[str]) -> list[Decimal]:
    """Return weights of 100 with two decimals that add up; the largest takes what is left over."""
    weights = [round(Decimal(str(100 * found.weights[name])), 2) for name in names]
    weights[weights.index(max(weights))] += 100 - sum(weights)
    return weights


def _demand_on_scale(judged: Mapping[tuple[str, str], float], names: Mapping[str, str]) -> None:
    for (first, second), ratio in judged.items():
        # 1/9 is written with as many digits as somebody likes.
        if not 0.11 <= ratio <= MOST_RATIO:
            said, other = (f"“{names.get(each, each)}”" for each in (first, second))
            raise ComparisonsRefused(
                f"{said} would weigh {ratio:g} times {other}.",
                place=f"{first}:{second}",
                remedy=f"Give a ratio from 1/{MOST_RATIO} to {MOST_RATIO}; what matters less than "
                "that is no criterion.",
            )


def _demand_consistency(found: Weighing, names: Mapping[str, str]) -> None:
    again = found.look_again
    if found.ratio <= CONSISTENT or again is None:
        return
    raise ComparisonsInconsistent(
        f"The comparisons contradict each other: their consistency ratio is {found.ratio:.2f}, and "
        f"{CONSISTENT:.2f} is the most.",
        place=f"{again.first}:{again.second}",
        remedy=f"Look again at “{names[again.first]}” against “{names[again.second]}”: the other "
        f"comparisons imply {again.implied:.1f}, not {again.given:.1f}.",
    )
