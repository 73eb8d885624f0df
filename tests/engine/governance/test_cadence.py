"""Cadences: instants worked by hand, what is refused, and what always holds."""

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.governance.cadence import (
    CadenceNeverFires,
    CadenceTooOften,
    occurrences,
    read_cadence,
)
from tallystick.engine.governance.rules import CadenceRefused
from tallystick.engine.governance.working_days import is_working_day

CASES = tomllib.loads((Path(__file__).parent / "cadences.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_cadence_gives_the_instants_of_the_wall_calendar(case: dict[str, Any]) -> None:
    cadence = read_cadence(case["rule"], case["first_on"], case["at"], case["zone"])

    found = occurrences(cadence, case["since"], case["until"], frozenset(case.get("holidays", [])))

    assert [f"{each.at:%Y-%m-%dT%H:%MZ}" for each in found] == case["meetings"]
    if "clock" in case:
        assert [each.clock or "" for each in found] == case["clock"]
    moved = [str(each.moved_from) for each in found if each.moved_from]
    assert moved == case.get("moved_from", [])


@pytest.mark.parametrize(
    ("rule", "refusal"),
    [
        ("", CadenceRefused),
        ("weekly", CadenceRefused),
        ("INTERVAL=2", CadenceRefused),
        ("FREQ=SECONDLY", CadenceRefused),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", CadenceRefused),
        ("FREQ=WEEKLY;INTERVAL=0", CadenceRefused),
        ("FREQ=WEEKLY;INTERVAL=99999999999999999999", CadenceRefused),
        ("FREQ=WEEKLY;BYDAY=2MO", CadenceRefused),
        ("FREQ=WEEKLY;BYDAY=XX", CadenceRefused),
        ("FREQ=WEEKLY;FREQ=MONTHLY", CadenceRefused),
        ("FREQ=WEEKLY;COUNT=3", CadenceRefused),
        ("FREQ=WEEKLY;BYHOUR=3", CadenceRefused),
        ("FREQ=MONTHLY;BYMONTHDAY=31", CadenceRefused),
        ("FREQ=MONTHLY;BYMONTHDAY=0", CadenceRefused),
        ("FREQ=MONTHLY;BYSETPOS=1", CadenceRefused),
        ("FREQ=YEARLY;BYMONTHDAY=3", CadenceRefused),
        ("FREQ=WEEKLY\nEXDATE:20260101", CadenceRefused),
        ("FREQ=WEEKLY;BYDAY=" + ",".join(["MO"] * 100), CadenceRefused),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=9", CadenceNeverFires),
        ("FREQ=MONTHLY;BYMONTHDAY=20;BYDAY=1MO", CadenceNeverFires),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", CadenceTooOften),
    ],
)
def test_a_rule_that_is_none_is_refused_with_a_remedy(
    rule: str, refusal: type[CadenceRefused]
) -> None:
    with pytest.raises(refusal) as refused:
        read_cadence(rule, date(2026, 1, 6), time(9), "Europe/Berlin")

    assert refused.value.place == "rule"
    assert refused.value.remedy


def test_a_month_that_lacks_the_first_day_is_not_skipped_silently() -> None:
    with pytest.raises(CadenceRefused, match="no day 31"):
        read_cadence("FREQ=MONTHLY", date(2026, 1, 31), time(9), "UTC")


@pytest.mark.parametrize("zone", ["", "Europe/Nowhere", "../etc/passwd", "UTC+1"])
def test_a_zone_that_nobody_knows_is_refused(zone: str) -> None:
    with pytest.raises(CadenceRefused) as refused:
        read_cadence("FREQ=WEEKLY", date(2026, 1, 6), time(9), zone)

    assert refused.value.place == "zone"


RULES = st.sampled_from(
    [
        "FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=MONTHLY;BYDAY=2WE",
        "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1TU",
    ]
)  # fmt: skip
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])


@given(
    RULES,
    ZONES,
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.times(),
    st.sets(st.integers(0, 400), max_size=40),
)
def test_meetings_come_in_order_each_once_and_on_no_holiday(
    rule: str, zone: str, first_on: date, at: time, offs: set[int]
) -> None:
    holidays = frozenset(first_on + timedelta(days=each) for each in offs)
    cadence = read_cadence(rule, first_on, at, zone)

    found = occurrences(cadence, first_on, first_on + timedelta(days=365), holidays)

    assert [each.day for each in found] == sorted({each.day for each in found})
    assert all(earlier.at < later.at for earlier, later in pairwise(found))
    moved = [each for each in found if each.moved_from]
    days = {each.day for each in found}
    assert all(each.moved_from in holidays for each in moved)
    assert not days & holidays - {each.day for each in moved}


def test_a_stretch_gives_the_same_meetings_whole_or_in_two() -> None:
    cadence = read_cadence("FREQ=WEEKLY;BYDAY=WE", date(2026, 1, 1), time(9), "Europe/Berlin")
    first, middle, last = date(2026, 1, 1), date(2026, 6, 10), date(2026, 12, 31)

    whole = occurrences(cadence, first, last)

    assert whole == occurrences(cadence, first, middle) + occurrences(cadence, middle, last)
    assert whole[0].at == datetime(2026, 1, 7, 8, tzinfo=UTC)
    assert is_working_day(whole[0].day, frozenset())
