"""DEL003: a service level is in force and nobody measures it."""

from collections.abc import Iterable, Iterator
from datetime import date

from tallystick.engine.guardrails.agreement_sketch import AgreementSketch
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.guardrails.windows import Placed, by_level, day_after, month_of, month_text


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report each level without a measurement in the newest complete months."""
    agreement = snapshot.agreement
    first = month_of(as_of) - policy.unmeasured_months
    if (
        snapshot.stage is not Stage.DELIVER
        or agreement is None
        or not _held_since(agreement, first)
    ):
        return
    newest = {name: day_after(series[-1][1].window) for name, series in _over(snapshot, as_of)}
    for number, level in enumerate(agreement.service_levels):
        since = first - _MORE_MONTHS.get(level.window or "", 0)
        if month_of(newest.get(level.id, date.min)) <= since:
            yield Violation(
                f"agreement.service_levels[{number}]",
                f"Service level {level.id} has not been measured from {month_text(first)} "
                f"to {month_text(month_of(as_of) - 1)}.",
            )


_MORE_MONTHS = {"quarter": 3, "year": 12}
"""Levels measured more rarely have not been measured for longer before anyone need ask."""


def _over(snapshot: Snapshot, as_of: date) -> Iterable[tuple[str, list[Placed]]]:
    return by_level(snapshot, as_of).items()


def _held_since(agreement: AgreementSketch, first: int) -> bool:
    """Return whether the agreement was in force on the first day of a month."""
    return agreement.in_force_on(date(first // 12, first % 12 + 1, 1))


GUARDRAIL = Guardrail(
    code="DEL003",
    title="level-not-measured",
    stages=(Stage.DELIVER,),
    severity=Severity.MAJOR,
    practice=7,
    fires_when=(
        "the engagement is in delivery, the agreement was in force on the first day of the "
        "newest 2 complete months (policy: unmeasured_months), and a service level of it has "
        "no measurement in any of them; a window in which nothing fell due is a measurement"
    ),
    rationale="A level that is not measured is neither met nor missed, and no credit is ever due.",
    source="ISO/IEC 20000-1:2018 8.3.3 (monitor at planned intervals); COBIT 2019 APO09.04",
    remedy="Import the service data of these months and measure.",
    detect=detect,
)
