"""A document that is still being written -> plain values that can be stored and told apart."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tallystick.engine.canonical import canonical_bytes, digest
from tallystick.engine.refusals import Refusal

MOST_LEVELS = 20
"""Deeper than any agreement is nested."""

MOST_BYTES = 500_000
"""More than any agreement of service levels; a hundred levels are some 60,000 characters."""


class DraftUnreadable(Refusal):
    """The draft is not keys and values, or holds what no document can hold."""

    code = "draft.unreadable"


def read_draft(document: object) -> dict[str, Any]:
    """
    Return a document as plain JSON values, its days as text; clauses may still be missing.

    Raises:
        DraftUnreadable, NotCanonical
    """
    if not isinstance(document, Mapping):
        raise DraftUnreadable(
            "The draft does not hold keys and values.",
            place="document",
            remedy="Start with `agreement: 1` and see the reference for the other keys.",
        )
    plain: dict[str, Any] = _plain(document, MOST_LEVELS)
    data = canonical_bytes(plain)
    if len(data) > MOST_BYTES:
        raise _unreadable("is longer than any agreement", "Shorten it.")
    if b"\\u0000" in data:
        raise _unreadable("holds a NUL character", "Write that text again.")
    return plain


def draft_digest(document: Mapping[str, Any]) -> str:
    """Return the hash of a draft as it was written, to tell one wording from the next."""
    return digest(canonical_bytes(document))


def draft_title(document: Mapping[str, Any]) -> str:
    """Return what a draft calls itself; nothing where it has no title yet."""
    title = document.get("title")
    return title.strip()[:200] if isinstance(title, str) else ""


def _plain(value: Any, levels: int) -> Any:
    if levels < 0:
        raise _unreadable("is nested too deeply", "Write it with fewer levels.")
    if isinstance(value, Mapping):
        return {_plain(key, 0): _plain(each, levels - 1) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each, levels - 1) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    # No database keeps a NUL; PostgreSQL refuses it.
    if isinstance(value, str) and "\0" in value:
        raise _unreadable("holds a NUL character", "Write that text again.")
    return value


def _unreadable(what: str, remedy: str) -> DraftUnreadable:
    return DraftUnreadable(f"The draft {what}.", place="document", remedy=remedy)
