"""What names the time-zone data tells files that were altered from those that were released."""

import re
from importlib.resources import files
from pathlib import Path

import tzdata

from tallystick.engine.service_levels.calendars import working_time
from tallystick.engine.zone_data import zone_data_version
from tests.engine.service_levels.builders import a_calendar, at
from tests.zone_files import a_zone_file, other_zone_data

HOUR = 3_600
# In truth summer time began on 25 March 2012 in Madrid.
EARLY_SUMMER = a_zone_file([(at("2012-03-04T01:00Z"), 2 * HOUR)], first=HOUR)


def test_the_version_is_the_release_and_a_digest_that_fits_its_column() -> None:
    version = zone_data_version()

    assert re.fullmatch(rf"{tzdata.IANA_VERSION}\+[0-9a-f]{{12}}", version)
    assert len(version) <= 20


def test_an_altered_file_of_the_same_release_has_another_version(tmp_path: Path) -> None:
    released = zone_data_version()

    with other_zone_data(tmp_path, Europe__Madrid=EARLY_SUMMER):
        altered = zone_data_version()

    assert altered != released
    assert altered.partition("+")[0] == released.partition("+")[0]
    assert zone_data_version() == released


def test_the_same_file_found_elsewhere_has_the_same_version(tmp_path: Path) -> None:
    same = files(tzdata).joinpath("zoneinfo", "Europe", "Madrid").read_bytes()
    released = zone_data_version()

    with other_zone_data(tmp_path, Europe__Madrid=same):
        assert zone_data_version() == released


def test_a_moved_offset_moves_the_working_time(tmp_path: Path) -> None:
    since, until = at("2012-03-05T00:00Z"), at("2012-03-06T00:00Z")

    def opened() -> tuple[int, int]:
        return working_time(a_calendar(), since, until, 0).open_between(since, until)[0]

    released = opened()
    with other_zone_data(tmp_path, Europe__Madrid=EARLY_SUMMER):
        altered = opened()

    assert released == (at("2012-03-05T08:00Z"), at("2012-03-05T16:00Z"))
    assert altered == (at("2012-03-05T07:00Z"), at("2012-03-05T15:00Z"))
