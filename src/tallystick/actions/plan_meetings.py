"""Plan the meetings of every forum ahead, day after day."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.governing import tell
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.meetings_planned import local_day, plan_ahead
from tallystick.actions.one_by_one import one_by_one
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.forums import Forum


def plan_meetings(*, as_of: datetime) -> int:
    """
    Plan what the cadences of all forums give for the next months; return what changed.

    Each forum is a transaction of its own, and a fault of one keeps none of the others waiting.
    """
    forums = Forum.objects.exclude(engagement__stage=Stage.CLOSE).filter(ended_on=None)
    keys = forums.order_by("id").values_list("pk", flat=True)
    return sum(one_by_one(list(keys), lambda key: _planned(key, as_of)))


@transaction.atomic
def _planned(key: int, as_of: datetime) -> int:
    forum = Forum.objects.select_related("engagement__client").get(pk=key)
    held_engagement(forum.engagement.pk)
    changed = plan_ahead(forum, local_day(forum, as_of), as_of)
    if changed:
        tell(
            forum,
            f"Planned the meetings of “{forum.name}” ahead.",
            action="plan_meetings",
            payload={"changed": changed},
            by=None,
            as_of=as_of,
        )
    return changed
