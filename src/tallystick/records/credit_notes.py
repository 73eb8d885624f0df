"""The credit notes of an agreement: computed from its measurements, never stored."""

from collections.abc import Iterable
from datetime import datetime

from tallystick.engine.service_levels.credits import CreditNote
from tallystick.engine.service_levels.credits.agreed import notes_up_to
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.engine.values import seconds
from tallystick.records.measurements import Measurement
from tallystick.records.statements import Statement


def notes_of(
    terms: Terms, measurements: Iterable[Measurement], known_until: datetime | None
) -> tuple[CreditNote, ...]:
    """
    Return the credit notes of the months that are over in the data, in order.

    `measurements` are the current ones of the agreement whose terms these are. Empty where it
    has no credits. Figures of other windows than months have no credit.
    """
    if known_until is None:
        return ()
    measured = [each.measured for each in measurements]
    return notes_up_to(terms, measured, seconds(known_until))


def figures_as_issued(
    statement: Statement, measurements: Iterable[Measurement]
) -> list[Measurement]:
    """Return the figures of each window up to the statement's as they stood when it was issued."""
    newest: dict[tuple[str, str], Measurement] = {}
    for each in sorted(measurements, key=lambda each: each.pk):
        if each.measured_at <= statement.issued_at and each.window_end <= statement.window_end:
            newest[each.service_level, each.window] = each
    return list(newest.values())


def note_as_issued(
    statement: Statement, terms: Terms, measurements: Iterable[Measurement]
) -> CreditNote | None:
    """
    Return the credit note of a statement's month as the figures stood when it was issued.

    `measurements` are all of its agreement, superseded ones included: what was measured later
    does not change what was stated. None where the agreement has no credits, or no figure of
    that month.
    """
    figures = figures_as_issued(statement, measurements)
    notes = notes_of(terms, figures, statement.window_end)
    return next((note for note in notes if note.window == statement.window), None)
