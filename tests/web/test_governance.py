"""Pages of governance: set up from nothing, holes in cells, a meeting from agenda to minutes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tallystick.actions.set_policy import set_policy
from tallystick.actions.state_activity import ActivityWording, state_activity
from tallystick.engine.governance.responsibilities import Letter
from tallystick.records.action_items import ActionItem
from tallystick.records.activities import Activity
from tallystick.records.channels import Channel
from tallystick.records.decisions import Decision
from tallystick.records.engagements import Engagement
from tallystick.records.forums import Forum
from tallystick.records.meetings import Meeting
from tallystick.records.posts import Post
from tallystick.records.roles import Side
from tallystick.records.viewer import Viewer
from tallystick.web.components.words import day
from tests.actions.governing import a_forum, a_post, the_next
from tests.actions.test_decisions_and_actions import a_question
from tests.cast import TODAY, Cast, an_engagement

pytestmark = pytest.mark.django_db


def signed_in(viewer: Viewer) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    client.force_login(viewer.person)
    return client


def page(client: Client, name: str, key: str) -> str:
    """Return the text of a page."""
    answer = client.get(reverse(name, args=[key]))
    assert answer.status_code == 200
    return answer.content.decode()


def as_offered(client: Client, engagement: Engagement, **changes: str) -> dict[str, str]:
    """Return what the starter form sends if one changes nothing but this."""
    answer = client.get(reverse("governance_start", args=[engagement.public_id]))
    form = answer.context["form"]
    return {name: str(form[name].value() or "") for name in form.fields} | changes


def test_governance_is_set_up_from_the_starter_set_with_what_was_changed(cast: Cast) -> None:
    client, engagement = signed_in(cast.ben), an_engagement()
    assert "Set up governance" in page(client, "governance", engagement.public_id)
    sent = as_offered(client, engagement, **{"post-team": "", "activity-0": "Sort incidents"})

    client.post(reverse("governance_start", args=[engagement.public_id]), sent)

    assert (Post.objects.count(), Activity.objects.count(), Channel.objects.count()) == (5, 8, 3)
    assert Activity.objects.filter(name="Sort incidents").exists()
    assert {each.level for each in Forum.objects.all()} == {
        "operational", "tactical", "strategic",
    }  # fmt: skip
    assert Meeting.objects.exists()


def test_a_starter_rule_that_is_none_keeps_nothing_and_what_was_typed(cast: Cast) -> None:
    client, engagement = signed_in(cast.ben), an_engagement()
    sent = as_offered(client, engagement, **{"rule-0": "FREQ=DAILY", "post-owner": "Chief"})

    answer = client.post(reverse("governance_start", args=[engagement.public_id]), sent)

    assert answer.status_code == 422
    assert "Chief" in answer.content.decode()
    assert not Post.objects.exists()


def test_a_hole_stands_in_its_cell_and_in_the_list(cast: Cast) -> None:
    engagement = an_engagement()
    vacant = a_post(engagement, cast.ada, "Desk", Side.PROVIDER)
    state_activity(
        engagement=engagement,
        wording=ActivityWording("Restore", [(vacant, Letter.RESPONSIBLE)]),
        by=cast.ada,
        as_of=TODAY,
    )

    shown = page(signed_in(cast.cleo), "matrix", engagement.public_id)

    assert "Nobody accountable" in shown
    assert "Desk, vacant" in shown
    assert "Desk has a part in “Restore” and is vacant." in shown


def test_a_row_of_the_matrix_is_written_with_a_letter_for_each_post(cast: Cast) -> None:
    client, engagement = signed_in(cast.ben), an_engagement()
    owner = a_post(engagement, cast.ada, "Owner", holder=cast.ada)

    client.post(
        reverse("activity_new", args=[engagement.public_id]),
        {"name": "Restore", f"post-{owner.public_id}": "AR"},
    )

    activity = Activity.objects.get()
    assert sorted(each.letter for each in activity.responsibilities.all()) == ["A", "R"]
    client.post(reverse("activity_remove", args=[activity.public_id]))
    assert not Activity.objects.exists()


def test_a_meeting_goes_from_agenda_to_minutes_and_both_read_the_same(cast: Cast) -> None:
    now = datetime.now(UTC)
    forum = a_forum(cast.ada, cast.cleo)
    meeting = forum.meetings.order_by("due_at")[0]
    a_question(cast, forum.engagement, question="Extend?")
    lead, key = signed_in(cast.ada), meeting.public_id
    assert "Extend?" in page(lead, "meeting", key)

    lead.post(reverse("meeting_prepare", args=[key]))
    held = {
        "held_on": now.date().isoformat(),
        "present": [cast.ada.person.public_id, cast.cleo.person.public_id],
        "minutes": "We spoke.",
    }
    lead.post(reverse("meeting_hold", args=[key]), held)
    lead.post(
        reverse("action_item_new", args=[forum.engagement.public_id]) + f"?meeting={key}",
        {
            "task": "Send it",
            "owner": cast.cleo.person.public_id,
            "due_on": (now + timedelta(days=3)).date().isoformat(),
        },
    )

    shown = page(signed_in(cast.cleo), "meeting", key)
    assert all(text in shown for text in ("We spoke.", "Both sides had theirs", "Send it"))
    assert ActionItem.objects.get().meeting == meeting


def test_a_meeting_is_called_outside_the_cadence_and_says_why(cast: Cast) -> None:
    client, forum = signed_in(cast.cleo), a_forum(cast.ada, cast.cleo)
    assert "Call a meeting" in page(client, "forum", forum.public_id)
    on = datetime.now(UTC).date() + timedelta(days=3)
    sent = {"on": on.isoformat(), "at": "14:00", "because": "An outage at the bank"}

    client.post(reverse("meeting_call", args=[forum.public_id]), sent)
    again = client.post(reverse("meeting_call", args=[forum.public_id]), sent)

    meeting = Meeting.objects.get(day=on)
    told = page(client, "meeting", meeting.public_id)
    assert "Called outside the cadence: An outage at the bank" in told
    assert again.status_code == 422
    assert f"has a meeting of {on} already." in again.content.decode()


def test_a_question_that_waits_is_decided_in_the_meeting_that_was_held(cast: Cast) -> None:
    now, question = datetime.now(UTC), a_question(cast, question="Extend?")
    meeting = the_next(a_forum(cast.ada, cast.cleo, question.engagement))
    board = a_forum(cast.ada, cast.cleo, question.engagement, name="Board")
    a_question(cast, question.engagement, question="Whose?", forum=board)
    lead, key = signed_in(cast.ada), meeting.public_id
    assert "Decide it here" not in page(lead, "meeting", key)
    held = {"held_on": now.date().isoformat(), "present": [cast.ada.person.public_id]}
    lead.post(reverse("meeting_hold", args=[key]), held)
    shown = page(lead, "meeting", key)
    assert shown.count("Decide it here") == 1
    assert f"Held on {day(now.date())}" in shown
    # The side that owns a question decides it; the other reads that it waits.
    theirs = page(signed_in(cast.cleo), "meeting", key)
    assert "Extend?" in theirs
    assert "Decide it here" not in theirs

    lead.post(
        reverse("decision_decide", args=[question.public_id]) + f"?meeting={key}",
        {"words": "By a year.", "on": now.date().isoformat()},
    )

    question.refresh_from_db()
    assert question.decided_in == meeting
    assert "By a year." in page(signed_in(cast.cleo), "meeting", key)
    assert "Decide it here" not in page(lead, "meeting", key)


def test_who_is_not_in_the_chair_is_told_who_is(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    meeting = forum.meetings.order_by("due_at")[0]

    answer = signed_in(cast.ben).post(
        reverse("meeting_prepare", args=[meeting.public_id]), follow=True
    )

    assert "is chaired by" in answer.content.decode()


def test_a_decision_drafts_a_lesson(cast: Cast) -> None:
    question = a_question(cast, question="Who pays for Sundays?")
    client = signed_in(cast.ada)
    assert f"?decision={question.public_id}" in page(client, "decision", question.public_id)

    draft = client.get(reverse("lesson_new") + f"?decision={question.public_id}")

    assert "Who pays for Sundays?" in draft.content.decode()


def test_a_question_is_decided_on_its_page(cast: Cast) -> None:
    question = a_question(cast)
    today = datetime.now(UTC).date().isoformat()
    assert "Late" in page(signed_in(cast.cleo), "decision", question.public_id)

    signed_in(cast.ada).post(
        reverse("decision_decide", args=[question.public_id]), {"words": "Yes.", "on": today}
    )

    assert Decision.objects.get().decision == "Yes."
    assert "Late" not in page(signed_in(cast.cleo), "decision", question.public_id)


def test_a_provider_learns_nothing_of_the_thresholds_that_its_client_set(cast: Cast) -> None:
    engagement = an_engagement()
    a_question(cast, engagement, question="Extend?")
    # Pages read the clock: it was asked a week ago.
    Decision.objects.update(asked_on=datetime.now(UTC).date() - timedelta(days=8))
    pages = {name: signed_in(each) for name, each in (("ada", cast.ada), ("cleo", cast.cleo))}

    def late(name: str) -> bool:
        return "Late" in page(pages[name], "decisions", engagement.public_id).split("<table")[-1]

    assert not late("ada")
    set_policy(
        thresholds={"decision_working_days": 1}, engagement=engagement, by=cast.ada, as_of=TODAY
    )

    assert late("ada")
    assert not late("cleo")
