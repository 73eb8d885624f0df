"""A forum's rhythm in words; a rule that is written by hand and says more stands as it is."""

from datetime import date

from tallystick.web.components.words import day

_DAYS = {
    "MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday",
    "SA": "Saturday", "SU": "Sunday",
}  # fmt: skip
_WHICH = {"1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth", "-1": "last"}
_UNITS = {"WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}


def rhythm_words(rule: str, first_on: date) -> str:
    """Say how often a forum meets: every second week on Monday, for one."""
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    unit, often = _UNITS.get(parts.pop("FREQ", ""), ""), parts.pop("INTERVAL", "1")
    days = parts.pop("BYDAY", "")
    on = _on(unit, days.split(",") if days else [], first_on)
    if parts or not on:
        return rule
    if often == "1":
        return f"Every {unit} {on}"
    return (
        f"Every {_WHICH[often]} {unit} {on}" if often in _WHICH else f"Every {often} {unit}s {on}"
    )


def _on(unit: str, days: list[str], first_on: date) -> str:
    """Say on which days of a week, month or year; nothing where that has no plain words."""
    if unit == "week":
        named = [_DAYS.get(each, "") for each in days] or [f"{first_on:%A}"]
        return f"on {' and '.join(named)}" if all(named) else ""
    if unit == "month" and days:
        known = [(_WHICH.get(each[:-2]), _DAYS.get(each[-2:])) for each in days]
        fits = all(which and name for which, name in known)
        return f"on the {' and '.join(f'{a} {b}' for a, b in known)}" if fits else ""
    if days or not unit:
        return ""
    # Without a weekday it is the first meeting's own date; what a short month lacks falls away.
    return f"on day {first_on.day}" if unit == "month" else f"on {day(first_on).rsplit(' ', 1)[0]}"
