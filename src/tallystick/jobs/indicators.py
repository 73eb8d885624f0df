"""Read the early-warning indicators of every engagement once a day, and once a worker begins."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.dispatch import receiver
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from tallystick.actions.check_indicators import check_indicators
from tallystick.actions.signals import worker_began
from tallystick.records.engagements import Engagement

AT = time(0, 30, tzinfo=UTC)
"""When a day's indicators are read: after the findings of the day before are kept."""


@task()
def check_indicators_of_all() -> None:
    """Read the indicators of each engagement, and put tomorrow's run into the queue first."""
    now = datetime.now(UTC)
    # Tomorrow comes even if today fails.
    _enqueue_once(datetime.combine(now.date() + timedelta(days=1), AT))
    for engagement in Engagement.objects.order_by("id"):
        check_indicators(engagement=engagement, as_of=now)


@receiver(worker_began)
def begin(sender: Any, **_: Any) -> None:
    """Begin the daily round with the worker, unless it waits in the queue already."""
    _enqueue_once(None)


def _enqueue_once(at: datetime | None) -> None:
    # However many workers begin, one round waits: each would put another behind it for ever.
    waiting = DBTaskResult.objects.filter(
        task_path=check_indicators_of_all.module_path, status=TaskResultStatus.READY
    )
    if not waiting.exists():
        check_indicators_of_all.using(run_after=at).enqueue()
