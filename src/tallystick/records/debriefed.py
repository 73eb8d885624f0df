"""A bid's own scores against the anchors: what its bidder may be told, and nothing of others."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from tallystick.records.bids import Bid
from tallystick.records.scores import Consensus, Score
from tallystick.records.selections import Criterion, CriterionEdit, CriterionKind
from tallystick.records.valuation import criteria_of


@dataclass(frozen=True, slots=True)
class OwnScore:
    """What a bid earned on a judged criterion: what was agreed, else the evaluators' mean."""

    criterion: Criterion
    value: Decimal | None

    @property
    def anchors(self) -> list[tuple[str, str]]:
        """Return what earns 0, 3 and 5, in words."""
        return sorted(self.criterion.anchors.items())


def own_scores(bid: Bid) -> list[OwnScore]:
    """
    Return what a bid earned on each judged criterion; None where nobody scored it.

    Nothing before the scoring is closed: until then nobody reads another's score.
    """
    if bid.selection.scored_at is None:
        return []
    agreed = dict(Consensus.objects.filter(bid=bid).values_list("criterion_id", "value"))
    given: dict[int, list[Decimal]] = defaultdict(list)
    counted = Score.objects.filter(bid=bid, evaluator__barred_at=None)
    for criterion, value in counted.order_by("id").values_list("criterion_id", "value"):
        given[criterion].append(value)
    return [
        OwnScore(each, agreed.get(each.pk, _mean(given[each.pk])))
        for each in criteria_of(bid.selection, CriterionKind.JUDGED)
    ]


def _mean(values: list[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) / len(values) if values else None


def anchors_stood(bid: Bid) -> bool:
    """Return whether what earns which score is what it was when bids were opened."""
    edits = CriterionEdit.objects.filter(selection=bid.selection, what="anchors")
    return not edits.exists()


def unmet(bid: Bid) -> list[Criterion]:
    """Return the must-haves that a bid does not meet."""
    return [
        each
        for each in criteria_of(bid.selection, CriterionKind.KNOCK_OUT)
        if bid.knock_outs.get(each.public_id) is False
    ]
