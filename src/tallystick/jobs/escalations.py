"""Let issues climb the ladder once a minute, as long as a worker runs."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.management import call_command
from django.dispatch import receiver
from django_tasks import task

from tallystick.actions.climb_escalations import climb_escalations
from tallystick.actions.signals import worker_began
from tallystick.jobs.rounds import next_round

EVERY = timedelta(minutes=1)
DAYS_KEPT, DAYS_FAILED = 2, 30
"""How long the queue remembers what it did, and what failed: a round a minute would fill it."""


@task()
def climb_all() -> None:
    """Climb wherever an answer is overdue, and put the next round into the queue first."""
    now = datetime.now(UTC)
    # The next round comes even if this one fails.
    next_round(climb_all, now + EVERY)
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
    next_round(climb_all, None)
