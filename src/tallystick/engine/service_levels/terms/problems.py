"""How a check inside a document says what is wrong: with a code, a place and a remedy."""

from difflib import get_close_matches
from typing import LiteralString

from pydantic_core import PydanticCustomError


def problem(code: LiteralString, message: str, remedy: str, *, at: str = "") -> PydanticCustomError:
    """
    Return the error that a validator raises.

    `at` leads on from the validated field to the place, such as `.mon-fri[1]`.
    """
    context = {"message": message, "remedy": remedy, "at": at}
    # The text goes in as a value, so braces written by a person are not read as placeholders.
    return PydanticCustomError(code, "{message}", context)


def did_you_mean(word: object, known: list[str]) -> str:
    """Return a remedy that names the nearest known word, or else the known words."""
    near = get_close_matches(str(word).lower(), [name.lower() for name in known], n=1, cutoff=0.6)
    matches = [name for name in known if near and name.lower() == near[0]]
    if matches:
        return f"Did you mean {matches[0]!r}?"
    if len(known) > 20:
        return "Check the spelling."
    return "Known are: " + ", ".join(sorted(known)) + "."
