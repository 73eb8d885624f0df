"""The round that lets issues climb waits in the queue once, and comes again."""

from datetime import UTC, datetime, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from tallystick.actions.signals import worker_began
from tallystick.jobs.escalations import EVERY, climb_all
from tests.actions.escalating import Table, last

pytestmark = pytest.mark.django_db


def waiting() -> list[DBTaskResult]:
    """Return the rounds that wait."""
    return list(DBTaskResult.objects.filter(task_path=climb_all.module_path))


def test_a_worker_that_begins_puts_one_round_into_the_queue() -> None:
    worker_began.send(None)
    worker_began.send(None)

    assert len(waiting()) == 1


def test_a_round_climbs_and_waits_for_the_next_minute() -> None:
    table = Table()
    table.ladder()
    issue = table.issue(as_of=datetime.now(UTC) - timedelta(hours=5))

    climb_all.func()
    climb_all.func()

    (next_round,) = waiting()
    assert datetime.now(UTC) < next_round.run_after <= datetime.now(UTC) + EVERY
    assert last(issue).level == 2
