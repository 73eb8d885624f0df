"""Guardrails that a lesson raised."""

import pytest

from tallystick.engine.guardrails import ConditionFaulty, check, guardrails_for
from tallystick.engine.guardrails.raised import GuardrailFaulty
from tests.engine.guardrails.builders import JUNE, a_document, a_raised_guardrail, a_snapshot


def without_source() -> list[dict[str, object]]:
    return [a_document()["objectives"][0] | {"source": None}]


def test_a_condition_that_does_not_hold_is_a_finding() -> None:
    raised = a_raised_guardrail(condition="objectives.all(o, o.source == 'ledger')")
    snapshot = a_snapshot(guardrails=[raised])

    (found,) = check(snapshot, guardrails_for(snapshot), JUNE)

    assert (found.code, found.place, found.remedy) == ("NOR001", "objectives", "Name the source.")
    assert found.sentence == "Every objective has a source: this does not hold."


def test_a_condition_that_holds_is_no_finding() -> None:
    snapshot = a_snapshot(guardrails=[a_raised_guardrail()])

    findings = check(snapshot, guardrails_for(snapshot), JUNE)

    assert findings == []


def test_a_condition_that_cannot_be_answered_is_a_finding_that_names_the_field() -> None:
    raised = a_raised_guardrail(condition="objectives.all(o, o.source.startsWith('t'))")
    snapshot = a_snapshot(guardrails=[raised], objectives=without_source(), stage="define")

    findings = check(snapshot, guardrails_for(snapshot), JUNE)

    (found,) = [found for found in findings if found.code == "NOR001"]
    assert found.place == "objectives[0].source"
    assert "could not be checked" in found.sentence


def test_a_raised_blocker_keeps_every_gate_from_its_stage_on_shut() -> None:
    raised = a_raised_guardrail(condition="objectives.size() > 5", severity="blocker")
    snapshot = a_snapshot(guardrails=[raised])

    (found,) = check(snapshot, guardrails_for(snapshot), JUNE)

    assert (found.stage, found.blocking) == ("define", True)


def test_a_raised_guardrail_waits_for_its_stage() -> None:
    raised = a_raised_guardrail(condition="objectives.size() > 5", stage="deliver")
    snapshot = a_snapshot(guardrails=[raised], stage="agree")

    findings = check(snapshot, guardrails_for(snapshot), JUNE)

    assert findings == []


def test_a_faulty_condition_is_refused_with_its_place_in_the_document() -> None:
    raised = a_raised_guardrail(condition="objectives.all(o, o.sorce != null)")
    snapshot = a_snapshot(guardrails=[raised])

    with pytest.raises(ConditionFaulty) as refusal:
        guardrails_for(snapshot)

    assert refusal.value.place == "guardrails[0].condition, line 1, column 21"


def test_a_built_in_code_cannot_be_taken() -> None:
    snapshot = a_snapshot(guardrails=[a_raised_guardrail(code="OBJ001")])

    with pytest.raises(GuardrailFaulty) as refusal:
        guardrails_for(snapshot)

    assert refusal.value.place == "guardrails[0].code"
