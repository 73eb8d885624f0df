"""Measurements + charges + credit scheme -> one credit note a month."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from tallystick.engine.service_levels.credits.amounts import Basis, credit_line, weights_of
from tallystick.engine.service_levels.credits.lines import (
    CreditLine,
    CreditNote,
    LineKind,
    RatchetProposal,
    SeverityPoints,
    YearPosition,
    total_of,
)
from tallystick.engine.service_levels.credits.money import Currency, currency_of, portion_of
from tallystick.engine.service_levels.credits.months import Tariff, month_text
from tallystick.engine.service_levels.credits.persistence import persistence_line
from tallystick.engine.service_levels.credits.points import points_line, severity_points
from tallystick.engine.service_levels.credits.ratchets import ratchet_in
from tallystick.engine.service_levels.credits.reductions import Pick, cap_line, one_event_lines
from tallystick.engine.service_levels.credits.returns import earn_back_lines
from tallystick.engine.service_levels.credits.standing import History, standings
from tallystick.engine.service_levels.credits.terminations import Record, terminations_in
from tallystick.engine.service_levels.measurement import Measurement
from tallystick.engine.service_levels.terms.agreement import Term
from tallystick.engine.service_levels.terms.charges import Charges
from tallystick.engine.service_levels.terms.credit_checks import CreditedLevel
from tallystick.engine.service_levels.terms.credits import CreditScheme, OneEvent
from tallystick.engine.service_levels.terms.money import Portion


@dataclass(frozen=True, slots=True)
class _Book:
    """All that is the same for every month."""

    levels: Sequence[CreditedLevel]
    histories: Mapping[str, History]
    scheme: CreditScheme
    tariff: Tariff
    currency: Currency
    picks: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class _Cap:
    amount: Decimal
    formula: str


def credit_notes(
    levels: Sequence[CreditedLevel],
    measurements: Iterable[Measurement],
    *,
    charges: Charges,
    scheme: CreditScheme,
    term: Term,
    picks: Iterable[Pick] = (),
) -> tuple[CreditNote, ...]:
    """
    Return the credit notes of all measured months, in order.

    Neither the order of the levels nor that of the measurements matters. A month without a
    measurement has no note, and ends every run of months. The notes of earlier months do not
    change when later ones are added, so give all months of the agreement so far: caps, runs and
    earn-backs look back.

    Raises:
        CreditsRefused: if a measurement is of no known level or no month of the term, or if
            there are two of one level and month.
    """
    currency = currency_of(charges.currency, scheme.rounding)
    ordered = sorted(levels, key=lambda level: level.id)
    book = _Book(
        ordered,
        standings(ordered, measurements, term=term, not_measured=scheme.not_measured),
        scheme,
        Tariff(charges, term, currency),
        currency,
        {(pick.window, pick.event_group): pick.service_level for pick in picks},
    )
    notes: dict[int, CreditNote] = {}
    for month in sorted({month for history in book.histories.values() for month in history}):
        notes[month] = _note(month, book, notes)
    return tuple(notes.values())


def ratchet_proposals(
    levels: Iterable[CreditedLevel], histories: Mapping[str, History], month: int
) -> tuple[RatchetProposal, ...]:
    """Return the targets proposed in a month, where agreements have ratchets and no credits."""
    found = (
        ratchet_in(level.id, level.ratchet, month, histories[level.id])
        for level in levels
        if level.ratchet
    )
    return tuple(each for each in found if each)


def _note(month: int, book: _Book, notes: Mapping[int, CreditNote]) -> CreditNote:
    charge = book.tariff.charge(month)
    basis = Basis(book.scheme, book.currency, charge.amount, weights_of(book.levels))
    points = _points(month, book)
    gross = _gross(month, book, basis, points)
    monthly = _monthly_cap(book.scheme, basis)
    at_cap = 0 < monthly.amount <= total_of(gross)
    lines = [*gross, *_capped(LineKind.MONTHLY_CAP, gross, monthly.amount, monthly.formula, book)]
    before = _position(month, book, notes, ())
    if before.cap is not None:
        left = max(before.cap - before.credited, Decimal(0))
        why = f"{before.cap_formula}; credited before: {book.currency.text(before.credited)}"
        lines += _capped(LineKind.YEARLY_CAP, lines, left, why, book)
    if book.scheme.earn_back:
        lines += earn_back_lines(
            book.scheme.earn_back, month, notes, book.levels, book.histories, book.currency
        )
    note = CreditNote(
        window=month_text(month),
        currency=book.currency.code,
        charge=charge.amount,
        charge_formula=charge.formula,
        monthly_cap=monthly.amount,
        monthly_cap_formula=monthly.formula,
        at_cap=at_cap,
        lines=tuple(lines),
        points=points,
        year=_position(month, book, notes, lines),
        terminations=(),
        ratchets=ratchet_proposals(book.levels, book.histories, month),
    )
    record = Record(month, book.histories, {**notes, month: note}, book.currency)
    return replace(note, terminations=tuple(terminations_in(book.scheme.terminations, record)))


def _points(month: int, book: _Book) -> tuple[SeverityPoints, ...]:
    found = (
        severity_points(level.id, level.severity, month, book.histories[level.id])
        for level in book.levels
        if level.severity
    )
    return tuple(each for each in found if each)


def _gross(
    month: int, book: _Book, basis: Basis, points: Sequence[SeverityPoints]
) -> list[CreditLine]:
    """Return the month's lines before caps."""
    found = [credit_line(level, month, book.histories[level.id], basis) for level in book.levels]
    lines = [line for line in found if line]
    if book.scheme.one_event is OneEvent.HIGHEST:
        groups = {
            level.id: level.credit.event_group
            for level in book.levels
            if level.credit and level.credit.event_group
        }
        text = month_text(month)
        picks = {group: pick for (window, group), pick in book.picks.items() if window == text}
        lines += one_event_lines(lines, groups, picks, book.currency)
    others = [points_line(points, basis)]
    if book.scheme.persistent_failure:
        yearly = book.tariff.yearly(book.tariff.year_of(month))
        clause = book.scheme.persistent_failure
        others.append(persistence_line(clause, month, book.histories, basis, yearly))
    return lines + [line for line in others if line]


def _monthly_cap(scheme: CreditScheme, basis: Basis) -> _Cap:
    stated = scheme.monthly_cap or Portion(share=scheme.at_risk or Fraction(1))
    amount, formula = portion_of(stated, basis.charge, basis.currency)
    return _Cap(amount, f"the most for a month is {formula}")


def _capped(
    kind: LineKind, lines: Sequence[CreditLine], left: Decimal, why: str, book: _Book
) -> list[CreditLine]:
    line = cap_line(kind, lines, left, why, book.currency)
    return [line] if line else []


def _position(
    month: int, book: _Book, notes: Mapping[int, CreditNote], lines: Sequence[CreditLine]
) -> YearPosition:
    """Return where the contract year stands after earlier notes and these lines."""
    year = book.tariff.year_of(month)
    months = book.tariff.months_of(year)
    past = [notes[each] for each in months if each in notes]
    returned = [line for line in lines if line.kind is LineKind.EARN_BACK]
    credited = [line for line in lines if line.kind is not LineKind.EARN_BACK]
    cap = _yearly_cap(year, book)
    return YearPosition(
        year=year,
        first=month_text(months[0]),
        last=month_text(months[-1]),
        credited=sum((note.credited for note in past), total_of(credited)),
        returned=sum((note.returned for note in past), -total_of(returned)),
        cap=cap.amount if cap else None,
        cap_formula=cap.formula if cap else "",
    )


def _yearly_cap(year: int, book: _Book) -> _Cap | None:
    if book.scheme.yearly_cap is None:
        return None
    amount, formula = portion_of(book.scheme.yearly_cap, book.tariff.yearly(year), book.currency)
    return _Cap(amount, f"the most for contract year {year} is {formula}")
