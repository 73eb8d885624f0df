"""DEL001: a service level was missed in the newest window."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Measured, Snapshot
from tallystick.engine.guardrails.stages import Stage, stages_from
from tallystick.engine.guardrails.windows import attained, by_level, percent

SHORT = {"missed": "missed", "below-expected": "below expected"}


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report each level whose newest measurement is missed, or below what is expected."""
    for level, series in by_level(snapshot, as_of).items():
        position, newest = series[-1]
        if newest.verdict in SHORT:
            yield Violation(
                f"measurements[{position}]",
                f"Service level {level} was {SHORT[newest.verdict]} in {newest.window}"
                f"{_figures(newest)}.",
            )


def _figures(measured: Measured) -> str:
    if measured.denominator == 0 or measured.unit != "share":
        return ""
    counts = f"{measured.numerator} of {measured.denominator} items in time"
    share = percent(attained(measured))
    if measured.target is None:
        return f": {counts}, {share}"
    return f": {counts}, {share} against a target of {percent(Fraction(measured.target))}"


GUARDRAIL = Guardrail(
    code="DEL001",
    title="level-missed",
    stages=stages_from(Stage.DELIVER),
    severity=Severity.MAJOR,
    practice=4,
    fires_when=(
        "the newest measurement of a service level, of a window that is over, is missed, or below "
        "what is expected and above the minimum"
    ),
    rationale="A miss that no one reviews becomes the new normal; causes are fresh for weeks only.",
    source="ITIL 4 service level management; COBIT 2019 APO09.05",
    remedy="Review the items that missed with the provider, and record cause and action.",
    detect=detect,
)
