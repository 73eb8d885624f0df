"""The kernel against a walker that counts minute by minute and shares no code with it."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engine.service_levels.flags import Flag
from tallystick.engine.service_levels.measure import measure
from tallystick.engine.service_levels.outcomes import NO_WINDOW, Outcomes
from tallystick.engine.service_levels.windows import windows_of
from tallystick.engine.service_levels.working import Kind, Working, show_working
from tallystick.engine.values import FOREVER
from tests.engine.service_levels.long_oracle import fingerprint
from tests.engine.service_levels.second_opinion import agreement_of, differences, spans_of
from tests.engine.service_levels.worlds import CYCLES, World, a_world

randoms = st.randoms(use_true_random=False)
ZONES = ("UTC", "Asia/Kolkata", "America/St_Johns", "Pacific/Kiritimati")


def outcomes_of(world: World) -> Outcomes:
    """Return what the kernel makes of a world."""
    agreement = agreement_of(world)
    return measure(spans_of(world), agreement.service_levels[0], agreement, world.as_of)


def workings_of(world: World, got: Outcomes) -> list[Working]:
    """Return the working of each row of outcomes."""
    agreement, spans = agreement_of(world), spans_of(world)
    level = agreement.service_levels[0]
    return [
        show_working(
            spans, got.id_of(row), level, agreement, world.as_of, cycle=int(got.cycle[row])
        )
        for row in range(len(got))
    ]


def total(shown: Working, kind: Kind) -> int:
    return sum(interval.seconds for interval in shown.intervals if interval.kind is kind)


@pytest.mark.parametrize("cycles", CYCLES, ids=lambda cycles: cycles or "as-usual")
@settings(max_examples=25, deadline=None)
@given(random=randoms)
def test_the_kernel_agrees_with_the_walker(cycles: str, random: Random) -> None:
    world = a_world(random, items=12, cycles=cycles)

    assert differences(world) == []


@settings(max_examples=25, deadline=None)
@given(random=randoms)
def test_an_item_belongs_to_the_local_month_of_its_due_instant_or_else_of_its_opening(
    random: Random,
) -> None:
    world = a_world(random, items=12)

    got = outcomes_of(world)

    zone, windows = ZoneInfo(world.calendar["zone"]), windows_of(agreement_of(world))
    inside = [row for row in range(len(got)) if got.window[row] != NO_WINDOW]
    lost = (got.flags & Flag.NO_DUE_DATE) != 0
    by = np.where(lost, got.opened, got.due)
    assert [windows[got.window[row]].text for row in inside] == [
        f"{datetime.fromtimestamp(int(by[row]), tz=UTC).astimezone(zone):%Y-%m}" for row in inside
    ]
    assert all(at == FOREVER or at >= windows[-1].end for at in by[got.window == NO_WINDOW])


@settings(max_examples=25, deadline=None)
@given(random=randoms)
def test_the_working_of_each_item_adds_up_to_its_outcome(random: Random) -> None:
    world = a_world(random, items=8)

    got = outcomes_of(world)

    workings = workings_of(world, got)
    assert [(total(each, Kind.COUNTED), total(each, Kind.PAUSED)) for each in workings] == list(
        zip(got.counted, got.paused, strict=True)
    )
    assert [(each.counted, each.due, each.done, each.verdict) for each in workings] == [
        (got.counted[row], got.due[row], got.done[row], got.verdict_of(row))
        for row in range(len(got))
    ]


@settings(max_examples=25, deadline=None)
@given(random=randoms)
def test_the_intervals_of_a_working_touch_from_the_first_change_on(random: Random) -> None:
    world = a_world(random, items=8)

    workings = workings_of(world, outcomes_of(world))

    for shown in workings:
        assert shown.intervals[0].since == world.items[shown.item][0][0]
        assert all(one.until == other.since for one, other in pairwise(shown.intervals))
        assert shown.intervals[-1].until == world.as_of


def test_results_do_not_depend_on_the_zone_of_the_machine() -> None:
    def run(zone: str) -> str:
        command = [sys.executable, "-m", "tests.engine.service_levels.long_oracle"]
        options = ["--items", "60", "--seed", "7", "--fingerprint"]
        there = dict(os.environ, TZ=zone)
        told = subprocess.run([*command, *options], env=there, capture_output=True, check=True)
        return told.stdout.decode().strip()

    found = {run(zone) for zone in ZONES}

    assert found == {fingerprint(items=60, seed=7)}
