"""Who is invited to a forum's meetings, when, and what they hear when one changes."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from tallystick.actions.call_meeting import call_meeting
from tallystick.actions.move_meeting import move_meeting
from tallystick.actions.plan_meetings import plan_meetings
from tallystick.actions.skip_meeting import skip_meeting
from tallystick.actions.state_forum import ForumWording, state_forum
from tallystick.records.calendar_dates import dated_by, dates_of
from tallystick.records.forums import Forum
from tallystick.records.governance_figures import governance_figures
from tallystick.records.mail import Mail
from tests.actions.governing import a_forum, the_next
from tests.actions.test_decisions_and_actions import a_question, a_task
from tests.cast import TODAY, Cast, an_engagement
from tests.posting import use

pytestmark = pytest.mark.django_db


@pytest.fixture
def _server(settings: Any) -> None:
    """Set a mail server, which is not spoken to."""
    use(settings, 1)


def invited(forum: Forum) -> list[tuple[int, str, int]]:
    """Return who has mail of the next meeting: a request or its end, and at which change."""
    event = f"Meeting:{the_next(forum).public_id}:held"
    rows = Mail.objects.filter(event=event).order_by("sequence", "person")
    return list(rows.values_list("person", "invites", "sequence"))


def shortly_before(forum: Forum) -> datetime:
    """Return a moment a week before the next meeting."""
    return the_next(forum).due_at - timedelta(days=7)


def on_a_thursday(cast: Cast, forum: Forum, now: datetime, **changes: Any) -> None:
    """Let the forum meet on other days, or otherwise change it."""
    posts = [each.post for each in forum.seats.select_related("post").order_by("id")]
    usual = {
        "name": forum.name, "level": forum.level, "rule": "FREQ=MONTHLY;BYDAY=1TH",
        "first_on": forum.first_on, "at": forum.at, "zone": forum.zone, "chairs": posts,
    }  # fmt: skip
    state_forum(
        engagement=forum.engagement, wording=ForumWording(**usual | changes), amends=forum,
        by=cast.ada, as_of=now,
    )  # fmt: skip


@pytest.mark.usefixtures("_server")
def test_whoever_has_a_seat_is_invited_once_a_fortnight_ahead(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    Mail.objects.all().delete()

    plan_meetings(as_of=the_next(forum).due_at - timedelta(days=15))
    before = invited(forum)
    for _ in range(2):
        plan_meetings(as_of=shortly_before(forum))

    assert before == []
    assert invited(forum) == [
        (cast.ada.person.pk, "request", 0),
        (cast.cleo.person.pk, "request", 0),
    ]


@pytest.mark.usefixtures("_server")
def test_whoever_has_a_seat_is_invited_to_a_meeting_that_is_called(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)

    meeting = call_meeting(
        forum=forum, on=date(2026, 7, 8), at=time(14), because="Outage", by=cast.ada, as_of=TODAY
    )

    mails = Mail.objects.filter(event=f"Meeting:{meeting.public_id}:held").order_by("person")
    assert [each.person for each in mails] == [cast.ada.person, cast.cleo.person]


@pytest.mark.usefixtures("_server")
def test_a_meeting_that_is_moved_is_told_with_its_change(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    now = shortly_before(forum)
    plan_meetings(as_of=now)
    on = now.date() + timedelta(days=40)
    while on.weekday() > 4:
        on += timedelta(days=1)

    meeting = move_meeting(
        meeting=the_next(forum), on=on, at=time(14), because="Fair.", by=cast.ada, as_of=now
    )

    event = f"Meeting:{meeting.public_id}:held"
    changed = Mail.objects.filter(event=event, sequence=1, invites="request")
    assert changed.count() == 2
    assert dated_by([event], cast.cleo)[event].starts == meeting.due_at


@pytest.mark.usefixtures("_server")
def test_a_meeting_that_is_skipped_is_cancelled_for_those_invited(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    plan_meetings(as_of=shortly_before(forum))

    skip_meeting(meeting=the_next(forum), because="Fair.", by=cast.ada, as_of=shortly_before(forum))

    assert invited(forum)[2:] == [
        (cast.ada.person.pk, "cancel", 1),
        (cast.cleo.person.pk, "cancel", 1),
    ]


@pytest.mark.usefixtures("_server")
def test_a_meeting_that_a_new_cadence_drops_is_cancelled_for_those_invited(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    now = shortly_before(forum)
    plan_meetings(as_of=now)
    dropped = the_next(forum)

    on_a_thursday(cast, forum, now)

    dropped.refresh_from_db()
    told = Mail.objects.filter(event=f"Meeting:{dropped.public_id}:held", invites="cancel")
    assert (dropped.state, dropped.change) == ("dropped", 1)
    assert told.count() == 2
    assert dated_by([told[0].event], cast.cleo)[told[0].event].cancelled
    assert dropped.due_at not in {each.starts for each in dates_of(cast.cleo, now)}


@pytest.mark.usefixtures("_server")
def test_a_meeting_that_its_cadence_takes_up_again_is_told_anew(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    now = shortly_before(forum)
    plan_meetings(as_of=now)
    dropped = the_next(forum)
    on_a_thursday(cast, forum, now)

    on_a_thursday(cast, forum, now, rule="FREQ=MONTHLY;BYDAY=1TU")

    dropped.refresh_from_db()
    told = Mail.objects.filter(event=f"Meeting:{dropped.public_id}:held", sequence=2)
    assert (dropped.state, dropped.change) == ("planned", 2)
    assert {each.invites for each in told} == {"request"}


@pytest.mark.usefixtures("_server")
def test_a_dropped_meeting_counts_as_none(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    now = shortly_before(forum)
    plan_meetings(as_of=now)
    over = the_next(forum).due_at.date() + timedelta(days=1)
    on_a_thursday(cast, forum, now, rule="FREQ=MONTHLY;BYDAY=4TH")

    figures = governance_figures(forum.engagement, over)

    assert figures.held.of == 0


@pytest.mark.usefixtures("_server")
def test_a_longer_meeting_is_told_to_those_invited(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    now = shortly_before(forum)
    plan_meetings(as_of=now)

    on_a_thursday(cast, forum, now, rule=forum.rule, minutes=90)

    assert invited(forum)[2:] == [
        (cast.ada.person.pk, "request", 1),
        (cast.cleo.person.pk, "request", 1),
    ]


def test_a_cadence_changes_though_something_names_a_meeting_ahead(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    named = the_next(forum)
    question = a_question(cast, forum.engagement, meeting=named)

    on_a_thursday(cast, forum, TODAY)

    question.refresh_from_db()
    named.refresh_from_db()
    assert question.asked_in == named
    assert named.state == "dropped"


@pytest.mark.usefixtures("_server")
def test_what_nobody_was_invited_to_is_not_cancelled(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    Mail.objects.all().delete()

    skip_meeting(meeting=the_next(forum), because="Fair.", by=cast.ada, as_of=TODAY)

    assert Mail.objects.count() == 0


def test_without_a_mail_server_nobody_is_invited(cast: Cast, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    forum = a_forum(cast.ada, cast.cleo)

    plan_meetings(as_of=shortly_before(forum))

    assert Mail.objects.count() == 0


def test_planned_meetings_and_open_actions_have_dates(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo, an_engagement(ends_on=date(2030, 1, 1)))
    a_task(cast, forum.engagement, task="Send the plan", due_on=date(2026, 7, 20))
    meeting = the_next(forum)

    dates = {each.title: each for each in reversed(dates_of(cast.cleo, TODAY))}

    held = dates["Service review"]
    assert (held.starts, held.zone, held.sequence) == (meeting.due_at, forum.zone, 0)
    assert held.ends == meeting.due_at + timedelta(minutes=forum.minutes)
    assert dates["Due: Send the plan"].starts == date(2026, 7, 20)
    assert "Service review" not in {each.title for each in dates_of(cast.dan, TODAY)}


def test_an_action_that_changed_is_another_entry_of_calendars(cast: Cast) -> None:
    engagement = an_engagement(ends_on=date(2030, 1, 1))
    item = a_task(cast, engagement)

    a_task(cast, engagement, amends=item, due_on=date(2026, 7, 30))

    key = f"ActionItem:{item.public_id}:due"
    assert dated_by([key], cast.cleo)[key].sequence == 1
