"""Issues and risks on an agenda: what stands there, and what never does."""

from datetime import timedelta
from typing import Any

import pytest

from tallystick.engine.risk import TriageLevel
from tallystick.records.agendas import agenda_of
from tallystick.records.forums import Forum
from tallystick.records.risk_registers import PRIVATE
from tallystick.records.risks import PrivateRisk, Risk
from tallystick.web.governance.meeting_words import agenda_words
from tests.actions.escalating import Table
from tests.actions.governing import a_forum
from tests.cast import TODAY, Cast
from tests.risking import a_plan, a_risk

pytestmark = pytest.mark.django_db


def lines(forum: Forum, title: str, days: int = 0) -> list[Any]:
    """Return what an agenda says under one title, so many days from now."""
    now = TODAY + timedelta(days=days)
    words = agenda_words(agenda_of(forum, now.date(), now))
    return [
        (line.about, line.told, line.late) for name, found, _ in words if name == title
        for line in found
    ]  # fmt: skip


def test_an_open_issue_stands_with_whose_turn_it_is() -> None:
    table = Table()
    table.ladder()
    forum = a_forum(table.ada, table.cleo, table.engagement)
    table.issue()

    soon, later = (lines(forum, "Issues that are open", days) for days in (0, 1))

    told = "the provider's turn since 6 Jul 2026, level 1"
    assert (soon, later) == ([("Mail is slow", told, False)], [("Mail is slow", told, True)])


def test_a_risk_stands_when_its_review_is_overdue(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    risk = a_risk(forum.engagement, cast.ada)
    due = "4 Oct 2026"

    before, after = (lines(forum, "Risks that need a word", days) for days in (90, 91))

    assert before == []
    assert after == [(risk.title, f"{risk.owner.name}, review was due {due}", True)]


def test_a_high_risk_without_a_plan_stands_at_once(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    bare = a_risk(forum.engagement, cast.ada)
    a_risk(forum.engagement, cast.ada, "Planned")
    Risk.objects.update(level=TriageLevel.HIGH)
    Risk.objects.filter(title="Planned").update(plan=a_plan(forum.engagement, cast.ada).pk)

    told = f"{bare.owner.name}, high, and without a contingency plan"
    assert lines(forum, "Risks that need a word") == [(bare.title, told, False)]


def test_the_clients_own_risks_are_on_no_agenda(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    a_risk(forum.engagement, cast.ada, "They are bought", PRIVATE)
    PrivateRisk.objects.update(level=TriageLevel.HIGH)

    assert lines(forum, "Risks that need a word", 400) == []
