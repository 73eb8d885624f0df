"""What fixes the scale of a criterion: two figures, or words for what earns 0, 3 and 5."""

from collections.abc import Mapping
from decimal import Decimal

from tallystick.actions.figures import REMEDY, storable
from tallystick.engine.refusals import Refusal
from tallystick.engine.scoring.anchors import JUDGED, Anchors
from tallystick.records.selections import CriterionKind

ANCHORED = ("0", "3", "5")
"""The scores that a judged criterion says in words, before anybody has read a bid."""


class AnchorRefused(Refusal):
    """An anchor is no figure that can be kept, or a price would be worth more the higher it is."""

    code = "criterion.anchor-refused"


class AnchorsUnwritten(Refusal):
    """A judged criterion does not say what earns which score."""

    code = "criterion.anchors-unwritten"


def anchored(
    kind: CriterionKind, worst: Decimal | None, target: Decimal | None
) -> tuple[Decimal | None, Decimal | None]:
    """
    Return the figures that are worth nothing and everything, as they are stored.

    Raises:
        AnchorsEqual, AnchorRefused
    """
    if kind == CriterionKind.JUDGED:
        return Decimal(str(JUDGED.worst)), Decimal(str(JUDGED.target))
    if kind not in {CriterionKind.MEASURED, CriterionKind.PRICE}:
        return None, None
    for place, figure in (("worst", worst), ("target", target)):
        if figure is not None and not storable(figure):
            raise AnchorRefused(
                f"What is worth {'nothing' if place == 'worst' else 'everything'} cannot be kept.",
                place=place,
                remedy=REMEDY,
            )
    if worst is None or target is None:
        # It may be written down later; bids are not opened without.
        return worst, target
    Anchors(worst, target)
    if kind == CriterionKind.PRICE and target > worst:
        raise AnchorRefused(
            "The dearer bid would be worth more.",
            place="target",
            remedy="A price is worth everything at the lower figure and nothing at the higher.",
        )
    return worst, target


def demand_anchors(name: str, anchors: Mapping[str, str], place: str = "") -> None:
    """
    Let a judged criterion go on that says in words what earns 0, 3 and 5.

    Raises:
        AnchorsUnwritten
    """
    unwritten = [score for score in ANCHORED if not anchors.get(score, "").strip()]
    if unwritten:
        raise AnchorsUnwritten(
            f"“{name}” does not say what earns {' and '.join(unwritten)}.",
            place=place or f"anchor_{unwritten[0]}",
            remedy="Write it before anybody reads a bid; afterwards it would be made to fit one.",
        )
