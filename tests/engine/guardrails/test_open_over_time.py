"""How many findings were open when, and what is said of each threshold."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.guardrails import Severity
from tallystick.engine.guardrails.open_over_time import MOST, Span, counts_of
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.thresholds import thresholds

NOW = datetime(2027, 3, 17, 9, 0, tzinfo=UTC)
WEEK = timedelta(weeks=1)


def a_span(weeks_ago: float, until: float | None = None, severity: str = "major") -> Span:
    """Return a finding that opened some weeks ago, closed some weeks ago or open."""
    closed = None if until is None else NOW - until * WEEK
    return Span(Severity(severity), NOW - weeks_ago * WEEK, closed)


def totals(*spans: Span) -> list[tuple[str, int]]:
    """Return each window with how many were open at its end."""
    return [(each.window, each.total) for each in counts_of(spans, NOW)]


def test_a_young_engagement_is_counted_by_weeks_up_to_now() -> None:
    assert totals(a_span(2), a_span(1, until=0.2)) == [
        ("2027-W09", 1),
        ("2027-W10", 2),
        ("2027-W11", 1),
    ]


def test_an_older_one_is_counted_by_months() -> None:
    assert totals(a_span(20, until=10)) == [
        ("2026-10", 1),
        ("2026-11", 1),
        ("2026-12", 1),
        ("2027-01", 0),
        ("2027-02", 0),
        ("2027-03", 0),
    ]


def test_the_newest_twelve_are_counted() -> None:
    counts = counts_of([a_span(200)], NOW)

    assert (len(counts), counts[0].window, counts[-1].at) == (MOST, "2026-04", NOW)


def test_each_severity_is_counted_apart() -> None:
    (count,) = counts_of([a_span(0.1), a_span(0.1), a_span(0.1, severity="blocker")], NOW)

    assert count.open == {Severity.BLOCKER: 1, Severity.MAJOR: 2, Severity.MINOR: 0}


def test_nothing_is_counted_before_anything_was_found() -> None:
    assert counts_of([], NOW) == []


def test_a_finding_is_open_at_its_first_moment_and_not_at_its_last() -> None:
    span = Span(Severity.MINOR, NOW, NOW + WEEK)

    assert [span.open_at(NOW), span.open_at(NOW + WEEK)] == [True, False]


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), max_size=20))
def test_the_last_count_is_of_those_that_are_open_now(pairs: list[tuple[float, float]]) -> None:
    spans = [a_span(max(pair), min(pair) or None) for pair in pairs]

    counts = counts_of(spans, NOW)

    assert counts == [] or counts[-1].total == sum(span.open_at(NOW) for span in spans)
    assert len(counts) <= MOST


@pytest.mark.parametrize("threshold", thresholds(), ids=lambda each: each.name)
def test_a_threshold_says_what_it_means_and_who_goes_by_it(threshold: object) -> None:
    assert threshold.meaning.endswith(".")  # type: ignore[attr-defined]
    assert threshold.used_by  # type: ignore[attr-defined]


def test_every_threshold_of_the_policy_is_told_with_its_bounds() -> None:
    told = {each.name: (each.default, each.least, each.most) for each in thresholds()}

    assert set(told) == set(Policy.model_fields)
    assert told["falling_windows"] == (3, 2, 24)
