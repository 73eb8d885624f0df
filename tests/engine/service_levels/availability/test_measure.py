"""What the kernels promise beyond the worked cases: laws, refusals, components, reasons."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.availability import (
    Figure,
    measure_availability,
    measure_probes,
    show_availability,
)
from tallystick.engine.service_levels.terms import Calendar
from tallystick.engine.signals import SignalKind, no_signals
from tests.engine.service_levels.availability.builders import (
    days_from,
    outages,
    probes,
    some_terms,
    states,
)

ALWAYS = Calendar.model_validate({"zone": "UTC", "hours": "always"})
DAYS = days_from("2026-03-10", 3, "UTC")
START, HOUR = DAYS[0].start, 3_600
LATER = DAYS[-1].end

lengths = st.integers(0, 3 * 86_400)
some_outages = st.lists(
    st.tuples(st.sampled_from("ab"), lengths, lengths).map(
        lambda o: (o[0], START + o[1], START + o[1] + o[2], None, False)
    ),
    max_size=12,
)


@settings(deadline=None)
@given(rows=some_outages, more=some_outages)
def test_one_more_outage_never_raises_an_availability(
    rows: list[tuple[str, int, int, None, bool]], more: list[tuple[str, int, int, None, bool]]
) -> None:
    terms = some_terms(components={"serial": ["a", "b"]})
    base = [("c", START, START, None, False), *rows]

    before = measure_availability(outages(base), terms, ALWAYS, DAYS, LATER).service
    after = measure_availability(outages(base + more), terms, ALWAYS, DAYS, LATER).service

    assert all(x.up >= y.up for x, y in zip(before, after, strict=True))


@settings(deadline=None)
@given(rows=some_outages.filter(len), as_of=lengths)
def test_the_parts_of_every_window_are_its_service_hours(
    rows: list[tuple[str, int, int, None, bool]], as_of: int
) -> None:
    got = measure_availability(outages(rows), some_terms(), ALWAYS, DAYS, START + as_of)

    passed = [max(0, min(day.end, START + as_of) - day.start) for day in DAYS]
    assert [figure.service for figure in got.service] == passed


@settings(deadline=None)
@given(rows=some_outages.filter(len))
def test_a_serial_service_is_never_better_and_a_parallel_one_never_worse_than_its_parts(
    rows: list[tuple[str, int, int, None, bool]],
) -> None:
    both = [("a", START, START, None, False), ("b", START, START, None, False), *rows]
    found = {
        how: measure_availability(
            outages(both), some_terms(components={how: ["a", "b"]}), ALWAYS, DAYS, LATER
        )
        for how in ("serial", "parallel")
    }

    for day in range(len(DAYS)):
        ups = [figures[day].up for figures in found["serial"].components.values()]
        assert found["serial"].service[day].up <= min(ups)
        assert found["parallel"].service[day].up >= max(ups)


def test_each_component_has_its_own_figure_and_its_number_of_rows() -> None:
    terms = some_terms(components={"serial": ["a", "b", "mistyped"]})
    rows = [("a", START, START + HOUR, None, False), ("b", START, START + 2 * HOUR, None, False)]

    got = measure_availability(outages(rows), terms, ALWAYS, DAYS[:1], LATER)

    assert {name: figures[0].down for name, figures in got.components.items()} == {
        "a": HOUR, "b": 2 * HOUR, "mistyped": 0,
    }  # fmt: skip
    assert got.signals == {"a": 1, "b": 1, "mistyped": 0}


@pytest.mark.parametrize("kind", list(SignalKind))
def test_no_signals_of_any_kind_measure_nothing(kind: SignalKind) -> None:
    got = measure_availability(no_signals(kind), some_terms(kind), ALWAYS, DAYS, LATER)

    assert [figure.availability for figure in got.service] == [None] * 3
    assert [figure.unmeasured for figure in got.service] == [86_400] * 3
    assert got.components == {}


def test_data_of_another_kind_are_refused() -> None:
    with pytest.raises(Refusal) as refused:
        measure_availability(states([]), some_terms("probes"), ALWAYS, DAYS, LATER)

    assert refused.value.code == "measure.wrong-signals"
    assert refused.value.remedy == "Import probes, or agree on `from: states`."


def test_a_stream_of_probes_under_other_terms_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        measure_probes([], some_terms("outages"), ALWAYS, DAYS, LATER)

    assert refused.value.code == "measure.wrong-signals"


def test_a_figure_has_no_negative_part() -> None:
    terms = some_terms()

    with pytest.raises(ValueError, match="no part"):
        Figure("2026-03", -1, 0, 0, 0, terms.least_measured)


def test_a_component_that_the_service_does_not_have_has_no_working() -> None:
    with pytest.raises(Refusal) as refused:
        show_availability(
            outages([("a", START, START + 1, None, False)]),
            some_terms(),
            ALWAYS,
            DAYS[0],
            LATER,
            component="b",
        )

    assert (refused.value.code, refused.value.place) == ("working.unknown-component", "b")


def test_each_interval_has_its_reason_and_its_line() -> None:
    rows = [
        ("a", START + HOUR, START + 2 * HOUR, None, False),
        ("a", START + 3 * HOUR, START + 3 * HOUR + 60, None, False),
        ("a", START + 4 * HOUR, START + 5 * HOUR, None, True),
        ("a", START + 6 * HOUR, None, None, False),
    ]
    maintenance = [
        {"since": "2026-03-10T07:00", "until": "2026-03-10T08:00", "notice_given_on": "2026-03-09"},
        {"since": "2026-03-10T09:00", "until": "2026-03-10T10:00", "notice_given_on": "2026-03-08",
         "reason": "Patches"},
    ]  # fmt: skip
    terms = some_terms(minimum_outage="5m", maintenance=maintenance)

    got = show_availability(outages(rows), terms, ALWAYS, DAYS[0], START + 11 * HOUR)

    late = "notice was given 1 day ahead, and 2 days are needed"
    lasts = "a is down; the outage has no end yet"
    assert [(i.kind.value, i.line, i.why) for i in got.intervals] == [
        ("up", 0, "a is up."),
        ("down", 2, "a is down."),
        ("up", 0, "a is up."),
        ("too-short", 3, "a is down, and an outage shorter than 5m does not count."),
        ("up", 0, "a is up."),
        ("excused", 4, "a is down, and the data excuse it."),
        ("up", 0, "a is up."),
        ("down", 5, f"{lasts}."),
        ("down", 5, f"{lasts}; of this maintenance {late}."),
        ("down", 5, f"{lasts}."),
        ("maintenance", 0, "Maintenance of which notice was given on 2026-03-08: Patches."),
        ("down", 5, f"{lasts}."),
    ]


def test_standing_maintenance_is_the_reason_of_its_intervals() -> None:
    down = [("a", START + 3 * HOUR, START + 5 * HOUR, None, False)]
    terms = some_terms(
        standing_maintenance={"tue": ["02:00-04:00"]},
        formula="(T-excused-nonexcused)/(T-excused)",
    )

    got = show_availability(outages(down), terms, ALWAYS, DAYS[0], START + 6 * HOUR)

    assert [(i.kind.value, i.seconds, i.why) for i in got.intervals] == [
        ("up", 3 * HOUR, "a is up."),
        ("maintenance", HOUR, "a is down. Standing maintenance, as agreed."),
        ("down", HOUR, "a is down."),
        ("up", HOUR, "a is up."),
    ]


def test_standing_maintenance_is_found_in_each_of_the_weeks_of_a_long_window() -> None:
    terms = some_terms(standing_maintenance={"sun": ["02:00-06:00"]})
    year = days_from("2026-01-01", 365, "Europe/Madrid")
    in_madrid = Calendar.model_validate({"zone": "Europe/Madrid", "hours": "always"})
    record = outages([("a", year[0].start, year[0].start + 1, None, False)])

    got = measure_availability(record, terms, in_madrid, year, year[-1].end)

    # On one of the 52 Sundays the clocks go forward, and on another one back.
    assert sum(each.excused for each in got.service) == 52 * 4 * HOUR
    assert {each.excused for each in got.service} == {0, 3 * HOUR, 4 * HOUR, 5 * HOUR}


def test_probes_that_say_the_same_are_one_interval_from_line_to_line() -> None:
    rows = [("a", START + 60 * minute, "down" if minute == 5 else "up") for minute in range(9)]

    got = show_availability(probes(rows), some_terms("probes"), ALWAYS, DAYS[0], START + 600)

    assert [(i.kind.value, i.seconds, i.line, i.last_line) for i in got.intervals] == [
        ("up", 300, 2, 6),
        ("down", 60, 7, 7),
        ("up", 180, 8, 10),
        ("unmeasured", 60, 0, 0),
    ]


def test_a_night_is_one_interval_whatever_the_probes_said_in_it() -> None:
    office = Calendar.model_validate({"zone": "UTC", "hours": {"mon-fri": ["08:00-12:00"]}})
    told = ["up", "down", "unknown", "up"]
    rows = [("a", START + 900 * n, told[n % 4]) for n in range(32)]

    got = show_availability(
        probes(rows), some_terms("probes", interval="15m"), office, DAYS[0], START + 8 * HOUR
    )

    night = got.intervals[0]
    assert len(got.intervals) == 1
    assert (night.kind.value, night.seconds, night.line) == ("out-of-hours", 8 * HOUR, 0)


def test_shifts_that_touch_keep_an_interval_each() -> None:
    shifts = Calendar.model_validate(
        {"zone": "UTC", "hours": {"mon-fri": ["08:00-12:00", "12:00-16:00"]}}
    )
    signals = states([("a", START, "up")])

    got = show_availability(signals, some_terms("states"), shifts, DAYS[0], LATER)

    assert sum(each.up for each in got.intervals) == got.figure.up == 8 * HOUR


def test_the_working_parts_the_hours_of_the_calendar() -> None:
    office = Calendar.model_validate(
        {"zone": "UTC", "hours": {"mon-fri": ["09:00-17:00"]}, "holidays": ["2026-03-11"]}
    )
    signals = states([("a", START, "up"), ("a", START + 10 * HOUR, "down")])

    days = [show_availability(signals, some_terms("states"), office, day, LATER) for day in DAYS]

    assert [[(i.kind.value, i.seconds // HOUR) for i in day.intervals] for day in days] == [
        [("out-of-hours", 9), ("up", 1), ("down", 7), ("out-of-hours", 7)],
        [("out-of-hours", 9), ("holiday", 8), ("out-of-hours", 7)],
        [("out-of-hours", 9), ("down", 8), ("out-of-hours", 7)],
    ]
