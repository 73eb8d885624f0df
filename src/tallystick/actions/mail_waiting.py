"""Put into the post what people have not read: one digest for each who is due."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery

from tallystick.engine.mail_times import MailTimes, Pace
from tallystick.records.mail import Mail, MailPreference
from tallystick.records.notifications import Notification

FRESH = timedelta(days=14)
"""What is older stays in the inbox alone: a server that was off for long sends no old news."""
BATCH = 200
Oldest = tuple[int, int, datetime]
"""A person, the organisation they acted for, and since when the first of their news waits."""


def times_of(preference: MailPreference | None) -> MailTimes:
    """Return when somebody wants mail; once a day for who has said nothing."""
    if preference is None:
        return MailTimes()
    first, end = preference.quiet_from, preference.quiet_until
    return MailTimes(
        pace=Pace(preference.pace),
        zone=_zone(preference.zone),
        hour=preference.hour,
        weekday=preference.weekday,
        quiet=None if first is None or end is None else (first, end),
    )


def put_into_the_post(as_of: datetime) -> int:
    """
    Make a digest for everybody who is due; return for how many people.

    What came since joins a digest that waits already, unless its last sending was cut short: then
    nobody knows whether it arrived, and it goes out again as it was.
    """
    batches = _batches(_waiting(as_of))
    return sum(_gather(_due(people, as_of), as_of) for people in batches)


def _waiting(as_of: datetime) -> Iterator[Oldest]:
    """Yield who has unread news that no mail has taken up; one query for each batch of people."""
    after = 0
    while True:
        rows = (
            _unmailed(as_of)
            .filter(person__gt=after, person__is_active=True)
            .filter(
                person__memberships__ended_at=None,
                person__memberships__organisation=F("organisation"),
            )
            .order_by("person")
            .values_list("person", "organisation")
            .annotate(oldest=Min("made_at"))[:BATCH]
        )
        found = list(rows)
        yield from found
        if len(found) < BATCH:
            return
        after = found[-1][0]


def _unmailed(as_of: datetime) -> QuerySet[Notification]:
    rows = Notification.objects.filter(read_at=None, mail=None, made_at__lte=as_of)
    fresh = rows.filter(made_at__gt=as_of - FRESH)
    since = Q(person__mail_preference__since=None) | Q(
        made_at__gt=F("person__mail_preference__since")
    )
    return fresh.filter(since)


def _due(people: list[Oldest], as_of: datetime) -> list[Oldest]:
    preferences = {
        each.person_id: each
        for each in MailPreference.objects.filter(person__in=[person for person, _, _ in people])
    }
    return [
        (person, organisation, oldest)
        for person, organisation, oldest in people
        if times_of(preferences.get(person)).is_due(oldest, as_of)
    ]


@transaction.atomic
def _gather(due: list[Oldest], as_of: datetime) -> int:
    if not due:
        return 0
    rows = [Mail(person_id=one, organisation_id=home, made_at=as_of) for one, home, _ in due]
    # Who has a digest that waits already keeps that one.
    Mail.objects.bulk_create(rows, ignore_conflicts=True)
    open_ = Mail.objects.filter(
        person=OuterRef("person"),
        organisation=OuterRef("organisation"),
        event="",
        sent_at=None,
        claimed_until=None,
    )
    news = _unmailed(as_of).filter(person__in=[person for person, _, _ in due])
    chosen = Notification.objects.filter(pk__in=news.values("pk"))
    chosen.update(mail=Subquery(open_.values("pk")[:1]))
    return len(due)


def _batches(rows: Iterable[Oldest]) -> Iterator[list[Oldest]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
