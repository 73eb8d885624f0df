"""Why a stretch of an item's life counts or not, and which part of it is shown."""

import pytest

from tallystick.engine.service_levels.working import UnknownItem, Working, show_working
from tallystick.engine.values import FOREVER
from tests.engine.service_levels.builders import (
    a_level_document,
    an_agreement,
    at,
    histories,
)

CALENDARS = {"office": {"hours": {"mon-fri": ["09:00-17:00"]}}}


def of_attributes(
    changes: list[tuple[str, str, str]], level: dict[str, object], *, cycle: int | None = None
) -> Working:
    """Return the working on 6 March at 17:00; each change states a priority, empty for none."""
    agreement = an_agreement(calendars=CALENDARS, service_levels=[a_level_document(**level)])
    rows = [(at(f"2012-03-06T{hour}+01:00"), state) for hour, state, _ in changes]
    spans = histories({"it": rows}, {"priority": [priority for _, _, priority in changes]})
    only, as_of = agreement.service_levels[0], at("2012-03-06T17:00+01:00")
    return show_working(spans, "it", only, agreement, as_of, cycle=cycle)


BY_PRIORITY = {
    "targets": [
        {"when": {"priority": ["P1"]}, "limit": "1h"},
        {"when": {"priority": ["P3"]}, "limit": "6h"},
    ]
}
REOPENED = [
    ("09:00", "new", ""), ("10:00", "resolved", ""), ("12:00", "in-progress", ""),
    ("15:00", "resolved", ""),
]  # fmt: skip
RUNS = "The clock runs while the item is {}."
OVER = "The clock had stopped for good; the item was resolved."


@pytest.mark.parametrize(
    ("level", "cycle", "why"),
    [
        (
            {"clock": {"cycles": "last"}},
            None,
            ["Only the last cycle is judged."] * 2 + [RUNS.format("in-progress"), OVER],
        ),
        (
            {"clock": {"cycles": "each"}},
            1,
            [RUNS.format("new"), OVER] + ["Another cycle; each one is judged by itself."] * 2,
        ),
        (
            {"clock": {"cycles": "each"}},
            2,
            ["Another cycle; each one is judged by itself."] * 2
            + [RUNS.format("in-progress"), OVER],
        ),
        (
            {"clock": {"gap": "included"}},
            None,
            [
                RUNS.format("new"),
                "It was resolved and reopened later; the time until then counts.",
                RUNS.format("in-progress"),
                OVER,
            ],
        ),
        (
            {"clock": {"cycles": "last", "resets": ["in-progress"]}},
            None,
            ["Only the last cycle is judged."] * 2 + [RUNS.format("in-progress"), OVER],
        ),
    ],
)
def test_the_working_says_why_a_cycle_does_not_count(
    level: dict[str, object], cycle: int | None, why: list[str]
) -> None:
    got = of_attributes(REOPENED, level, cycle=cycle)

    assert [interval.why for interval in got.intervals] == why


@pytest.mark.parametrize("cycles", ["first", "last"])
def test_what_a_reset_dropped_is_named_whatever_cycles_are_judged(cycles: str) -> None:
    changes = [("09:00", "new", ""), ("10:00", "in-progress", ""), ("12:00", "new", "")]

    got = of_attributes(changes, {"clock": {"cycles": cycles, "resets": ["in-progress"]}})

    assert [(interval.kind, interval.why) for interval in got.intervals] == [
        ("dropped", "The clock was started anew later; the time until then was dropped."),
        ("counted", RUNS.format("in-progress")),
        ("counted", RUNS.format("new")),
    ]


def test_the_working_says_that_a_clock_was_cancelled() -> None:
    changes = [("09:00", "new", "P1"), ("10:00", "new", "P3"), ("11:00", "resolved", "")]

    got = of_attributes(changes, {"clock": {"requires": [{"priority": ["P1"]}]}})

    assert [(interval.kind, interval.why) for interval in got.intervals] == [
        ("counted", RUNS.format("new")),
        ("stopped", "The clock was cancelled; the item was new."),
        ("stopped", "The clock was cancelled; the item was resolved."),
    ]


@pytest.mark.parametrize(
    ("limit_change", "kinds", "why"),
    [
        (
            "fresh",
            ["dropped", "counted"],
            "The clock was started anew later; the time until then was dropped.",
        ),
        (
            "per-segment",
            ["dropped", "counted"],
            "Another limit held; this stretch is judged by itself.",
        ),
    ],
)
def test_the_working_says_why_the_time_under_another_limit_does_not_count(
    limit_change: str, kinds: list[str], why: str
) -> None:
    changes = [("12:00", "new", "P3"), ("16:30", "in-progress", "P1")]

    got = of_attributes(changes, BY_PRIORITY | {"clock": {"limit_change": limit_change}})

    assert [interval.kind for interval in got.intervals] == kinds
    assert got.intervals[0].why == why


def test_the_first_segment_that_was_late_is_shown() -> None:
    changes = [
        ("09:00", "new", "P1"), ("11:00", "new", "P3"), ("12:00", "new", "P1"),
        ("15:00", "new", "P3"),
    ]  # fmt: skip

    got = of_attributes(changes, BY_PRIORITY | {"clock": {"limit_change": "per-segment"}})

    assert (got.counted, got.limit, got.verdict) == (7200, 3600, "missed")
    assert [interval.kind for interval in got.intervals] == ["counted"] + ["dropped"] * 3


def test_of_several_cycles_the_first_one_missed_is_shown() -> None:
    level = {"clock": {"cycles": "each"}, "targets": [{"limit": "2h"}]}

    assert of_attributes(REOPENED, level).cycle == 2
    assert of_attributes([*REOPENED, ("16:00", "new", "")], level).cycle == 2


def test_of_cycles_that_were_all_kept_the_last_is_shown() -> None:
    assert of_attributes(REOPENED, {"clock": {"cycles": "each"}}).cycle == 2


def test_a_cycle_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownItem) as refused:
        of_attributes(REOPENED, {"clock": {"cycles": "each"}}, cycle=3)

    assert refused.value.place == "it, cycle 3"
    assert refused.value.message == "no item 'it, cycle 3' had begun by then"
    assert refused.value.remedy == "Check the id, or choose a later instant."


def test_a_clock_that_stands_still_says_so() -> None:
    runs = [{"state": ["new", "in-progress"], "priority": ["P1"]}]
    changes = [("09:00", "new", "P3"), ("10:00", "new", "P1")]

    got = of_attributes(changes, {"clock": {"runs": runs}})

    assert [(interval.kind, interval.why) for interval in got.intervals] == [
        ("stopped", "The clock stands still while the item is new as it is."),
        ("counted", RUNS.format("new")),
    ]


def test_the_working_of_an_item_says_what_looks_odd_about_it() -> None:
    got = of_attributes(REOPENED, {})

    assert got.odd == ("It was taken up again after it had been stopped.",)


def test_the_working_holds_what_the_outcome_does() -> None:
    got = of_attributes([("09:00", "new", ""), ("10:00", "on-hold", "")], {})

    assert (got.item, got.service_level, got.window) == ("it", "resolution", "2012-03")
    assert (got.opened, got.done) == (at("2012-03-06T09:00+01:00"), FOREVER)
    assert (got.counted, got.paused, got.elapsed, got.limit) == (3600, 25200, 3600, 28800)


def test_an_item_of_no_window_names_none() -> None:
    agreement = an_agreement(service_levels=[a_level_document(attribution="done")])
    spans = histories({"it": [(at("2012-03-06T09:00+01:00"), "new")]})
    only, as_of = agreement.service_levels[0], at("2012-03-06T17:00+01:00")

    assert show_working(spans, "it", only, agreement, as_of).window == ""
