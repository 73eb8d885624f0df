"""What a review's evidence tells of meetings, decisions and risks."""

from datetime import date

import pytest

from tallystick.actions.open_review import open_review
from tallystick.engine.reviews.parts import ReviewKind
from tallystick.records.risk_registers import PRIVATE
from tallystick.web.pack_governance import decision_lines, risk_lines
from tests.actions.governing import a_forum
from tests.actions.test_decisions_and_actions import a_question, a_task
from tests.cast import TODAY, Cast
from tests.risking import a_risk
from tests.web.pages import page, text_of

pytestmark = pytest.mark.django_db


def test_a_pack_tells_of_decisions_actions_and_shared_risks(cast: Cast) -> None:
    engagement = a_forum(cast.ada, cast.cleo).engagement
    a_question(cast, engagement, question="Extend?", asked_on=date(2026, 6, 22))
    a_task(cast, engagement, task="Send the plan")
    a_risk(engagement, cast.ada)
    a_risk(engagement, cast.ada, "They are bought", PRIVATE)

    pack = open_review(engagement=engagement, kind=ReviewKind.MID_TERM, by=cast.ada, as_of=TODAY)

    assert decision_lines(pack.document)[1:] == [
        ("Decisions", "0 of 1 decided; the longest waits for 10 working days"),
        ("Actions", "1 given, 0 done, 0 dropped, 1 open"),
    ]
    assert risk_lines(pack.document) == [
        ("Risks", "1 identified, 1 open (0 high), 0 occurred"),
        ("Contingency plans", "0 activated, 0 still running"),
        ("Key people leave", "Identified, not assessed"),
    ]
    shown = text_of(page(cast.cleo, "evidence_pack", pack.public_id))
    assert "Key people leave" in shown
    assert "They are bought" not in shown


def test_a_pack_that_is_older_than_the_registers_says_nothing_of_them() -> None:
    older = {"decisions": None, "risks": None}

    assert decision_lines(older) == risk_lines(older) == []
