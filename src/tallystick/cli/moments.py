"""Moments and days as people type them."""

from datetime import UTC, date, datetime

from tallystick.engine.refusals import Refusal


class MomentUnreadable(Refusal):
    """The text is no moment, or does not say its zone."""

    code = "moment.unreadable"


def read_moment(text: str) -> datetime:
    """
    Return the moment that an ISO 8601 text names; it must carry its zone.

    Raises:
        MomentUnreadable
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError as problem:
        raise MomentUnreadable(
            f"{text!r} is not a moment",
            place="--as-of",
            remedy="Write it like 2012-06-01T00:00Z.",
        ) from problem
    if found.tzinfo is None:
        raise MomentUnreadable(
            f"{text!r} does not say its time zone",
            place="--as-of",
            remedy="Add Z for UTC, or an offset such as +02:00.",
        )
    return found.astimezone(UTC)


def read_day(text: str) -> date:
    """
    Return the day that an ISO 8601 text names.

    Raises:
        MomentUnreadable
    """
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise MomentUnreadable(
            f"{text!r} is not a day", place="--as-of", remedy="Write it like 2026-03-31."
        ) from problem
