"""What was promised and what came, in words: figures in their unit, points, differences."""

from decimal import Decimal
from fractions import Fraction

from tallystick.engine.scoring.delivered import FEWEST, TrackRecord
from tallystick.engine.values import Number
from tallystick.records.selections import Criterion, CriterionKind
from tallystick.web.components.figures import money
from tallystick.web.components.words import ABSENT
from tallystick.web.counts import counted
from tallystick.web.ranking_words import plain

TOO_FEW = "Too few to tell"
EXPLAINED = (
    (
        "Pairs",
        "How many promises were held against what came. Below three nothing is told: one miss "
        "may be chance.",
    ),
    ("On average", "By how much less came than was promised, or more."),
    (
        "To rely on",
        "What of it to take off the next promise, less while pairs are few: "
        "pairs × average ÷ (pairs + 3).",  # noqa: RUF001
    ),
    ("Apart", "How far promises lay from what came, whichever way, on average."),
)
"""What each column of a track record means."""


def figure_words(criterion: Criterion, figure: Number, currency: str) -> str:
    """Write a figure on the scale of its criterion: 3.5 of 5, 12 days, 760,000.00 EUR."""
    exact = Fraction(figure)
    if criterion.kind == CriterionKind.PRICE:
        return money(Decimal(exact.numerator) / exact.denominator, currency)
    if criterion.kind == CriterionKind.JUDGED:
        return f"{plain(str(exact))} of 5"
    return f"{plain(str(exact), 4)} {criterion.unit}".rstrip()


def weight_words(weight: Fraction) -> str:
    """Write a weight as its part of 100."""
    return plain(str(100 * weight), 1)


def marks_words(mark: Fraction) -> str:
    """Write a mean mark exactly enough to see how two differ."""
    return plain(str(mark))


def points_words(points: Fraction | None) -> str:
    """Write points of 100 with one decimal; an en dash for None."""
    return ABSENT if points is None else f"{float(points):.1f}"


def short_words(short: Fraction | None) -> str:
    """Say by how many points less came than was promised, or more."""
    return _difference(short, "promised", of_five=False)


def said_words(short: Fraction | None) -> str:
    """Say by how many marks of five a rating lies below what a referee said, or above."""
    return _difference(short, "said", of_five=True)


def _difference(short: Fraction | None, given: str, *, of_five: bool) -> str:
    if short is None:
        return ABSENT
    amount = f"{abs(float(short)):.1f}"
    if amount == "0.0":
        return f"As {given}"
    number = amount.removesuffix(".0")
    unit = "of 5" if of_five else ("point" if number == "1" else "points")
    return f"{number} {unit} {'less' if short > 0 else 'more'} than {given}"


def bias_words(record: TrackRecord[object], *, of_five: bool = False) -> str:
    """Say what came on average beside what was promised; that it is too early below three."""
    if not record.enough:
        return TOO_FEW
    return said_words(record.bias) if of_five else short_words(record.bias)


def shrunk_words(record: TrackRecord[object], *, of_five: bool = False) -> str:
    """Say what of it to rely on while pairs are few."""
    return said_words(record.shrunk) if of_five else short_words(record.shrunk)


def record_words(record: TrackRecord[object], *, of_five: bool = False) -> str:
    """Say a track record in one sentence."""
    pairs = counted(record.pairs, "pair")
    if not record.enough:
        return f"{pairs}: too few to tell, which takes {FEWEST}."
    relied = shrunk_words(record, of_five=of_five)
    return f"{pairs}: {lowered(bias_words(record, of_five=of_five))}; rely on {lowered(relied)}."


def lowered(text: str) -> str:
    """Return a text as it stands inside a sentence."""
    return text[:1].lower() + text[1:]
