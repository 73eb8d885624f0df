"""
A slow second opinion: walks through an item's life minute by minute.

It reads the raw documents of a calendar and a service level with its own few lines and shares no
code with the engine. All instants must be whole minutes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from tests.engine.service_levels.oracle_conditions import any_holds, matches
from tests.engine.service_levels.oracle_hours import PATIENCE, Count, Hours

ORDER = ["idle", "run", "pause", "cancel", "stop"]
STOPPED = ("cancel", "stop")
PARTS = {"cancel": "cancels", "stop": "stops", "pause": "pauses", "run": "runs"}
ENDED = ["resolved", "closed", "cancelled"]
CLOCKS: dict[str, dict[str, Any]] = {
    "response-time": {"runs": ["new"], "pauses": ["on-hold"], "stops": ["in-progress", *ENDED]},
    "resolution-time": {"runs": ["new", "in-progress"], "pauses": ["on-hold"], "stops": ENDED},
}
CLOCKS["deadline"] = CLOCKS["resolution-time"]

Change = tuple[int, str, Mapping[str, str]]
"""When, the state from then on, and the attributes that are stated with it."""


@dataclass
class Answer:
    """What the walk found, in seconds; a due instant is None where the walker lost patience."""

    cycle: int
    opened: int
    counted: int
    paused: int
    elapsed: int
    done: int | None
    due: int | None
    first_due: int | None
    late: bool
    verdict: str
    reason: str
    flags: set[str]


@dataclass
class Moment:
    """A change as it was known, with the attributes in force and what the clock does."""

    at: int
    state: str
    attributes: dict[str, str]
    role: str = "idle"
    rule: int | None = None


@dataclass
class Stretch:
    """Moments [first, after) of an item; the clock counts from `begin` and stops at `stop`."""

    first: int
    after: int
    begin: int
    stop: int | None
    cycle: int = 1


class Walker:
    """Walks items along one service level on one calendar."""

    def __init__(self, calendar: Mapping[str, Any], level: Mapping[str, Any]) -> None:
        self.hours = Hours(calendar)
        self.level = level
        self.targets = level["targets"]
        self.clock = CLOCKS[level["measure"]] | {"cancels": ["cancelled"]} | level.get("clock", {})
        usual = "first" if level["measure"] == "response-time" else "cumulative"
        self.cycles = self.clock.get("cycles", usual)

    def walk(self, changes: Sequence[Change], as_of: int) -> list[Answer]:
        """Return the outcomes of an item as of an instant: one, or one for each cycle."""
        moments = self._moments(changes, as_of)
        return [self._answer(moments, each, as_of) for each in self._stretches(moments)]

    def _moments(self, changes: Sequence[Change], as_of: int) -> list[Moment]:
        found, attributes = [], dict[str, str]()
        for at, state, stated in changes:
            attributes = attributes | {name: text for name, text in stated.items() if text}
            if at <= as_of:
                found.append(Moment(at, state, attributes))
        for moment in found:
            moment.role, moment.rule = self._role(moment), self._rule(moment)
        if self.clock.get("same_instant") == "strongest":
            said = [(each.at, each.role) for each in found]
            for moment in found:
                together = [role for at, role in said if at == moment.at]
                moment.role = max(together, key=ORDER.index)
        if "requires" in self.clock:
            self._require(found)
        self._fill_idle(found)
        return found

    def _require(self, moments: list[Moment]) -> None:
        together = self.clock.get("same_instant") == "strongest"
        lacks = [not any_holds(self.clock["requires"], each) for each in moments]
        on = cancelled = False
        for moment, lacking in zip(moments, lacks, strict=True):
            if together:
                at_once = zip(moments, lacks, strict=True)
                lacking = any(said for each, said in at_once if each.at == moment.at)
            if not lacking and moment.role in ("run", "pause"):
                on, cancelled = True, False
            elif lacking and on:
                moment.role = "stop" if moment.role == "stop" else "cancel"
                on, cancelled = False, moment.role == "cancel"
            elif lacking or (cancelled and moment.role in STOPPED):
                moment.role = "idle"
            elif moment.role in STOPPED:
                on = False

    def _fill_idle(self, moments: list[Moment]) -> None:
        runs = [n for n, each in enumerate(moments) if each.role == "run"]
        for before, moment in pairwise(moments):
            if moment.role == "idle" and before.role in STOPPED:
                moment.role = before.role
        if self.clock.get("starts") == "opened" and runs:
            for moment in moments[: runs[0]]:
                moment.role = "run" if moment.role == "idle" else moment.role

    def _role(self, moment: Moment) -> str:
        for role in ("cancel", "stop", "pause", "run"):
            if any_holds(self.clock.get(PARTS[role], []), moment):
                return role
        return "idle"

    def _rule(self, moment: Moment) -> int | None:
        if not matches(self.level.get("applies_to", {}), moment.attributes):
            return None
        for number, rule in enumerate(self.targets):
            if matches(rule.get("when", {}), moment.attributes):
                return number
        return None

    def _stretches(self, moments: list[Moment]) -> list[Stretch]:
        stopped = [each.role in STOPPED for each in moments]
        firsts = [0] + [n for n in range(1, len(moments)) if stopped[n - 1] and not stopped[n]]
        parts = [*zip(firsts, [*firsts[1:], len(moments)], strict=True)]
        if self.cycles == "each":
            return [
                Stretch(first, after, first, _first_true(stopped, first, after), number)
                for number, (first, after) in enumerate(parts, 1)
            ]
        begin = firsts[-1] if self.cycles == "last" else 0
        stop = _first_true(stopped, begin, len(moments))
        if self.cycles == "cumulative":
            stop = _first_true(stopped, firsts[-1], len(moments))
        return [Stretch(0, len(moments), begin, stop)]

    def _answer(self, moments: list[Moment], whole: Stretch, as_of: int) -> Answer:
        end = whole.after if whole.stop is None else whole.stop
        self._reset(moments, whole, end)
        changes = [n for n in range(whole.begin + 1, end) if moments[n].rule != moments[n - 1].rule]
        first = moments[whole.begin].rule
        way = self.clock.get("limit_change", "retroactive")
        if way == "retroactive":
            last = moments[whole.after - 1].rule
            counts = [self._count(moments, whole, (whole.begin, end), last, as_of)]
            changed = first not in (None, last)
        else:
            edges = [whole.begin, *changes, end]
            spans = [*pairwise(edges)] if way == "per-segment" else [(edges[-2], end)]
            counts = [self._count(moments, whole, s, moments[s[0]].rule, as_of) for s in spans]
            changed = first is not None and bool(changes)
        told = next((each for each in counts if each.late), counts[-1])
        first_due = told.due
        if changed:
            under_first = self._count(moments, whole, (whole.begin, end), first, as_of)
            first_due = under_first.due or told.due
        done = None if whole.stop is None else moments[whole.stop].at
        verdict, reason = self._verdict(moments, whole, told, done)
        flags = _flags(moments, whole, self.cycles) | ({"LIMIT_CHANGED"} if changed else set())
        flags |= {"NO_DUE_DATE"} if told.lost else set()
        return Answer(
            cycle=whole.cycle,
            opened=moments[whole.first].at,
            counted=told.counted,
            paused=told.paused,
            elapsed=told.elapsed,
            done=done,
            due=told.due,
            first_due=first_due,
            late=told.late,
            verdict=verdict,
            reason=reason,
            flags=flags,
        )

    def _reset(self, moments: list[Moment], whole: Stretch, end: int) -> None:
        resets = self.clock.get("resets", [])
        for n in range(max(whole.begin, 1), end):
            if any_holds(resets, moments[n]) and not any_holds(resets, moments[n - 1]):
                whole.begin = n

    def _count(
        self,
        moments: list[Moment],
        whole: Stretch,
        part: tuple[int, int],
        rule: int | None,
        as_of: int,
    ) -> Count:
        begin, end = part
        target = {} if rule is None else self.targets[rule]
        count = Count(rule, _minutes(target, "limit"), _minutes(target, "round_the_clock"))
        untils = [*(each.at for each in moments[1:]), as_of]
        for n in range(begin, end):
            minutes = self.hours.open_minutes(moments[n].at, untils[n])
            if self._runs(moments[n]):
                count.run(self.hours, moments[n].at, untils[n], minutes * 60)
            elif moments[n].role == "pause":
                count.paused += minutes * 60
        ended = moments[end].at if end < len(moments) else as_of
        count.run_on(self.hours, ended)
        if stated := target.get("due"):
            if "from" in stated:
                text = moments[whole.after - 1].attributes.get(stated["from"], "")
                due = self.hours.due_by(text, stated.get("at", "close"))
            else:
                begun = self._begun(moments, begin, end)
                due = self.hours.due_on(begun, stated["working_days"], stated.get("at", "close"))
            count.due, count.late, count.lost = due, due is not None and ended > due, due is None
        if count.due is not None and count.due > ended + PATIENCE:
            count.due = None
        return count

    def _runs(self, moment: Moment) -> bool:
        gap = self.clock.get("gap") == "included" and moment.role in STOPPED
        return moment.role == "run" or gap

    def _begun(self, moments: list[Moment], begin: int, end: int) -> int:
        runs = [each.at for each in moments[begin:end] if each.role == "run"]
        if self.clock.get("starts") == "opened" or not runs:
            return moments[begin].at
        return runs[0]

    def _verdict(
        self, moments: list[Moment], whole: Stretch, told: Count, done: int | None
    ) -> tuple[str, str]:
        roles = [each.role for each in moments[whole.first : whole.after]]
        if told.rule is None:
            return "excluded", "no-limit"
        if roles[-1] == "cancel":
            return "excluded", "cancelled"
        if "idle" in roles and not {"run", "pause"} & set(roles):
            return "excluded", "never-started"
        if told.lost:
            return "excluded", "no-due-date"
        if self.clock.get("reopened") == "failed" and _reopens(moments, self.cycles):
            return "missed", "reopened"
        if done is not None:
            return ("missed", "done-late") if told.late else ("met", "done-in-time")
        return ("missed", "open-late") if told.late else ("pending", "open-in-time")


def _flags(moments: list[Moment], whole: Stretch, cycles: str) -> set[str]:
    rows = range(whole.first, whole.after)
    flags = set()
    if moments[whole.first].role in STOPPED:
        flags.add("STOPPED_BEFORE_START")
    if _reopens(moments, cycles):
        flags.add("REOPENED")
    for n in rows:
        before, now = moments[max(n - 1, 0)], moments[n]
        if before.at == now.at and before.state != now.state:
            flags.add("CONTRADICTED")
    return flags


def _reopens(moments: list[Moment], cycles: str) -> bool:
    again = ("run",) if cycles == "first" else ("run", "pause", "idle")
    return any(a.role in STOPPED and b.role in again for a, b in pairwise(moments))


def _first_true(marks: list[bool], first: int, after: int) -> int | None:
    return next((n for n in range(first, after) if marks[n]), None)


def _minutes(target: Mapping[str, Any], key: str) -> int:
    return int(target.get(key, "0m").removesuffix("m")) * 60
