"""A plain value -> the one sequence of bytes that stands for it, and the digest of bytes."""

import unicodedata
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import rfc8785

from tallystick.engine.refusals import Refusal

LARGEST_INTEGER = 2**53 - 1
"""The largest integer that every JSON reader keeps exactly (RFC 7493, section 2.2)."""


class NotCanonical(Refusal):
    """The value has no single byte form that every reader would agree on."""

    code = "canonical.no-exact-form"


def canonical_bytes(value: Any) -> bytes:
    """
    Return the canonical JSON bytes of a value (RFC 8785), its text normalised to NFC.

    Takes mappings with text keys, lists, tuples, text, integers, booleans and None.

    Raises:
        NotCanonical: for a float, an integer beyond 2**53 - 1, a key that is not text, two keys
            that normalise to one, text with a lone surrogate, and any other type.
    """
    return rfc8785.dumps(_exact(value, "$"))


def digest(data: bytes) -> str:
    """Return the SHA-256 of the bytes as `sha256:` and 64 hexadecimal digits."""
    return "sha256:" + sha256(data).hexdigest()


def _exact(value: Any, place: str) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value, place)
    if isinstance(value, int):
        return _integer(value, place)
    if isinstance(value, Mapping):
        return _mapping(value, place)
    if isinstance(value, list | tuple):
        return [_exact(entry, f"{place}[{index}]") for index, entry in enumerate(value)]
    raise NotCanonical(
        f"a {type(value).__name__} has no canonical form",
        place=place,
        remedy="Write it as text, an integer or an exact fraction in text.",
    )


def _text(value: str, place: str) -> str:
    normal = unicodedata.normalize("NFC", str(value))
    if any("\ud800" <= character <= "\udfff" for character in normal):
        raise NotCanonical(
            "the text holds half a character (a lone surrogate)",
            place=place,
            remedy="Write the text again; it was cut or decoded wrongly.",
        )
    return normal


def _integer(value: int, place: str) -> int:
    if abs(value) > LARGEST_INTEGER:
        raise NotCanonical(
            f"the integer {value} is larger than every JSON reader can keep exactly",
            place=place,
            remedy=f"Write it as text, or keep it within {LARGEST_INTEGER}.",
        )
    return int(value)


def _mapping(value: Mapping[Any, Any], place: str) -> dict[str, Any]:
    normal: dict[str, Any] = {}
    for key, entry in value.items():
        if not isinstance(key, str):
            raise NotCanonical(
                f"the key {key!r} is not text", place=place, remedy="Put the key in quotes."
            )
        name = _text(key, place)
        if name in normal:
            raise NotCanonical(
                f"the key {name!r} stands twice", place=place, remedy="Keep one of the two."
            )
        normal[name] = _exact(entry, f"{place}.{name}")
    return normal
