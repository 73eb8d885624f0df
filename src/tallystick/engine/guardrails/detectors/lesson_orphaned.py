"""LES004: a lesson that belongs to nobody, or leads to nothing."""

from collections.abc import Iterator
from datetime import date

from tallystick.engine.guardrails.days import past, waited
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import called
from tallystick.engine.guardrails.stages import Stage, stages_from


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report lessons that were logged long ago and have no owner or no action."""
    for number, lesson in enumerate(snapshot.lesson_log):
        days = waited(lesson.logged_on, as_of)
        if days <= policy.orphan_days or past(lesson.verified_on, as_of):
            continue
        for part, remedy in (
            ("owner", "Name one person who sees to it that the practice changes."),
            ("action", "Say what is done differently from now on."),
        ):
            if not getattr(lesson, part):
                yield Violation(
                    f"lesson_log[{number}].{part}",
                    f"The lesson {called(lesson.title, lesson.id)} was logged {days} days ago and "
                    f"has no {part}; {policy.orphan_days} days are the most.",
                    remedy,
                )


GUARDRAIL = Guardrail(
    code="LES004",
    title="lesson-orphaned",
    stages=stages_from(Stage.DEFINE),
    severity=Severity.MINOR,
    practice=2,
    fires_when=(
        "a logged lesson that is not verified has no owner or no action more than 60 days after it "
        "was logged (policy: orphan_days); suggested lessons without an answer are LES001"
    ),
    rationale="A lesson without an owner is a note; only a changed practice is a lesson learned.",
    source="PRINCE2 lessons log; ISO 9001:2015 10.2",
    remedy="Give the lesson an owner and an action, or retire it.",
    detect=detect,
)
