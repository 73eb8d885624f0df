"""The provider says of a whole brief that it has read and understood it, version by version."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tallystick.actions.acknowledge_objective import AlreadyAcknowledged, demand_read, word_on
from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.governance_tellings import tell_echoes
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.refusals import require
from tallystick.actions.tellings import tell_importance
from tallystick.records.engagements import Engagement
from tallystick.records.objectives import Acknowledgement, Objective
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def acknowledge_objectives(
    *, engagement: Engagement, read: Mapping[str, int], by: Viewer, as_of: datetime
) -> list[Acknowledgement]:
    """
    Record the provider's word on every objective that lacks it; all of them or none.

    `read` maps the id of each objective that was read to the version it had then.

    Raises:
        NotPermitted, AmendedMeanwhile, AlreadyAcknowledged
    """
    require(by, Duty.ACKNOWLEDGE)
    # The same word twice at once would be stored twice.
    held_engagement(engagement.pk)
    stored = Objective.objects.filter(engagement=engagement).order_by("id")
    waiting = [
        each
        for each in stored.prefetch_related("acknowledgements")
        if each.public_id in read
        and all(word.version != each.version for word in each.acknowledgements.all())
    ]
    for objective in waiting:
        demand_read(objective, read[objective.public_id])
    if not waiting:
        raise AlreadyAcknowledged(
            "No objective that you read waits for your word.",
            remedy="Nothing needs doing; a new version will ask again.",
        )
    words = [word_on(each, by, as_of) for each in waiting]
    keep_findings_in([engagement], as_of, by=by)
    tell_echoes(engagement, waiting, by, as_of)
    tell_importance(engagement, waiting, by, as_of)
    return words
