"""What several operations take and give: bounded texts, pages of rows, parties."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from tallystick.engine.service_levels.measurement import truncated
from tallystick.records.organisations import Organisation
from tallystick.records.people import Person

T = TypeVar("T")
Row = TypeVar("Row")


class Out(BaseModel):
    """Something that an operation gives."""

    model_config = ConfigDict(frozen=True)


class In(BaseModel):
    """Something that an operation takes; fields it does not know are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _storable(text: str) -> str:
    # SQLite would keep a NUL and PostgreSQL refuse it; no text needs one.
    if "\0" in text:
        raise ValueError("a NUL character cannot be stored")
    return text


Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=160),
    AfterValidator(_storable),
]
"""A short text that must be there."""

OptionalLine = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=160), AfterValidator(_storable)
]

Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000),
    AfterValidator(_storable),
]
"""A longer text that must be there."""

OptionalWords = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=20_000), AfterValidator(_storable)
]

Id = Annotated[str, StringConstraints(min_length=1, max_length=12), AfterValidator(_storable)]
"""The public id of something, as other operations give it."""


Clock = Annotated[
    str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"), Field(examples=["09:00"])
]
"""A time of the day in a zone that stands beside it; it has none of its own."""


class SafePage(In):
    """Which rows of a list; both figures are capped, so no request reads everything."""

    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0, le=1_000_000)


class Listed(Out, Generic[T]):
    """A page of a list, and how many rows the whole list has."""

    items: list[T]
    count: int


def cut(value: Fraction) -> float:
    """Return a figure with six decimals, cut off: it is never told better than it is."""
    return float(truncated(value))


def listed(
    rows: QuerySet[Any] | Sequence[Row], asked: SafePage, show: Callable[[Any], T]
) -> Listed[T]:
    """Return the page that was asked for; a queryset takes two queries and its prefetches."""
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    chosen: Iterable[Any] = rows[asked.offset : asked.offset + asked.limit]
    return Listed(items=[show(row) for row in chosen], count=count)


class Party(Out):
    """An organisation."""

    id: str
    name: str


def party(organisation: Organisation) -> Party:
    """Return an organisation as others name it."""
    return Party(id=organisation.public_id, name=organisation.name)


class PersonOut(Out):
    """Somebody, as others name them."""

    id: str
    name: str


def person_out(person: Person) -> PersonOut:
    """Return somebody as others name them."""
    return PersonOut(id=person.public_id, name=person.name)
