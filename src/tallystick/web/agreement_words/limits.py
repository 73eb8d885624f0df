"""Limits and due instants in plain words."""

from tallystick.engine.service_levels.terms import LimitRule
from tallystick.engine.service_levels.terms.quantities import Duration
from tallystick.engine.service_levels.terms.targets import CLOSE, DueRule
from tallystick.web.agreement_words.conditions import condition_words
from tallystick.web.components.words import duration
from tallystick.web.counts import counted


def rule_words(rule: LimitRule) -> str:
    """Say how long an item may take, or when it is due."""
    if rule.due is not None:
        return due_words(rule.due)
    said = length_words(rule.limit) if rule.limit else ""
    if rule.round_the_clock:
        said += f", and {length_words(rule.round_the_clock)} round the clock"
    return said


def length_words(limit: Duration) -> str:
    """Write a limit, its days as the calendar counts them: 2 days 4 h."""
    days = counted(limit.days, "day") if limit.days else ""
    return " ".join(filter(None, [days, duration(limit.seconds) if limit.seconds else ""]))


def due_words(due: DueRule) -> str:
    """Say when an item is due: by a date in the data, or so many working days on."""
    hour = f"{due.at // 3600:02}:{due.at % 3600 // 60:02}"
    if due.from_ is not None:
        at = "" if due.at == CLOSE else f", at {hour} if it names no hour"
        return f"by the date in “{due.from_}”{at}"
    at = "by the close" if due.at == CLOSE else f"by {hour}"
    if not due.working_days:
        return f"{at} of the same working day"
    day = "next working day"
    if due.working_days > 1:
        day = f"{counted(due.working_days, 'working day')} on"
        return f"{at}, {day}"
    return f"{at} of the {day}"


def limit_row(rule: LimitRule, *, later: bool) -> tuple[str, str]:
    """Return which items an entry is for, and their limit; `later` if others stand before it."""
    if not rule.when:
        return ("All others" if later else "All items"), rule_words(rule)
    which = "; ".join(condition_words(*each) for each in rule.when)
    return f"{which[:1].upper()}{which[1:]}", rule_words(rule)
