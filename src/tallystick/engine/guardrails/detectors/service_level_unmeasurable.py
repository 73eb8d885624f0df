"""AGR001: a service level that nobody can measure."""

from collections.abc import Iterator
from datetime import date

from tallystick.engine.guardrails.agreement_sketch import AgreementSketch, LevelSketch
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.stages import Stage, stages_from
from tallystick.engine.service_levels.lint.measuring import REMEDIES, WORDS


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report each part without which a service level cannot be computed."""
    if snapshot.agreement is None:
        return
    for number, level in enumerate(snapshot.agreement.service_levels):
        place = f"agreement.service_levels[{number}]"
        for part, remedy in REMEDIES.items():
            if not getattr(level, part):
                sentence = f"Service level {level.id} has no {WORDS[part]}."
                yield Violation(f"{place}.{part}", sentence, remedy)
        yield from _unknown_calendar(place, level, snapshot.agreement)


def _unknown_calendar(
    place: str, level: LevelSketch, agreement: AgreementSketch
) -> Iterator[Violation]:
    if level.calendar and level.calendar not in agreement.calendars:
        yield Violation(
            f"{place}.calendar",
            f"Service level {level.id} runs on the calendar {level.calendar}, "
            "which the agreement does not define.",
            f"Define {level.calendar} under agreement.calendars, or name one that is there.",
        )


GUARDRAIL = Guardrail(
    code="AGR001",
    title="service-level-unmeasurable",
    stages=stages_from(Stage.AGREE, Stage.DELIVER),
    severity=Severity.BLOCKER,
    practice=7,
    fires_when=(
        "a service level names no measure, data source, measuring party, window or calendar, "
        "or a calendar that the agreement does not define; one finding per missing part"
    ),
    rationale=(
        "Two parties who compute a figure from different data, on different hours or over "
        "different windows both compute honestly and never agree."
    ),
    source="ISO/IEC 20000-1:2018 8.3.3; COBIT 2019 APO09.04",
    remedy="Complete the service level before the agreement is signed.",
    detect=detect,
)
