"""Plan the meetings of all forums ahead, once a day and once when a worker begins."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.dispatch import receiver
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from tallystick.actions.plan_meetings import plan_meetings
from tallystick.actions.signals import worker_began

AT = time(0, 5, tzinfo=UTC)
"""Before the day's findings are kept: those look at meetings."""


@task()
def plan_meetings_of_all() -> None:
    """Plan what the cadences give, and put tomorrow's run into the queue first."""
    now = datetime.now(UTC)
    # Tomorrow comes even if today fails.
    _enqueue_once(datetime.combine(now.date() + timedelta(days=1), AT))
    plan_meetings(as_of=now)


@receiver(worker_began)
def begin(sender: Any, **_: Any) -> None:
    """Begin the daily round with the worker, unless it waits in the queue already."""
    _enqueue_once(None)


def _enqueue_once(at: datetime | None) -> None:
    # However many workers begin, one round waits: each would put another behind it for ever.
    waiting = DBTaskResult.objects.filter(
        task_path=plan_meetings_of_all.module_path, status=TaskResultStatus.READY
    )
    if not waiting.exists():
        plan_meetings_of_all.using(run_after=at).enqueue()
