"""LES001: a lesson that matches, and nobody answered it."""

from collections.abc import Iterator
from datetime import date

from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Answer, Snapshot
from tallystick.engine.guardrails.stages import Stage, stages_from


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report each lesson suggested up to this stage without an answer that stands."""
    for number, lesson in enumerate(snapshot.lessons):
        if not snapshot.stage.reached(lesson.stage) or lesson.match < policy.lesson_match:
            continue
        if lesson.disposition is None:
            reason = f" ({lesson.reason.rstrip('.')})" if lesson.reason else ""
            yield Violation(
                f"lessons[{number}].disposition",
                f'The lesson "{lesson.title}" matches this engagement and has no '
                f"disposition{reason}.",
            )
        elif lesson.disposition is Answer.NOT_APPLICABLE and not lesson.note:
            yield Violation(
                f"lessons[{number}].note",
                f'The lesson "{lesson.title}" was declined without a reason.',
                "Say in one sentence why it does not apply here.",
            )


GUARDRAIL = Guardrail(
    code="LES001",
    title="lesson-without-disposition",
    stages=stages_from(Stage.DEFINE, Stage.AGREE),
    severity=Severity.BLOCKER,
    practice=3,
    fires_when=(
        "a lesson suggested for this stage or an earlier one, with a match of at least the "
        "policy's lesson_match (default 0: all of them), has no disposition, or is marked not "
        "applicable without a reason; it blocks the define, select and agree gates"
    ),
    rationale=(
        "Lessons systems fail because nobody makes sure a lesson is applied: in one audit 57 % "
        "of project managers ever used theirs. A question at the gate is asked once, in time."
    ),
    source="NASA OIG IG-12-012; UK National Audit Office HC 575 (2021); PRINCE2 lessons log",
    remedy="Adopt the lesson, defer it to a day, or say why it does not apply.",
    detect=detect,
)
