"""The rule of a cadence (RFC 5545, section 3.3.10) as far as meetings need it, read and checked."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from tallystick.engine.refusals import Refusal


class CadenceRefused(Refusal):
    """The rule of a cadence cannot be read, or says what a forum says elsewhere."""

    code = "cadence.refused"


_DAYS = r"(MO|TU|WE|TH|FR|SA|SU)"
_MANY = re.compile(rf"{_DAYS}(,{_DAYS})*", re.ASCII)
_ORDINALS = re.compile(rf"([+-]?[1-5])?{_DAYS}(,([+-]?[1-5])?{_DAYS})*", re.ASCII)
_PART = re.compile(r"([A-Z]+)=([A-Z0-9,+-]+)", re.ASCII)
LONGEST = 200
_WIDEST = {"WEEKLY": 52, "MONTHLY": 12, "YEARLY": 2}
"""The longest interval of each frequency: a forum that meets less often than yearly is none."""

_ELSEWHERE = {
    "COUNT": "Leave it out, and end the forum on its last day.",
    "UNTIL": "Leave it out, and end the forum on its last day.",
    "BYHOUR": "Give the time of day as the forum's.",
    "BYMINUTE": "Give the time of day as the forum's.",
    "BYSECOND": "Meetings begin on a minute.",
    "DTSTART": "Give the first day as the forum's.",
}


def read_rule(text: str, first_on: date) -> str:
    """
    Return a rule in its one spelling.

    Weekly rules may name weekdays, monthly and yearly ones days of the month or ordinal weekdays.
    What could make the search for a day endless, or skip months silently, is refused.

    Raises:
        CadenceRefused
    """
    parts = _parts(text)
    frequency = parts.get("FREQ", "")
    if frequency not in _WIDEST:
        raise _refused(
            f"The rule repeats {frequency.lower() or 'in no way'}."
            if frequency
            else "The rule does not say how often.",
            "Write FREQ=WEEKLY, FREQ=MONTHLY or FREQ=YEARLY; for every working day, "
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR.",
        )
    for name, value in parts.items():
        if not _KNOWN[name](value, frequency):
            raise _refused(f"{name}={value} says nothing in this rule.", _REMEDIES[name])
    _demand_days(parts, frequency, first_on)
    return ";".join(f"{name}={parts[name]}" for name in _KNOWN if name in parts)


def _parts(text: str) -> dict[str, str]:
    whole = text.strip().upper().removeprefix("RRULE:").rstrip(";")
    if len(whole) > LONGEST:
        raise _refused("The rule is longer than any cadence.", "Write it shorter.")
    parts: dict[str, str] = {}
    for each in whole.split(";"):
        found = _PART.fullmatch(each)
        if found is None:
            raise _refused(
                f"“{each[:40]}” is no part of a rule.",
                "Write parts such as FREQ=MONTHLY;BYDAY=1TU, with a semicolon between them.",
            )
        name, value = found[1], found[2]
        if name in parts:
            raise _refused(f"The rule says {name} twice.", "Say it once.")
        if name not in _KNOWN:
            raise _refused(
                f"A cadence does not take {name}.",
                _ELSEWHERE.get(name, f"Leave it out; known are {', '.join(_KNOWN)}."),
            )
        parts[name] = value
    return parts


def _demand_days(parts: Mapping[str, str], frequency: str, first_on: date) -> None:
    named = "BYDAY" in parts or "BYMONTHDAY" in parts
    if frequency == "YEARLY" and named and "BYMONTH" not in parts:
        raise _refused("The rule names days of no month.", "Add the month, such as BYMONTH=3.")
    if "BYSETPOS" in parts and "BYDAY" not in parts:
        raise _refused("BYSETPOS chooses among days that nobody named.", "Add BYDAY.")
    if frequency != "WEEKLY" and not named and first_on.day > 28:
        raise _refused(
            f"Some months have no day {first_on.day}, and would be skipped.",
            "Add BYMONTHDAY=-1 for the last day of each month, or begin on another day.",
        )


def _whole(value: str, least: int, most: int) -> bool:
    digits = value.removeprefix("+").removeprefix("-")
    return digits.isdigit() and len(digits) < 4 and least <= int(value) <= most


def _all(value: str, fits: Callable[[int], bool]) -> bool:
    return all(_whole(each, -366, 366) and fits(int(each)) for each in value.split(","))


def _weekdays(value: str, frequency: str) -> bool:
    return bool((_MANY if frequency == "WEEKLY" else _ORDINALS).fullmatch(value))


_KNOWN: Mapping[str, Callable[[str, str], bool]] = {
    "FREQ": lambda value, frequency: True,
    "INTERVAL": lambda value, frequency: _whole(value, 1, _WIDEST[frequency]),
    "BYMONTH": lambda value, frequency: (
        frequency != "WEEKLY" and _all(value, lambda it: 1 <= it <= 12)
    ),
    "BYMONTHDAY": lambda value, frequency: (
        frequency != "WEEKLY" and _all(value, lambda it: 1 <= it <= 28 or -28 <= it <= -1)
    ),
    "BYDAY": _weekdays,
    "BYSETPOS": lambda value, frequency: (
        frequency != "WEEKLY" and _all(value, lambda it: 1 <= abs(it) <= 31)
    ),
    "WKST": lambda value, frequency: bool(re.fullmatch(_DAYS, value)),
}
_REMEDIES = {
    "INTERVAL": "Give 1 or more: at most 52 weeks, 12 months or 2 years.",
    "BYMONTH": "Give months from 1 to 12, in a monthly or yearly rule.",
    "BYMONTHDAY": "Give days that each month has, from 1 to 28, or from the end, -1 for the last.",
    "BYDAY": "Name weekdays as MO,TU; only a monthly or yearly rule counts them, as 1TU or -1FR.",
    "BYSETPOS": "Give a place from 1, or -1 for the last, in a monthly or yearly rule.",
    "WKST": "Name one weekday, such as MO.",
}


def _refused(message: str, remedy: str) -> CadenceRefused:
    return CadenceRefused(message, place="rule", remedy=remedy)
