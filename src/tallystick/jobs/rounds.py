"""Work that comes again and again: whoever asks for the next round, one of it waits."""

from datetime import datetime, time, timedelta
from typing import Any

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult


def next_round(work: Any, at: datetime | None, **given: Any) -> None:
    """
    Put the next round of a task into the queue for a moment, None for now.

    However many workers begin, one round waits: each would put another behind it for ever.
    """
    waiting = DBTaskResult.objects.filter(task_path=work.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        work.using(run_after=at).enqueue(**given)


def tomorrow(now: datetime, at: time) -> datetime:
    """Return a time of the next day."""
    return datetime.combine(now.date() + timedelta(days=1), at)
