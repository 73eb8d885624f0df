"""Judging suppliers: what bids are worth, how firm the order is, and who the bidders are."""

from tallystick.engine.scoring.anchors import JUDGED, Anchors
from tallystick.engine.scoring.comparisons import (
    RANDOM_INDEX,
    Judgement,
    Weighing,
    reciprocal,
    weigh,
)
from tallystick.engine.scoring.criteria import CriteriaTree, Criterion, criteria_tree
from tallystick.engine.scoring.firmness import Firmness, firmness
from tallystick.engine.scoring.flips import Flip, flips, smallest_flip
from tallystick.engine.scoring.valued import BidValue, Contribution, value_bids

__all__ = [
    "JUDGED",
    "RANDOM_INDEX",
    "Anchors",
    "BidValue",
    "Contribution",
    "CriteriaTree",
    "Criterion",
    "Firmness",
    "Flip",
    "Judgement",
    "Weighing",
    "criteria_tree",
    "firmness",
    "flips",
    "reciprocal",
    "smallest_flip",
    "value_bids",
    "weigh",
]
