"""Two readings of one window, before and after -> what differs, figure by figure, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tallystick.engine.service_levels.credits import CreditNote, LineKind
from tallystick.engine.service_levels.measurement import Measurement

Key = tuple[str, str]
"""A service level and a window."""


class Cause(StrEnum):
    """Why a figure or a credit is another one than before."""

    RELIEF = "relief"
    LATER_IMPORT = "later-import"
    AGREEMENT = "agreement-version"
    ZONE_DATA = "zone-data"
    ENGINE = "engine-version"
    OTHER_FIGURE = "other-figure"


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a measurement was computed from, named so that two of them can be compared."""

    relief: str
    imports: frozenset[str]
    agreement: str
    zone_data: str
    engine: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A measurement, and what it was computed from."""

    measurement: Measurement
    inputs: Inputs


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A service level that fared otherwise in a window; None where it was not measured at all."""

    service_level: str
    window: str
    before: Measurement | None
    after: Measurement | None
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class CreditChange:
    """What a service level (empty: the whole month) is credited, before and after."""

    service_level: str
    kind: LineKind
    currency: str
    before: Decimal
    after: Decimal
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything in which two readings of a window differ; empty if in nothing."""

    figures: tuple[FigureChange, ...] = ()
    credits: tuple[CreditChange, ...] = ()

    def __bool__(self) -> bool:
        """Return whether they differ."""
        return bool(self.figures or self.credits)


def causes_of(before: Inputs, after: Inputs) -> tuple[Cause, ...]:
    """Return in what two measurements' inputs differ, the most telling first."""
    told = (
        (Cause.RELIEF, before.relief != after.relief),
        (Cause.LATER_IMPORT, before.imports != after.imports),
        (Cause.AGREEMENT, before.agreement != after.agreement),
        (Cause.ZONE_DATA, before.zone_data != after.zone_data),
        (Cause.ENGINE, before.engine != after.engine),
    )
    return tuple(cause for cause, differs in told if differs)


def difference_of(
    before: Mapping[Key, Reading],
    after: Mapping[Key, Reading],
    notes: tuple[CreditNote | None, CreditNote | None] = (None, None),
) -> Difference:
    """Compare two readings, each by service level and window; `notes` are their credit notes."""
    figures = [
        change
        for key in dict.fromkeys([*before, *after])
        if (change := _figure(key, before.get(key), after.get(key)))
    ]
    causes = {each.service_level: each.causes for each in figures}
    return Difference(tuple(figures), tuple(_credits(*notes, causes)))


def _figure(key: Key, old: Reading | None, new: Reading | None) -> FigureChange | None:
    before = old.measurement if old else None
    after = new.measurement if new else None
    if before == after:
        return None
    # A level that only one of them has was agreed anew, or given up.
    causes = causes_of(old.inputs, new.inputs) if old and new else (Cause.AGREEMENT,)
    return FigureChange(*key, before, after, causes)


def _credits(
    old: CreditNote | None, new: CreditNote | None, causes: Mapping[str, tuple[Cause, ...]]
) -> Sequence[CreditChange]:
    before, after = amounts_of(old), amounts_of(new)
    every = tuple(dict.fromkeys(cause for each in causes.values() for cause in each))
    return [
        CreditChange(
            level,
            kind,
            currency,
            before.get((level, kind, currency), Decimal(0)),
            after.get((level, kind, currency), Decimal(0)),
            causes.get(level) or every or (Cause.OTHER_FIGURE,),
        )
        for level, kind, currency in dict.fromkeys([*before, *after])
        if before.get((level, kind, currency)) != after.get((level, kind, currency))
    ]


def amounts_of(note: CreditNote | None) -> dict[tuple[str, LineKind, str], Decimal]:
    """Return what a note's lines add up to, by level, kind and currency; nothing for no note."""
    sums: dict[tuple[str, LineKind, str], Decimal] = {}
    for line in note.lines if note else ():
        key = (line.service_level, line.kind, note.currency if note else "")
        sums[key] = sums.get(key, Decimal(0)) + line.amount
    return sums
