"""Earn-back: credits of an earlier month that later figures have won back."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from tallystick.engine.service_levels.credits.lines import (
    CreditLine,
    CreditNote,
    LineKind,
    total_of,
)
from tallystick.engine.service_levels.credits.money import Currency, shown_text
from tallystick.engine.service_levels.credits.months import month_text
from tallystick.engine.service_levels.credits.standing import History
from tallystick.engine.service_levels.measurement import Verdict
from tallystick.engine.service_levels.terms.credit_checks import CreditedLevel
from tallystick.engine.service_levels.terms.credits import EarnBack
from tallystick.engine.service_levels.terms.goals import goal_text

_OF_LEVELS = frozenset({LineKind.CREDIT, LineKind.ONE_EVENT})
_CAPS = frozenset({LineKind.MONTHLY_CAP, LineKind.YEARLY_CAP})


def earn_back_lines(
    clause: EarnBack,
    month: int,
    notes: Mapping[int, CreditNote],
    levels: Sequence[CreditedLevel],
    histories: Mapping[str, History],
    currency: Currency,
) -> list[CreditLine]:
    """
    Return the lines that give back the credits of the month `within` months ago.

    What a level is given back is what was left of its credit after reductions; a cap took away
    from all levels alike, and the rest of a cent stays with the client.
    """
    earlier = month - clause.within
    if earlier not in notes:
        return []
    lines = []
    for level in sorted(levels, key=lambda each: each.id):
        history = histories[level.id]
        if not _may_return(clause, level, earlier, history):
            continue
        why = _won_back(clause, range(earlier + 1, month + 1), history)
        if why and (line := _line(level.id, notes[earlier], why, currency)):
            lines.append(line)
    return lines


def _may_return(clause: EarnBack, level: CreditedLevel, earlier: int, history: History) -> bool:
    if level.credit is None or level.credit.earn_back == "excluded" or earlier not in history:
        return False
    return clause.below_minimum == "allowed" or not history[earlier].is_below_minimum


def _won_back(clause: EarnBack, months: range, history: History) -> str:
    standings = [history[month] for month in months if month in history]
    figures = [each.figure for each in standings if each.figure is not None]
    if len(figures) < len(months):
        return ""
    target = standings[-1].measurement.target
    span = f"{month_text(months[0])} to {month_text(months[-1])}"
    if clause.by == "each":
        kept = all(each.measurement.verdict is Verdict.MET for each in standings)
        return f"kept the target {goal_text(target)} in each month from {span}" if kept else ""
    mean = sum(figures, Fraction(0)) / len(figures)
    if not target.kept_by(mean):
        return ""
    shown = shown_text(mean, target.unit)
    return f"the mean from {span}, {shown}, keeps the target {goal_text(target)}"


def _line(level: str, note: CreditNote, why: str, currency: Currency) -> CreditLine | None:
    own = total_of(
        line for line in note.lines if line.kind in _OF_LEVELS and line.service_level == level
    )
    gross = note.credited - total_of(line for line in note.lines if line.kind in _CAPS)
    if own <= 0 or note.credited <= 0:
        return None
    formula = f"0 - {currency.text(own)}"
    amount = own
    if gross != note.credited:
        formula += f" x {currency.text(note.credited)} / {currency.text(gross)}"
        exact = Fraction(own) * Fraction(note.credited) / Fraction(gross)
        amount = currency.round_down(exact)
    if not amount:
        return None
    return CreditLine(
        LineKind.EARN_BACK,
        Decimal(0) - amount,
        currency.result(formula, -amount),
        why,
        level,
        returns=note.window,
    )
