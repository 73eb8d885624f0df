"""What waits for a party's answer: statements to attest or dispute, claims of relief to decide."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from tallystick.engine.service_levels.dealings.answers import Task
from tallystick.engine.service_levels.relief import ClaimState
from tallystick.records.answers import standing_at
from tallystick.records.engagements import Engagement
from tallystick.records.relief import ReliefClaim
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer


def unanswered(
    statements: Iterable[Statement], viewer: Viewer, as_of: datetime
) -> Iterator[Statement]:
    """Give the statements that wait for an answer of the viewer's own party."""
    for each in statements:
        turns = standing_at(each, as_of).turns
        if any(
            turn.side == viewer.organisation.side and turn.task is Task.ANSWER for turn in turns
        ):
            yield each


def unsettled(
    statements: Iterable[Statement], viewer: Viewer, as_of: datetime
) -> Iterator[Statement]:
    """Give the statements with disputed points on which the viewer's own party is to speak."""
    for each in statements:
        turns = standing_at(each, as_of).turns
        if any(
            turn.side == viewer.organisation.side and turn.task is not Task.ANSWER for turn in turns
        ):
            yield each


def undecided(
    viewer: Viewer, engagements: Sequence[Engagement], as_of: datetime
) -> Iterator[ReliefClaim]:
    """Give the claims that can still be decided, oldest first; one query."""
    claims = (
        ReliefClaim.objects.visible_to(viewer)
        .filter(engagement__in=engagements, decision=None)
        .select_related("agreement", "decision")
        .order_by("id")
    )
    for each in claims:
        if each.standing_at(as_of).state is ClaimState.PENDING:
            yield each
