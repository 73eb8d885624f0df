"""Grounds for termination that come about in a month, with the months that prove them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tallystick.engine.service_levels.credits.lines import CreditNote, TerminationRight
from tallystick.engine.service_levels.credits.money import Currency, shown_text
from tallystick.engine.service_levels.credits.months import month_text
from tallystick.engine.service_levels.credits.standing import (
    History,
    months_until,
    run_until,
)
from tallystick.engine.service_levels.terms.goals import Unit, goal_text
from tallystick.engine.service_levels.terms.quantities import share_text
from tallystick.engine.service_levels.terms.terminations import Termination


@dataclass(frozen=True, slots=True)
class Record:
    """What a ground looks at: a month, the standing of all levels, and the notes up to it."""

    month: int
    histories: Mapping[str, History]
    notes: Mapping[int, CreditNote]
    currency: Currency

    def last(self, within: int) -> tuple[int, ...]:
        """Return those of the last months for which there is a note."""
        months = range(self.month - within + 1, self.month + 1)
        return tuple(month for month in months if month in self.notes)


Finding = tuple[tuple[int, ...], str, str]
"""The months that prove a ground, why, and the service level it is about."""


def terminations_in(grounds: tuple[Termination, ...], record: Record) -> list[TerminationRight]:
    """
    Return the grounds that the month of the record brings about.

    A ground is reported in each month that adds to its proof, not in one that adds nothing.
    """
    return [
        TerminationRight(
            ground.kind, month_text(record.month), tuple(map(month_text, proof)), why, level
        )
        for ground in grounds
        for proof, why, level in _FINDERS[ground.kind](ground, record)
    ]


def _histories(ground: Termination, record: Record) -> Iterator[tuple[str, History]]:
    for level in sorted(record.histories):
        if ground.service_level in {None, level}:
            yield level, record.histories[level]


def _consecutive(ground: Termination, record: Record) -> Iterator[Finding]:
    clause = ground.consecutive
    for level, history in _histories(ground, record):
        run = run_until(record.month, history, lambda each: each.is_breach)
        if clause and len(run) >= clause.times:
            yield run, f"in breach in {len(run)} months, one after the other", level


def _breaches(ground: Termination, record: Record) -> Iterator[Finding]:
    clause = ground.breaches
    for level, history in _histories(ground, record):
        if clause is None:
            return
        months = months_until(record.month, clause.within, history, lambda each: each.is_breach)
        if record.month in months and len(months) >= clause.times:
            yield months, f"in breach in {len(months)} of {clause.within} months", level


def _at_cap(ground: Termination, record: Record) -> Iterator[Finding]:
    if clause := ground.at_cap:
        months = _months_with(record, clause.within, lambda note: note.at_cap)
        if record.month in months and len(months) >= clause.times:
            yield months, f"credits at the cap in {len(months)} of {clause.within} months", ""


def _credit_share(ground: Termination, record: Record) -> Iterator[Finding]:
    if clause := ground.credit_share:
        share = clause.share
        months = _months_with(record, clause.within, lambda note: _reaches(note, share))
        if record.month in months and len(months) >= clause.times:
            why = f"credits of {share_text(share)} of the charge or more in {len(months)} of "
            yield months, f"{why}{clause.within} months", ""


def _credit_sum(ground: Termination, record: Record) -> Iterator[Finding]:
    if clause := ground.credit_sum:
        months = _months_with(record, clause.within, lambda note: note.credited > 0)
        amounts = [record.notes[month].credited for month in months]
        total = sum(amounts, Decimal(0))
        if record.month in months and total >= clause.amount:
            shown = " + ".join(map(record.currency.text, amounts))
            yield months, record.currency.result(shown, total), ""


def _missed_share(ground: Termination, record: Record) -> Iterator[Finding]:
    clause = ground.missed_share
    if clause is None or len(record.last(clause.within)) < clause.within:
        return
    decided, breaches = (
        [
            month
            for history in record.histories.values()
            for month in months_until(record.month, clause.within, history, holds)
        ]
        for holds in (lambda each: each.is_decided, lambda each: each.is_breach)
    )
    if record.month in breaches and len(breaches) > clause.above * len(decided):
        share = shown_text(Fraction(len(breaches), len(decided)), Unit.SHARE)
        why = f"{len(breaches)} of {len(decided)} measurements are breaches, {share}, more than "
        yield tuple(sorted(set(breaches))), f"{why}{share_text(clause.above)}", ""


def _average(ground: Termination, record: Record) -> Iterator[Finding]:
    clause = ground.average
    if clause is None:
        return
    for level, history in _histories(ground, record):
        months = months_until(
            record.month, clause.within, history, lambda each: each.figure is not None
        )
        figures = [history[month].figure or Fraction(0) for month in months]
        if len(figures) < clause.within:
            continue
        mean = sum(figures, Fraction(0)) / len(figures)
        if not clause.goal.kept_by(mean):
            unit = clause.goal.unit
            shown = " + ".join(shown_text(figure, unit) for figure in figures)
            why = f"({shown}) / {len(figures)} = {shown_text(mean, unit)}, which does not keep "
            yield months, f"{why}{goal_text(clause.goal)}", level


def _months_with(
    record: Record, within: int, holds: Callable[[CreditNote], bool]
) -> tuple[int, ...]:
    return tuple(month for month in record.last(within) if holds(record.notes[month]))


def _reaches(note: CreditNote, share: Fraction) -> bool:
    return note.credited > 0 and Fraction(note.credited) >= share * Fraction(note.charge)


_FINDERS: Mapping[str, Callable[[Termination, Record], Iterator[Finding]]] = {
    "consecutive": _consecutive,
    "breaches": _breaches,
    "at_cap": _at_cap,
    "credit_share": _credit_share,
    "credit_sum": _credit_sum,
    "missed_share": _missed_share,
    "average": _average,
}
