"""How people want mail: what they say of it, and the link by which they end it."""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.crypto import salted_hmac

from tallystick.actions.answer_links import hashed
from tallystick.engine.mail_times import Pace, in_quiet
from tallystick.engine.refusals import Refusal
from tallystick.records.mail import MailPreference
from tallystick.records.organisations import Membership
from tallystick.records.viewer import Viewer

_SALT = "tallystick.unsubscribe"


class MailTimeRefused(Refusal):
    """A part of what somebody says of their mail cannot be."""

    code = "mail.time-refused"


@dataclass(frozen=True, slots=True)
class MailWording:
    """How often, when, and in which hours never; quiet hours are both or none."""

    pace: Pace
    zone: str = "UTC"
    hour: int = 7
    weekday: int = 0
    quiet_from: int | None = None
    quiet_until: int | None = None


@transaction.atomic
def state_mail_preference(*, wording: MailWording, by: Viewer, as_of: datetime) -> MailPreference:
    """
    Keep how often somebody wants mail. It is theirs alone: nothing is entered in a ledger.

    Whoever had ended mail and wants it again gets what comes from now on.

    Raises:
        MailTimeRefused
    """
    _check(wording)
    preferences_of([by.person.pk])
    own = MailPreference.objects.select_for_update(of=("self",)).get(person=by.person)
    if own.pace == Pace.NEVER and wording.pace is not Pace.NEVER:
        own.since = as_of
    own.pace, own.zone, own.hour = wording.pace, wording.zone, wording.hour
    own.weekday, own.stated_at = wording.weekday, as_of
    own.quiet_from, own.quiet_until = wording.quiet_from, wording.quiet_until
    own.save()
    return own


@transaction.atomic
def stop_mail(*, token: str, as_of: datetime) -> bool:
    """
    End mail for whoever a link was mailed to; return whether there is such a person.

    Knowing the token is the permission; whoever left holds nothing.
    """
    own = preference_at(token)
    if own is None:
        return False
    MailPreference.objects.filter(pk=own.pk).update(pace=Pace.NEVER, stated_at=as_of)
    return True


def preference_at(token: str) -> MailPreference | None:
    """Return whose mail a link ends; None for an unknown one, or of somebody who left."""
    present = Membership.objects.filter(ended_at=None, person__is_active=True)
    known = MailPreference.objects.filter(person__in=present.values("person"))
    return known.select_related("person").filter(token_hash=hashed(token)).first()


def preferences_of(people: Collection[int]) -> dict[int, MailPreference]:
    """Return how each wants mail, with a row for everybody: a link to end it needs one."""
    known = set(MailPreference.objects.filter(person__in=people).values_list("person", flat=True))
    missing = [_new(person) for person in people if person not in known]
    MailPreference.objects.bulk_create(missing, ignore_conflicts=True)
    rows = MailPreference.objects.filter(person__in=people)
    return {each.person_id: each for each in rows}


def token_of(preference: MailPreference) -> str:
    """Return the token of the link that ends mail; the database alone does not give it."""
    return _token(preference.nonce)


def _token(nonce: str) -> str:
    made = salted_hmac(_SALT, nonce, algorithm="sha256").digest()
    return urlsafe_b64encode(made).decode().rstrip("=")


def _new(person: int) -> MailPreference:
    nonce = secrets.token_urlsafe(24)
    return MailPreference(person_id=person, nonce=nonce, token_hash=hashed(_token(nonce)))


def _check(wording: MailWording) -> None:
    if wording.zone not in available_timezones():
        raise MailTimeRefused(
            f"There is no time zone {wording.zone[:60]!r}.",
            place="zone",
            remedy="Choose one such as Europe/Berlin.",
        )
    if not (0 <= wording.hour <= 23 and 0 <= wording.weekday <= 6):
        raise MailTimeRefused(
            "A day has the hours 0 to 23, a week the days 0 to 6.",
            place="hour",
            remedy="Choose an hour and a day of the week.",
        )
    _check_quiet(wording)


def _check_quiet(wording: MailWording) -> None:
    first, end = wording.quiet_from, wording.quiet_until
    if first is None and end is None:
        return
    if first is None or end is None or first == end or not {first, end} <= set(range(24)):
        raise MailTimeRefused(
            "Quiet hours have a beginning and another end.",
            place="quiet_until",
            remedy="Choose two different hours, or neither.",
        )
    if wording.pace in (Pace.DAILY, Pace.WEEKLY) and in_quiet(wording.hour, (first, end)):
        raise MailTimeRefused(
            f"Mail at {wording.hour} would fall into the quiet hours.",
            place="hour",
            remedy="Choose an hour outside of them.",
        )
