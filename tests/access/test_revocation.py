"""Who is no longer a member gets nothing from what they had in hands (T5): all refuse at once."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from tallystick.actions.mail_preferences import preferences_of, token_of
from tallystick.actions.mail_waiting import put_into_the_post
from tallystick.actions.make_calendar_feed import make_calendar_feed
from tallystick.actions.send_mail import send_mail
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.engagements import Engagement
from tallystick.records.organisations import Membership
from tests.cast import TODAY, Cast, an_engagement, an_organisation
from tests.posting import LINKS, Kept, a_free_port, a_server, use
from tests.web.pages import signed_in
from tests.web.test_inbox import told

pytestmark = pytest.mark.django_db

MORNING = TODAY.replace(hour=7) + timedelta(days=1)


@pytest.fixture
def server(settings: Any) -> Iterator[Kept]:
    """Give a mail server that the installation is set to use."""
    port = a_free_port()
    use(settings, port)
    with a_server(Kept(), port) as kept:
        yield kept


def test_a_membership_that_ends_ends_session_feed_digest_and_links(
    server: Kept, cast: Cast
) -> None:
    told(an_engagement(), cast.cleo)
    session = signed_in(cast.cleo)
    feed = reverse("calendar_feed", args=[make_calendar_feed(by=cast.cleo, as_of=TODAY).secret])
    stop = reverse("mail_stop", args=[token_of(preferences_of([cast.cleo.person.pk]).popitem()[1])])
    put_into_the_post(MORNING)
    before = [session.get("/inbox/").status_code, Client().get(feed).status_code]

    Membership.objects.filter(person=cast.cleo.person).update(ended_at=MORNING)

    assert before == [200, 200]
    assert session.get("/inbox/").status_code == 302
    assert session.get("/api/inbox").status_code == 401
    assert [Client().get(each).status_code for each in (feed, stop)] == [404, 404]
    assert (send_mail(links=LINKS, as_of=MORNING).sent, server.mails) == (0, [])


Changed = Callable[[Engagement], object]
TAKEN_AWAY = {
    "another provider": lambda: {"provider": an_organisation("Kestrel Systems")},
    "back before the award": lambda: {"stage": Stage.SELECT},
}


@pytest.mark.parametrize("how", TAKEN_AWAY)
def test_an_engagement_that_is_taken_away_is_in_no_mail_and_no_calendar(
    how: str, server: Kept, cast: Cast
) -> None:
    told(an_engagement(name="Canary desk"), cast.cleo)
    feed = reverse("calendar_feed", args=[make_calendar_feed(by=cast.cleo, as_of=TODAY).secret])
    put_into_the_post(MORNING)
    assert b"Canary desk" in Client().get(feed).content

    Engagement.objects.update(**TAKEN_AWAY[how]())

    calendar = Client().get(feed).content
    send_mail(links=LINKS, as_of=MORNING)
    assert Calendar.from_ical(calendar).walk("VEVENT") == []
    assert server.mails == []
    assert "Canary desk" not in signed_in(cast.cleo).get("/inbox/").content.decode()
