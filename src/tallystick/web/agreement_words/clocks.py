"""When a clock runs, waits, stops and starts anew, in plain words."""

from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.engine.service_levels.terms.clock import (
    Cycles,
    Gap,
    LimitChange,
    Reopened,
    SameInstant,
    Starts,
)
from tallystick.web.agreement_words.conditions import states_words

Facts = list[tuple[str, str]]

_CYCLES = {
    Cycles.FIRST: "Only the first stretch from start to stop is judged",
    Cycles.LAST: "Only the last stretch from start to stop is judged",
    Cycles.EACH: "Each stretch from start to stop is judged by itself",
    Cycles.CUMULATIVE: "One clock over all: the time adds up",
}
_GAPS = {
    Gap.EXCLUDED: "does not count",
    Gap.INCLUDED: "counts",
}
_LIMIT_CHANGES = {
    LimitChange.RETROACTIVE: "The new limit holds from the start",
    LimitChange.FRESH: "The clock starts anew under the new limit",
    LimitChange.PER_SEGMENT: "Each stretch is judged by its own limit; one that is late is a miss",
}


def clock_facts(level: ServiceLevel) -> Facts:
    """Return what a level's clock does, in the order in which a reader asks."""
    clock = level.clock
    facts = [
        ("Clock runs while", states_words(clock.runs)),
        ("Clock waits while", states_words(clock.pauses) or "Never"),
        ("Clock stops when", states_words(clock.stops)),
        ("Left out if", states_words(clock.cancels) or "Never"),
    ]
    if clock.requires:
        facts.append(("Left out once no longer", states_words(clock.requires)))
    if clock.resets:
        facts.append(("Starts anew when", states_words(clock.resets)))
    if clock.starts is Starts.OPENED:
        facts.append(("Counts from", "The opening, also before the clock first ran"))
    facts.append(("If reopened", _reopened(level)))
    if len(level.targets) > 1 or clock.limit_change is not LimitChange.RETROACTIVE:
        facts.append(("If its limit changes", _LIMIT_CHANGES[clock.limit_change]))
    if clock.same_instant is SameInstant.STRONGEST:
        said = "The strongest holds: stop, then cancel, then pause, then run"
        facts.append(("Changes in one second", said))
    return facts


def _reopened(level: ServiceLevel) -> str:
    if level.clock.reopened is Reopened.FAILED:
        return "The item is missed"
    if level.cycles is Cycles.CUMULATIVE:
        return f"{_CYCLES[level.cycles]}; the time in between {_GAPS[level.clock.gap]}"
    return _CYCLES[level.cycles]
