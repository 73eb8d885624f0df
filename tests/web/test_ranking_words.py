"""How firm a first place is, in one sentence that an award board understands."""

from typing import Any

import pytest

from tallystick.web.ranking_words import (
    chance,
    firm_words,
    headline,
    is_firm,
    place_words,
    plain,
    shift,
)

NAMES = {"price": "Price", "team": "Team"}


def a_document(**changes: Any) -> dict[str, Any]:
    """Return a ranking of two bids that a little more weight on the price turns over."""
    usual: dict[str, Any] = {
        "bids": [
            {"bid": "k", "supplier": "Kestrel", "rank": 1, "ranks": [0.41, 0.59]},
            {"bid": "b", "supplier": "Baltic", "rank": 2, "ranks": [0.59, 0.41]},
        ],
        "flips": [
            {"criterion": "team", "change": "-21/500", "winner": "b"},
            {"criterion": "price", "change": "0.012", "winner": "b"},
        ],
    }
    return usual | changes


def test_a_fragile_winner_is_told_with_the_least_change() -> None:
    said = firm_words(a_document(), NAMES)

    assert said == (
        "Kestrel stays first in 41% of plausible weightings; "
        "1.2 points more on Price put Baltic first."
    )
    assert not is_firm(a_document())


def test_less_of_a_weight_is_told_as_less() -> None:
    document = a_document(flips=a_document()["flips"][:1])

    assert firm_words(document, NAMES).endswith("4.2 points less on Team put Baltic first.")


def test_where_no_change_does_it_the_sentence_says_so() -> None:
    document = a_document(flips=[{"criterion": "team", "change": None, "winner": None}])

    assert firm_words(document, NAMES).endswith("no change of a single weight puts another first.")


def test_one_bid_is_compared_with_nothing() -> None:
    document = a_document(bids=a_document()["bids"][:1])

    assert "only bid" in firm_words(document, NAMES)
    assert headline(document) == "Nothing was compared"


def test_two_that_are_worth_the_same_share_the_first_place() -> None:
    bids = [each | {"rank": 1} for each in a_document()["bids"]]

    assert "share the first place" in firm_words(a_document(bids=bids), NAMES)


@pytest.mark.parametrize(
    ("share", "said"),
    [(0, "0%"), (0.001, "<1%"), (0.41, "41%"), (0.999, ">99%"), (1.0, "100%")],
)
def test_what_is_not_certain_never_reads_as_if_it_were(share: float, said: str) -> None:
    assert chance(share) == said


@pytest.mark.parametrize(
    ("change", "said"),
    [("1/10000", "+<0.1 points"), ("0.05", "+5.0 points"), (None, "No change does")],
)
def test_a_change_is_told_in_points(change: str | None, said: str) -> None:
    assert shift(change) == said


def test_an_exact_number_is_shortened_for_reading() -> None:
    assert [plain("1/3"), plain("2"), plain(None)] == ["0.33", "2", "–"]  # noqa: RUF001


def test_a_bid_that_is_not_the_first_is_told_its_place() -> None:
    bids = [
        each | {"total": total}
        for each, total in zip(a_document()["bids"], ("4/5", "1/2"), strict=True)
    ]
    document = a_document(bids=bids)

    assert place_words(document, "b") == (
        "Baltic is number 2 of 2 in the order, worth 50.0 of 100, and comes first in 59% of "
        "plausible weightings. Kestrel is worth 80.0."
    )
    assert place_words(document, "k") == ""
