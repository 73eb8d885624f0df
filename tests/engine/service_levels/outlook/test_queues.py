"""Live queues, against the cases worked by hand and their laws."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engine.service_levels.measure import measure
from tallystick.engine.service_levels.outcomes import (
    ITEM_VERDICTS,
    REASONS,
    ItemVerdict,
    Outcomes,
    Reason,
)
from tallystick.engine.service_levels.outlook.queues import Urgency, at_risk, breached, live
from tallystick.engine.service_levels.terms.quantities import read_limit
from tallystick.engine.values import FOREVER
from tests.engine.service_levels.builders import an_agreement, at, histories, some_outcomes
from tests.engine.service_levels.outlook.cases import answers, each_case_of

NOON = 1_331_294_400
ENDINGS = {
    "open": (ItemVerdict.PENDING, Reason.OPEN_IN_TIME),
    "open-late": (ItemVerdict.MISSED, Reason.OPEN_LATE),
    "done": (ItemVerdict.MET, Reason.DONE_IN_TIME),
    "done-late": (ItemVerdict.MISSED, Reason.DONE_LATE),
    "no-limit": (ItemVerdict.EXCLUDED, Reason.NO_LIMIT),
}


def outcomes_of(items: list[list[Any]]) -> Outcomes:
    """Return outcomes told as [id, limit, counted, due in minutes after noon, ending]."""
    endings = [ENDINGS[ending] for *_, ending in items]
    limit = _column(_seconds(limit) for _, limit, _, _, _ in items)
    counted = _column(_seconds(counted) for _, _, counted, _, _ in items)
    return some_outcomes(
        [name for name, *_ in items],
        opened=np.full(len(items), NOON - 86_400),
        due=_column(NOON + 60 * minutes for _, _, _, minutes, _ in items),
        counted=counted,
        limit=limit,
        over=np.where(limit > 0, counted - limit, 0),
        rule=np.where(limit > 0, 0, -1),
        verdict=_column(ITEM_VERDICTS.index(verdict) for verdict, _ in endings),
        reason=_column(REASONS.index(reason) for _, reason in endings),
    )


def _column(values: Any) -> Any:
    return np.asarray(list(values), dtype=np.int64)


def _seconds(text: str) -> int:
    return 0 if text == "0s" else read_limit(text)


def options(case: dict[str, Any]) -> dict[str, Any]:
    """Return what a case says about being at risk."""
    found: dict[str, Any] = {"left": Fraction(case["left"])} if "left" in case else {}
    return found | ({"within": read_limit(case["within"])} if "within" in case else {})


@each_case_of("queue")
def test_queues_are_as_worked_by_hand(case: dict[str, Any]) -> None:
    outcomes = outcomes_of(case["items"])

    risky = at_risk(outcomes, NOON, **options(case))

    assert [outcomes.id_of(row) for row in risky] == case["at_risk"]
    assert [outcomes.id_of(row) for row in breached(outcomes)] == case["breached"]


@each_case_of("live")
def test_an_open_item_stands_as_worked_by_hand(case: dict[str, Any]) -> None:
    (got,) = live(outcomes_of([case["item"]]), [0], NOON)

    assert answers(got, case["gives"]) == case["gives"]


def test_an_item_that_its_calendar_never_lets_be_due_has_no_due_instant() -> None:
    outcomes = outcomes_of([["a", "8h", "1h", 0, "open"]])
    outcomes.due[0] = FOREVER

    (got,) = live(outcomes, [0], NOON, within=3600)

    assert (got.due, got.urgency) == (None, Urgency.IN_TIME)


def test_a_stated_due_instant_stands_for_a_limit_in_wall_clock_time() -> None:
    stated = some_outcomes(
        ["a"],
        opened=np.asarray([NOON - 3 * 3600]),
        due=np.asarray([NOON + 3600]),
        over=np.asarray([-3600]),
        verdict=np.asarray([ITEM_VERDICTS.index(ItemVerdict.PENDING)]),
        reason=np.asarray([REASONS.index(Reason.OPEN_IN_TIME)]),
    )

    (got,) = live(stated, at_risk(stated, NOON), NOON)

    assert (got.limit, got.left, got.used) == (0, 3600, Fraction(3, 4))


@pytest.mark.parametrize("ending", ["done", "done-late", "no-limit"])
def test_what_is_not_open_has_no_live_row(ending: str) -> None:
    with pytest.raises(ValueError, match="is not open"):
        live(outcomes_of([["a", "8h", "1h", 0, ending]]), [0], NOON)


@pytest.mark.parametrize(("left", "within"), [("-1/4", 0), ("5/4", 0), ("1/4", -1)])
def test_a_risk_that_makes_no_sense_cannot_be_asked_for(left: str, within: int) -> None:
    with pytest.raises(ValueError, match="not a part of a limit"):
        at_risk(outcomes_of([]), NOON, left=Fraction(left), within=within)


def test_a_measured_history_stands_in_the_queue() -> None:
    nine = at("2012-03-05T09:00+01:00")
    agreement = an_agreement()
    items = {
        "fresh": [(nine + 6 * 3600, "new")],
        "soon": [(nine, "new")],
        "late": [(nine - 7 * 86_400, "new")],
    }
    as_of = nine + 7 * 3600

    outcomes = measure(histories(items), agreement.service_levels[0], agreement, as_of)

    (soon,) = live(outcomes, at_risk(outcomes, as_of), as_of)
    assert (soon.id, soon.left, soon.due) == ("soon", 3600, nine + 8 * 3600)
    assert [outcomes.id_of(row) for row in breached(outcomes)] == ["late"]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(0, 40), st.integers(-99, 99)), max_size=20),
    st.integers(0, 8).map(lambda eighths: Fraction(eighths, 8)),
    st.none() | st.integers(0, 6000),
)
def test_the_queues_and_the_rows_say_the_same_of_every_open_item(
    rows: list[tuple[int, int, int]], left: Fraction, within: int | None
) -> None:
    items = [
        [str(row), f"{limit}h", f"{quarters * 15}m" if quarters else "0s", minutes, ending]
        for row, (limit, quarters, minutes) in enumerate(rows)
        for ending in ["open-late" if quarters > 4 * limit else "open"]
    ]
    outcomes = outcomes_of(items)

    each = live(outcomes, range(len(items)), NOON, left=left, within=within)

    said = {urgency: {one.id for one in each if one.urgency is urgency} for urgency in Urgency}
    risky = at_risk(outcomes, NOON, left=left, within=within)
    assert {outcomes.id_of(row) for row in risky} == said[Urgency.AT_RISK]
    assert {outcomes.id_of(row) for row in breached(outcomes)} == said[Urgency.BREACHED]
    assert np.all(np.diff(outcomes.due[risky]) >= 0)
