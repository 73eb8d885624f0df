"""Invite people to something with a date: a calendar event by mail, and its changes."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from tallystick.engine.icalendars import Dated
from tallystick.records.calendar_dates import DATING
from tallystick.records.mail import Invites, Mail
from tallystick.records.organisations import Membership
from tallystick.records.people import Person


@transaction.atomic
def invite(*, dated: Dated, people: Iterable[Person], as_of: datetime) -> int:
    """
    Queue an invitation for each, or a change of it; return how many there are now.

    One for each person and `sequence` of the event, however often it is asked for. What the mail
    says is read when it is sent: whoever may not see the event then gets none.
    """
    if dated.key.partition(":")[0] not in DATING:
        raise ValueError(f"{dated.key} names nothing that has dates")
    invites = Invites.CANCEL if dated.cancelled else Invites.REQUEST
    present = Membership.objects.filter(person__in=list(people), ended_at=None)
    rows = [
        Mail(
            person_id=person,
            organisation_id=organisation,
            event=dated.key,
            sequence=dated.sequence,
            invites=invites,
            made_at=as_of,
        )
        for person, organisation in present.order_by("id").values_list("person", "organisation")
    ]
    Mail.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
