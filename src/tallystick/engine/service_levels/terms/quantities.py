"""Limits such as "1h30m" and shares such as "99.5%": text <-> exact numbers."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tallystick.engine.service_levels.terms.problems import problem

_LIMIT = re.compile(r"(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,8})s)?", re.ASCII)
_DAYS = re.compile(r"(\d{1,4})d", re.ASCII)
_SHARE = re.compile(r"(\d{1,3})(?:\.(\d{1,9}))?\s?%", re.ASCII)


@dataclass(frozen=True, slots=True)
class Duration:
    """An amount of time: days, as long as a calendar says that a day is, and seconds."""

    days: int
    seconds: int

    def on(self, day: int) -> int:
        """Return the seconds where a day has so many."""
        return self.days * day + self.seconds

    def __str__(self) -> str:
        """Return the one spelling: `2d`, `1h30m`."""
        return (f"{self.days}d" if self.days else "") + limit_text(self.seconds)


def read_duration(value: Any) -> Duration:
    """Return what a text such as `2d`, `8h` or `1d4h` states."""
    found = _DAYS.match(value.strip()) if isinstance(value, str) else None
    if not found:
        return Duration(0, read_limit(value))
    rest = value.strip()[found.end() :]
    days = int(found.group(1))
    if not days and not rest:
        raise _no_time()
    return Duration(days, read_limit(rest) if rest else 0)


def _no_time() -> Exception:
    return problem(
        "agreement.limit-zero", "a limit of no time cannot be kept", 'Write at least "1s".'
    )


def read_limit(value: Any) -> int:
    """Return the seconds of working time that a text such as `8h`, `90m` or `1h30m` states."""
    if not isinstance(value, str):
        raise problem(
            "agreement.limit-not-text",
            f"the limit {value!r} does not say its unit",
            'Write the limit with units in quotes, such as "8h" or "1h30m".',
        )
    found = _LIMIT.fullmatch(value.strip())
    if not found or not any(found.groups()):
        raise problem(
            "agreement.limit-unreadable",
            f"the limit {value!r} is not made of hours, minutes and seconds",
            'Write working time as "8h", "90m" or "1h30m", or days as "2d".',
        )
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    if not (total := hours * 3600 + minutes * 60 + seconds):
        raise _no_time()
    return total


def limit_text(seconds: int) -> str:
    """Return the one spelling of a limit: `5400` is `1h30m`."""
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    parts = ((hours, "h"), (minutes, "m"), (rest, "s"))
    return "".join(f"{count}{unit}" for count, unit in parts if count)


def read_share(value: Any) -> Fraction:
    """Return the exact share that a text such as `95%` or `99.5%` states."""
    if not isinstance(value, str):
        raise problem(
            "agreement.target-not-text",
            f"the target {value!r} is a bare number, which could mean a share or a percentage",
            _percent_remedy(value),
        )
    found = _SHARE.fullmatch(value.strip())
    if not found:
        raise problem(
            "agreement.target-unreadable",
            f"the target {value!r} is not a percentage",
            'Write digits, a point if needed, and the sign: "95%" or "99.5%".',
        )
    whole, decimals = found.group(1), found.group(2) or ""
    share = Fraction(int(whole + decimals), 100 * 10 ** len(decimals))
    if not 0 < share <= 1:
        raise problem(
            "agreement.target-out-of-range",
            f"a target of {value} cannot be measured: a share lies above 0 % and up to 100 %",
            "Write a target above 0% and not above 100%.",
        )
    return share


def share_text(share: Fraction) -> str:
    """Return the one spelling of a share: `Fraction(199, 200)` is `99.5%`."""
    percent = share * 100
    exact = Decimal(percent.numerator) / Decimal(percent.denominator)
    return f"{exact.normalize():f}%"


def _percent_remedy(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 100:
        return 'Write the target as text with its sign: "95%".'
    percent = Decimal(str(value)) * (100 if 0 < value <= 1 else 1)
    return f'Write the target as text with its sign: "{percent.normalize():f}%".'
