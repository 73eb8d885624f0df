"""The dimensions on which each party rates the other, in our own words."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType

RATED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "client": MappingProxyType(
            {
                "delivery": "Delivers what was promised",
                "problems": "Solves problems at their cause",
                "communication": "Tells early and plainly",
                "knowledge": "Documents, and hands knowledge over",
                "people": "Keeps skilled people on the work",
                "again": "Would be chosen again",
            }
        ),
        "provider": MappingProxyType(
            {
                "requirements": "Says clearly what is needed",
                "decisions": "Decides in time",
                "access": "Gives access, data and people in time",
                "communication": "Tells early and plainly",
                "fairness": "Is fair about faults, credits and payment",
                "again": "Would be worked for again",
            }
        ),
    }
)
"""By the side that rates: what it says of the other one, from 1, poor, to 5, excellent."""


def mean_of(marks: Iterable[int]) -> Fraction | None:
    """Return the mean of some marks; None without any."""
    given = list(marks)
    return Fraction(sum(given), len(given)) if given else None
