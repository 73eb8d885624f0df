"""Invitations by mail: one for each change of an event, to whoever may see it then."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from tallystick.actions.invite import invite
from tallystick.actions.mail_preferences import MailWording, state_mail_preference
from tallystick.actions.send_mail import send_mail
from tallystick.engine.icalendars import Dated
from tallystick.engine.mail_times import Pace
from tallystick.records.calendar_dates import dated_by
from tallystick.records.engagements import Engagement
from tallystick.records.mail import Mail
from tallystick.records.objectives import Objective
from tests.cast import TODAY, Cast, an_organisation
from tests.posting import LINKS, Kept, a_free_port, a_server, use
from tests.web.pages import an_objective

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Any) -> Iterator[Kept]:
    """Give a mail server that the installation is set to use."""
    port = a_free_port()
    use(settings, port)
    with a_server(Kept(), port) as kept:
        yield kept


def an_event(cast: Cast) -> Dated:
    """Return something with a date, as somebody sees it."""
    objective = Objective.objects.first() or an_objective(
        statement="Pay day", due_on=date(2026, 12, 1)
    )
    key = f"Objective:{objective.public_id}:due"
    return dated_by([key], cast.ada)[key]


def event_in(server: Kept) -> Any:
    """Return the event of the last mail, and the method of its calendar."""
    [part] = [
        each for each in server.mails[-1].walk() if each.get_content_type() == "text/calendar"
    ]
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    assert part.get_param("method") == str(calendar["METHOD"])
    return calendar, calendar.walk("VEVENT")[0]


def test_an_invitation_is_a_calendar_event_to_one_person(server: Kept, cast: Cast) -> None:
    invite(dated=an_event(cast), people=[cast.cleo.person], as_of=TODAY)

    send_mail(links=LINKS, as_of=TODAY)

    calendar, event = event_in(server)
    assert str(calendar["METHOD"]) == "REQUEST"
    assert event.decoded("DTSTART") == date(2026, 12, 1)
    assert str(event["ATTENDEE"]) == f"mailto:{cast.cleo.person.email}"
    assert str(event["ORGANIZER"]) == "mailto:tally@example.org"
    assert server.mails[-1]["Subject"] == "Invitation: Due: Pay day, Service desk"


def test_each_change_is_sent_once_and_only_the_latest(server: Kept, cast: Cast) -> None:
    for _ in range(2):
        invite(dated=an_event(cast), people=[cast.cleo.person], as_of=TODAY)
    Objective.objects.update(version=2, due_on=date(2026, 12, 8))
    invite(dated=an_event(cast), people=[cast.cleo.person], as_of=TODAY)

    counts = [send_mail(links=LINKS, as_of=TODAY + timedelta(hours=n)).sent for n in range(2)]

    assert (counts, Mail.objects.count()) == ([1, 0], 2)
    assert event_in(server)[1].decoded("DTSTART") == date(2026, 12, 8)


def test_who_may_not_see_the_event_any_more_gets_none(server: Kept, cast: Cast) -> None:
    invite(dated=an_event(cast), people=[cast.cleo.person], as_of=TODAY)
    Engagement.objects.update(provider=an_organisation("Kestrel Systems"))

    assert send_mail(links=LINKS, as_of=TODAY).sent == 0


def test_whoever_ended_mail_gets_none(server: Kept, cast: Cast) -> None:
    state_mail_preference(wording=MailWording(Pace.NEVER), by=cast.cleo, as_of=TODAY)
    invite(dated=an_event(cast), people=[cast.cleo.person], as_of=TODAY)

    assert send_mail(links=LINKS, as_of=TODAY).sent == 0


def test_what_has_no_dates_is_a_mistake_of_the_caller(cast: Cast) -> None:
    nothing = Dated("Lesson:x:due", "X", date(2026, 1, 1), TODAY)

    with pytest.raises(ValueError, match="names nothing"):
        invite(dated=nothing, people=[cast.ben.person], as_of=TODAY)
