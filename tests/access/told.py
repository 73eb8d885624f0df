"""The world's inboxes: everybody is told of something of their own, and has a feed and mail."""

from datetime import timedelta

from tallystick.actions.announce import announce, hearers
from tallystick.actions.answer_links import hashed
from tallystick.records.calendar_feeds import CalendarFeed
from tallystick.records.engagements import Engagement
from tallystick.records.mail import Mail, MailPreference
from tallystick.records.notices import NoticeKind
from tallystick.records.notifications import Notification
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer
from tests.access.governed import Token
from tests.cast import TODAY


def tell_all(people: dict[str, Viewer], token: Token) -> dict[int, dict[str, str]]:
    """Tell each person of a statement of theirs; return what their own addresses are made of."""
    return {each.person.pk: _tell(each, token) for each in people.values()}


def _tell(viewer: Viewer, token: Token) -> dict[str, str]:
    statement = Statement.objects.visible_to(viewer).filter(window="2026-03").earliest("id")
    announce(
        NoticeKind.STATEMENT_ISSUED,
        statement,
        to=hearers([viewer.person], token("Reason")),
        by=None,
        as_of=TODAY.replace(month=5),
    )
    entry = Notification.objects.filter(person=viewer.person, reason__contains="tok").latest("id")
    secrets = {"feed_secret": token("secret")[-8:] + "s", "mail_token": token("mail")[-8:] + "m"}
    CalendarFeed.objects.create(
        person=viewer.person, secret_hash=hashed(secrets["feed_secret"]), made_at=TODAY
    )
    MailPreference.objects.create(
        person=viewer.person, nonce=token("n")[-8:], token_hash=hashed(secrets["mail_token"])
    )
    Mail.objects.create(
        person=viewer.person,
        organisation=viewer.organisation,
        made_at=TODAY,
        sent_at=TODAY,
        refusal=token("Refusal"),
    )
    return {"notification_id": entry.public_id, **secrets}


def inbox_rows(engagement: Engagement, number: int, by: Viewer) -> None:
    """Add an entry and a mail for somebody."""
    Notification.objects.create(
        person=by.person,
        organisation=by.organisation,
        engagement=engagement,
        kind=NoticeKind.STATEMENT_ISSUED,
        subject=Statement.objects.filter(engagement=engagement).earliest("id").public_id,
        reason=f"Reason {number}",
        day=TODAY.date().replace(year=2040 + number),
        # Older than what the world's acts told: a page then tells of the same kinds, few or many.
        made_at=TODAY - timedelta(days=100),
    )
    Mail.objects.create(
        person=by.person, organisation=by.organisation, made_at=TODAY, sent_at=TODAY
    )
