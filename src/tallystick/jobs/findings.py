"""Keep the findings of every client once a day, and once when a worker begins."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.dispatch import receiver
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from tallystick.actions.keep_findings import keep_findings
from tallystick.actions.signals import worker_began
from tallystick.records.organisations import Organisation
from tallystick.records.roles import Side

AT = time(0, 15, tzinfo=UTC)
"""When a day's findings are kept: after midnight, when what fell due yesterday is overdue."""


@task()
def keep_findings_of_all() -> None:
    """Keep the findings of each client, and put tomorrow's run into the queue first."""
    now = datetime.now(UTC)
    # Tomorrow comes even if today fails.
    _enqueue_once(datetime.combine(now.date() + timedelta(days=1), AT))
    for client in Organisation.objects.filter(side=Side.CLIENT).order_by("id"):
        keep_findings(client=client, as_of=now)


@receiver(worker_began)
def begin(sender: Any, **_: Any) -> None:
    """Begin the daily round with the worker, unless it waits in the queue already."""
    _enqueue_once(None)


def _enqueue_once(at: datetime | None) -> None:
    # However many workers begin, one round waits: each would put another behind it for ever.
    waiting = DBTaskResult.objects.filter(
        task_path=keep_findings_of_all.module_path, status=TaskResultStatus.READY
    )
    if not waiting.exists():
        keep_findings_of_all.using(run_after=at).enqueue()
