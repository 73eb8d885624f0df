"""Measurements -> what each failed at: a service level's standing, month by month."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from tallystick.engine.service_levels.credits.months import CreditsRefused, month_text, read_month
from tallystick.engine.service_levels.measurement import Measurement, Verdict
from tallystick.engine.service_levels.terms.agreement import Term
from tallystick.engine.service_levels.terms.consequences import Repetition
from tallystick.engine.service_levels.terms.credit_checks import CreditedLevel
from tallystick.engine.service_levels.terms.credits import NotMeasured
from tallystick.engine.service_levels.terms.goals import Direction, Unit, goal_text


class Fault(StrEnum):
    """What a service level failed at in a month; all but the first two are a breach."""

    NONE = "none"
    BELOW_EXPECTED = "below-expected"
    REPETITION = "breach-by-repetition"
    MISSED = "missed"
    NOT_MEASURED = "not-measured"


@dataclass(frozen=True, slots=True)
class Standing:
    """
    What a measurement means for credits.

    A start-up month, one in which nothing was due, and one that could not be measured have no
    fault; the last has one if the agreement says that it counts as missed.
    """

    measurement: Measurement
    fault: Fault
    why: str

    @property
    def is_breach(self) -> bool:
        """Return whether the provider is in default."""
        return self.fault in {Fault.REPETITION, Fault.MISSED, Fault.NOT_MEASURED}

    @property
    def is_decided(self) -> bool:
        """Return whether the month says anything about the level, with consequences."""
        decided = {Verdict.MET, Verdict.BELOW_EXPECTED, Verdict.MISSED}
        return self.fault is not Fault.NONE or (
            self.measurement.verdict in decided and not self.measurement.reporting_only
        )

    @property
    def is_below_minimum(self) -> bool:
        """Return whether the figure lies below a minimum, or was never taken and counts so."""
        missed = self.fault is Fault.MISSED and self.measurement.minimum is not None
        return missed or self.fault is Fault.NOT_MEASURED

    @property
    def figure(self) -> Fraction | None:
        """Return the figure if it was taken and has consequences, in the unit of the target."""
        taken = self.is_decided and self.fault is not Fault.NOT_MEASURED
        return self.measurement.value if taken else None

    @property
    def worst(self) -> Fraction | None:
        """Return the figure; of a share without one that is in breach all the same, the worst."""
        goal = self.measurement.target
        if self.figure is not None or goal.unit is not Unit.SHARE:
            return self.figure
        return Fraction(0 if goal.direction is Direction.AT_LEAST else 1)


History = Mapping[int, Standing]
"""The standing of one service level, by month, in order."""


def standings(
    levels: Sequence[CreditedLevel],
    measurements: Iterable[Measurement],
    *,
    term: Term,
    not_measured: NotMeasured = NotMeasured.NO_CREDIT,
) -> dict[str, History]:
    """
    Return the standing of every service level in each measured month.

    Raises:
        CreditsRefused: if a measurement is of no known level or no month of the term, or if
            there are two of one level and month.
    """
    measured: dict[str, dict[int, Measurement]] = {level.id: {} for level in levels}
    for each in measurements:
        if each.service_level not in measured:
            raise _unfit(each, "credits.unknown-service-level", "is not one of the agreement")
        month = read_month(each.window, term)
        if month in measured[each.service_level]:
            raise _unfit(each, "credits.measured-twice", f"is measured twice for {each.window}")
        measured[each.service_level][month] = each
    return {
        level.id: _history(measured[level.id], level.repetition, not_measured) for level in levels
    }


def run_until(month: int, history: History, holds: Callable[[Standing], bool]) -> tuple[int, ...]:
    """Return the months next to each other, up to this one, in each of which something holds."""
    first = month
    while first in history and holds(history[first]):
        first -= 1
    return tuple(range(first + 1, month + 1))


def months_until(
    month: int, within: int, history: History, holds: Callable[[Standing], bool]
) -> tuple[int, ...]:
    """Return those of the last `within` months, this one included, in which something holds."""
    last = range(month - within + 1, month + 1)
    return tuple(each for each in last if each in history and holds(history[each]))


def _history(
    measured: Mapping[int, Measurement], repetition: Repetition | None, rule: NotMeasured
) -> History:
    plain = {month: _plain(measured[month], rule) for month in sorted(measured)}
    if repetition is None:
        return plain
    return {month: _repeated(month, plain, repetition) for month in plain}


def _plain(measured: Measurement, rule: NotMeasured) -> Standing:
    if measured.reporting_only:
        return Standing(measured, Fault.NONE, "start-up: reported without consequence")
    if measured.verdict is Verdict.MISSED:
        side = "does not keep the minimum" if measured.minimum else "does not keep the target"
        goal = goal_text(measured.minimum or measured.target)
        return Standing(measured, Fault.MISSED, f"the figure {side} {goal}")
    if measured.verdict is Verdict.BELOW_EXPECTED:
        goal = goal_text(measured.target)
        return Standing(
            measured, Fault.BELOW_EXPECTED, f"the figure does not keep the target {goal}"
        )
    if measured.verdict is Verdict.NOT_MEASURED and rule is NotMeasured.COUNTS_AS_MISSED:
        return Standing(measured, Fault.NOT_MEASURED, "not measured, which counts as missed")
    return Standing(measured, Fault.NONE, measured.verdict.value.replace("-", " "))


def _repeated(month: int, plain: History, rule: Repetition) -> Standing:
    here = plain[month]
    if here.fault is not Fault.BELOW_EXPECTED:
        return here
    times = months_until(month, rule.within, plain, lambda each: each.fault is Fault.BELOW_EXPECTED)
    if len(times) < rule.times:
        return here
    listed = ", ".join(map(month_text, times))
    why = f"below expected in {len(times)} of the last {rule.within} months: {listed}"
    return Standing(here.measurement, Fault.REPETITION, why)


def _unfit(measured: Measurement, code: str, why: str) -> CreditsRefused:
    return CreditsRefused(
        f"the service level {measured.service_level!r} {why}",
        code=code,
        place=f"{measured.service_level} {measured.window}",
        remedy="Give one measurement of each service level of the agreement and month.",
    )
