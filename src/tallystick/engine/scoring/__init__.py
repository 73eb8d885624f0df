"""Judging suppliers: what bids are worth, how firm the order is, and who the bidders are."""

from tallystick.engine.scoring.anchors import JUDGED, Anchors
from tallystick.engine.scoring.comparisons import (
    RANDOM_INDEX,
    Judgement,
    Weighing,
    reciprocal,
    weigh,
)
from tallystick.engine.scoring.concordance import kendalls_w
from tallystick.engine.scoring.criteria import CriteriaTree, Criterion, criteria_tree
from tallystick.engine.scoring.delivered import Predicted, TrackRecord, track_records
from tallystick.engine.scoring.evaluators import Concord, Moderation, PooledScore, Score, concord
from tallystick.engine.scoring.experience import PastCase, experience
from tallystick.engine.scoring.firmness import Firmness, firmness
from tallystick.engine.scoring.flips import Flip, flips, smallest_flip
from tallystick.engine.scoring.norms import ITEMS, NormGap, NormsCompared, compare_norms
from tallystick.engine.scoring.overlap import Clashes, Overlap, WorkingDay, clashes, overlap
from tallystick.engine.scoring.price import LowPrice, abnormally_low, price_anchors
from tallystick.engine.scoring.references import Asked, ReferenceCall, Reputation, asked, reputation
from tallystick.engine.scoring.staff import Coverage, NeededSkill, SkillCell, TeamMember, coverage
from tallystick.engine.scoring.valued import BidValue, Contribution, value_bids

__all__ = [
    "ITEMS",
    "JUDGED",
    "RANDOM_INDEX",
    "Anchors",
    "Asked",
    "BidValue",
    "Clashes",
    "Concord",
    "Contribution",
    "Coverage",
    "CriteriaTree",
    "Criterion",
    "Firmness",
    "Flip",
    "Judgement",
    "LowPrice",
    "Moderation",
    "NeededSkill",
    "NormGap",
    "NormsCompared",
    "Overlap",
    "PastCase",
    "PooledScore",
    "Predicted",
    "ReferenceCall",
    "Reputation",
    "Score",
    "SkillCell",
    "TeamMember",
    "TrackRecord",
    "Weighing",
    "WorkingDay",
    "abnormally_low",
    "asked",
    "clashes",
    "compare_norms",
    "concord",
    "coverage",
    "criteria_tree",
    "experience",
    "firmness",
    "flips",
    "kendalls_w",
    "overlap",
    "price_anchors",
    "reciprocal",
    "reputation",
    "smallest_flip",
    "track_records",
    "value_bids",
    "weigh",
]
