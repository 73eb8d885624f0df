"""The availability of a service in a window: four exact sums, and the share that they make."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Figure:
    """
    What became of the service hours of one window.

    Seconds, or seconds times users where outages are weighed by users. The four parts add up to
    the service hours that had passed: `service`. Availability is up / (up + down); what is
    excused or not measured is on neither side.
    """

    window: str
    up: int
    down: int
    excused: int
    unmeasured: int
    least_measured: Fraction

    def __post_init__(self) -> None:
        if min(self.up, self.down, self.excused, self.unmeasured) < 0:
            raise ValueError(f"no part of {self} is less than nothing")

    @property
    def service(self) -> int:
        """Return all service hours of the window that had passed."""
        return self.up + self.down + self.excused + self.unmeasured

    @property
    def numerator(self) -> int:
        """Return what was up."""
        return self.up

    @property
    def denominator(self) -> int:
        """Return what was measured and not excused."""
        return self.up + self.down

    @property
    def measured(self) -> Fraction | None:
        """Return the share of what is not excused that has valid data; None if all is excused."""
        due = self.denominator + self.unmeasured
        return Fraction(self.denominator, due) if due else None

    @property
    def is_measured(self) -> bool:
        """Return whether enough of the window has valid data for its figure to be trusted."""
        return self.measured is None or self.measured >= self.least_measured

    @property
    def availability(self) -> Fraction | None:
        """Return the exact share; None if too little was measured, or all of it is excused."""
        if not self.is_measured or not self.denominator:
            return None
        return Fraction(self.numerator, self.denominator)


def added(figures: Sequence[Figure], window: str) -> Figure:
    """Return what several windows, of which there is one at least, make together."""
    parts = ("up", "down", "excused", "unmeasured")
    sums = {name: sum(getattr(each, name) for each in figures) for name in parts}
    return Figure(window=window, least_measured=figures[0].least_measured, **sums)


@dataclass(frozen=True, slots=True)
class Availability:
    """
    The figures of a service and of each of its components, one for each window asked for.

    A component's figures are those it would have if it were the whole service. `signals` tells
    how many rows of the data are about each component: 0 hints at a misspelt name.
    """

    service: tuple[Figure, ...]
    components: Mapping[str, tuple[Figure, ...]]
    signals: Mapping[str, int]
