"""What becomes of a measurement when what it depends on changes: its calendar, or the zones."""

from pathlib import Path
from typing import Any

import pytest

from tallystick.actions.measure_service_levels import measure_service_levels
from tallystick.actions.record_agreement import record_agreement
from tallystick.engine.service_levels.agreement import VersionsOverlap
from tallystick.engine.service_levels.evidence import read_evidence
from tallystick.records.agreements import Agreement
from tallystick.records.measurements import Measurement
from tallystick.records.store import evidence_path
from tests.actions.test_import_service_data import import_text
from tests.actions.test_measure_and_state import a_measured_engagement, an_agreement
from tests.cast import EVENT_LOG, TODAY, Cast, an_agreement_document, an_engagement
from tests.engine.service_levels.builders import at
from tests.zone_files import a_zone_file, other_zone_data

pytestmark = pytest.mark.django_db

HOUR = 3_600
HALF = {"from": "2026-01-01", "until": "2026-07-01"}
REST = {"from": "2026-07-01", "until": "2027-01-01"}
HOURS = {"mon-fri": ["08:00-12:00", "13:00-17:00"]}
WITH_A_HOLIDAY = {"office": {"hours": HOURS, "holidays": ["2026-03-03", "2026-03-09"]}}
"""On 3 March T2 was worked on for its first seven hours."""
# In truth summer time began on 29 March 2026 in Berlin.
EARLY_SUMMER = a_zone_file([(at("2026-03-01T01:00Z"), 2 * HOUR)], first=HOUR)
LATE_SUMMER = a_zone_file([(at("2026-05-01T01:00Z"), 2 * HOUR)], first=HOUR)
AN_HOUR_AS_THE_DESK_CLOSES = EVENT_LOG.replace(
    "T2,2026-03-03T08:00", "T2,2026-03-03T15:30"
).replace("T2,2026-03-03T12:00", "T2,2026-03-03T16:30")
"""T2 waits for its answer from 16:30 to 17:30 in Berlin, and from 17:30 in early summer time."""


def figures_of(agreement: Agreement) -> list[dict[str, Any]]:
    """Return all that is stored of an agreement's measurements."""
    return list(Measurement.objects.filter(agreement=agreement).order_by("id").values())


def measure(agreement: Agreement, cast: Cast) -> list[Measurement]:
    """Measure the engagement of an agreement anew."""
    return measure_service_levels(engagement=agreement.engagement, by=cast.ben, as_of=TODAY)


def rows_behind(measurement: Measurement) -> dict[str, int]:
    """Return the seconds counted of each item behind a measurement, as its evidence tells."""
    rows = read_evidence(evidence_path(measurement.evidence), window=measurement.window)
    return {row.id: row.counted for row in rows}


def a_first_half(cast: Cast, home: Path) -> Agreement:
    """Return a version in force over the first half of the year, measured."""
    agreement = an_agreement(an_engagement(), cast, in_force=HALF)
    import_text(EVENT_LOG, agreement.engagement, cast.cleo, home)
    measure(agreement, cast)
    return agreement


# --- a calendar that is edited, a holiday that is added


def test_a_document_edited_after_it_was_signed_moves_no_measurement(cast: Cast, home: Path) -> None:
    document = an_agreement_document()
    agreement = record_agreement(
        engagement=an_engagement(), document=document, signed_on=TODAY.date(), by=cast.ada,
        as_of=TODAY,
    )  # fmt: skip
    import_text(EVENT_LOG, agreement.engagement, cast.cleo, home)
    measure(agreement, cast)
    before = figures_of(agreement)

    document["calendars"]["office"]["holidays"] += ["2026-03-03", "2026-03-09"]
    again = measure(agreement, cast)

    assert again == []
    assert figures_of(agreement) == before


def test_a_holiday_added_by_the_next_version_moves_no_closed_window(cast: Cast, home: Path) -> None:
    agreement = a_first_half(cast, home)
    before = figures_of(agreement)
    an_agreement(agreement.engagement, cast, version=2, in_force=REST, calendars=WITH_A_HOLIDAY)

    made = measure(agreement, cast)

    assert figures_of(agreement) == before
    assert {each.window for each in made} <= {"2026-07"}


def test_a_version_that_reaches_back_over_a_closed_window_is_refused(
    cast: Cast, home: Path
) -> None:
    agreement = a_first_half(cast, home)
    before = figures_of(agreement)
    from_march = {"from": "2026-03-01", "until": "2027-01-01"}

    with pytest.raises(VersionsOverlap):
        an_agreement(
            agreement.engagement, cast, version=2, in_force=from_march, calendars=WITH_A_HOLIDAY
        )

    assert measure(agreement, cast) == []
    assert figures_of(agreement) == before


def test_another_agreement_with_the_holiday_has_measurements_of_its_own(
    cast: Cast, home: Path
) -> None:
    agreement = a_first_half(cast, home)
    before = figures_of(agreement)
    other = an_agreement(
        agreement.engagement,
        cast,
        id="with-holidays",
        version=2,
        in_force=HALF,
        calendars=WITH_A_HOLIDAY,
    )

    measure(agreement, cast)

    assert figures_of(agreement) == before
    mine, theirs = (
        each.measurements.get(service_level="response", window="2026-03")
        for each in (agreement, other)
    )
    assert theirs.supersedes is None
    assert (rows_behind(mine)["T2"], rows_behind(theirs)["T2"]) == (3 * HOUR, 0)


# --- an update of the time-zone data that moves a past offset


def test_zone_data_that_move_a_past_offset_supersede_and_say_so(
    cast: Cast, home: Path, tmp_path: Path
) -> None:
    agreement = a_measured_engagement(cast, home, AN_HOUR_AS_THE_DESK_CLOSES)
    first = agreement.measurements.get(service_level="response", window="2026-03")
    before, rows = figures_of(agreement), rows_behind(first)

    with other_zone_data(tmp_path, Europe__Berlin=EARLY_SUMMER):
        made = measure(agreement, cast)

    assert {each.window for each in made} == {"2026-03"}
    again = next(each for each in made if each.service_level == "response")
    assert again.supersedes == first
    assert again.zone_data_version != first.zone_data_version
    assert again.differs_in == ["time-zone data"]
    assert (rows["T2"], rows_behind(again)["T2"]) == (HOUR / 2, 0)
    assert rows_behind(first) == rows
    assert figures_of(agreement)[: len(before)] == before


def test_a_window_of_which_only_the_edges_move_is_superseded(
    cast: Cast, home: Path, tmp_path: Path
) -> None:
    agreement = a_measured_engagement(cast, home)

    with other_zone_data(tmp_path, Europe__Berlin=LATE_SUMMER):
        made = measure(agreement, cast)

    moved = [each for each in made if each.service_level == "response"]
    assert [each.window for each in moved] == ["2026-03", "2026-04", "2026-05"]
    for each in moved:
        assert each.supersedes
        assert each.evidence_digest == each.supersedes.evidence_digest
        assert each.zone_data_version != each.supersedes.zone_data_version


def test_zone_data_that_move_another_zone_change_nothing(
    cast: Cast, home: Path, tmp_path: Path
) -> None:
    agreement = a_measured_engagement(cast, home)
    before = figures_of(agreement)

    with other_zone_data(tmp_path, Asia__Tokyo=a_zone_file([(0, 8 * HOUR)], first=HOUR)):
        again = measure(agreement, cast)

    assert again == []
    assert figures_of(agreement) == before
