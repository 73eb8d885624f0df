"""An agreement and its measurements -> the credit notes of the months that are over."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from tallystick.engine.service_levels.credits.lines import CreditNote, note_values
from tallystick.engine.service_levels.credits.notes import credit_notes
from tallystick.engine.service_levels.measurement import Measurement
from tallystick.engine.service_levels.terms.agreement import Agreement
from tallystick.engine.service_levels.windows import MONTHS, windows_of


def notes_up_to(
    agreement: Agreement, measured: Iterable[Measurement], until: int
) -> tuple[CreditNote, ...]:
    """
    Return the credit notes of the months that were over at an instant, in order.

    Give the measurements of all months so far: caps, runs and earn-backs look back. Those of
    other windows than months have no credit. Empty where the agreement states no credits.
    """
    if agreement.charges is None or agreement.credits is None:
        return ()
    over = {window.text for window in windows_of(agreement) if window.end <= until}
    monthly = {level.id for level in agreement.service_levels if level.window == MONTHS}
    return credit_notes(
        agreement.service_levels,
        [each for each in measured if each.service_level in monthly and each.window in over],
        charges=agreement.charges,
        scheme=agreement.credits,
        term=agreement.in_force,
    )


def note_document(note: CreditNote) -> dict[str, Any]:
    """Return a credit note as plain JSON values, with amounts as text: they are no floats."""
    document: dict[str, Any] = _plain(note_values(note))
    return document


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return f"{value:f}" if isinstance(value, Decimal) else value
