"""The key of a window -> its name in words."""

import re
from calendar import month_abbr, month_name

_WINDOW = re.compile(r"(?P<year>\d{4})-(?P<kind>[WQ]?)(?P<n>\d{1,2})(?:-(?P<day>\d{2}))?", re.ASCII)


def window_words(window: str, *, short: bool = False) -> str:
    """Write a window of any kind: 2026-03, 2026-03-05, 2026-W10, 2026-Q1; 2026 stays."""
    found = _WINDOW.fullmatch(window)
    if not found:
        return window
    year, kind, first, second = found["year"], found["kind"], int(found["n"]), found["day"]
    if kind:
        name = f"{kind}{first}"
        return f"{name} {year[2:]}" if short else f"{name} {year}"
    if not 1 <= first <= 12:
        return window
    if second:
        return f"{int(second)} {month_abbr[first]}" + ("" if short else f" {year}")
    return f"{month_abbr[first]} {year[2:]}" if short else f"{month_name[first]} {year}"
