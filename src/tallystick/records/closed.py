"""Whether an engagement was closed in order: its closing review signed, its last gate passed."""

from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.reviews.parts import ReviewKind
from tallystick.records.engagements import Engagement, GatePassage
from tallystick.records.reviews import Review


def is_reviewed(engagement: Engagement) -> bool:
    """Return whether the closing review was signed."""
    return Review.objects.filter(engagement=engagement, kind=ReviewKind.CLOSING).exists()


def is_over(engagement: Engagement) -> bool:
    """Return whether the close gate was passed."""
    return GatePassage.objects.filter(engagement=engagement, stage=Stage.CLOSE).exists()
