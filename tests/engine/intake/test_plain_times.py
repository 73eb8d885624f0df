"""Plain times read many at once are those that Python reads one by one."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.intake.instants import YEARS
from tallystick.engine.intake.iso_times import plain_times
from tallystick.engine.intake.offsets import offsets
from tallystick.engine.values import seconds

MADRID = ZoneInfo("Europe/Madrid")
MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2100, 12, 30))  # noqa: DTZ001
ZONES = st.sampled_from(
    ["Europe/Madrid", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"]
)


@given(st.lists(MOMENTS, min_size=1), ZONES, st.sampled_from("T "))
def test_local_times_are_those_of_python(walls: list[datetime], name: str, glue: str) -> None:
    zone = ZoneInfo(name)

    at, plain = plain_times(
        [f"{wall:%Y-%m-%d}{glue}{wall:%H:%M:%S}" for wall in walls], zone, YEARS
    )

    assert plain.all()
    assert at.tolist() == [seconds(wall.replace(microsecond=0, tzinfo=zone)) for wall in walls]


@given(MOMENTS, st.sampled_from(["Z", "+00:00", "-03:30", "+14:00", "-23:59"]))
def test_an_offset_wins_over_the_zone(wall: datetime, offset: str) -> None:
    text = f"{wall:%Y-%m-%dT%H:%M:%S}{offset}"

    at, _ = plain_times([text], MADRID, YEARS)

    assert at.tolist() == [seconds(datetime.fromisoformat(text))]


@pytest.mark.parametrize(
    "text",
    [
        "", "2025-02-29T00:00:00Z", "2025-13-01T00:00:00Z", "2025-00-01T00:00:00Z",
        "2025-01-00T00:00:00Z", "2025-01-02T24:00:00Z", "2025-01-02T00:60:00Z",
        "2025-01-02T00:00:60Z", "1969-12-31T23:59:59Z", "2101-01-01T00:00:00Z",
        "2025-01-02t00:00:00Z", "2025/01/02T00:00:00Z", "2025-01-02T00:00:00z",
        "2025-01-02T00:00:00+24:00", "2025-01-02T00:00:00+01:60", "2025-01-02T00:00:00.5",
        "\uff12025-01-02T00:00:00Z", "2025-01-02T00:00",
    ],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_others(text: str) -> None:
    _, plain = plain_times(["2025-01-02T03:04:05Z", text], MADRID, YEARS)

    assert plain.tolist() == [True, False]


def test_without_a_zone_a_local_time_is_not_plain() -> None:
    _, plain = plain_times(["2025-01-02T03:04:05"], None, YEARS)

    assert plain.tolist() == [False]


@pytest.mark.parametrize(
    "day", [datetime(2025, 3, 30, tzinfo=UTC), datetime(2025, 10, 26, tzinfo=UTC)]
)
def test_each_minute_of_a_day_of_change_has_its_offset(day: datetime) -> None:
    walls = np.arange(1440) * 60 + seconds(day)

    found = walls - offsets(walls, MADRID)

    zoned = [datetime.fromtimestamp(wall, UTC).replace(tzinfo=MADRID) for wall in walls.tolist()]
    assert found.tolist() == [seconds(moment) for moment in zoned]
