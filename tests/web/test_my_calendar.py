"""One person's dates: on the page, at the private address, as RFC 5545 has it."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from tallystick.actions.make_calendar_feed import make_calendar_feed
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.icalendars import Dated, Shown, feed
from tallystick.records.agreements import Agreement
from tallystick.records.calendar_feeds import CalendarFeed
from tallystick.records.engagements import Engagement
from tallystick.records.meetings import Meeting
from tallystick.records.organisations import Membership
from tallystick.records.risk_registers import PRIVATE, SHARED, Register
from tallystick.records.viewer import Viewer
from tests.actions.governing import a_forum
from tests.actions.test_measure_and_state import an_agreement
from tests.cast import Cast, an_engagement, an_organisation
from tests.risking import a_risk
from tests.web.pages import an_objective, page, post, signed_in, text_of

pytestmark = pytest.mark.django_db

NEXT_YEAR = datetime.now(UTC).date().replace(day=1) + timedelta(days=300)


def a_feed(viewer: Viewer) -> str:
    """Return the private address of somebody."""
    secret = make_calendar_feed(by=viewer, as_of=datetime.now(UTC)).secret
    return reverse("calendar_feed", args=[secret])


def titles(address: str) -> list[str]:
    """Return what a calendar program reads, signed in nowhere."""
    calendar = Calendar.from_ical(Client().get(address).content)
    return [str(each["SUMMARY"]) for each in calendar.walk("VEVENT")]


def test_a_program_reads_the_dates_of_whoever_made_the_address(cast: Cast) -> None:
    engagement = an_engagement(name="Desk", ends_on=NEXT_YEAR)
    an_objective(engagement=engagement, statement="Pay day", due_on=NEXT_YEAR)

    read = titles(a_feed(cast.cleo))

    assert "Due: Pay day, Desk" in read
    assert "Closing review due, Desk" in read
    assert titles(a_feed(cast.dan)) == []


@pytest.mark.parametrize("due_on", [date(9999, 12, 31), date(2300, 1, 1)])
def test_a_day_far_away_keeps_no_other_from_being_read(due_on: date, cast: Cast) -> None:
    engagement = an_engagement(name="Desk", ends_on=NEXT_YEAR)
    a_forum(cast.ada, cast.cleo, engagement)
    an_objective(engagement=engagement, statement="One day", due_on=due_on)

    read = titles(a_feed(cast.cleo))

    assert {"Due: One day, Desk", "Closing review due, Desk"} <= set(read)


@pytest.mark.parametrize("register", [SHARED, PRIVATE], ids=["shared", "private"])
def test_a_risk_stands_in_the_calendar_of_its_owner_alone(register: Register, cast: Cast) -> None:
    engagement = an_engagement(name="Desk", ends_on=NEXT_YEAR)
    a_risk(engagement, cast.ada, "Key people leave", register, owner=cast.ben.person)
    # Feeds read the clock: it was identified today.
    register.risks.objects.update(identified_on=datetime.now(UTC).date())

    told = "Review the risk: Key people leave, Desk"
    assert told in titles(a_feed(cast.ben))
    assert not [who for who in (cast.ada, cast.cleo) if told in titles(a_feed(who))]


def test_the_last_day_of_notice_is_told(cast: Cast) -> None:
    engagement = an_engagement(name="Desk")
    term = {"from": "2026-01-01", "until": f"{NEXT_YEAR}"}
    an_agreement(engagement, cast, in_force=term, renewal={"renews": "not", "notice_days": 90})

    [notice] = [
        each
        for each in Calendar.from_ical(Client().get(a_feed(cast.ben)).content).walk("VEVENT")
        if str(each["SUMMARY"]).startswith("Last day to give notice")
    ]

    assert Agreement.objects.count() == 1
    assert notice.decoded("DTSTART") == NEXT_YEAR - timedelta(days=90)


def test_the_address_is_shown_once_and_a_new_one_revokes_it(cast: Cast) -> None:
    shown = text_of(post(cast.ben, "calendar_feed_make"))
    [first] = set(re.findall(r"/calendar/[\w-]+\.ics", shown))
    assert Client().get(first).status_code == 200
    assert ".ics" not in text_of(page(cast.ben, "my_calendar"))

    post(cast.ben, "calendar_feed_make")

    assert Client().get(first).status_code == 404
    assert CalendarFeed.objects.filter(revoked_at=None).count() == 1


def test_a_revoked_address_and_one_of_somebody_who_left_are_not_found(cast: Cast) -> None:
    revoked, left = a_feed(cast.ben), a_feed(cast.cleo)

    post(cast.ben, "calendar_feed_revoke")
    Membership.objects.filter(person=cast.cleo.person).update(ended_at=datetime.now(UTC))

    assert [Client().get(each).status_code for each in (revoked, left)] == [404, 404]


def test_what_is_gone_from_sight_is_gone_from_the_calendar(cast: Cast) -> None:
    an_engagement(ends_on=NEXT_YEAR)
    address = a_feed(cast.cleo)
    assert titles(address) != []

    Engagement.objects.update(provider=an_organisation("Kestrel Systems"))

    assert titles(address) == []


def test_before_the_award_a_provider_reads_no_date(cast: Cast) -> None:
    an_engagement(ends_on=NEXT_YEAR, stage=Stage.SELECT)

    assert (titles(a_feed(cast.cleo)), titles(a_feed(cast.ada)) != []) == ([], True)


def test_what_did_not_change_is_not_sent_again_and_nobody_stores_it(cast: Cast) -> None:
    an_engagement(ends_on=NEXT_YEAR)
    address = a_feed(cast.ben)
    first = Client().get(address)

    again = Client().get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert "no-store" in first.headers["Cache-Control"]
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"


def test_reading_is_noted_once_an_hour(cast: Cast) -> None:
    address = a_feed(cast.ben)
    Client().get(address)
    read = CalendarFeed.objects.get().last_read_at

    Client().get(address)

    assert read is not None
    assert CalendarFeed.objects.get().last_read_at == read


def test_a_calendar_is_written_as_the_standard_has_it() -> None:
    changed = datetime(2026, 7, 1, 12, 0, 0, 5, tzinfo=UTC)
    in_berlin = Dated(
        "Meeting:x:held",
        "Ä" * 90 + ", with; commas\\ and\nlines",
        datetime(2026, 10, 25, 8, 30, tzinfo=UTC),
        changed,
        zone="Europe/Berlin",
        sequence=3,
    )
    day = Dated("Objective:y:due", "Due", date(2026, 7, 5), changed, cancelled=True)

    written = feed([Shown(each, "https://t.example/x/") for each in (in_berlin, day)], "t.example")

    lines = written.split(b"\r\n")
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert max(len(each) for each in lines) <= 75
    first, second = Calendar.from_ical(written).walk("VEVENT")
    assert first["UID"] == "Objective.y.due@t.example"
    assert second["UID"] == "Meeting.x.held@t.example"
    assert second.decoded("DTSTART").utcoffset() == timedelta(hours=1)
    assert second["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert (second["SEQUENCE"], first["STATUS"]) == (3, "CANCELLED")
    assert str(second["SUMMARY"]).endswith("with; commas\\ and\nlines")
    assert [str(each["TZID"]) for each in Calendar.from_ical(written).walk("VTIMEZONE")] == [
        "Europe/Berlin"
    ]
    assert b"DTSTAMP:20260701T120000Z" in written


def test_the_interface_tells_the_same_dates_and_makes_an_address(cast: Cast) -> None:
    an_engagement(name="Desk", ends_on=NEXT_YEAR)
    client = signed_in(cast.ben)

    told = client.get("/api/dates").json()["items"]
    made = client.post("/api/calendar-feed/make", content_type="application/json").json()

    assert [each["title"] for each in told][-1] == "Closing review due"
    assert Client().get(made["address"].replace("http://testserver", "")).status_code == 200
    assert client.post("/api/calendar-feed/revoke", content_type="application/json").json() == {
        "revoked": True
    }


def test_a_meeting_stands_at_the_hour_of_its_forum(cast: Cast) -> None:
    a_forum(
        cast.ada, cast.cleo, an_engagement(ends_on=NEXT_YEAR), at=time(9, 15), zone="Asia/Tokyo"
    )
    Meeting.objects.update(due_at=datetime(2099, 3, 2, 0, 15, tzinfo=UTC))

    shown = text_of(page(cast.ada, "my_calendar"))

    assert "2 Mar 2099, 09:15 JST" in shown
    assert "Closing review due" in shown
