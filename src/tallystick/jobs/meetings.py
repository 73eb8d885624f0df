"""Plan the meetings of all forums ahead, once a day and once when a worker begins."""

from datetime import UTC, datetime, time
from typing import Any

from django.dispatch import receiver
from django_tasks import task

from tallystick.actions.plan_meetings import plan_meetings
from tallystick.actions.signals import worker_began
from tallystick.jobs.rounds import next_round, tomorrow

AT = time(0, 5, tzinfo=UTC)
"""Before the day's findings are kept: those look at meetings."""


@task()
def plan_meetings_of_all() -> None:
    """Plan what the cadences give, and put tomorrow's run into the queue first."""
    now = datetime.now(UTC)
    # Tomorrow comes even if today fails.
    next_round(plan_meetings_of_all, tomorrow(now, AT))
    plan_meetings(as_of=now)


@receiver(worker_began)
def begin(sender: Any, **_: Any) -> None:
    """Begin the daily round with the worker, unless it waits in the queue already."""
    next_round(plan_meetings_of_all, None)
