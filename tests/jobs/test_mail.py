"""The worker's rounds of mail: one waits at a time, ever later while the server is away."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from tallystick.actions.mail_preferences import MailWording, state_mail_preference
from tallystick.actions.signals import worker_began
from tallystick.engine.mail_times import Pace
from tallystick.jobs.mail import send_what_waits
from tallystick.records.notifications import Notification
from tests.cast import Cast, an_engagement
from tests.posting import Kept, a_free_port, a_server, text_of, use
from tests.web.test_inbox import told

pytestmark = pytest.mark.django_db


def waiting() -> DBTaskResult:
    """Return the round that waits."""
    return DBTaskResult.objects.get(task_path=send_what_waits.module_path)


def minutes_until(task: DBTaskResult) -> int:
    """Return in how many minutes a round is due."""
    return round((task.run_after - datetime.now(UTC)) / timedelta(minutes=1))


def news(cast: Cast) -> None:
    """Let somebody who wants mail at once have news."""
    told(an_engagement(), cast.ben)
    state_mail_preference(wording=MailWording(Pace.IMMEDIATE), by=cast.ben, as_of=datetime.now(UTC))
    Notification.objects.update(made_at=datetime.now(UTC) - timedelta(minutes=9))


def test_workers_that_begin_put_one_round_into_the_queue(db: None) -> None:
    worker_began.send(None)
    worker_began.send(None)

    assert waiting().args_kwargs["kwargs"] == {"failures": 0}


def test_a_round_sends_links_that_lead_to_pages(cast: Cast, settings: Any) -> None:
    news(cast)
    port = a_free_port()
    use(settings, port)
    settings.ADDRESS = "https://tally.example.org"

    with a_server(Kept(), port) as kept:
        send_what_waits.func()

    words = text_of(kept.mails[0])
    assert "https://tally.example.org/engagements/" in words
    assert "https://tally.example.org/no-mail/" in words
    assert minutes_until(waiting()) == 2


@pytest.mark.parametrize(("failures", "minutes"), [(0, 4), (1, 8), (9, 30)])
def test_while_the_server_is_away_rounds_come_ever_later(
    failures: int, minutes: int, cast: Cast, settings: Any
) -> None:
    news(cast)
    use(settings, a_free_port())

    send_what_waits.func(failures=failures)

    assert minutes_until(waiting()) == minutes
    assert waiting().args_kwargs["kwargs"] == {"failures": failures + 1}
