"""Let issues climb the ladder once a minute, as long as a worker runs."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.management import call_command
from django.dispatch import receiver
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from tallystick.actions.climb_escalations import climb_escalations
from tallystick.actions.signals import worker_began

EVERY = timedelta(minutes=1)
DAYS_KEPT, DAYS_FAILED = 2, 30
"""How long the queue remembers what it did, and what failed: a round a minute would fill it."""


@task()
def climb_all() -> None:
    """Climb wherever an answer is overdue, and put the next round into the queue first."""
    now = datetime.now(UTC)
    # The next round comes even if this one fails.
    _enqueue_once(now + EVERY)
    if now.minute == 0:
        call_command(
            "prune_db_task_results",
            min_age_days=DAYS_KEPT,
            failed_min_age_days=DAYS_FAILED,
            verbosity=0,
        )
    climb_escalations(as_of=now)


@receiver(worker_began)
def begin(sender: Any, **_: Any) -> None:
    """Begin the rounds with the worker, unless one waits in the queue already."""
    _enqueue_once(None)


def _enqueue_once(at: datetime | None) -> None:
    # However many workers begin, one round waits: each would put another behind it for ever.
    waiting = DBTaskResult.objects.filter(
        task_path=climb_all.module_path, status=TaskResultStatus.READY
    )
    if not waiting.exists():
        climb_all.using(run_after=at).enqueue()
