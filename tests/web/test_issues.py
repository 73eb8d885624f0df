"""Pages of issues, of the ladder that they climb, and of the delivery lead's echo."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tallystick.actions.acknowledge_objective import acknowledge_objective
from tallystick.actions.climb_escalations import climb_escalations
from tallystick.actions.publish_lesson import Evidence, publish_lesson
from tallystick.actions.resolve_issue import resolve_issue
from tallystick.records.echoes import Echo
from tallystick.records.issues import Issue, IssueState
from tallystick.records.ladders import LadderLevel, LadderTest
from tallystick.records.lesson_evidence import LessonEvidence, Source
from tallystick.records.loose_ends import EndKind, loose_ends
from tallystick.records.roles import Role, Side
from tests.actions.escalating import Table, last, turns
from tests.actions.test_learning import WORDING
from tests.cast import TODAY, Cast, a_viewer, an_organisation
from tests.web.pages import a_lesson, an_objective, page, post, text_of

pytestmark = pytest.mark.django_db


def test_an_issue_is_raised_from_the_form_and_shows_whose_turn_it_is() -> None:
    table = Table()
    table.ladder()
    fields = {"title": "Mail is slow", "what_happened": "All week.", "severity": "high", "level": 1}
    answer = post(table.ada, "issue_new", table.engagement.public_id, **fields)
    issue = Issue.objects.get()
    assert answer.url == reverse("issue", args=[issue.public_id])
    for who in (table.ada, table.mia):
        text = text_of(page(who, "issue", issue.public_id))
        assert "Baltic Desk is asked on level 1" in text
        assert "left" in text
    assert "Send the answer" not in text_of(page(table.ada, "issue", issue.public_id))
    assert "Send the answer" in text_of(page(table.mia, "issue", issue.public_id))


def test_a_form_that_says_nothing_keeps_what_was_written_and_says_what_is_missing() -> None:
    table = Table()
    answer = post(table.ada, "issue_new", table.engagement.public_id, what_happened="All week.")
    assert answer.status_code == 422
    assert "Say in one line what is wrong." in text_of(answer)
    assert "All week." in text_of(answer)
    assert not Issue.objects.exists()


def test_who_answers_out_of_turn_is_told_whose_turn_it_is() -> None:
    table = Table()
    table.ladder()
    issue = table.issue()
    answer = post(table.ada, "issue_answer", issue.public_id, words="Hello?")
    assert answer.status_code == 422
    assert "The provider is waited for since" in text_of(answer)
    assert "Hello?" not in [each.words for each in turns(issue)]


def test_the_steps_of_an_issue_from_its_page() -> None:
    table = Table()
    table.ladder()
    issue = table.issue()
    key = issue.public_id
    assert post(table.mia, "issue_answer", key, words="We look.").status_code == 302
    assert post(table.mia, "issue_escalate", key, words="Now.").status_code == 302
    assert post(table.ada, "issue_resolve", key, resolution="Mended.").status_code == 302
    assert "has the last word" in text_of(page(table.mia, "issue", key))
    post(table.mia, "issue_close", key)
    assert Issue.objects.get().state == IssueState.RESOLVED
    post(table.ada, "issue_close", key)
    assert Issue.objects.get().state == IssueState.CLOSED
    assert post(table.mia, "issue_reopen", key, words="It is back.").status_code == 302
    text = text_of(page(table.ada, "issue", key))
    assert last(issue).side == Side.CLIENT
    for said in ("We look.", "Now.", "Mended.", "It is back."):
        assert said in text


def test_what_the_clock_did_and_that_nobody_is_left_stands_on_the_page() -> None:
    table = Table()
    table.ladder([1, 2])
    issue = table.issue()
    for hours in (4, 8):
        climb_escalations(as_of=TODAY + timedelta(hours=hours))
    text = text_of(page(table.mia, "issue", issue.public_id))
    assert "the clock took it to level 2" in text
    assert "Nobody left to climb to" in text
    index = text_of(page(table.ada, "issues", table.engagement.public_id))
    assert "Nobody left to climb to" in index


def test_an_issue_waits_on_the_front_page_for_who_has_to_act() -> None:
    table = Table()
    table.ladder()
    issue = table.issue()
    assert "Answer the issue" in text_of(page(table.mia, "home"))
    assert "Answer the issue" not in text_of(page(table.ada, "home"))
    resolve_issue(issue=issue, resolution="Done.", by=table.mia, as_of=TODAY)
    assert "Close the issue" in text_of(page(table.ada, "home"))


def test_a_stranger_finds_no_issue() -> None:
    table = Table()
    issue = table.issue()
    an_organisation("Kestrel Systems", Side.PROVIDER)
    dan = a_viewer(Role.DELIVERY_LEAD, "Kestrel Systems")
    assert page(dan, "issue", issue.public_id).status_code == 404
    assert post(dan, "issue_answer", issue.public_id, words="Hi").status_code == 404


def test_lessons_of_the_like_stand_beside_it_for_who_reads_them() -> None:
    table = Table()
    told = "Password resets of the night shift wait until morning"
    a_lesson(table.ada, title=told, what_happened="Night shift password resets waited.")
    fields = {"title": told, "what_happened": "Night shift resets wait."}
    assert told in text_of(post(table.ada, "issue_like", **fields))
    assert told not in text_of(post(table.mia, "issue_like", **fields))
    issue = table.issue(**fields)
    text = text_of(page(table.ada, "issue", issue.public_id))
    assert "Lessons that tell of the like" in text


def test_a_lesson_is_drafted_from_an_issue_with_one_click(cast: Cast) -> None:
    table = Table()
    issue = table.issue()
    link = f"{reverse('lesson_new')}?issue={issue.public_id}"
    assert link in text_of(page(table.ada, "issue", issue.public_id))
    text = text_of(page(table.ada, "lesson_new", issue=issue.public_id))
    assert issue.what_happened in text
    assert page(table.ada, "lesson_new", issue="nothing").status_code == 404


def test_the_lesson_points_back_at_its_issue(cast: Cast) -> None:
    table = Table()
    issue = table.issue()
    lesson = publish_lesson(
        wording=WORDING,
        finding=None,
        evidence=[Evidence(Source.ISSUE, issue.public_id, "It was slow.")],
        by=table.ada,
        as_of=TODAY,
    )
    assert LessonEvidence.objects.get().source == Source.ISSUE
    text = text_of(page(table.ada, "lesson", lesson.public_id))
    assert reverse("issue", args=[issue.public_id]) in text


def test_an_open_issue_is_a_loose_end() -> None:
    table = Table()
    issue = table.issue()
    kinds = [each.kind for each in loose_ends(table.engagement, TODAY)]
    assert EndKind.ISSUE in kinds
    resolve_issue(issue=issue, resolution="Done.", by=table.ada, as_of=TODAY)
    assert EndKind.ISSUE not in [each.kind for each in loose_ends(table.engagement, TODAY)]


def test_gaps_of_the_ladder_stand_in_their_cells() -> None:
    table = Table()
    table.ladder([1])
    table.level(3, client_post=table.post("Alone", Side.CLIENT, table.ada))
    text = text_of(page(table.mia, "ladder", table.engagement.public_id))
    for gap in ("No deputy", "No post named", "Level not stated"):
        assert gap in text
    assert "Level 4, client" not in text


def test_a_level_is_stated_from_the_form_in_hours() -> None:
    table = Table()
    ours = table.post("Ours", Side.CLIENT, table.ola)
    fields = {
        "level": 2, "client_post": ours.public_id, "respond_within": 3, "unit": "hours",
        "channel": "Telephone",
    }  # fmt: skip
    answer = post(table.ada, "ladder_level", table.engagement.public_id, **fields)
    assert answer.status_code == 302
    level = LadderLevel.objects.get()
    assert (level.level, level.respond_minutes, level.client_post) == (2, 180, ours)


def test_a_provider_is_asked_for_its_own_post_alone() -> None:
    table = Table()
    table.level(1)
    theirs = table.post("Theirs", Side.PROVIDER, table.cleo)
    text = text_of(page(table.mia, "ladder_level", table.engagement.public_id, level="1"))
    assert 'name="provider_post"' in text
    assert 'name="client_post"' not in text
    fields = {"level": 1, "provider_post": theirs.public_id}
    post(table.mia, "ladder_level", table.engagement.public_id, **fields)
    level = LadderLevel.objects.get()
    assert (level.provider_post, level.channel) == (theirs, "Telephone")


def test_a_test_is_recorded_from_the_form() -> None:
    table = Table()
    table.ladder([1])
    fields = {"tested_on": "2026-07-01", "result": "all-answered"}
    answer = post(table.ada, "ladder_test", table.engagement.public_id, **fields)
    assert answer.status_code == 302
    assert "Everybody answered" in text_of(page(table.mia, "ladder", table.engagement.public_id))
    assert LadderTest.objects.count() == 1


def test_the_delivery_lead_is_asked_on_the_page_and_nobody_else() -> None:
    objective = an_objective()
    key = objective.engagement.public_id
    acknowledge_objective(objective=objective, by=a_viewer(Role.ACCOUNT_MANAGER), as_of=TODAY)
    cleo = a_viewer(Role.DELIVERY_LEAD)
    assert "The team knows" in text_of(page(cleo, "echo", key))
    for role in (Role.ACCOUNT_MANAGER, Role.SOURCING_LEAD):
        assert "The team knows" not in text_of(page(a_viewer(role), "echo", key))
    post(cleo, "objective_echo", objective.public_id, words="Two more reports.")
    assert Echo.objects.get().words == "Two more reports."
    assert "Two more reports." in text_of(page(a_viewer(), "echo", key))
    assert "The team knows" not in text_of(page(cleo, "echo", key))
