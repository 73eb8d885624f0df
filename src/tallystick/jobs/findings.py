"""Keep the findings of every client once a day, and once when a worker begins."""

from datetime import UTC, datetime, time
from typing import Any

from django.dispatch import receiver
from django_tasks import task

from tallystick.actions.keep_findings import keep_findings
from tallystick.actions.signals import worker_began
from tallystick.jobs.rounds import next_round, tomorrow
from tallystick.records.organisations import Organisation
from tallystick.records.roles import Side

AT = time(0, 15, tzinfo=UTC)
"""When a day's findings are kept: after midnight, when what fell due yesterday is overdue."""


@task()
def keep_findings_of_all() -> None:
    """Keep the findings of each client, and put tomorrow's run into the queue first."""
    now = datetime.now(UTC)
    # Tomorrow comes even if today fails.
    next_round(keep_findings_of_all, tomorrow(now, AT))
    for client in Organisation.objects.filter(side=Side.CLIENT).order_by("id"):
        keep_findings(client=client, as_of=now)


@receiver(worker_began)
def begin(sender: Any, **_: Any) -> None:
    """Begin the daily round with the worker, unless it waits in the queue already."""
    next_round(keep_findings_of_all, None)
