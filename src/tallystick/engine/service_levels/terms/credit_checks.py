"""What charges, the credit scheme and the service levels ask of each other."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Protocol

from tallystick.engine.service_levels.terms.charges import Charges
from tallystick.engine.service_levels.terms.consequences import Ratchet, Repetition, Severity
from tallystick.engine.service_levels.terms.credits import CreditScheme
from tallystick.engine.service_levels.terms.goals import Direction, Goal, Unit, goal_text
from tallystick.engine.service_levels.terms.level_credit import Edge, LevelCredit
from tallystick.engine.service_levels.terms.problems import did_you_mean, problem
from tallystick.engine.service_levels.terms.quantities import share_text


class CreditedLevel(Protocol):
    """What credits need to know of a service level."""

    @property
    def id(self) -> str: ...
    @property
    def target(self) -> Goal: ...
    @property
    def minimum(self) -> Goal | None: ...
    @property
    def credit(self) -> LevelCredit | None: ...
    @property
    def severity(self) -> Severity | None: ...
    @property
    def repetition(self) -> Repetition | None: ...
    @property
    def ratchet(self) -> Ratchet | None: ...


def check_credits(
    charges: Charges | None,
    scheme: CreditScheme | None,
    levels: Sequence[CreditedLevel],
    *,
    from_: date,
    until: date,
) -> None:
    """
    Raise the first problem of clauses about credits that do not fit each other.

    `levels` stand in the order of the document; the agreement is in force on the days
    [from_, until). The problem's `at` leads on from the agreement.
    """
    for index, level in enumerate(levels):
        _check_level(level, f".service_levels[{index}]")
    if charges:
        _check_months(charges, from_, until)
    if scheme is None:
        _refuse_credits(levels)
        return
    if charges is None:
        raise problem(
            "agreement.credits-without-charges",
            "credits are a part of what is charged, and no charge is stated",
            "State `charges`: a currency and the monthly charge.",
            at=".credits",
        )
    _check_at_risk(scheme, levels)
    _check_categories(scheme, levels)
    _check_pool(scheme, levels)
    _check_points(scheme, levels)
    _check_terminations(scheme, levels)


def _check_months(charges: Charges, from_: date, until: date) -> None:
    for index, each in enumerate(charges.exceptions):
        year, month = map(int, each.window.split("-"))
        if not (from_.year, from_.month) <= (year, month) or date(year, month, 1) >= until:
            raise problem(
                "agreement.charge-outside-term",
                f"a charge is stated for {each.window}, when the agreement is not in force",
                f"Choose a month from {from_:%Y-%m} on, before {until}.",
                at=f".charges.exceptions[{index}].window",
            )


def _refuse_credits(levels: Sequence[CreditedLevel]) -> None:
    for index, level in enumerate(levels):
        if level.credit:
            raise problem(
                "agreement.credit-without-scheme",
                f"{level.id} has a credit, and the agreement has no `credits`",
                "State `credits`, such as at_risk: 10%, or leave the credit out.",
                at=f".service_levels[{index}].credit",
            )


def _check_at_risk(scheme: CreditScheme, levels: Sequence[CreditedLevel]) -> None:
    for index, credit in _credits(levels):
        if scheme.at_risk is None and (credit.allocation or credit.weight):
            key = "allocation" if credit.allocation else "weight"
            raise problem(
                "agreement.nothing-at-risk",
                f"the {key} of {levels[index].id} is a part of the amount at risk, and nothing is",
                "State `at_risk` in `credits`, a percentage of the month's charge.",
                at=f".service_levels[{index}].credit.{key}",
            )


def _check_categories(scheme: CreditScheme, levels: Sequence[CreditedLevel]) -> None:
    taken = dict.fromkeys(scheme.categories, Fraction(0))
    for index, credit in _credits(levels):
        if credit.category is None:
            continue
        at = f".service_levels[{index}].credit"
        if credit.category not in taken:
            raise problem(
                "agreement.unknown-category",
                f"there is no category {credit.category!r}",
                did_you_mean(credit.category, list(taken))
                if taken
                else "List it under `categories` in `credits`.",
                at=f"{at}.category",
            )
        taken[credit.category] += credit.allocation or 0
        if taken[credit.category] > 1:
            raise problem(
                "agreement.allocation-over-category",
                f"the allocations in {credit.category!r} add up to "
                f"{share_text(taken[credit.category])} or more",
                "Let them add up to 100% at most: they divide the category's pool.",
                at=f"{at}.allocation",
            )


def _check_pool(scheme: CreditScheme, levels: Sequence[CreditedLevel]) -> None:
    stated = [credit for _, credit in _credits(levels)]
    single = sum(
        (each.allocation or Fraction(0) for each in stated if not each.category), Fraction()
    )
    weighted = Fraction(1 if any(each.weight for each in stated) else 0)
    total = sum(scheme.categories.values(), single + weighted)
    if total > scheme.pool:
        raise problem(
            "agreement.allocation-over-pool",
            f"the allocations add up to {share_text(total)} of the amount at risk, and the pool is "
            f"{share_text(scheme.pool)}",
            f"Lower the allocations, or state pool: {share_text(total)}.",
            at=".credits.categories" if scheme.categories else ".credits.pool",
        )


def _check_points(scheme: CreditScheme, levels: Sequence[CreditedLevel]) -> None:
    if scheme.points and not any(level.severity for level in levels):
        raise problem(
            "agreement.points-never-given",
            "severity points are charged, and no service level gives any",
            "State `severity` at a service level, or leave `points` out.",
            at=".credits.points",
        )


def _check_terminations(scheme: CreditScheme, levels: Sequence[CreditedLevel]) -> None:
    known = {level.id: level for level in levels}
    for index, ground in enumerate(scheme.terminations):
        at = f".credits.terminations[{index}]"
        if ground.service_level is None:
            continue
        if ground.service_level not in known:
            raise problem(
                "agreement.unknown-service-level",
                f"there is no service level {ground.service_level!r}",
                did_you_mean(ground.service_level, list(known)),
                at=f"{at}.service_level",
            )
        if ground.average:
            _check_side(ground.average.goal, known[ground.service_level], f"{at}.average.goal")


def _check_level(level: CreditedLevel, at: str) -> None:
    for edge, place in _edges(level):
        _check_side(edge.edge, level, f"{at}{place}")
    share = level.target.unit is Unit.SHARE
    if level.credit and level.credit.per_shortfall and not share:
        raise problem(
            "agreement.shortfall-of-no-share",
            f"the figure of {level.id} is no share, so no percentage points can be missing",
            "State `steps` instead.",
            at=f"{at}.credit.per_shortfall",
        )
    below = level.severity and level.severity.below_minimum
    if level.minimum is None and (level.repetition or below):
        raise problem(
            "agreement.minimum-unsaid",
            f"{level.id} has a clause about its minimum, and states none",
            "State `minimum`: what is below the target and not below it is below expected.",
            at=f"{at}.repetition" if level.repetition else f"{at}.severity.below_minimum",
        )
    _check_ratchet(level, f"{at}.ratchet")


def _check_ratchet(level: CreditedLevel, at: str) -> None:
    bounded = level.target.unit is Unit.SHARE or level.target.direction is Direction.AT_MOST
    if level.ratchet and level.ratchet.most is not None and not bounded:
        raise problem(
            "agreement.perfection-unknown",
            f"the target {goal_text(level.target)} has no perfect figure to fall short of",
            "Leave `most` out.",
            at=f"{at}.most",
        )


def _check_side(goal: Goal, level: CreditedLevel, at: str) -> None:
    target = level.target
    if goal.unit is not target.unit or goal.direction is not target.direction:
        raise problem(
            "agreement.step-on-another-side",
            f"it does not stand in the unit, or on the side, of the target {goal_text(target)} of "
            f"{level.id}",
            "Write below for a target to be reached, above for one not to be exceeded, and the "
            "target's unit.",
            at=at,
        )


def _edges(level: CreditedLevel) -> Iterator[tuple[Edge, str]]:
    for index, step in enumerate((level.credit and level.credit.steps) or ()):
        yield step, f".credit.steps[{index}]"
    for index, band in enumerate(level.severity.bands if level.severity else ()):
        yield band, f".severity.bands[{index}]"


def _credits(levels: Sequence[CreditedLevel]) -> Iterator[tuple[int, LevelCredit]]:
    return ((index, level.credit) for index, level in enumerate(levels) if level.credit)
