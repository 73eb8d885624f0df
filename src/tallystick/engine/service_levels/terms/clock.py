"""When a clock runs, waits, stops, is cancelled and starts anew."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema, model_validator

from tallystick.engine.service_levels.terms.base import Terms
from tallystick.engine.service_levels.terms.matches import (
    Match,
    conditions_document,
    read_conditions,
)
from tallystick.engine.service_levels.terms.problems import did_you_mean, problem
from tallystick.engine.values import STATES, State


@dataclass(frozen=True, slots=True)
class Condition:
    """An item is in one of some states, or in any if none is named, and its attributes match."""

    states: tuple[State, ...]
    when: tuple[tuple[str, Match], ...] = ()


class Starts(StrEnum):
    """From which instant a clock counts."""

    FIRST_RUN = "first-run"
    OPENED = "opened"


class Cycles(StrEnum):
    """Which stretches from start to stop are judged, where an item is reopened."""

    FIRST = "first"
    LAST = "last"
    EACH = "each"
    CUMULATIVE = "cumulative"


class Gap(StrEnum):
    """Whether the time between a stop and the reopening counts, on one cumulative clock."""

    EXCLUDED = "excluded"
    INCLUDED = "included"


class Reopened(StrEnum):
    """Whether an item that was reopened can still be kept."""

    ACCEPTED = "accepted"
    FAILED = "failed"


class LimitChange(StrEnum):
    """What a change of the limit, such as by a new priority, does to the clock."""

    RETROACTIVE = "retroactive"
    FRESH = "fresh"
    PER_SEGMENT = "per-segment"


class SameInstant(StrEnum):
    """Which of several changes in one second holds: the last, or a stop before a cancel."""

    LAST = "last"
    STRONGEST = "strongest"


def _read_conditions(value: Any) -> tuple[Condition, ...]:
    if isinstance(value, tuple) and all(isinstance(each, Condition) for each in value):
        return value
    if not isinstance(value, list | tuple):
        raise problem(
            "agreement.not-a-list",
            f"{str(value)[:80]!r} is not a list",
            "Write a list: [first, second].",
        )
    found = [_read_condition(each, f"[{number}]") for number, each in enumerate(value)]
    bare = {state for each in found if not each.when for state in each.states}
    plain = [Condition((state,)) for state in STATES if state in bare]
    return (*plain, *(each for each in found if each.when))


def _read_condition(value: Any, at: str) -> Condition:
    if not isinstance(value, Mapping):
        return Condition((_state(value, at),))
    stated = value.get("state", [])
    names = stated if isinstance(stated, list | tuple) else [stated]
    states = tuple(_state(name, f"{at}.state") for name in names)
    attributes = {key: entry for key, entry in value.items() if key != "state"}
    if not attributes and not states:
        raise problem(
            "agreement.empty", "the condition is empty", "Name a state or an attribute.", at=at
        )
    return Condition(tuple(sorted(set(states), key=STATES.index)), read_conditions(attributes))


def _state(name: Any, at: str) -> State:
    if isinstance(name, str) and name in set(STATES):
        return State(name)
    raise problem(
        "agreement.not-one-of",
        f"{str(name)[:80]!r} is not a state",
        did_you_mean(name, [state.value for state in STATES]),
        at=at,
    )


def _documents(conditions: tuple[Condition, ...]) -> list[Any]:
    return [
        {"state": [str(state) for state in each.states], **conditions_document(each.when)}
        if each.when
        else str(each.states[0])
        for each in conditions
    ]


When = Annotated[
    tuple[Condition, ...],
    BeforeValidator(_read_conditions),
    PlainSerializer(_documents),
    WithJsonSchema(
        {
            "type": "array",
            "items": {"anyOf": [{"enum": [state.value for state in STATES]}, {"type": "object"}]},
            "examples": [["new", {"state": "in-progress", "waiting_for": ["provider"]}]],
        }
    ),
]


class Clock(Terms):
    """
    What each state, or state and attributes, does to the clock.

    The clock goes on in `runs`, waits in `pauses` and ends in `stops`; what `cancels` is left out.
    Where several apply, stops comes before pauses and pauses before runs; where none does, the
    clock stands still. What cancels also stops; an item that ends so is left out. Where none of
    what the clock `requires` holds, one that is on is cancelled, unless the same change stops it,
    and stays so until it runs or pauses again; one that is off is not started. `resets` drops
    the time so far at the instant from which it applies, unless the clock had stopped for good.
    `cycles` is, unless stated, `first` for a response time, `each` for a backlog, else
    `cumulative`.
    """

    always_spelled = frozenset({"pauses"})

    runs: When
    pauses: When = ()
    stops: When
    cancels: When = (Condition((State.CANCELLED,)),)
    requires: When = ()
    resets: When = ()
    starts: Starts = Starts.FIRST_RUN
    cycles: Cycles | None = None
    gap: Gap = Gap.EXCLUDED
    reopened: Reopened = Reopened.ACCEPTED
    limit_change: LimitChange = LimitChange.RETROACTIVE
    same_instant: SameInstant = SameInstant.LAST

    @model_validator(mode="after")
    def _place_each_state_once(self) -> Self:
        placed = Counter([*_bare(self.runs), *_bare(self.pauses), *_bare(self.stops)])
        if twice := [state.value for state in STATES if placed[state] > 1]:
            raise problem(
                "agreement.state-twice",
                f"the clock has {', '.join(twice)} in more than one place",
                "Keep each state in one of runs, pauses and stops.",
            )
        said = {state for part in self.parts for each in part for state in each.states or STATES}
        if absent := [state.value for state in STATES if state not in said]:
            raise problem(
                "agreement.state-unplaced",
                f"the clock does not say what happens in {', '.join(absent)}",
                "Put each state into runs, pauses or stops.",
            )
        if not self.runs or not self.stops:
            raise problem(
                "agreement.clock-idle",
                "the clock never " + ("stops" if self.runs else "runs"),
                "Name at least one state in runs and one in stops.",
            )
        return self

    @property
    def parts(self) -> tuple[tuple[Condition, ...], ...]:
        """Return the conditions of stops, cancels, pauses and runs."""
        return (self.stops, self.cancels, self.pauses, self.runs)


def _bare(conditions: tuple[Condition, ...]) -> list[State]:
    return [state for each in conditions if not each.when for state in each.states]
