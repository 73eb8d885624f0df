"""Chance and impact -> a cell of a 5 x 5 matrix, for triage only; and what cells hide."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from tallystick.engine.refusals import Refusal
from tallystick.engine.risk.compound import PricedRisk
from tallystick.engine.risk.refused import amount, chance
from tallystick.engine.values import Number

SIDE = 5
APART = Fraction(2)
"""By so much may mean losses in one cell differ before it is told."""


class BandsRefused(Refusal):
    """The bands or the levels of a triage matrix do not rise, or are not enough."""

    code = "risk.bands-refused"


class TriageLevel(StrEnum):
    """What is looked at first."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """Return 0 for the lowest."""
        return tuple(TriageLevel).index(self)


_LEVELS = {each.value[0].upper(): each for each in TriageLevel}


def _rise(figures: Sequence[Number]) -> bool:
    return all(one < other for one, other in pairwise(Fraction(each) for each in figures))


@dataclass(frozen=True, slots=True)
class Bands:
    """
    Where the bands of a matrix end, and the level of each cell. All of it is a matter of policy.

    `chances` are the four upper ends of the first bands of the chance within a year, `impacts`
    those of what it then costs; what lies on an end belongs to the lower band. `levels` has a row
    for each band of chance, rarest first, and in it a letter (L, M, H) for each band of impact.

    Raises:
        BandsRefused: if they do not rise, or a level falls where chance or impact rises.
    """

    chances: tuple[Number, ...] = tuple(Decimal(each) for each in ("0.05", "0.2", "0.5", "0.8"))
    impacts: tuple[Number, ...] = (10_000, 50_000, 250_000, 1_000_000)
    levels: tuple[str, ...] = ("LLLMM", "LLMMH", "LMMHH", "LMMHH", "MMHHH")

    def __post_init__(self) -> None:
        for place, ends in (("chances", self.chances), ("impacts", self.impacts)):
            if len(ends) != SIDE - 1 or not _rise([0, *ends]):
                raise BandsRefused(
                    f"The ends of the {place} are not four figures that rise from above 0.",
                    place=place,
                    remedy="Name the upper ends of the first four bands; the fifth has none.",
                )
        if [len(row) for row in self.levels] != [SIDE] * SIDE or set("".join(self.levels)) - set(
            _LEVELS
        ):
            raise BandsRefused(
                "The levels are not five rows of five letters L, M or H.",
                place="levels",
                remedy="Give a row for each band of chance, rarest first.",
            )
        ranks = [[_LEVELS[letter].rank for letter in row] for row in self.levels]
        if any(sorted(line) != list(line) for line in (*ranks, *zip(*ranks, strict=True))):
            raise BandsRefused(
                "A level falls where chance or impact rises.",
                place="levels",
                remedy="Let no cell be lower than the one before it in its row or its column.",
            )


DEFAULT = Bands()


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """A place in the matrix, 1 to 5 each, and its level. Nothing is multiplied."""

    chance: int
    impact: int
    level: TriageLevel


def triage(likelihood: Number, impact: Number, bands: Bands = DEFAULT) -> Cell:
    """
    Return where a risk lies in the matrix, to decide what is to be priced first.

    For triage only: a band of chance by a band of money hides a factor of ten and more, cells
    cannot be added, and a mean hides the tail (Cox 2008). No reserve, appetite or control is
    decided by it; `disagreements` shows what it hides.

    Raises:
        FigureNotFinite, ChanceOutOfRange, AmountOutOfRange.
    """
    row = _band(chance(likelihood, "chance"), bands.chances)
    column = _band(amount(impact, "impact"), bands.impacts)
    return Cell(row + 1, column + 1, _LEVELS[bands.levels[row][column]])


def cell_of(risk: PricedRisk, bands: Bands = DEFAULT) -> Cell:
    """Return where a priced risk lies: the chance of one event a year or more, by its mean loss."""
    some = risk.frequency.exceeding(Fraction(1))
    return triage(
        Fraction(min(float(some[0]), 1.0)) if len(some) else 0, risk.magnitude.expected, bands
    )


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two risks of one cell of which the one costs `factor` times as much as the other a year."""

    cell: Cell
    smaller: str
    larger: str
    factor: Fraction


def disagreements(
    risks: Iterable[PricedRisk], bands: Bands = DEFAULT, *, apart: Fraction = APART
) -> list[Disagreement]:
    """
    Return the cells whose risks differ most, by their mean losses a year; the worst cell first.

    One pair for each cell: its smallest and its largest. A risk that costs nothing on average is
    left out.
    """
    by_cell: dict[Cell, list[tuple[Fraction, str]]] = {}
    for risk in risks:
        if (expected := risk.expected()) > 0:
            by_cell.setdefault(cell_of(risk, bands), []).append((expected, risk.key))
    found = [
        Disagreement(cell, min(some)[1], max(some)[1], max(some)[0] / min(some)[0])
        for cell, some in by_cell.items()
    ]
    return sorted(
        (each for each in found if each.factor >= apart and each.smaller != each.larger),
        key=lambda each: -each.factor,
    )


def _band(figure: Fraction, ends: Sequence[Number]) -> int:
    return sum(figure > Fraction(each) for each in ends)
