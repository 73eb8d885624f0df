"""An agreement's clauses in plain words: hours, holidays, limits, clocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from tallystick.engine.service_levels.terms import (
    Agreement,
    Attribution,
    Calendar,
    LimitRule,
    MeasureKind,
    ServiceLevel,
)
from tallystick.engine.service_levels.terms.clock import Condition
from tallystick.engine.service_levels.terms.goals import Unit, goal_text
from tallystick.engine.service_levels.terms.hours import DAY, WEEKDAYS, WeeklyHours, hours_document
from tallystick.engine.service_levels.terms.matches import Match, match_document
from tallystick.engine.service_levels.terms.quantities import share_text
from tallystick.records.agreements import Agreement as StoredAgreement
from tallystick.records.agreements import AgreementState
from tallystick.web.components.words import duration, sentence, words
from tallystick.web.counts import counted, listed

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MEASURES = {
    MeasureKind.RESPONSE_TIME: "answered",
    MeasureKind.RESOLUTION_TIME: "resolved",
}
_ATTRIBUTIONS = {
    Attribution.DUE: "An item counts in the month in which its limit runs out.",
    Attribution.OPENED: "An item counts in the month in which it was opened.",
    Attribution.DONE: "An item counts in the month in which it was done.",
    Attribution.RESOLVED: "An item counts in the month in which it was resolved.",
    Attribution.CLOSED: "An item counts in the month in which it was closed.",
}


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """A calendar: `hours` are (days, shifts) pairs, `holidays` (year, days) pairs."""

    name: str
    zone: str
    hours: tuple[tuple[str, str], ...]
    weekly: str
    holidays: tuple[tuple[int, str], ...]
    holiday_count: str

    @property
    def title(self) -> str:
        """Return the calendar's name as a heading."""
        return f"Calendar: {words(self.name)}"


@dataclass(frozen=True, slots=True)
class LevelWords:
    """A service level: what is promised in one sentence, then each part of it."""

    id: str
    name: str
    promise: str
    limits: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]


def standing_of(agreement: StoredAgreement, today: date) -> str:
    """Return where a version stands today: in-force, ahead, ended or superseded."""
    if agreement.state != AgreementState.IN_FORCE:
        return str(agreement.state)
    if today < agreement.in_force_from:
        return "ahead"
    return "in-force" if today < agreement.in_force_until else "ended"


def calendar_words(name: str, calendar: Calendar) -> CalendarWords:
    """Return a calendar in words."""
    seconds = sum(end - start for shifts in calendar.hours for start, end in shifts)
    years = groupby(calendar.holidays, key=lambda holiday: holiday.year)
    return CalendarWords(
        name=name,
        zone=calendar.zone,
        hours=_hours(calendar.hours),
        weekly=duration(seconds),
        holidays=tuple((year, _days(list(found))) for year, found in years),
        holiday_count=counted(len(calendar.holidays), "holiday"),
    )


def _hours(hours: WeeklyHours) -> tuple[tuple[str, str], ...]:
    if all(shifts == ((0, DAY),) for shifts in hours):
        return (("Every day", "around the clock"),)
    stated = hours_document(hours)
    by_day = [", ".join(stated.get(name, [])).replace("-", " to ") for name in WEEKDAYS]
    runs = [list(run) for _, run in groupby(range(7), key=lambda number: by_day[number])]
    return tuple((_run(run), by_day[run[0]] or "closed") for run in runs)


def _run(days: list[int]) -> str:
    if len(days) == 1:
        return DAY_NAMES[days[0]]
    return f"{DAY_NAMES[days[0]]} to {DAY_NAMES[days[-1]]}"


def _days(found: list[date]) -> str:
    return ", ".join(f"{each.day} {each:%b}" for each in found)


def level_words(level: ServiceLevel) -> LevelWords:
    """Return a service level in words."""
    return LevelWords(
        id=level.id,
        name=level.name,
        promise=_promise(level),
        limits=tuple(_limit(rule, last) for rule, last in _marked(level.targets)),
        facts=(
            ("Clock runs while", _states(level.clock.runs)),
            ("Clock waits while", _states(level.clock.pauses) or "Never"),
            ("Clock stops when", _states(level.clock.stops)),
            ("Counted on", f"the calendar {level.calendar}"),
            ("Month", _ATTRIBUTIONS[level.attribution]),
            ("Figures come from", level.data_source or "Not said"),
            ("Measured by", sentence(level.measured_by) if level.measured_by else "Not said"),
        ),
    )


def _promise(level: ServiceLevel) -> str:
    if level.measure not in _MEASURES or level.target.unit is not Unit.SHARE:
        return f"{sentence(level.measure)}: {goal_text(level.target)}, each {level.window}."
    done = _MEASURES[level.measure]
    share = level.target.value
    whole = "All" if share == 1 else f"At least {share_text(share)} of the"
    if len(level.targets) == 1:
        rule = level.targets[0]
        which = "below" if rule.when else ""
        within = f"within {rule_words(rule)} of working time"
    else:
        which, within = "below", "within their limit of working time"
    return " ".join(filter(None, [whole, "items", which, "are", done, within])) + ", each month."


def _marked(rules: tuple[LimitRule, ...]) -> list[tuple[LimitRule, bool]]:
    return [(rule, number > 0) for number, rule in enumerate(rules)]


def _limit(rule: LimitRule, later: bool) -> tuple[str, str]:
    if rule.when:
        which = "; ".join(condition_words(*each) for each in rule.when)
        which = which[:1].upper() + which[1:]
    else:
        which = "All others" if later else "All items"
    return which, rule_words(rule)


def condition_words(name: str, match: Match) -> str:
    """Say what an attribute must be."""
    said = match_document(match)
    return f"{words(name)} {said if match.sign else _either(match.values)}"


def rule_words(rule: LimitRule) -> str:
    """Say how long an item may take, or when it is due."""
    if rule.limit:
        days = counted(rule.limit.days, "day") if rule.limit.days else ""
        rest = duration(rule.limit.seconds) if rule.limit.seconds else ""
        return " ".join(filter(None, [days, rest]))
    due = rule.due
    if due is None or due.from_ is not None:
        return f"the date in {words(due.from_ if due else '')}"
    return f"{counted(due.working_days or 0, 'working day')}"


def _either(kinds: tuple[str, ...]) -> str:
    return listed(list(kinds)).replace(" and ", " or ") if len(kinds) > 1 else kinds[0]


def _states(conditions: tuple[Condition, ...]) -> str:
    return listed([_condition(each) for each in conditions]).capitalize()


def _condition(condition: Condition) -> str:
    states = " or ".join(words(state) for state in condition.states)
    attributes = [condition_words(*each) for each in condition.when]
    return " with ".join(filter(None, [states, *attributes]))


def clauses(terms: Agreement) -> Mapping[str, object]:
    """Return everything that the page of an agreement says."""
    return {
        "calendars": [calendar_words(name, each) for name, each in terms.calendars.items()],
        "levels": [level_words(level) for level in terms.service_levels],
    }
