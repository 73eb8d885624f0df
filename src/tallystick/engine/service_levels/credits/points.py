"""Severity points of a month, and what they cost (UK Model Services Contract)."""

from collections.abc import Sequence
from fractions import Fraction

from tallystick.engine.service_levels.credits.amounts import Basis
from tallystick.engine.service_levels.credits.lines import CreditLine, LineKind, SeverityPoints
from tallystick.engine.service_levels.credits.money import exact_text
from tallystick.engine.service_levels.credits.standing import Fault, History, Standing
from tallystick.engine.service_levels.terms.consequences import Severity
from tallystick.engine.service_levels.terms.quantities import share_text


def severity_points(
    level: str, clause: Severity, month: int, history: History
) -> SeverityPoints | None:
    """Return the points of a service level in a month; None if it has none."""
    points, why = _plain_points(clause, history.get(month))
    if not points:
        return None
    before, _ = _plain_points(clause, history.get(month - 1))
    if not before or clause.repeat == 1:
        return SeverityPoints(level, points, str(points), why)
    total = points * clause.repeat
    formula = f"{points} x {clause.repeat} = {total}"
    return SeverityPoints(level, total, formula, f"{why}; it failed in the month before too")


def points_line(points: Sequence[SeverityPoints], basis: Basis) -> CreditLine | None:
    """Return what a month's points cost; None if no price is stated, or none is reached."""
    table, total = basis.scheme.points, sum(each.points for each in points)
    if table is None or not total:
        return None
    charge = Fraction(basis.charge)
    if table.per_point is not None:
        formula = f"{total} x {share_text(table.per_point)} x {basis.charge_text}"
        return _line(total * table.per_point * charge, formula, f"{total} severity points", basis)
    reached = [step for step in table.steps or () if step.from_ <= total]
    if not reached:
        return None
    why = f"{total} severity points, from {reached[-1].from_} on"
    formula = f"{share_text(reached[-1].credit)} x {basis.charge_text}"
    return _line(reached[-1].credit * charge, formula, why, basis)


def _line(exact: Fraction, formula: str, why: str, basis: Basis) -> CreditLine:
    amount = basis.currency.round(exact)
    return CreditLine(
        LineKind.POINTS, amount, basis.currency.result(formula, amount), why, base=amount
    )


def _plain_points(clause: Severity, standing: Standing | None) -> tuple[int, str]:
    if standing is None or standing.fault is Fault.NONE:
        return 0, ""
    if clause.below_minimum is not None and standing.is_below_minimum:
        return clause.below_minimum, standing.why
    figure = standing.figure
    if figure is None:
        return clause.bands[-1].points, standing.why
    reached = [band for band in clause.bands if band.reached_by(figure)]
    if not reached:
        return 0, ""
    shown = exact_text(figure, standing.measurement.target.unit)
    return reached[-1].points, f"{shown} is {reached[-1]}"
