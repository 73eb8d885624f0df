"""What a bidder's clients are asked, and what a pilot is watched for: our own words."""

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

LEAST, MOST = 1, 5

QUESTIONS: Mapping[str, str] = MappingProxyType(
    {
        "promises": "They did what they had promised.",
        "dates": "They kept their dates.",
        "bad-news": "They told bad news early.",
        "people": "The people from the bid came, and stayed.",
        "mending": "What broke was mended for good.",
        "price": "They charged what was agreed.",
        "knowledge": "They wrote down what they knew, and shared it.",
        "leaving": "Leaving them is easy, or was.",
    }
)
"""Answered from 1, not at all, to 5, entirely."""
FEWEST_MARKS = 4
"""A call with fewer answers says too little to be counted."""

BEHAVIOURS: Mapping[str, str] = MappingProxyType(
    {
        "bad-news": "Tells bad news early",
        "writing": "Writes things down",
        "asking": "Asks when something is unclear",
        "dates": "Keeps dates",
    }
)
"""What can be seen in a few days of work together."""


def mean_mark(marks: Mapping[str, int]) -> Fraction | None:
    """Return the mean of the answers of one call, exactly; None without any."""
    return Fraction(sum(marks.values()), len(marks)) if marks else None
