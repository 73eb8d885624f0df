"""Which limit holds for an item: items without one, changes of priority, days."""

from collections.abc import Iterator

from tallystick.engine.service_levels.lint.rule import Rule, Spot
from tallystick.engine.service_levels.lint.unsaid import level_leaves_out
from tallystick.engine.service_levels.lint.wording import Clause, Wording
from tallystick.engine.service_levels.terms import LimitRule, ServiceLevel
from tallystick.engine.service_levels.terms.hours import DAY
from tallystick.engine.service_levels.terms.quantities import limit_text
from tallystick.engine.values import Severity


def _takes_every_item(level: ServiceLevel, rules: tuple[LimitRule, ...]) -> bool:
    """Return whether every item that the level is about finds a limit."""
    if any(not rule.when for rule in rules):
        return True
    about = {name: set(match.values) for name, match in level.applies_to if not match.sign}
    names = {name for rule in rules for name, _ in rule.when}
    if len(names) != 1 or not names <= set(about):
        return False
    (name,) = names
    limited = {value for rule in rules for _, match in rule.when for value in match.values}
    return about[name] <= limited


def _without_limit(wording: Wording) -> Iterator[Spot]:
    for clause in wording.clauses:
        rules = clause.level.targets
        if rules and not _takes_every_item(clause.level, rules):
            yield Spot(
                f"{clause.place}.targets",
                f"{clause.name} has no limit for items that match none of its conditions; they "
                "count nowhere.",
                "Add a last entry without `when`, or say in `applies_to` which items it is about.",
            )


def _limit_can_change(clause: Clause) -> bool:
    return len(clause.level.targets) > 1 and not any(rule.due for rule in clause.level.targets)


def _odd_days(wording: Wording) -> Iterator[Spot]:
    for clause in wording.clauses:
        name = clause.level.calendar
        calendar = wording.terms.calendars[name]
        lengths = {sum(end - start for start, end in shifts) for shifts in calendar.hours} - {0}
        stated = [rule.limit for rule in clause.level.targets if rule.limit and rule.limit.days]
        if stated and calendar.day not in lengths:
            hours = " or ".join(limit_text(each) for each in sorted(lengths))
            ends = "several working days later" if calendar.day == DAY else "at another hour"
            yield Spot(
                f"calendars.{name}.day",
                f"{clause.name} states a limit in days of {limit_text(calendar.day or 0)}, and the "
                f"calendar {name} is open {hours} a day: one day ends {ends}.",
                f"Write day: {limit_text(max(lengths))}, or state the limit in hours.",
            )


RULES = (
    Rule(
        "limits.some-without-limit",
        Severity.MAJOR,
        "the limits of a service level have conditions, and an item can match none of them",
        "An item without a priority, or with a new one, counts nowhere: whoever sets the priority "
        "decides what is measured.",
        "ITIL 4, service level management; Jira ends its list of goals with all remaining issues",
        _without_limit,
    ),
    Rule(
        "limits.change-unsaid",
        Severity.MAJOR,
        "a service level has several limits and does not say what a change between them does",
        "A ticket that is raised to P1 in its seventh hour is late at once, or has a new hour. "
        "Desk tools do either, and the late ticket is worth a credit.",
        "Frappe Helpdesk computes anew from the start; Jira keeps elapsed time and swaps the goal",
        level_leaves_out(
            "clock.limit_change",
            "has several limits and does not say what a change of priority does.",
            "Write limit_change: retroactive, fresh or per-segment in its `clock`.",
            _limit_can_change,
        ),
    ),
    Rule(
        "limits.day-of-another-length",
        Severity.MAJOR,
        "a limit is stated in days, and its calendar has no day as long as its `day`",
        "With days of 24 hours on a calendar of eight, “one day” is breached three working days "
        "later; each party reads the number that suits it.",
        "ServiceNow task SLA: a day of a duration is a block of 24 hours",
        _odd_days,
    ),
)
