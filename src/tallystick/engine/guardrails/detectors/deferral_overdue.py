"""LES002: a lesson was put off, and the day has come."""

from collections.abc import Iterator
from datetime import date

from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Answer, Snapshot
from tallystick.engine.guardrails.stages import Stage, stages_from


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report each deferred lesson whose day has passed, or that was deferred to no day."""
    for number, lesson in enumerate(snapshot.lessons):
        if lesson.disposition is not Answer.DEFERRED:
            continue
        until = lesson.deferred_until
        place = f"lessons[{number}].deferred_until"
        if until is None:
            yield Violation(
                place,
                f'The lesson "{lesson.title}" was deferred without a day.',
                "Set the day on which it will be answered.",
            )
        elif until < as_of:
            yield Violation(
                place, f'The lesson "{lesson.title}" was deferred until {until}, which has passed.'
            )


GUARDRAIL = Guardrail(
    code="LES002",
    title="deferral-overdue",
    stages=stages_from(Stage.DEFINE),
    severity=Severity.MAJOR,
    practice=3,
    fires_when="a deferred lesson has no day, or its day lies before the day of the check",
    rationale="Deferred without an end is declined without a reason.",
    source="PRINCE2 lessons log (actions are tracked to closure)",
    remedy="Answer the lesson now: adopt it, or say why it does not apply.",
    detect=detect,
)
