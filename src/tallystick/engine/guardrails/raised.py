"""Guardrails that a lesson raised: a condition becomes a check like the built-in ones."""

from collections.abc import Iterable, Iterator
from datetime import date

from tallystick.engine.guardrails.built_in import BUILT_IN
from tallystick.engine.guardrails.conditions.condition import Condition, compile_condition
from tallystick.engine.guardrails.conditions.faults import ConditionFaulty, ConditionUnanswered
from tallystick.engine.guardrails.documents import DocumentFaulty
from tallystick.engine.guardrails.guardrail import Detect, Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import RaisedGuardrail, Snapshot
from tallystick.engine.guardrails.stages import stages_from

LESSONS_PRACTICE = 3


class GuardrailFaulty(DocumentFaulty):
    """A raised guardrail of the snapshot cannot be used."""

    code = "guardrail.faulty"


def raise_condition(raised: RaisedGuardrail, condition: Condition | None = None) -> Guardrail:
    """
    Return the guardrail of a raised one; it applies from its stage to the close.

    Raises:
        ConditionFaulty: if its condition cannot be compiled.
    """
    ready = condition or compile_condition(raised.condition)
    return Guardrail(
        code=raised.code,
        title=raised.title,
        stages=stages_from(raised.stage),
        severity=raised.severity,
        practice=LESSONS_PRACTICE,
        fires_when=f"this does not hold: {raised.condition}",
        rationale=raised.rationale or "A lesson of an earlier engagement asks for it.",
        source=f"Lesson {raised.lesson}" if raised.lesson else "A lesson of this organisation",
        remedy=raised.remedy,
        detect=_detect(raised, ready),
        lesson=raised.lesson,
    )


def _detect(raised: RaisedGuardrail, condition: Condition) -> Detect:
    def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
        try:
            if condition.holds(snapshot):
                return
        except ConditionUnanswered as refusal:
            # What cannot be answered is never taken for a yes.
            sentence = f"{_title(raised)}: could not be checked, {refusal.message}."
            yield Violation(refusal.place or _subject(condition), sentence, refusal.remedy)
            return
        yield Violation(_subject(condition), f"{_title(raised)}: this does not hold.")

    return detect


def _title(raised: RaisedGuardrail) -> str:
    # Titles are often whole sentences; here another one follows.
    return raised.title.rstrip(".")


def _subject(condition: Condition) -> str:
    """Return the part of the snapshot that a condition speaks of."""
    return condition.found.paths[0][0] if condition.found.paths else ""


def guardrails_for(snapshot: Snapshot) -> tuple[Guardrail, ...]:
    """
    Return the built-in guardrails and those that the snapshot carries.

    Raises:
        GuardrailFaulty: if a raised one bears a built-in code, or its condition is faulty;
            `place` is its path in the snapshot, with the position inside the condition.
    """
    taken = {guardrail.code for guardrail in BUILT_IN}
    return (*BUILT_IN, *_raised(snapshot.guardrails, taken))


def _raised(listed: Iterable[RaisedGuardrail], taken: set[str]) -> Iterator[Guardrail]:
    for number, raised in enumerate(listed):
        if raised.code in taken:
            raise GuardrailFaulty(
                f"the code {raised.code} belongs to a built-in guardrail",
                place=f"guardrails[{number}].code",
                remedy="Choose another code.",
            )
        try:
            yield raise_condition(raised)
        except ConditionFaulty as refusal:
            refusal.place = f"guardrails[{number}].condition, {refusal.place}"
            raise
