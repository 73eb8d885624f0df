"""The daily round plans meetings ahead, and waits in the queue once."""

from datetime import UTC, datetime

import pytest
from django_tasks_db.models import DBTaskResult

from tallystick.actions.signals import worker_began
from tallystick.jobs.meetings import plan_meetings_of_all
from tests.actions.governing import a_forum
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_worker_that_begins_puts_one_round_into_the_queue(cast: Cast) -> None:
    worker_began.send(None)
    worker_began.send(None)

    rounds = DBTaskResult.objects.filter(task_path=plan_meetings_of_all.module_path)
    assert rounds.count() == 1


def test_a_round_plans_what_is_missing_and_waits_for_tomorrow(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    forum.meetings.all().delete()

    plan_meetings_of_all.func()
    plan_meetings_of_all.func()

    waiting = DBTaskResult.objects.get()
    assert waiting.run_after > datetime.now(UTC)
    assert forum.meetings.exists()
