"""An engagement is closed in order: no loose end, a signed review, and then the last gate."""

from pathlib import Path

import pytest

from tallystick.actions.add_template_item import add_template_item
from tallystick.actions.confirm_line import ConfirmedBefore, NotOnTheList, confirm_line
from tallystick.actions.dispute_statement import DisputeWording, dispute_statement
from tallystick.actions.end_run import end_run
from tallystick.actions.open_review import open_review
from tallystick.actions.pass_gate import (
    ClosingReviewNeeded,
    NoFurtherStage,
    PlanGoesOn,
    pass_gate,
)
from tallystick.actions.publish_lesson import LessonWording, publish_lesson
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.run_plan import run_plan
from tallystick.actions.sign_review import LooseEndsLeft, ReviewIncomplete
from tallystick.actions.take_back_line import ClosingSigned, NotConfirmed, take_back_line
from tallystick.actions.texts import TextNeeded
from tallystick.actions.write_review import signable
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.lessons.checklists import BUILT_IN, Checklist
from tallystick.engine.reviews.parts import Outcome, ReviewKind
from tallystick.records.closing_checks import ClosingCheck, exit_lines
from tallystick.records.contingency import RunKind, RunResult
from tallystick.records.credit_entries import CreditEntry
from tallystick.records.engagements import GatePassage
from tallystick.records.evidence_packs import ReviewDraft
from tallystick.records.ledger import LedgerEntry
from tallystick.records.loose_ends import EndKind, LooseEnd, loose_ends
from tallystick.records.reviews import Review
from tallystick.records.risk_registers import REGISTERS, Register
from tallystick.records.viewer import Viewer
from tests.actions.reviewing import a_closing_pack, check_off, signed, written
from tests.actions.test_measure_and_state import a_statement
from tests.cast import TODAY, Cast, an_engagement
from tests.risking import a_plan

pytestmark = pytest.mark.django_db


def test_each_line_of_the_checklist_is_a_loose_end(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.CLOSE)

    ends = loose_ends(engagement, TODAY)

    assert [(each.kind, each.about) for each in ends] == [
        (EndKind.CHECK, line) for line in BUILT_IN[Checklist.EXIT]
    ]


def test_what_a_statement_leaves_open_is_listed_with_its_record(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    engagement = statement.engagement
    dispute_statement(
        statement=statement,
        wording=DisputeWording(statement.measurements.first(), "Wrong", "Right"),
        by=cast.cleo,
        as_of=TODAY,
    )
    CreditEntry.objects.create(
        engagement=engagement,
        kind="owed",
        currency="EUR",
        units=125000,
        decimals=2,
        statement=statement,
        window=statement.window,
        reason="Owed",
        entered_at=TODAY,
        entered_by=cast.ben.person,
    )

    ends = [each for each in loose_ends(engagement, TODAY) if each.kind is not EndKind.CHECK]

    assert [(each.kind, each.key, each.about) for each in ends] == [
        (EndKind.STATEMENT, statement.public_id, "2026-03"),
        (EndKind.CREDIT, "", "1250.00 EUR"),
    ]


def test_closing_is_refused_while_a_loose_end_is_left(cast: Cast) -> None:
    pack = a_closing_pack(cast)

    with pytest.raises(LooseEndsLeft, match="6 loose ends are left"):
        signed(pack, cast.ada)

    assert not Review.objects.exists()


def test_closing_needs_the_day_on_which_benefits_are_reviewed(cast: Cast) -> None:
    pack = a_closing_pack(cast)
    check_off(pack.engagement, cast.ben)
    written(pack, cast.ben, outcome=Outcome.CLOSED_EARLY)

    with pytest.raises(ReviewIncomplete) as refused:
        signed(pack, cast.ada)

    assert refused.value.place == "benefits_on"


def test_the_last_gate_opens_with_the_signed_closing_review(cast: Cast) -> None:
    pack = a_closing_pack(cast)
    engagement = pack.engagement
    with pytest.raises(ClosingReviewNeeded):
        pass_gate(engagement=engagement, by=cast.ada, as_of=TODAY)
    check_off(engagement, cast.ben)
    review = signed(pack, cast.ada)

    pass_gate(engagement=engagement, by=cast.ada, as_of=TODAY)

    engagement.refresh_from_db()
    assert review.outcome == "closed-as-planned"
    assert GatePassage.objects.get(engagement=engagement).stage == Stage.CLOSE
    assert engagement.stage == Stage.CLOSE
    with pytest.raises(NoFurtherStage):
        pass_gate(engagement=engagement, by=cast.ada, as_of=TODAY)


@pytest.mark.parametrize("register", REGISTERS.values())
def test_no_review_of_closing_is_signed_while_a_plan_is_carried_out(
    register: Register, cast: Cast
) -> None:
    pack = a_closing_pack(cast)
    check_off(pack.engagement, cast.ben)
    plan = a_plan(pack.engagement, cast.ada, register)
    run = run_plan(plan=plan, kind=RunKind.ACTIVATION, why="Gone.", by=cast.ada, as_of=TODAY)

    with pytest.raises(LooseEndsLeft, match=f"The first: run, {plan.title}"):
        signed(pack, cast.ada)
    assert loose_ends(pack.engagement, TODAY) == [LooseEnd(EndKind.RUN, run.public_id, plan.title)]

    end_run(run=run, result=RunResult.WORKED, words="Back.", by=cast.ada, as_of=TODAY)
    assert signed(pack, cast.ada).pk


def test_a_plan_that_began_after_the_review_keeps_the_last_gate_closed(cast: Cast) -> None:
    pack = a_closing_pack(cast)
    check_off(pack.engagement, cast.ben)
    signed(pack, cast.ada)
    plan = a_plan(pack.engagement, cast.ada)
    run_plan(plan=plan, kind=RunKind.ACTIVATION, why="Gone.", by=cast.ada, as_of=TODAY)

    with pytest.raises(PlanGoesOn, match=plan.title):
        pass_gate(engagement=pack.engagement, by=cast.ada, as_of=TODAY)

    assert not GatePassage.objects.filter(engagement=pack.engagement, stage=Stage.CLOSE).exists()


def test_a_mid_term_review_does_not_open_the_last_gate(cast: Cast) -> None:
    engagement = an_engagement()
    pack = open_review(engagement=engagement, kind=ReviewKind.MID_TERM, by=cast.ben, as_of=TODAY)
    written(pack, cast.ben)
    signed(pack, cast.ada)
    engagement.stage = Stage.CLOSE
    engagement.save()

    with pytest.raises(ClosingReviewNeeded):
        pass_gate(engagement=engagement, by=cast.ada, as_of=TODAY)


def test_a_line_is_confirmed_once_and_from_the_list(cast: Cast) -> None:
    engagement, line = an_engagement(), BUILT_IN[Checklist.EXIT][0]

    confirm_line(engagement=engagement, line=line, note="Seen.", by=cast.ben, as_of=TODAY)

    assert ClosingCheck.objects.get().confirmed_by == cast.ben.person
    with pytest.raises(ConfirmedBefore, match=cast.ben.person.name):
        confirm_line(engagement=engagement, line=line, note="Too.", by=cast.ada, as_of=TODAY)
    with pytest.raises(NotOnTheList):
        confirm_line(engagement=engagement, line="Tea", note="Made.", by=cast.ben, as_of=TODAY)


def test_a_lesson_adds_its_line_which_stays_with_the_client(cast: Cast) -> None:
    lesson = publish_lesson(
        wording=LessonWording("Keys", "c", "w", "r", "e", "p"),
        finding=None,
        by=cast.ada,
        as_of=TODAY,
    )
    add_template_item(
        lesson=lesson, checklist=Checklist.EXIT, text="Keys returned", by=cast.ada, as_of=TODAY
    )
    pack = a_closing_pack(cast)
    check_off(pack.engagement, cast.ben)

    assert [each.text for each in exit_lines(pack.engagement)][-1] == "Keys returned"
    document = str(signable(ReviewDraft.objects.get(pack=pack)))
    assert BUILT_IN[Checklist.EXIT][0] in document
    assert "Keys returned" not in document


def test_a_confirmed_line_is_taken_back_until_the_review_is_signed(cast: Cast) -> None:
    pack = a_closing_pack(cast)
    check_off(pack.engagement, cast.ben)
    line = BUILT_IN[Checklist.EXIT][0]

    def take_back(by: Viewer = cast.ada, reason: str = "Two badges are missing.") -> None:
        take_back_line(engagement=pack.engagement, line=line, reason=reason, by=by, as_of=TODAY)

    for by, reason, refusal in (
        (cast.ada, " ", TextNeeded),
        (cast.ann, "So.", NotPermitted),
        (cast.cleo, "So.", NotPermitted),
    ):  # fmt: skip
        with pytest.raises(refusal):
            take_back(by, reason)
    take_back()

    [entry] = LedgerEntry.objects.filter(action="take_back_line")
    assert entry.client == cast.ada.organisation
    assert [each.text for each in exit_lines(pack.engagement) if not each.check] == [line]
    with pytest.raises(NotConfirmed):
        take_back()
    confirm_line(engagement=pack.engagement, line=line, note="Found.", by=cast.ben, as_of=TODAY)
    signed(pack, cast.ada)
    with pytest.raises(ClosingSigned):
        take_back()
