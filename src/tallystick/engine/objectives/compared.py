"""What was written of a baseline's size and of what others reach -> figures, or what is wrong."""

import re

from tallystick.engine.objectives.worded import FigureNeeded, figure_in

MOST = 500
"""Values that a target is held against: a study's table, not its raw data."""
_BETWEEN = re.compile(r"[\s;]+")
_COUNT = re.compile(r"[1-9]\d{0,8}", re.ASCII)


def benchmark_in(text: str) -> str:
    """
    Return the values that others reach as decimals with one blank between; "" for none.

    Blanks, line ends and semicolons part them; each may carry a per cent sign.

    Raises:
        FigureNeeded: for a word that is no number, or too many values.
    """
    words = [each for each in _BETWEEN.split(text.strip().replace(" %", "%")) if each]
    if len(words) > MOST:
        raise FigureNeeded(
            f"There are {len(words):,} values that others reach; at most {MOST} are kept.",
            place="benchmark",
            remedy="Give the quantiles of the study, or a sample.",
        )
    for each in words:
        if figure_in(each) is None:
            raise FigureNeeded(
                f"“{each[:40]}” is no number.",
                place="benchmark",
                remedy="Write numbers in the target's unit with blanks between: 12 14.5 15.",
            )
    return " ".join(each.rstrip("%") for each in words)


def check_observations(text: str) -> None:
    """
    Refuse a number of observations that is none; nothing is no answer and passes.

    Raises:
        FigureNeeded
    """
    if text and not _COUNT.fullmatch(text):
        raise FigureNeeded(
            f"“{text}” is no number of observations.",
            place="baseline_n",
            remedy="Give a whole number from 1, such as 240.",
        )
