"""Whether an engagement's mid-term review is due, told from its records."""

from collections.abc import Sequence
from datetime import datetime

from tallystick.engine.guardrails.finding import Finding
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.reviews.due import Due, Term, mid_term_due
from tallystick.engine.reviews.parts import OF_AN_ENGAGEMENT
from tallystick.records.engagements import Engagement, GatePassage
from tallystick.records.findings import findings_of
from tallystick.records.reviews import Review

_STEERED = (Stage.TRANSITION, Stage.DELIVER)
"""Before, there is no provider at work; after, the engagement is closed."""


def review_due(
    engagement: Engagement, as_of: datetime, findings: Sequence[Finding] | None = None
) -> list[Due]:
    """Return why a mid-term review is due; empty where none is. `findings` are all, if known."""
    if engagement.stage not in _STEERED:
        return []
    found = findings_of(engagement, as_of) if findings is None else findings
    held = Review.objects.filter(engagement=engagement, kind__in=OF_AN_ENGAGEMENT)
    ended = GatePassage.objects.filter(engagement=engagement, stage=Stage.TRANSITION)
    passed = ended.values_list("passed_at", flat=True).first()
    term = Term(
        starts_on=engagement.starts_on,
        ends_on=engagement.ends_on,
        stage_ended_on=passed.date() if passed else None,
        blockers=sum(each.blocking for each in found),
        held_on=[each.date() for each in held.values_list("held_at", flat=True)],
    )
    return mid_term_due(term, as_of.date())
