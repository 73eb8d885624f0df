"""The worst acceptable figure and the target of a criterion -> what a figure is worth, 0 to 1."""

from dataclasses import dataclass
from fractions import Fraction

from tallystick.engine.refusals import Refusal
from tallystick.engine.values import Number

LEAST, MOST = 0, 5
"""The scale on which people judge."""


class AnchorsEqual(Refusal):
    """The worst acceptable figure and the target are one, so nothing lies between them."""

    code = "criteria.anchors-equal"


@dataclass(frozen=True, slots=True)
class Anchors:
    """
    Two figures in a criterion's own unit: `worst` is worth 0, `target` is worth 1.

    Either may be the larger: a price has its target below its worst. They are written before
    bids are opened and know nothing of the bids, so no bid can move what another is worth.

    Raises:
        AnchorsEqual: if the two are one.
    """

    worst: Number
    target: Number

    def __post_init__(self) -> None:
        if self.worst == self.target:
            raise AnchorsEqual(
                f"The worst acceptable figure and the target are both {self.worst}.",
                place="anchors",
                remedy="Name two different figures.",
            )

    def position(self, figure: Number) -> Fraction:
        """Return where a figure lies between them: below 0 is unacceptable, above 1 no use."""
        worst = Fraction(self.worst)
        return (Fraction(figure) - worst) / (Fraction(self.target) - worst)

    def utility(self, figure: Number) -> Fraction:
        """Return what a figure is worth: its position, from 0 to 1."""
        return min(max(self.position(figure), Fraction(0)), Fraction(1))


JUDGED = Anchors(LEAST, MOST)
"""The anchors of a judged criterion that names none."""
