"""The wording of an objective -> five plain facts, and exactly what each of them lacks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Protocol

from tallystick.engine.objectives.reach import Reach

FEWEST_WORDS = 5
"""Words of a statement below which nobody knows what is meant: "cheaper and faster" has three."""

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "baseline.value": "baseline value",
        "baseline.on": "day for its baseline",
        "due_on": "due date",
        "source": "data source",
        "words": f"statement of {FEWEST_WORDS} words or more",
        "parent": "objective or larger goal above it",
        "number": "number in its target",
        "direction": "word on which way is better",
        "values": "history or benchmark to hold the target against",
        "within_reach": "target that was ever reached",
        "serves": "goal or benefit that it serves",
        "profile": "plan on the way",
    }
)
"""What people call a part, where it is not its name."""


class BaselineWorded(Protocol):
    """Where a measure stood."""

    @property
    def value(self) -> str | None:
        """Return the value as it was written."""

    @property
    def on(self) -> date | None:
        """Return the day on which it was measured."""


class Worded(Protocol):
    """The parts of an objective as they were written; what is empty is missing."""

    @property
    def statement(self) -> str | None:
        """Return what shall be better."""

    @property
    def measure(self) -> str | None:
        """Return what is counted or timed."""

    @property
    def unit(self) -> str | None:
        """Return the unit of the measure."""

    @property
    def baseline(self) -> BaselineWorded | None:
        """Return where it stood."""

    @property
    def target(self) -> str | None:
        """Return the value to be reached."""

    @property
    def due_on(self) -> date | None:
        """Return the day by which it is to be reached."""

    @property
    def source(self) -> str | None:
        """Return where the figures come from."""

    @property
    def client_owner(self) -> str | None:
        """Return who answers for it at the client."""

    @property
    def provider_owner(self) -> str | None:
        """Return who answers for it at the provider."""


@dataclass(frozen=True, slots=True)
class Placed:
    """
    What is known around an objective.

    `parent` is what it is a part of, `serves` the goal or benefit it is linked to, `planned`
    whether it has a planned profile, `reach` what `reach_of` returns.
    """

    reach: Reach
    parent: str | None = None
    serves: str | None = None
    planned: bool = False


@dataclass(frozen=True, slots=True)
class SmartFact:
    """One of the five; it holds if nothing is missing. `missing` names parts, see `word_of`."""

    missing: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Return whether nothing is missing."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class Smart:
    """Five facts, none of them an opinion (Doran 1981)."""

    specific: SmartFact
    measurable: SmartFact
    achievable: SmartFact
    relevant: SmartFact
    time_bound: SmartFact

    @property
    def holds(self) -> bool:
        """Return whether all five hold."""
        five = (self.specific, self.measurable, self.achievable, self.relevant, self.time_bound)
        return all(each.holds for each in five)


SPECIFIC = ("statement", "client_owner", "provider_owner")
MEASURABLE = ("measure", "unit", "baseline", "baseline.value", "baseline.on", "source")


def missing_parts(objective: Worded, *, provider_known: bool) -> Iterator[str]:
    """
    Yield the name of each part that an objective lacks: `unit`, `baseline.value`, `due_on`.

    An owner at the provider is asked for once there is a provider.
    """
    for part in ("statement", "measure", "unit"):
        if not getattr(objective, part):
            yield part
    yield from _missing_of_baseline(objective.baseline)
    for part in ("target", "due_on", "source", "client_owner"):
        if not getattr(objective, part):
            yield part
    if provider_known and not objective.provider_owner:
        yield "provider_owner"


def smart(objective: Worded, placed: Placed, *, provider_known: bool) -> Smart:
    """
    Return the five facts of an objective.

    Specific: owners, a parent and a statement of five words or more. Measurable: measure, unit,
    baseline with its day, data source. Achievable: a target within the 95th percentile of its
    history or benchmark. Relevant: linked to a goal or benefit. Time-bound: a due day and a
    planned profile.
    """
    lacks = set(missing_parts(objective, provider_known=provider_known))
    statement = objective.statement or ""
    few = "words" if statement and len(statement.split()) < FEWEST_WORDS else ""
    return Smart(
        specific=_fact(*_of(SPECIFIC, lacks), few, "" if placed.parent else "parent"),
        measurable=_fact(*_of(MEASURABLE, lacks)),
        achievable=_fact("target" if "target" in lacks else _unreached(placed.reach)),
        relevant=_fact("" if placed.serves else "serves"),
        time_bound=_fact(*_of(("due_on",), lacks), "" if placed.planned else "profile"),
    )


def word_of(part: str) -> str:
    """Return what people call a missing part: "due date"."""
    return WORDS.get(part, part.replace("_", " "))


def _missing_of_baseline(baseline: BaselineWorded | None) -> Iterator[str]:
    if baseline is None:
        yield "baseline"
        return
    if not baseline.value:
        yield "baseline.value"
    if baseline.on is None:
        yield "baseline.on"


def _of(parts: tuple[str, ...], lacks: set[str]) -> list[str]:
    return [part for part in parts if part in lacks]


def _fact(*missing: str) -> SmartFact:
    return SmartFact(tuple(filter(None, missing)))


def _unreached(reach: Reach) -> str:
    return "within_reach" if reach.beyond else reach.lacks or ""
