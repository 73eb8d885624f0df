"""The password, asked for again before an act that binds; guessing is slowed as at sign-in."""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password
from django.core.cache import cache
from django.db import transaction

from tallystick.engine.refusals import Refusal
from tallystick.records.people import Person

MOST_FAILURES = 5
SPAN = timedelta(minutes=5)
"""As many wrong passwords in as much time as at sign-in."""


class WrongPassword(Refusal):
    """The password is not the signed-in person's own."""

    code = "password.wrong"


class TooManyPasswords(Refusal):
    """Wrong passwords came faster than a person mistypes."""

    code = "password.too-many"


def demand_password(person: Person, password: str, as_of: datetime) -> None:
    """
    Check that whoever acts knows the person's password.

    Outside any transaction of the act: what a refusal undoes must not undo the count.

    Raises:
        WrongPassword, TooManyPasswords
    """
    _count_attempt(person, as_of)
    if not check_password(password, person.password):
        raise WrongPassword(
            "That is not your password.",
            place="password",
            remedy="Type the password that you sign in with.",
        )
    cache.delete(_key(person))


def _count_attempt(person: Person, as_of: datetime) -> None:
    # Counted before the check, one at a time, so that guesses at once are counted as well.
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        recent = [each for each in cache.get(_key(person), []) if each > as_of - SPAN]
        if len(recent) < MOST_FAILURES:
            cache.set(_key(person), [*recent, as_of], SPAN.total_seconds())
            return
    raise TooManyPasswords(
        f"{MOST_FAILURES} wrong passwords in a row.",
        place="password",
        remedy="Wait five minutes, then try again.",
    )


def _key(person: Person) -> str:
    return f"password-asked:{person.pk}"
