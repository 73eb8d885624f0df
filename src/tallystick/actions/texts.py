"""What a text must be before it is stored: there, not too long, and free of control characters."""

import unicodedata

from tallystick.engine.refusals import Refusal

SHORT, LONG = 200, 20_000
"""The most characters of a title or remedy, and of a text."""


class TextNeeded(Refusal):
    """A text that must be there is empty."""

    code = "text.needed"


class TextTooLong(Refusal):
    """A text is longer than anybody reads."""

    code = "text.too-long"


_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What turns the direction of all that follows: a title would turn the words beside it as well."""


def _is_kept(letter: str) -> bool:
    if letter in _TURNING:
        return False
    return letter in "\n\t" or unicodedata.category(letter) != "Cc"


def checked(text: str, place: str, *, longest: int = LONG, needed: bool = True) -> str:
    """
    Return the text as it is stored: trimmed, in Unicode's composed form, no control characters,
    nothing that turns the direction of what follows.

    Raises:
        TextNeeded, TextTooLong: with the name of the field as place.
    """
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(letter for letter in composed if _is_kept(letter)).strip()
    if needed and not kept:
        raise TextNeeded(
            f"The {place.replace('_', ' ')} is empty.", place=place, remedy="Write it."
        )
    if len(kept) > longest:
        raise TextTooLong(
            f"The {place.replace('_', ' ')} has {len(kept):,} characters; at most {longest:,} "
            "are kept.",
            place=place,
            remedy="Shorten it, and put the rest into a document that you link to.",
        )
    return kept
