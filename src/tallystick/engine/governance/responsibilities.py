"""Activities and who has which part in them (RACI) -> what is wrong, cell by cell."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Letter(StrEnum):
    """A part in an activity; the letters of RACI."""

    RESPONSIBLE = "R"
    ACCOUNTABLE = "A"
    CONSULTED = "C"
    INFORMED = "I"

    @property
    def word(self) -> str:
        """Return the letter's word."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Cell:
    """A post's letter in an activity; `person` speaks for the post, None while nobody does."""

    post: str
    name: str
    letter: Letter
    person: str | None
    vacant_since: date | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """An activity with its cells."""

    activity: str
    cells: Sequence[Cell]


class DefectKind(StrEnum):
    """What can be wrong with a matrix."""

    NOBODY_ACCOUNTABLE = "nobody accountable"
    TWO_ACCOUNTABLE = "more than one accountable"
    NOBODY_RESPONSIBLE = "nobody responsible"
    VACANT = "vacant"
    TOO_MUCH = "too much for one"


@dataclass(frozen=True, slots=True)
class Defect:
    """
    Something wrong: in which row, and in which cell of it.

    `row` is the number of the activity; `post` is empty where no cell is there to be wrong.
    """

    kind: DefectKind
    row: int
    post: str
    sentence: str


def defects_of(rows: Sequence[Row], share: Decimal, fewest: int) -> list[Defect]:
    """
    Return the holes of a matrix, in its order.

    From `fewest` activities on nobody is to be accountable for more than `share` of them.
    """
    heavy = _heavy(rows, share, fewest)
    found: list[Defect] = []
    for number, row in enumerate(rows):
        found += _of_row(number, row)
        for cell in row.cells:
            if cell.letter is Letter.ACCOUNTABLE and cell.person in heavy:
                told = f"is accountable for {heavy[cell.person]} of {len(rows)} activities"
                found.append(Defect(DefectKind.TOO_MUCH, number, cell.post, f"{cell.name} {told}."))
    return found


def _of_row(number: int, row: Row) -> Iterator[Defect]:
    accountable = [cell for cell in row.cells if cell.letter is Letter.ACCOUNTABLE]
    if not accountable:
        kind, told = DefectKind.NOBODY_ACCOUNTABLE, "Nobody is accountable"
        yield Defect(kind, number, "", f"{told} for “{row.activity}”.")
    if len(accountable) > 1:
        for cell in accountable:
            told = f"{len(accountable)} posts are accountable for “{row.activity}”; one has to be."
            yield Defect(DefectKind.TWO_ACCOUNTABLE, number, cell.post, told)
    if not any(cell.letter is Letter.RESPONSIBLE for cell in row.cells):
        kind, told = DefectKind.NOBODY_RESPONSIBLE, "Nobody is responsible"
        yield Defect(kind, number, "", f"{told} for doing “{row.activity}”.")
    for post in dict.fromkeys(
        (cell.post, cell.name)
        for cell in row.cells
        if cell.person is None and cell.letter in (Letter.ACCOUNTABLE, Letter.RESPONSIBLE)
    ):
        told = f"{post[1]} has a part in “{row.activity}” and is vacant."
        yield Defect(DefectKind.VACANT, number, post[0], told)


def _heavy(rows: Sequence[Row], share: Decimal, fewest: int) -> dict[str | None, int]:
    if len(rows) < fewest:
        return {}
    counts = Counter(
        person
        for row in rows
        for person in {
            cell.person
            for cell in row.cells
            if cell.letter is Letter.ACCOUNTABLE and cell.person is not None
        }
    )
    return {person: count for person, count in counts.items() if count > share * len(rows)}
