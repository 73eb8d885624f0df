"""The rows of a selection -> the engine's criteria, scores and figures."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tallystick.engine.refusals import Refusal
from tallystick.engine.scoring.anchors import Anchors
from tallystick.engine.scoring.criteria import CriteriaTree, criteria_tree
from tallystick.engine.scoring.criteria import Criterion as Weighed
from tallystick.engine.scoring.evaluators import Concord, concord
from tallystick.engine.scoring.evaluators import Score as Given
from tallystick.engine.scoring.valued import BidValue, value_bids
from tallystick.engine.values import Number
from tallystick.records.bids import Bid, is_compliant, standing_bids
from tallystick.records.scores import Consensus, Score
from tallystick.records.selections import Criterion, CriterionKind, Selection


@dataclass(frozen=True, slots=True)
class Valuation:
    """
    What the bids of a selection are worth.

    `unscored` names bids that lack a figure, which are not valued; `out` those that fail a
    knock-out. `spreads` are the evaluators' standard deviations by bid and criterion.
    """

    tree: CriteriaTree
    bids: Sequence[Bid]
    values: Sequence[BidValue]
    figures: dict[str, dict[str, Number]]
    spreads: dict[str, dict[str, float]]
    concord: Concord
    out: Sequence[Bid]
    unscored: Sequence[Bid]


def criteria_of(selection: Selection, kind: CriterionKind | None = None) -> list[Criterion]:
    """Return the criteria of a selection in their order, all or those of one kind."""
    found = Criterion.objects.filter(selection=selection).select_related("parent")
    asked = found.filter(kind=kind.value) if kind else found
    return list(asked.order_by("position", "id"))


def tree_of(criteria: Iterable[Criterion]) -> CriteriaTree:
    """
    Return the weighed criteria as the engine's tree; knock-outs are no part of it.

    Raises:
        what `criteria_tree` raises, told by the names that people gave
    """
    known = [each for each in criteria if each.kind in _IN_THE_TREE]
    try:
        return criteria_tree(map(_weighed, known))
    except Refusal as refusal:
        refusal.args = (_by_name(refusal.message, known),)
        refusal.remedy = _by_name(refusal.remedy, known)
        raise


def _by_name(said: str, criteria: Iterable[Criterion]) -> str:
    for each in criteria:
        said = said.replace(each.public_id, f"“{each.name}”")
    return said


_IN_THE_TREE = frozenset(CriterionKind) - {CriterionKind.KNOCK_OUT}


def _weighed(criterion: Criterion) -> Weighed:
    whole = criterion.worst is not None and criterion.target is not None
    return Weighed(
        id=criterion.public_id,
        weight=criterion.weight if criterion.weight is not None else Decimal(0),
        parent=criterion.parent.public_id if criterion.parent else None,
        anchors=Anchors(criterion.worst, criterion.target) if whole else None,  # type: ignore[arg-type]
        judged=criterion.kind == CriterionKind.JUDGED,
    )


def valuation_of(selection: Selection) -> Valuation:
    """
    Return what each compliant bid is worth, by consensus where there is one, else by the mean.

    Raises:
        what `criteria_tree` raises
    """
    criteria = criteria_of(selection)
    tree = tree_of(criteria)
    knock_outs = [each for each in criteria if each.kind == CriterionKind.KNOCK_OUT]
    standing = standing_bids(selection)
    out = [each for each in standing if is_compliant(each, knock_outs) is False]
    judged = [each for each in standing if each not in out]
    scores = concord_of(selection)
    figures = _figures(criteria, judged, scores, _agreed(selection))
    whole = [bid for bid in judged if figures[bid.public_id].keys() >= set(tree.ids)]
    known = {bid.public_id: figures[bid.public_id] for bid in whole}
    spreads: dict[str, dict[str, float]] = defaultdict(dict)
    for each in scores.pooled:
        spreads[each.bid][each.criterion] = each.spread
    return Valuation(
        tree=tree,
        bids=whole,
        values=value_bids(tree, known) if known else [],
        figures=known,
        spreads={bid: spreads[bid] for bid in known},
        concord=scores,
        out=out,
        unscored=[bid for bid in judged if bid not in whole],
    )


def concord_of(selection: Selection) -> Concord:
    """Return what all who count scored, and how far they agree."""
    return concord(_given(selection))


def _given(selection: Selection) -> Iterable[Given]:
    """Give the scores of all who were not barred."""
    rows = Score.objects.filter(
        evaluator__selection=selection, evaluator__barred_at=None, bid__withdrawn_at=None
    ).select_related("evaluator", "bid", "criterion")
    for row in rows.order_by("id"):
        yield Given(row.evaluator.public_id, row.bid.public_id, row.criterion.public_id, row.value)


def _agreed(selection: Selection) -> dict[tuple[str, str], Decimal]:
    rows = Consensus.objects.filter(bid__selection=selection).select_related("bid", "criterion")
    return {(row.bid.public_id, row.criterion.public_id): row.value for row in rows}


def _figures(
    criteria: Sequence[Criterion],
    bids: Sequence[Bid],
    scores: Concord,
    agreed: dict[tuple[str, str], Decimal],
) -> dict[str, dict[str, Number]]:
    means = {(each.bid, each.criterion): each.mean for each in scores.pooled}
    figures: dict[str, dict[str, Number]] = {}
    for bid in bids:
        known: dict[str, Number] = {}
        for each in criteria:
            found = _figure(each, bid, means, agreed)
            if found is not None:
                known[each.public_id] = found
        figures[bid.public_id] = known
    return figures


def _figure(
    criterion: Criterion,
    bid: Bid,
    means: dict[tuple[str, str], Fraction],
    agreed: dict[tuple[str, str], Decimal],
) -> Number | None:
    place = (bid.public_id, criterion.public_id)
    if criterion.kind == CriterionKind.PRICE:
        return bid.price
    if criterion.kind == CriterionKind.MEASURED:
        offered = bid.values.get(criterion.public_id)
        return None if offered is None else Decimal(offered)
    if criterion.kind == CriterionKind.JUDGED:
        return agreed.get(place, means.get(place))
    return None
