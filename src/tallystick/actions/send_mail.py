"""Send what waits in the post: each mail once, with what its reader may see at this moment."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q, QuerySet

from tallystick.actions.mail_invitations import invitation_message
from tallystick.actions.mail_preferences import preferences_of, token_of
from tallystick.actions.mail_waiting import put_into_the_post, times_of
from tallystick.actions.mail_words import MOST_LINES, Links, digest_message, mail_is_off
from tallystick.engine.icalendars import Dated
from tallystick.engine.mail_times import Pace
from tallystick.engine.one_line import on_one_line
from tallystick.records.calendar_dates import dated_by
from tallystick.records.inbox import Entry, entries_of
from tallystick.records.mail import Mail, MailPreference
from tallystick.records.notifications import Notification
from tallystick.records.organisations import Membership
from tallystick.records.roles import Role
from tallystick.records.viewer import Viewer

BATCH = 50
CLAIM = timedelta(minutes=15)
"""For so long a mail belongs to the worker that took it; after that its sending was cut short."""
SOON, LATEST = timedelta(minutes=10), timedelta(days=1)
QUIET_PAUSE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Posted:
    """What one round did; `is_down` if the server could not be spoken to."""

    sent: int = 0
    is_down: bool = False


@dataclass(frozen=True, slots=True)
class Ready:
    """A mail of a batch with all that its words are made of."""

    mail: Mail
    viewer: Viewer
    preference: MailPreference
    entries: Sequence[Entry]
    more: bool
    dated: Dated | None


def send_mail(*, links: Links, as_of: datetime) -> Posted:
    """
    Make the digests that are due and send all that waits; nothing where no server is set.

    Who may see what is asked now, not when it was queued. A mail is marked right after the server
    took it; whatever the server refuses is tried again, ever later.
    """
    if mail_is_off():
        return Posted()
    put_into_the_post(as_of)
    connection, sent = get_connection(), 0
    try:
        while batch := _claimed(as_of):
            done = _post(connection, _ready(batch, as_of), links, as_of)
            sent += done.sent
            if done.is_down:
                return Posted(sent, is_down=True)
    finally:
        connection.close()
    return Posted(sent)


def waiting_mails(as_of: datetime) -> QuerySet[Mail]:
    """Return what may be tried now."""
    untried = Q(retry_at=None) | Q(retry_at__lte=as_of)
    unclaimed = Q(claimed_until=None) | Q(claimed_until__lte=as_of)
    return Mail.objects.filter(untried, unclaimed, sent_at=None)


@transaction.atomic
def _claimed(as_of: datetime) -> list[Mail]:
    """Take some mails of one organisation, so that no other worker sends them too."""
    rows = waiting_mails(as_of).select_related("person", "organisation")
    locked = rows.select_for_update(of=("self",), skip_locked=True)
    found = list(locked.order_by("organisation", "id")[:BATCH])
    chosen = [each for each in found if each.organisation_id == found[0].organisation_id]
    Mail.objects.filter(pk__in=[each.pk for each in chosen]).update(claimed_until=as_of + CLAIM)
    return chosen


def _ready(batch: Sequence[Mail], as_of: datetime) -> list[Ready]:
    """Return what there is to send; the number of queries does not depend on the batch."""
    organisation = batch[0].organisation
    people = [each.person_id for each in batch]
    present = Membership.objects.filter(
        person__in=people, organisation=organisation, ended_at=None, person__is_active=True
    )
    viewers = {
        each.person_id: Viewer(each.person, organisation, Role(each.role))
        for each in present.select_related("person")
    }
    preferences = preferences_of(people)
    viewer = next(iter(viewers.values()), None)
    told = _told(batch, viewer)
    events = dated_by({each.event for each in batch if each.event}, viewer) if viewer else {}
    ready, quiet, empty = [], [], []
    for mail in batch:
        preference, entries = preferences[mail.person_id], told[mail.pk]
        dated = events.get(mail.event)
        silent = preference.pace == Pace.NEVER or not (entries or _is_current(mail, dated))
        if mail.person_id not in viewers or silent:
            empty.append(mail.pk)
        elif times_of(preference).is_quiet(as_of):
            quiet.append(mail.pk)
        else:
            kept, more = entries[:MOST_LINES], len(entries) > MOST_LINES
            ready.append(Ready(mail, viewers[mail.person_id], preference, kept, more, dated))
    Mail.objects.filter(pk__in=empty).update(sent_at=as_of, claimed_until=None)
    later = as_of + QUIET_PAUSE
    Mail.objects.filter(pk__in=quiet).update(retry_at=later, claimed_until=None)
    return ready


def _is_current(mail: Mail, dated: Dated | None) -> bool:
    """Return whether an invitation still says what holds; a later one is on its way else."""
    return dated is not None and dated.sequence == mail.sequence


def _told(batch: Sequence[Mail], viewer: Viewer | None) -> dict[int, list[Entry]]:
    """
    Return what each mail says; one line more than it tells shows that there is more.

    What people of one organisation may see of what is told is the same: a test holds it.
    """
    told: dict[int, list[Entry]] = defaultdict(list)
    if viewer is None:
        return told
    rows = Notification.objects.filter(mail__in=[each.pk for each in batch], read_at=None)
    chosen: dict[int, list[Notification]] = defaultdict(list)
    for row in rows.select_related("engagement").order_by("-made_at", "-id").iterator(2_000):
        if len(chosen[row.mail_id or 0]) <= MOST_LINES:
            chosen[row.mail_id or 0].append(row)
    for entry in entries_of((row for of in chosen.values() for row in of), viewer):
        told[entry.notification.mail_id or 0].append(entry)
    return told


def _post(
    connection: BaseEmailBackend, ready: Sequence[Ready], links: Links, as_of: datetime
) -> Posted:
    """Send a batch; where the server goes away, what was not tried yet waits for the next round."""
    untried, sent = list(ready), 0
    try:
        if untried:
            connection.open()
        while untried:
            message = _message(untried[0], links)
            each = untried.pop(0)
            sent += _took(connection, message, each, as_of)
    except OSError:
        # What was under way keeps its claim: nobody knows whether it arrived, and it goes out
        # again as it was, under the same Message-ID.
        _release(untried)
        return Posted(sent, is_down=True)
    return Posted(sent)


def _took(
    connection: BaseEmailBackend, message: EmailMultiAlternatives, each: Ready, as_of: datetime
) -> bool:
    """Hand one mail over and mark it; a refusal puts it off."""
    mail = each.mail
    try:
        connection.send_messages([message])
    except (SMTPResponseException, SMTPRecipientsRefused) as refused:
        # A server that says no has not taken it: the next try is another mail.
        Mail.objects.filter(pk=mail.pk).update(
            failed=mail.failed + 1,
            refusal=on_one_line(str(refused))[:200],
            retry_at=as_of + min(SOON * 2 ** min(mail.failed, 10), LATEST),
            claimed_until=None,
        )
        return False
    Mail.objects.filter(pk=mail.pk).update(
        sent_at=as_of, lines=len(each.entries), refusal="", claimed_until=None
    )
    return True


def _release(untried: Sequence[Ready]) -> None:
    Mail.objects.filter(pk__in=[each.mail.pk for each in untried]).update(claimed_until=None)


def _message(each: Ready, links: Links) -> EmailMultiAlternatives:
    token = token_of(each.preference)
    if each.dated is not None:
        return invitation_message(each.mail, each.viewer.person, each.dated, token, links)
    return digest_message(each.mail, each.viewer.person, each.entries, token, links, more=each.more)
