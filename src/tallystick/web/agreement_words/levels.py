"""A service level in plain words: what is promised in a sentence, then each part of it."""

from dataclasses import dataclass

from tallystick.engine.service_levels.terms import Agreement, Attribution, MeasureKind, ServiceLevel
from tallystick.engine.service_levels.terms.goals import Direction, Unit
from tallystick.engine.service_levels.terms.level import LevelClass, Overdue
from tallystick.engine.service_levels.terms.matches import Conditions
from tallystick.engine.service_levels.terms.periods import WindowRule
from tallystick.engine.service_levels.terms.statistics import Statistic, StatisticKind
from tallystick.engine.service_levels.terms.volume import NothingDue
from tallystick.web.agreement_words.calendars import stretches_words
from tallystick.web.agreement_words.clocks import clock_facts
from tallystick.web.agreement_words.conditions import conditions_words
from tallystick.web.agreement_words.consequences import consequence_facts
from tallystick.web.agreement_words.limits import limit_row, rule_words
from tallystick.web.components.figures import amount, goal_words
from tallystick.web.components.words import day, sentence, words
from tallystick.web.counts import counted, listed

Facts = list[tuple[str, str]]

_DONE = {
    MeasureKind.RESPONSE_TIME: "answered",
    MeasureKind.RESOLUTION_TIME: "resolved",
    MeasureKind.DEADLINE: "done",
}
_ATTRIBUTIONS = {
    Attribution.DUE: "falls due",
    Attribution.OPENED: "was opened",
    Attribution.DONE: "was done",
    Attribution.RESOLVED: "was resolved",
    Attribution.CLOSED: "was closed",
}
_NOTHING_DUE = {
    NothingDue.NEITHER: "Neither met nor missed",
    NothingDue.MET: "Met",
    NothingDue.MISSED: "Missed",
}


@dataclass(frozen=True, slots=True)
class LevelWords:
    """A service level: what is promised in one sentence, then each part of it."""

    id: str
    name: str
    promise: str
    limits: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    consequences: tuple[tuple[str, str], ...]


def level_words(level: ServiceLevel, terms: Agreement) -> LevelWords:
    """Return a service level in words."""
    limits = (limit_row(rule, later=n > 0) for n, rule in enumerate(level.targets))
    return LevelWords(
        id=level.id,
        name=level.name,
        promise=_promise(level),
        limits=tuple(limits),
        facts=tuple(_facts(level)),
        consequences=tuple(consequence_facts(level, terms)),
    )


def window_rule_words(rule: WindowRule) -> str:
    """Say how often a level is judged: "each month", "each month over the last 3 months"."""
    if rule.reach == 1:
        return f"each {rule.period}"
    return f"each {rule.period} over the last {counted(rule.reach, str(rule.period))}"


def _promise(level: ServiceLevel) -> str:
    said = f"{_promised(level)}, {window_rule_words(level.window)}."
    if level.minimum is None:
        return said
    side = "Below" if level.minimum.direction is Direction.AT_LEAST else "Above"
    least = amount(level.minimum.value, level.minimum.unit)
    return f"{said} {side} {least} it is missed; in between it is below expected."


def _promised(level: ServiceLevel) -> str:
    goal, kind = goal_words(level.target), level.measure
    if kind is MeasureKind.VOLUME:
        return f"{goal.capitalize()} items{_with(level.applies_to)} come"
    if kind is MeasureKind.BACKLOG:
        return f"{goal.capitalize()} items{_with(level.applies_to)} are open at the end"
    if kind is MeasureKind.AVAILABILITY:
        return f"The service is up for {_at_least(level)} of the agreed time"
    if kind is MeasureKind.SCORE:
        return f"{statistic_words(level.statistic)} of {words(level.of)} is {goal}"
    if kind is MeasureKind.RATIO:
        return _ratio(level)
    if level.statistic.kind is not StatisticKind.SHARE:
        return (
            f"{statistic_words(level.statistic)} of the working time until items"
            f"{_with(level.applies_to)} are "
            f"{_DONE[kind]} is {goal}"
        )
    return _in_time(level)


def _at_least(level: ServiceLevel) -> str:
    at_least = level.target.direction is Direction.AT_LEAST
    return f"at least {goal_words(level.target)}" if at_least else goal_words(level.target)


def _ratio(level: ServiceLevel) -> str:
    if level.of:
        return f"{goal_words(level.target).capitalize()} of {words(level.of)} for each item done"
    which = f"{_share(level)} items{_with(level.applies_to)} that are done"
    said = {"yes": "were reopened", "no": "were not reopened"}
    for name, match in level.good:
        if len(level.good) == 1 and name == "reopened" and len(match.values) == 1:
            return f"{which} {said.get(match.values[0], conditions_words(level.good))}"
    return f"{which} have {conditions_words(level.good)}"


def _with(conditions: Conditions) -> str:
    return f" with {conditions_words(conditions)}" if conditions else ""


def _share(level: ServiceLevel) -> str:
    if level.target.direction is Direction.AT_LEAST and level.target.value == 1:
        return "All"
    said = _at_least(level)
    return f"{said[:1].upper()}{said[1:]} of the"


def _in_time(level: ServiceLevel) -> str:
    rule = level.targets[0]
    single = rule.when if len(level.targets) == 1 else ()
    which = _with((*level.applies_to, *single))
    which += " below" if len(level.targets) > 1 else ""
    if len(level.targets) > 1:
        within = "by when they are due" if rule.due else "within their limit of working time"
    elif rule.due:
        within = rule_words(rule)
    else:
        within = f"within {rule_words(rule)}" + ("" if rule.round_the_clock else " of working time")
    return f"{_share(level)} items{which} are {_DONE[level.measure]} {within}"


def statistic_words(statistic: Statistic) -> str:
    """Name a statistic: "The mean", "The 95th percentile"."""
    if statistic.kind is not StatisticKind.PERCENTILE:
        return f"The {statistic.kind}"
    rank = f"{float(statistic.rank * 100):g}"
    ending = {"1": "st", "2": "nd", "3": "rd"}.get(rank[-1], "th")
    return f"The {rank}{'th' if rank in {'11', '12', '13'} or '.' in rank else ending} percentile"


def _facts(level: ServiceLevel) -> Facts:
    facts = [("Only items with", conditions_words(level.applies_to))] if level.applies_to else []
    if level.measure is not MeasureKind.AVAILABILITY:
        facts += clock_facts(level)
        facts.append(
            (
                "Window",
                f"An item counts in the {level.window.period} in which it "
                f"{_ATTRIBUTIONS[level.attribution]}",
            )
        )
    facts.insert(0, ("Counted on", f"the calendar {level.calendar}"))
    if level.availability and any(level.availability.standing_maintenance):
        standing = stretches_words(level.availability.standing_maintenance)
        facts.append(("Standing maintenance", f"{standing}, left out without notice"))
    if level.overdue is Overdue.EACH_WINDOW:
        facts.append(("Open past its due", _overdue(level)))
    facts += _few(level)
    if level.rounding:
        rounding = f"{level.rounding.mode} to {counted(level.rounding.decimals, 'decimal')}"
        place = " of per cent" if level.target.unit is Unit.SHARE else ""
        facts.append(("Rounded first", f"{sentence(rounding)}{place}"))
    facts.append(("Nothing decided", _NOTHING_DUE[level.nothing_due]))
    return facts + _sources(level)


def _overdue(level: ServiceLevel) -> str:
    grace = counted(level.overdue_grace, "day")
    return f"Missed in every {level.window.period} until it is done, unless done within {grace}"


def _few(level: ServiceLevel) -> Facts:
    few, facts = level.low_volume, []
    if few.measured_from > 1:
        facts.append(("Few items", f"Below {few.measured_from} decided, not measured"))
    if few.allowances:
        rows = [f"up to {each.up_to}, {each.may_miss}" for each in few.allowances]
        facts.append(("May be missed", f"{sentence(listed(rows))}; above, the target holds"))
    if few.one_miss_forgiven:
        said = "Forgiven where it alone would miss the target"
        facts.append(("A single miss", said))
    return facts


def _sources(level: ServiceLevel) -> Facts:
    critical = level.class_ is LevelClass.CRITICAL
    facts = [("Class", "May carry a credit" if critical else "Reported without a credit")]
    if level.reporting_only_until:
        until = day(level.reporting_only_until)
        facts.append(("Start-up", f"Reported without consequence before {until}"))
    return [
        *facts,
        ("Figures come from", level.data_source or "Not said"),
        ("Measured by", sentence(level.measured_by) if level.measured_by else "Not said"),
    ]
