"""Send what waits in the post, every few minutes; ever later while the mail server is away."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.urls import reverse
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from tallystick.actions.mail_words import Links
from tallystick.actions.send_mail import send_mail
from tallystick.actions.signals import worker_began

EVERY = timedelta(minutes=2)
LATEST = timedelta(minutes=30)


@task()
def send_what_waits(failures: int = 0) -> None:
    """Do one round; the next one comes whatever becomes of this one."""
    now, tried = datetime.now(UTC), failures + 1
    try:
        if not send_mail(links=links(), as_of=now).is_down:
            tried = 0
    finally:
        _enqueue_once(now + _pause(tried), tried)


@receiver(worker_began)
def begin(sender: Any, **_: Any) -> None:
    """Begin the rounds with the worker, unless one waits in the queue already."""
    _enqueue_once(None, 0)


def links() -> Links:
    """Return the whole addresses that mails lead to."""

    def whole(route: str, *args: str) -> str:
        return f"{settings.ADDRESS}{reverse(route, args=args)}"

    return Links(
        page=whole,
        inbox=whole("inbox"),
        preferences=whole("mail_preference"),
        stop=lambda token: whole("mail_stop", token),
    )


def _pause(failures: int) -> timedelta:
    doubled: timedelta = EVERY * 2 ** min(failures, 8)
    return min(doubled, LATEST)


def _enqueue_once(at: datetime | None, failures: int) -> None:
    # However many workers begin, one round waits: each would put another behind it for ever.
    waiting = DBTaskResult.objects.filter(
        task_path=send_what_waits.module_path, status=TaskResultStatus.READY
    )
    if not waiting.exists():
        send_what_waits.using(run_after=at).enqueue(failures=failures)
