"""Values in words."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.values import FOREVER
from tallystick.web.components import words


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(1), "100.00%"),
        (Fraction(0), "0.00%"),
        (Fraction(94_999, 100_000), "94.99%"),
        (Decimal("0.95"), "95.00%"),
        (None, "\u2013"),
    ],
)
def test_a_share_is_written_in_per_cent_rounded_down(
    share: Fraction | Decimal | None, text: str
) -> None:
    assert words.percent(share) == text


@given(st.fractions(0, 1), st.fractions(0, 1))
def test_what_is_written_never_exceeds_the_share(share: Fraction, other: Fraction) -> None:
    written = Decimal(words.percent(share).removesuffix("%"))

    assert Fraction(written) / 100 <= share


@pytest.mark.parametrize(
    ("figure", "text"),
    [(Decimal("95.00000"), "95%"), (Decimal("99.95000"), "99.95%"), (Decimal(100), "100%")],
)
def test_a_figure_in_per_cent_loses_its_trailing_zeros(figure: Decimal, text: str) -> None:
    assert words.points(figure) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 min"), (3725, "1 h 2 min 5 s"), (273_900, "76 h 5 min"), (-60, "\u22121 min")],
)
def test_a_duration_is_written_exactly_in_hours(seconds: int, text: str) -> None:
    assert words.duration(seconds) == text


def test_a_moment_is_written_in_its_zone_with_utc_in_the_title() -> None:
    at = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)

    html = words.moment_html(at, "Europe/Brussels")

    assert "2 Jul 2026, 01:30 CEST" in html
    assert 'title="2026-07-01 23:30:00 UTC"' in html


def test_an_instant_of_the_engine_is_written_like_a_stored_one() -> None:
    at = datetime(2026, 7, 1, tzinfo=UTC) + timedelta(seconds=5)

    assert words.moment_text(int(at.timestamp())) == words.moment_text(at)


@pytest.mark.parametrize("at", [None, FOREVER])
def test_an_instant_that_never_comes_is_a_dash(at: int | None) -> None:
    assert words.moment_html(at) == "\u2013"


def test_a_day_is_written_without_a_leading_zero() -> None:
    assert words.day(date(2026, 3, 1)) == "1 Mar 2026"


def test_a_slug_is_written_in_words() -> None:
    assert words.sentence("not-applicable") == "Not applicable"
