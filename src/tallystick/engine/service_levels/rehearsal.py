"""Measurements under an agreement that was never in force -> how it would have fared, and cost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from tallystick.engine.service_levels.agreement import agreement_document
from tallystick.engine.service_levels.credits import CreditNote
from tallystick.engine.service_levels.credits.agreed import notes_up_to
from tallystick.engine.service_levels.lint.figures import unkept
from tallystick.engine.service_levels.lint.rule import Finding
from tallystick.engine.service_levels.lint.wording import Wording
from tallystick.engine.service_levels.measurement import Measurement, Verdict
from tallystick.engine.service_levels.terms import Agreement, ServiceLevel
from tallystick.engine.service_levels.windows import windows_of

DECIDED = frozenset({Verdict.MET, Verdict.BELOW_EXPECTED, Verdict.MISSED})


@dataclass(frozen=True, slots=True)
class LevelRehearsal:
    """
    How one service level would have fared, window by window.

    `trouble` says why it could not be measured, such as by an attribute that the data lack;
    `warnings` are the rules by which it cannot be kept at its volume.
    """

    level: ServiceLevel
    measured: tuple[Measurement, ...]
    trouble: str = ""
    warnings: tuple[Finding, ...] = ()

    @property
    def decided(self) -> int:
        """Return how many windows have a verdict."""
        return sum(each.verdict in DECIDED for each in self.measured)

    @property
    def met(self) -> int:
        """Return how many windows were met."""
        return sum(each.verdict is Verdict.MET for each in self.measured)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """How an agreement would have fared over a history, and what it would have cost."""

    terms: Agreement
    levels: tuple[LevelRehearsal, ...]
    notes: tuple[CreditNote, ...]

    @property
    def currency(self) -> str:
        """Return the currency of its credits; nothing where it states no charges."""
        return self.terms.charges.currency if self.terms.charges else ""

    @property
    def total(self) -> Decimal:
        """Return all credits together, less what is earned back."""
        return sum((note.total for note in self.notes), Decimal(0))

    @property
    def credited(self) -> Mapping[str, Decimal]:
        """Return the credits of each month."""
        return {note.window: note.total for note in self.notes}


def rehearsed(
    terms: Agreement,
    measured: Iterable[Measurement],
    until: int,
    trouble: Mapping[str, str] | None = None,
) -> Rehearsal:
    """
    Return how an agreement would have fared in the windows that were over at an instant.

    `terms` are in force over the history, as `in_the_past` makes them. `trouble` says of each
    level that could not be measured why.
    """
    over = {
        level.id: {each.text for each in windows_of(terms, level.window) if each.end <= until}
        for level in terms.service_levels
    }
    kept = [each for each in measured if each.window in over[each.service_level]]
    warnings = unkept(Wording(agreement_document(terms), terms, tuple(kept)))
    levels = tuple(
        LevelRehearsal(
            level,
            tuple(each for each in kept if each.service_level == level.id),
            (trouble or {}).get(level.id, ""),
            tuple(each for place, each in warnings if place == level.id),
        )
        for level in terms.service_levels
    )
    return Rehearsal(terms, levels, notes_up_to(terms, kept, until))
