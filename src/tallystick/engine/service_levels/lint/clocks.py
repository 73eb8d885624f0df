"""When time counts for an item: waiting, reopening, and what is never finished."""

from collections.abc import Iterator

from tallystick.engine.service_levels.lint.rule import Rule, Spot
from tallystick.engine.service_levels.lint.wording import Clause, Wording
from tallystick.engine.service_levels.terms import Attribution, Clock
from tallystick.engine.values import Severity, State


def _is_clocked(clause: Clause) -> bool:
    return clause.level.measure.is_timed and not any(rule.due for rule in clause.level.targets)


def _waits_unbounded(clock: Clock) -> bool:
    """Return whether on hold alone stops the clock, whoever puts the item there and why."""
    bare = any(not each.when for each in clock.pauses)
    runs = any(State.ON_HOLD in each.states and not each.when for each in clock.runs)
    conditional = any(each.when for each in clock.pauses)
    return bare or (conditional and not runs)


def _open_pause(wording: Wording) -> Iterator[Spot]:
    for clause in wording.clauses:
        if _is_clocked(clause) and _waits_unbounded(clause.level.clock):
            yield Spot(
                f"{clause.place}.clock.pauses",
                f"{clause.name} stops its clock on hold, whatever an item waits for: whoever "
                "puts it there stops the time.",
                "Run on hold and pause only for the client: runs: [new, in-progress, on-hold], "
                "pauses: [{state: on-hold, waiting_for: [client]}]; or write pauses: [].",
            )


def _reopening(wording: Wording) -> Iterator[Spot]:
    for clause in wording.clauses:
        silent = not clause.says("clock", "cycles") and not clause.says("clock", "reopened")
        if _is_clocked(clause) and silent:
            yield Spot(
                f"{clause.place}.clock.cycles",
                f"{clause.name} does not say what becomes of an item that is reopened.",
                "Write cycles: first, last, each or cumulative, or reopened: failed, in its "
                "`clock`.",
            )


_BY_COMPLETION = frozenset({Attribution.DONE, Attribution.RESOLVED, Attribution.CLOSED})


def _never_finished(wording: Wording) -> Iterator[Spot]:
    for clause in wording.clauses:
        if clause.level.targets and clause.level.attribution in _BY_COMPLETION:
            yield Spot(
                f"{clause.place}.attribution",
                f"{clause.name} counts an item when it is {clause.level.attribution}: a late one "
                "that is left open counts nowhere.",
                "Write attribution: due and overdue: each-window, or add a level of the backlog.",
            )


RULES = (
    Rule(
        "clocks.pause-without-bound",
        Severity.MAJOR,
        "a clock waits while an item is on hold, whatever it waits for, or stands still there",
        "Time on hold is the easiest way to a green month. The provider sets the state, and the "
        "client's own waiting is where the parties quarrel most.",
        "ServiceNow task SLA (pause conditions); Frappe Helpdesk and ERPNext count holds unlike",
        _open_pause,
    ),
    Rule(
        "clocks.reopening-unsaid",
        Severity.MAJOR,
        "a clock says neither which `cycles` are judged nor what `reopened` means",
        "A ticket that is solved at five to twelve and reopened at twelve was kept or missed, as "
        "the reader likes.",
        "Jira opens a new cycle, Frappe counts the gap as hold, ServiceNow has a condition for it",
        _reopening,
    ),
    Rule(
        "clocks.unfinished-counts-nowhere",
        Severity.MAJOR,
        "items that have a limit are put into a window by their completion",
        "What is late already costs nothing more, so it is left for last: the figure rises while "
        "the oldest tickets rot.",
        "State of Texas DIR, service requests: overdue items are a breach in each window",
        _never_finished,
    ),
)
