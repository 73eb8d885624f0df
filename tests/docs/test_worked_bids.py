"""The figures on the pages about bids and objectives are what the engine computes."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tallystick.engine.objectives import (
    Actual,
    Aim,
    BusinessCase,
    CostLine,
    Direction,
    Projection,
    progress,
    project,
    worth_of_case,
)
from tallystick.engine.scoring import (
    JUDGED,
    Anchors,
    Criterion,
    Firmness,
    Predicted,
    ReferenceCall,
    criteria_tree,
    firmness,
    flips,
    price_anchors,
    reputation,
    track_records,
    value_bids,
    weigh,
)
from tests.docs.conftest import ROOT

PAGES = ROOT / "docs" / "explanation"
TREE = criteria_tree(
    [
        Criterion("price", 40, anchors=price_anchors(1000), judged=False),
        Criterion("quality", 35),
        Criterion("delivery", 25),
    ]
)
BIDS = {
    "Alder": {"price": 1000, "quality": 4, "delivery": 2},
    "Birch": {"price": 800, "quality": 2, "delivery": 3},
    "Cedar": {"price": 1300, "quality": 5, "delivery": 5},
}
SPREADS = {bid: {"quality": 0.5, "delivery": 0.5} for bid in BIDS}
AIM = Aim(Direction.LOWER, 40, date(2027, 1, 1), 20, date(2027, 12, 31))
HOURS = (39, 37, 38, 34, 33, 31)


def words_of(page: str) -> str:
    """Return a page with its lines joined."""
    return " ".join((PAGES / page).read_text(encoding="utf-8").split())


@pytest.fixture(scope="module")
def firm() -> Firmness:
    """Return how firm the ranking of the page is."""
    return firmness(TREE, BIDS, SPREADS, seed=1)


def test_bids_are_worth_what_the_page_says() -> None:
    for each in value_bids(TREE, BIDS):
        (row,) = (
            line
            for line in (PAGES / "bids.md").read_text(encoding="utf-8").splitlines()
            if line.startswith(f"| {each.bid} |") and ": " in line
        )
        utilities = [f": {float(part.utility):g} |" for part in each.contributions]
        assert all(part in row for part in utilities)
        assert row.endswith(f"| {float(each.total):.2f} |")


def test_changes_of_weights_are_those_of_the_page() -> None:
    page = words_of("bids.md")

    for each in flips(value_bids(TREE, BIDS)):
        assert each.points is not None
        row = (
            f"| {each.criterion.capitalize()} | {float(each.points):+.2f} points | {each.winner} |"
        )
        assert row in page


def test_ranks_are_those_of_the_page(firm: Firmness) -> None:
    page = words_of("bids.md")

    for bid, ranks in firm.ranks.items():
        assert f"| {bid} | " + " | ".join(f"{100 * each:.0f} %" for each in ranks) + " |" in page


def test_central_weights_and_confidence_are_those_of_the_page(firm: Firmness) -> None:
    central, sure = firm.central["Cedar"], firm.confidence["Cedar"]
    assert central is not None
    assert sure is not None
    price, quality, delivery = (f"{100 * each:.0f}" for each in central.values())

    page = words_of("bids.md")

    assert f"price {price}, quality {quality}, delivery {delivery}" in page
    assert f"while only scores vary ({100 * sure:.0f} %)" in page


def test_any_weighting_at_all_gives_the_shares_of_the_page() -> None:
    found = firmness(TREE, BIDS, SPREADS, seed=1, trust=None)

    birch, cedar = (f"{100 * found.first(bid):.0f} %" for bid in ("Birch", "Cedar"))
    assert f"Birch is first in {birch} and Cedar in {cedar}" in words_of("bids.md")


def test_comparisons_give_the_weights_of_the_page() -> None:
    found = weigh(list(TREE.ids), [[1, 3, 5], [1 / 3, 1, 3], [1 / 5, 1 / 3, 1]])

    page = words_of("bids.md")

    assert "{:.3f}, {:.3f} and {:.3f}".format(*found.weights.values()) in page
    assert f"with a ratio of {found.ratio:.3f}" in page
    assert found.look_again is not None
    assert f"3 is given, {found.look_again.implied:.2f} is implied" in page


def test_one_glowing_call_makes_what_the_page_says() -> None:
    found = reputation([ReferenceCall(5, independent=True, ended=False)], date(2027, 1, 1))

    assert f"One glowing call makes {found.score:.2f}" in words_of("bids.md")


def test_the_track_record_is_that_of_the_page() -> None:
    page = words_of("bids.md")
    price = Anchors(1_080_000, 720_000)
    pairs = [
        Predicted("Kestrel", 100 * anchors.utility(promised), 100 * anchors.utility(came))
        for anchors, promised, came in (
            (JUDGED, Decimal("2.75"), 2),
            (JUDGED, Decimal("4.5"), 4),
            (price, 760_000, 900_000),
        )
    ]

    (found,) = track_records(pairs)

    for each in pairs:
        short = Fraction(each.predicted) - Fraction(each.delivered)
        assert f"{float(each.predicted):.1f} |" in page
        assert f"{float(each.delivered):.1f} | {float(short):.1f} |" in page
    assert found.bias is not None
    assert found.shrunk is not None
    assert f"the bias is {float(found.bias):.1f} points" in page
    assert f"of which {float(found.shrunk):.1f} are to be relied on" in page


def test_progress_is_that_of_the_page() -> None:
    found = progress(AIM, 31, date(2027, 7, 2))

    assert f"{found.attained} of the way against {found.planned}" in words_of("objectives.md")
    assert found.index == Decimal("0.9")


def test_the_projection_is_that_of_the_page() -> None:
    actuals = [Actual(date(2027, 2 + n, 1), value) for n, value in enumerate(HOURS)]
    page = words_of("objectives.md")

    found = project(AIM, actuals, seed=1)

    assert isinstance(found, Projection)
    assert found.late
    assert f"{-found.slope.middle:g} hours less a day" in page
    assert f"it will be {found.value.middle:.1f} hours" in page
    low, middle, high = (
        f"{100 * each:.0f}"
        for each in (found.attained.low, found.attained.middle, found.attained.high)
    )
    assert f"{middle} % of the way ({low} to {high} %)" in page
    days = [f"{each:%-d %B %Y}" for each in _days(found)]
    assert f"reached on {days[1]} ({days[0]} to {days[2]})" in page


def _days(found: Projection) -> list[date]:
    return [
        each
        for each in (found.reached.p10, found.reached.p50, found.reached.p90)
        if each is not None
    ]


def test_the_business_case_is_that_of_the_page() -> None:
    def line(amount: int, year: int | None = None) -> CostLine:
        sure = Decimal(amount)
        return CostLine("fees", sure, sure, sure, "EUR", year)

    case = BusinessCase((line(1000),), (line(800), line(100, 0)), 2, Decimal("0.1"))

    assert f"= {worth_of_case(case, seed=1, draws=10).net_present}`" in words_of("objectives.md")
