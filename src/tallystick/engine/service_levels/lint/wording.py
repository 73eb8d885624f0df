"""An agreement as it is written, as it is read, and how its levels fared: what rules look at."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tallystick.engine.service_levels.measurement import Measurement
from tallystick.engine.service_levels.outlook.jeffreys import Experience
from tallystick.engine.service_levels.outlook.past import YEAR, worth_of
from tallystick.engine.service_levels.terms import Agreement, ServiceLevel
from tallystick.engine.service_levels.terms.goals import Unit


@dataclass(frozen=True, slots=True)
class Clause:
    """One service level: its place, its words, its terms, and its latest decided windows."""

    place: str
    written: Mapping[str, Any]
    level: ServiceLevel
    past: tuple[Experience, ...]

    def says(self, *path: str) -> bool:
        """Return whether the words themselves hold a key, rather than a default."""
        return says(self.written, *path)

    @property
    def name(self) -> str:
        """Return how a sentence begins that is about this level."""
        return f"Service level {self.level.id}"

    @property
    def counts_items(self) -> bool:
        """Return whether its figure is a share of items, each of which is late or not."""
        return self.level.target.unit is Unit.SHARE and self.level.availability is None

    @property
    def usual_volume(self) -> int:
        """Return how many items a window usually has; 0 where nothing is known."""
        whole = sum(each.whole for each in self.past)
        return round(whole / len(self.past)) if self.past else 0

    @property
    def experience(self) -> Experience:
        """Return what its windows teach about the next one."""
        kept, missed = (sum(getattr(each, part) for each in self.past) for part in _PARTS)
        items, worth = Experience(kept, missed), worth_of(self.past)
        return items if worth is None else items.as_if(worth)


_PARTS = ("kept", "missed")


@dataclass(frozen=True, slots=True)
class Wording:
    """A document that reads as an agreement, and how its levels fared so far, if that is known."""

    document: Mapping[str, Any]
    terms: Agreement
    measured: tuple[Measurement, ...] = ()

    @property
    def clauses(self) -> Iterator[Clause]:
        """Return the service levels in the order of the document."""
        written = self.document["service_levels"]
        for index, (words, level) in enumerate(
            zip(written, self.terms.service_levels, strict=True)
        ):
            yield Clause(f"service_levels[{index}]", words, level, _past(level, self.measured))

    def says(self, *path: str) -> bool:
        """Return whether the words themselves hold a key, rather than a default."""
        return says(self.document, *path)


def says(written: Any, *path: str) -> bool:
    """Return whether a mapping holds a path of keys with something at its end."""
    for key in path:
        if not isinstance(written, Mapping) or written.get(key) is None:
            return False
        written = written[key]
    return True


def _past(level: ServiceLevel, measured: Iterable[Measurement]) -> tuple[Experience, ...]:
    own = [each for each in measured if each.service_level == level.id and each.denominator]
    if level.target.unit is not Unit.SHARE:
        return ()
    return tuple(
        Experience(each.numerator, each.denominator - each.numerator) for each in own[-YEAR:]
    )
