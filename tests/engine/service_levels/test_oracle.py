"""The kernel against a walker that counts minute by minute and shares no code with it."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engine.service_levels.measure import measure
from tallystick.engine.service_levels.outcomes import Outcomes
from tallystick.engine.service_levels.windows import windows_of
from tallystick.engine.service_levels.working import Kind, show_working
from tallystick.engine.values import FOREVER
from tests.engine.service_levels.builders import a_level_document, an_agreement, histories
from tests.engine.service_levels.oracle import PATIENCE, Answer, Walker
from tests.engine.service_levels.strategies import calendars, generated_histories

ITEMS = 25


def an_agreement_on(calendar: dict[str, Any], kind: str, minutes: int) -> Any:
    """Return an agreement over all years with one service level on a calendar."""
    level = a_level_document(measure=kind, targets=[{"limit": f"{minutes}m"}])
    return an_agreement(
        zone=calendar["zone"],
        in_force={"from": "1985-01-01", "until": "2020-01-01"},
        calendars={"office": calendar},
        service_levels=[level],
    )


def answer_of(outcomes: Outcomes, row: int, known_until: int) -> Answer:
    """Return a row as the walker would put it; a due beyond the walker's patience is None."""
    done, due = int(outcomes.done[row]), int(outcomes.due[row])
    return Answer(
        counted=int(outcomes.counted[row]),
        paused=int(outcomes.paused[row]),
        done=None if done == FOREVER else done,
        due=None if due > min(done, known_until) + PATIENCE * 60 else due,
        verdict=outcomes.verdict_of(row).value,
    )


@pytest.mark.parametrize("kind", ["response-time", "resolution-time"])
@settings(max_examples=50, deadline=None)
@given(
    place=calendars(),
    minutes=st.integers(1, 600),
    seed=st.integers(0, 2**32 - 1),
    after=st.integers(0, 4 * 1440),
)
def test_the_kernel_agrees_with_the_walker(
    kind: str, place: tuple[dict[str, Any], date], minutes: int, seed: int, after: int
) -> None:
    calendar, change = place
    agreement = an_agreement_on(calendar, kind, minutes)
    items = generated_histories(seed, calendar["zone"], change, ITEMS)
    as_of = max(changes[0][0] for changes in items.values()) + 60 * after

    got = measure(histories(items), agreement.service_levels[0], agreement, as_of)

    walker = Walker(calendar)
    assert [answer_of(got, row, as_of) for row in range(len(got))] == [
        walker.walk(kind, changes, minutes * 60, as_of) for changes in items.values()
    ]


@settings(max_examples=30, deadline=None)
@given(place=calendars(), minutes=st.integers(1, 600), seed=st.integers(0, 2**32 - 1))
def test_an_item_belongs_to_the_local_month_of_its_due_instant(
    place: tuple[dict[str, Any], date], minutes: int, seed: int
) -> None:
    calendar, change = place
    agreement = an_agreement_on(calendar, "resolution-time", minutes)
    spans = histories(generated_histories(seed, calendar["zone"], change, ITEMS))

    got = measure(spans, agreement.service_levels[0], agreement, int(spans.since.max()))

    windows = windows_of(agreement)
    months = [
        f"{datetime.fromtimestamp(int(due), tz=UTC).astimezone(ZoneInfo(calendar['zone'])):%Y-%m}"
        for due in got.due
    ]
    assert [windows[window].text for window in got.window] == months


@pytest.mark.parametrize("kind", ["response-time", "resolution-time"])
@settings(max_examples=30, deadline=None)
@given(place=calendars(), minutes=st.integers(1, 600), seed=st.integers(0, 2**32 - 1))
def test_the_working_of_each_item_adds_up_to_its_outcome(
    kind: str, place: tuple[dict[str, Any], date], minutes: int, seed: int
) -> None:
    calendar, change = place
    agreement = an_agreement_on(calendar, kind, minutes)
    spans = histories(generated_histories(seed, calendar["zone"], change, 8))
    as_of, level = int(spans.since.max()), agreement.service_levels[0]

    got = measure(spans, level, agreement, as_of)

    workings = [show_working(spans, name, level, agreement, as_of) for name in spans.ids]
    assert [(shown.counted, shown.paused, shown.due, shown.done) for shown in workings] == list(
        zip(got.counted, got.paused, got.due, got.done, strict=True)
    )
    for shown in workings:
        assert shown.counted == sum(i.seconds for i in shown.intervals if i.kind is Kind.COUNTED)
        assert shown.paused == sum(i.seconds for i in shown.intervals if i.kind is Kind.PAUSED)
        edges = [shown.opened, *(i.until for i in shown.intervals)]
        assert [i.since for i in shown.intervals] == edges[:-1]
        assert edges[-1] == as_of
