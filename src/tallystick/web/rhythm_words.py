"""A cadence's rule in words: every week on Monday, the second Tuesday of the month."""

from tallystick.web.counts import listed

_DAYS = {
    "MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday",
    "SA": "Saturday", "SU": "Sunday",
}  # fmt: skip
_PLACES = {"1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth", "-1": "last"}
_COUNTS = {1: "Every", 2: "Every other", 3: "Every third", 4: "Every fourth", 6: "Every sixth"}
_UNITS = {"WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}


def rhythm_words(rule: str) -> str:
    """Say a rule in words; one that is rarely used stays as it was written."""
    parts = dict(each.partition("=")[::2] for each in rule.split(";"))
    unit, interval = _UNITS.get(parts.get("FREQ", "")), parts.get("INTERVAL", "1")
    every = _COUNTS.get(int(interval)) if interval.isdecimal() else None
    days = [_day_words(each) for each in parts.get("BYDAY", "").split(",") if each]
    if unit is None or every is None or not all(days) or not parts.keys() <= _KNOWN:
        return rule
    often = f"{every} {unit}"
    return f"{often}, on {listed(days)}" if days else often


_KNOWN = {"FREQ", "INTERVAL", "BYDAY"}


def _day_words(written: str) -> str:
    """Say MO as Monday and 2TU as the second Tuesday; nothing of what is neither."""
    place, name = written[:-2].removeprefix("+"), _DAYS.get(written[-2:])
    if name is None or (place and place not in _PLACES):
        return ""
    return f"the {_PLACES[place]} {name}" if place else name
