"""Checking an engagement: what is found, in which order, and which gate stays shut."""

from datetime import UTC, date, datetime

import pytest

from tallystick.engine.guardrails import BUILT_IN, Stage, blocking, check, guardrails_for
from tallystick.engine.guardrails.mistakes import MISTAKES
from tests.engine.guardrails.builders import CASES, JUNE, a_snapshot, an_example

GONE_WRONG = CASES / "gone-wrong.txt"


def test_the_clean_example_has_no_finding() -> None:
    snapshot = an_example("clean.yaml")

    findings = check(snapshot, guardrails_for(snapshot), date(2027, 4, 15))

    assert findings == []


def test_the_example_with_seeded_mistakes_has_exactly_these_findings() -> None:
    snapshot = an_example("seeded-mistakes.yaml")

    findings = check(snapshot, guardrails_for(snapshot), date(2027, 7, 15))

    assert [(found.code, found.place, found.blocking) for found in findings] == [
        ("AGR001", "agreement.service_levels[1].data_source", True),
        ("AGR003", "agreement.in_force", True),
        ("AGR004", "agreement.service_levels[0].targets[1]", True),
        ("LES001", "lessons[1].note", False),
        ("OBJ001", "objectives[0].baseline", False),
        ("OBJ001", "objectives[0].provider_owner", False),
        ("AGR002", "measurements[5].target", False),
        ("DEL001", "measurements[5]", False),
        ("LES002", "lessons[0].deferred_until", False),
        ("NOR012", "agreement", False),
        ("OBJ002", "objectives[0].acknowledged_on", False),
        ("DEL002", "measurements[3].attainment", False),
        ("NOR013", "objectives[0].baseline", False),
    ]


def test_an_engagement_that_is_well_kept_has_no_finding() -> None:
    snapshot = an_example("well-kept.yaml")

    findings = check(snapshot, guardrails_for(snapshot), date(2028, 6, 15))

    assert findings == []


def test_an_engagement_that_went_wrong_has_exactly_the_findings_of_its_list() -> None:
    snapshot = an_example("gone-wrong.yaml")

    findings = check(snapshot, guardrails_for(snapshot), date(2029, 3, 15))

    assert [found.key for found in findings] == GONE_WRONG.read_text("utf-8").splitlines()


def test_an_engagement_that_went_wrong_shows_all_forty_mistakes() -> None:
    snapshot = an_example("gone-wrong.yaml")

    codes = {found.code for found in check(snapshot, BUILT_IN, date(2029, 3, 15))}

    assert [each.number for each in MISTAKES if codes.isdisjoint(each.codes)] == []


def test_one_lesson_without_disposition_keeps_the_define_gate_shut() -> None:
    snapshot = an_example("define-gate.yaml")

    shut = blocking(check(snapshot, guardrails_for(snapshot), date(2027, 12, 1)), "define")

    assert [(found.code, found.place) for found in shut] == [("LES001", "lessons[0].disposition")]


def test_the_define_gate_opens_once_the_lesson_has_its_disposition() -> None:
    snapshot = an_example("define-gate.yaml")
    answered = snapshot.lessons[0].model_copy(update={"disposition": "adopted"})
    mended = snapshot.model_copy(update={"lessons": [answered, *snapshot.lessons[1:]]})

    shut = blocking(check(mended, BUILT_IN, date(2027, 12, 1)), Stage.DEFINE)

    assert shut == []


def test_the_order_of_findings_does_not_depend_on_the_order_of_guardrails() -> None:
    snapshot = an_example("seeded-mistakes.yaml")
    guardrails = guardrails_for(snapshot)

    one_way = check(snapshot, guardrails, date(2027, 7, 15))
    other_way = check(snapshot, guardrails[::-1], date(2027, 7, 15))

    assert one_way == other_way


def test_a_guardrail_of_a_later_stage_is_not_asked_yet() -> None:
    findings = check(a_snapshot(stage="agree", agreement=None), BUILT_IN, JUNE)

    assert findings == []


def test_a_blocker_of_another_stage_blocks_no_gate() -> None:
    lesson = {"id": "a", "title": "First", "stage": "define", "match": 1}

    findings = check(a_snapshot(lessons=[lesson]), BUILT_IN, JUNE)

    assert [(found.code, found.blocking) for found in findings] == [("LES001", False)]


def test_a_finding_of_a_later_stage_blocks_no_earlier_gate() -> None:
    findings = check(a_snapshot(agreement=None), BUILT_IN, JUNE)

    assert (len(blocking(findings, "deliver")), blocking(findings, "define")) == (1, [])


def test_a_check_as_of_a_moment_is_a_fault() -> None:
    with pytest.raises(TypeError, match="a day, not a moment"):
        check(a_snapshot(), BUILT_IN, datetime(2027, 6, 15, tzinfo=UTC))
