"""The daily round keeps findings that time alone opens, and waits in the queue once."""

from datetime import UTC, datetime

import pytest
from django_tasks_db.models import DBTaskResult

from tallystick.actions.signals import worker_began
from tallystick.jobs.findings import keep_findings_of_all
from tallystick.records.kept_findings import KeptFinding
from tests.cast import Cast, an_engagement
from tests.web.pages import an_objective

pytestmark = pytest.mark.django_db


def test_a_worker_that_begins_puts_one_round_into_the_queue(cast: Cast) -> None:
    worker_began.send(None)
    worker_began.send(None)

    of_findings = DBTaskResult.objects.filter(task_path=keep_findings_of_all.module_path)
    assert of_findings.count() == 1


def test_a_round_keeps_what_is_found_and_waits_for_tomorrow(cast: Cast) -> None:
    an_objective(engagement=an_engagement(), target="")

    keep_findings_of_all.func()
    keep_findings_of_all.func()

    waiting = DBTaskResult.objects.get()
    assert waiting.run_after > datetime.now(UTC)
    assert (waiting.run_after.hour, waiting.run_after.minute) == (0, 15)
    assert KeptFinding.objects.filter(code="OBJ001", closed_at=None).count() == 1
