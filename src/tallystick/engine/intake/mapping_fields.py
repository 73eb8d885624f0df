"""The fields of a mapping document: how each is checked."""

import difflib
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError


def misplaced(place: str, sentence: str) -> PydanticCustomError:
    """Return the error that a validator raises for a value that does not fit the others."""
    return PydanticCustomError("misplaced", "{sentence}", {"place": place, "sentence": sentence})


def _plain_text(value: object) -> object:
    # YAML reads an unquoted 6 as a number, and yes, no, on and off as truth values; of those
    # what was written cannot be told any more.
    if isinstance(value, bool):
        raise misplaced("states", "a raw value was read as true or false; put it in quotes")
    return str(value) if isinstance(value, int) else value


def _zone(name: str) -> str:
    if name not in available_timezones():
        near = difflib.get_close_matches(name, available_timezones(), n=3)
        remedy = f"Name an IANA zone such as {', '.join(near) or 'Europe/Rome'}."
        raise PydanticCustomError("unknown_zone", "no time zone", {"remedy": remedy})
    return name


Column = Annotated[int, Field(ge=1)] | Annotated[str, Field(min_length=1)]
"""The text of a header, or the position of a column counted from 1."""

StateColumns = Column | Annotated[list[Column], Field(min_length=1, max_length=4)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
RawText = Annotated[str, BeforeValidator(_plain_text), Field(min_length=1)]
Words = dict[RawText, str]
"""Raw values and the words of ours that they mean; which words are known depends on the shape."""

Zone = Annotated[str, AfterValidator(_zone)]
Encoding = Literal[
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1250", "cp1251", "cp1252",
    "iso-8859-1", "iso-8859-2", "iso-8859-15", "cp437", "cp850", "mac-roman",
]  # fmt: skip
