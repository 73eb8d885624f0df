"""Factories of priced risks; name only what a test is about."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from tallystick.engine.risk import Lognormal, Once, Pert, PricedRisk, Rate
from tallystick.engine.risk.compound import Magnitude
from tallystick.engine.values import Number

OUTAGE = PricedRisk("outage", Rate.of(Decimal("0.85")), Lognormal(20_000, 900_000))
LEAVERS = PricedRisk(
    "leavers",
    Rate(Pert(Decimal("0.1"), Decimal("0.5"), 3)),
    Pert(20_000, 80_000, 900_000),
)


def a_risk(
    key: str = "outage", rate: Number = 1, magnitude: Magnitude = OUTAGE.magnitude
) -> PricedRisk:
    """Return a risk whose rate is certain."""
    return PricedRisk(key, Rate.of(rate), magnitude)


def a_constant(loss: Number) -> Pert:
    """Return a loss that is certain."""
    return Pert(loss, loss, loss)


def perts(most: int = 1_000) -> st.SearchStrategy[Pert]:
    """Give a least, a likeliest and a highest figure, wider than nothing."""
    figures = st.lists(st.integers(0, most), min_size=3, max_size=3).map(sorted)
    return figures.filter(lambda each: each[0] < each[2]).map(lambda each: Pert(*each))


def magnitudes() -> st.SearchStrategy[Magnitude]:
    """Give a loss of either kind, with ends of 1 to some thousands."""
    intervals = st.tuples(st.integers(1, 100), st.integers(2, 30))
    return perts() | intervals.map(lambda each: Lognormal(each[0], each[0] * each[1]))


def rates(most: int = 4) -> st.SearchStrategy[Rate]:
    """Give a rate in tenths, certain or not."""
    tenths = st.lists(st.integers(0, 10 * most), min_size=3, max_size=3).map(sorted)
    return tenths.map(lambda each: Rate(Pert(*(Fraction(one, 10) for one in each))))


def registers() -> st.SearchStrategy[list[PricedRisk]]:
    """Give one risk to four."""
    chances = st.integers(0, 10).map(lambda each: Once(Fraction(each, 10)))
    pairs = st.lists(st.tuples(rates() | chances, magnitudes()), min_size=1, max_size=4)
    return pairs.map(
        lambda some: [PricedRisk(f"r{n}", often, much) for n, (often, much) in enumerate(some)]
    )
