"""Send what waits in the post, every few minutes; ever later while the mail server is away."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.urls import reverse
from django_tasks import task

from tallystick.actions.mail_words import Links
from tallystick.actions.send_mail import Posted, send_mail
from tallystick.actions.signals import worker_began
from tallystick.jobs.rounds import next_round

EVERY = timedelta(minutes=2)
LATEST = timedelta(minutes=30)


@task()
def send_what_waits(failures: int = 0) -> None:
    """Do one round; the next one comes whatever becomes of this one."""
    now, tried = datetime.now(UTC), failures + 1
    try:
        if not send(now).is_down:
            tried = 0
    finally:
        next_round(send_what_waits, now + _pause(tried), failures=tried)


def send(as_of: datetime) -> Posted:
    """Send what waits at a moment, with links to the pages of this installation."""
    return send_mail(links=links(), as_of=as_of)


@receiver(worker_began)
def begin(sender: Any, **_: Any) -> None:
    """Begin the rounds with the worker, unless one waits in the queue already."""
    next_round(send_what_waits, None, failures=0)


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
