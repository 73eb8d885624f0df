"""Read the early-warning indicators of every engagement once a day, and once a worker begins."""

from datetime import UTC, datetime, time
from typing import Any

from django.dispatch import receiver
from django_tasks import task

from tallystick.actions.check_indicators import check_indicators
from tallystick.actions.one_by_one import one_by_one
from tallystick.actions.signals import worker_began
from tallystick.jobs.rounds import next_round, tomorrow
from tallystick.records.engagements import Engagement

AT = time(0, 30, tzinfo=UTC)
"""When a day's indicators are read: after the findings of the day before are kept."""


@task()
def check_indicators_of_all() -> None:
    """Read the indicators of each engagement, and put tomorrow's run into the queue first."""
    now = datetime.now(UTC)
    # Tomorrow comes even if today fails.
    next_round(check_indicators_of_all, tomorrow(now, AT))
    check_all(now)


def check_all(as_of: datetime) -> None:
    """Read the indicators of each engagement as of a moment; one that fails keeps none waiting."""
    engagements = Engagement.objects.order_by("id")
    one_by_one(engagements, lambda each: check_indicators(engagement=each, as_of=as_of))


@receiver(worker_began)
def begin(sender: Any, **_: Any) -> None:
    """Begin the daily round with the worker, unless it waits in the queue already."""
    next_round(check_indicators_of_all, None)
