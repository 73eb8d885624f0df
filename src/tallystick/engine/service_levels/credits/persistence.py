"""Persistent failure: every so many-th breach within so many months costs extra."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from tallystick.engine.service_levels.credits.amounts import Basis
from tallystick.engine.service_levels.credits.lines import CreditLine, LineKind
from tallystick.engine.service_levels.credits.standing import History, months_until
from tallystick.engine.service_levels.terms.credits import PersistentFailure
from tallystick.engine.service_levels.terms.quantities import share_text


def persistence_line(
    clause: PersistentFailure,
    month: int,
    histories: Mapping[str, History],
    basis: Basis,
    yearly: Decimal,
) -> CreditLine | None:
    """
    Return the line of the month whose breaches fill up a multiple of `every`.

    `yearly` is the charge of the contract year. Counted are the breaches of the last `within`
    months, all levels together; those of this month come last.
    """
    upto = _breaches(month, clause.within, histories)
    before = upto - _breaches(month, 1, histories)
    times = upto // clause.every - before // clause.every
    if not times:
        return None
    amount = basis.currency.round(times * clause.credit * Fraction(yearly))
    formula = f"{times} x {share_text(clause.credit)} x {basis.currency.text(yearly)}"
    return CreditLine(
        LineKind.PERSISTENT_FAILURE,
        amount,
        basis.currency.result(formula, amount),
        f"{upto} breaches in the last {clause.within} months, every {clause.every}th is charged",
        base=amount,
    )


def _breaches(month: int, within: int, histories: Mapping[str, History]) -> int:
    found = (
        months_until(month, within, history, lambda each: each.is_breach)
        for history in histories.values()
    )
    return sum(map(len, found))
