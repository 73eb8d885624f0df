"""Outcomes become one measurement per window."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.service_levels.judge import judge
from tallystick.engine.service_levels.measure import measure
from tallystick.engine.service_levels.measurement import Measurement, Verdict
from tallystick.engine.service_levels.tally import tally
from tallystick.engine.service_levels.terms.goals import read_goal
from tallystick.engine.service_levels.windows import read_window
from tests.engine.service_levels.builders import a_level_document, an_agreement, at, histories

Change = tuple[int, str]


def an_item(day: str, hours: int, state: str = "resolved") -> list[Change]:
    """Return an item opened at nine on a winter day, and what became of it hours later."""
    nine = at(f"{day}T09:00+01:00")
    return [(nine, "new"), (nine + 3600 * hours, state)]


def tallied(
    items: dict[str, list[Change]],
    as_of: str,
    *,
    month: str | None = None,
    target: str = "50%",
    from_: str = "2012-01-01",
) -> list[Measurement]:
    """Return the measurements of items under a limit of four hours."""
    level = a_level_document(target=target, targets=[{"limit": "4h"}])
    in_force = {"from": from_, "until": "2013-01-01"}
    agreement = an_agreement(in_force=in_force, service_levels=[level])
    only, until = agreement.service_levels[0], at(as_of)
    outcomes = measure(histories(items), only, agreement, until)
    window = read_window(month, agreement) if month else None
    return tally(outcomes, only, agreement, until, window=window)


def a_measurement(numerator: int, denominator: int, target: str = "95%") -> Measurement:
    """Return a measurement as the tally would judge it."""
    level = an_agreement(service_levels=[a_level_document(target=target)]).service_levels[0]
    verdict, why = judge(level, numerator, denominator, denominator)
    return Measurement(
        "resolution", "2012-03", numerator, denominator, 0, level.target, verdict, why=why
    )


def test_each_month_of_the_term_that_has_begun_is_measured() -> None:
    got = tallied({"a": an_item("2012-02-06", 2)}, "2012-03-01T00:00+01:00")

    assert [(m.window, m.verdict) for m in got] == [
        ("2012-01", "nothing-due"),
        ("2012-02", "met"),
        ("2012-03", "nothing-due"),
    ]


def test_met_missed_and_pending_items_are_told_apart() -> None:
    items = {
        "met": an_item("2012-02-06", 2),
        "late": an_item("2012-02-06", 6),
        "cancelled": an_item("2012-02-06", 6, "cancelled"),
        "pending": an_item("2012-02-20", 1, "in-progress"),
    }

    got = tallied(items, "2012-02-20T10:00+01:00", month="2012-02")

    assert [(m.numerator, m.denominator, m.pending) for m in got] == [(1, 2, 1)]


def test_an_item_outside_the_term_is_in_no_month() -> None:
    items = {"before": an_item("2011-12-05", 2), "after": an_item("2013-01-07", 2)}

    got = tallied(items, "2013-06-01T00:00Z")

    assert [m.denominator for m in got] == [0] * 12


def test_a_term_that_begins_within_a_month_measures_the_rest_of_it() -> None:
    items = {"before": an_item("2012-01-13", 2), "within": an_item("2012-01-16", 2)}

    got = tallied(items, "2012-02-01T00:00+01:00", month="2012-01", from_="2012-01-15")

    assert [m.denominator for m in got] == [1]


def test_a_month_asked_for_is_measured_before_it_begins() -> None:
    items = {"early": an_item("2012-02-29", 1), "due-in-march": an_item("2012-02-29", 7, "closed")}
    items["due-in-march"] = [
        (at("2012-02-29T16:00+01:00"), "new"),
        (at("2012-02-29T16:30+01:00"), "closed"),
    ]

    got = tallied(items, "2012-02-29T17:00+01:00", month="2012-03")

    assert [(m.window, m.numerator, m.denominator) for m in got] == [("2012-03", 1, 1)]


@pytest.mark.parametrize(
    ("numerator", "denominator", "verdict"),
    [
        (0, 0, Verdict.NOTHING_DUE),
        (95, 100, Verdict.MET),
        (949, 1000, Verdict.MISSED),
        (94_999, 100_000, Verdict.MISSED),
        (19, 20, Verdict.MET),
        (0, 1, Verdict.MISSED),
    ],
)
def test_the_exact_share_is_judged_and_nothing_is_rounded(
    numerator: int, denominator: int, verdict: Verdict
) -> None:
    assert a_measurement(numerator, denominator).verdict is verdict


def test_a_month_with_nothing_due_has_no_attainment() -> None:
    assert a_measurement(0, 0).attainment is None


@pytest.mark.parametrize(("numerator", "denominator"), [(2, 1), (-1, 1), (0, -1)])
def test_counts_that_contradict_each_other_cannot_be_built(
    numerator: int, denominator: int
) -> None:
    with pytest.raises(ValueError, match="is no count"):
        Measurement("any", "2012-03", numerator, denominator, 0, read_goal("95%"), Verdict.MET)


@given(denominator=st.integers(1, 500), data=st.data())
def test_one_more_item_in_time_never_turns_met_into_missed(
    denominator: int, data: st.DataObject
) -> None:
    numerator = data.draw(st.integers(0, denominator - 1))

    before = a_measurement(numerator, denominator).verdict
    after = a_measurement(numerator + 1, denominator).verdict

    assert (before, after) != (Verdict.MET, Verdict.MISSED)


@pytest.mark.parametrize("measure", ["backlog", "volume"])
def test_no_item_at_all_is_a_figure_where_items_are_counted(measure: str) -> None:
    level = a_level_document(measure=measure, targets=[], target="<= 5")
    agreement = an_agreement(service_levels=[level])

    assert judge(agreement.service_levels[0], 0, 1, 0) == (Verdict.MET, "")


def test_a_measurement_names_its_level_and_what_it_was_judged_against() -> None:
    level = a_level_document(target="95%", minimum="90%", targets=[{"limit": "4h"}])
    agreement = an_agreement(service_levels=[level])
    only, until = agreement.service_levels[0], at("2012-02-01T00:00+01:00")
    outcomes = measure(histories({"a": an_item("2012-01-09", 2)}), only, agreement, until)

    first = tally(outcomes, only, agreement, until)[0]

    assert first.service_level == "resolution"
    assert (first.target, first.minimum) == (read_goal("95%"), read_goal("90%"))
