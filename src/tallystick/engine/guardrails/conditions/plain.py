"""A snapshot as the plain values that a condition sees."""

from datetime import date
from decimal import Decimal
from typing import Any

from tallystick.engine.guardrails.snapshot import Snapshot


def plain_of(snapshot: Snapshot) -> dict[str, Any]:
    """
    Return the snapshot as maps, lists, text and numbers, every known field present.

    Days are ISO text, so they compare as text; shares are doubles, as CEL has no decimals.
    `term_years` is added: the years from `starts_on` to `ends_on` as text.
    """
    plain: dict[str, Any] = _plain(snapshot.model_dump(by_alias=True))
    plain["term_years"] = _years(snapshot.starts_on, snapshot.ends_on)
    return plain


def _years(first: date | None, last: date | None) -> list[str]:
    if first is None or last is None:
        return []
    return [str(year) for year in range(first.year, last.year + 1)]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    # An enumeration's member is its text.
    return str(value) if isinstance(value, str) else value
