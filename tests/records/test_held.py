"""What is held of an item, as a measurement knew it."""

from pathlib import Path

import pytest

from tallystick.actions.measure_service_levels import measure_service_levels
from tallystick.engine.intake.mapping import read_mapping
from tallystick.records.held import spans_behind
from tests.actions.test_import_service_data import import_text
from tests.actions.test_measure_and_state import a_measured_engagement
from tests.cast import EVENT_LOG, EVENT_LOG_MAPPING, TODAY, Cast

pytestmark = pytest.mark.django_db


def test_the_histories_behind_a_measurement_hold_its_item(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)
    measurement = agreement.measurements.filter(window="2026-03").first()
    assert measurement is not None

    spans = spans_behind(measurement, "T2")

    assert "T2" in spans.ids


def test_a_later_import_does_not_change_what_a_measurement_knew(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)
    measurement = agreement.measurements.get(window="2026-03", service_level="response")
    later = EVENT_LOG.replace("T2,2026-03-03T12:00:00Z,Work", "T2,2026-03-03T08:05:00Z,Work")
    import_text(later, agreement.engagement, cast.cleo, home)

    spans = spans_behind(measurement, "T2")

    rows = spans.since[spans.item == spans.ids.index("T2")]
    assert [int(each) % 86_400 // 60 for each in rows] == [480, 720, 720]


def test_an_item_of_several_sources_is_found_by_its_source(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)
    other = read_mapping(EVENT_LOG_MAPPING | {"source": "tool"})
    import_text(EVENT_LOG, agreement.engagement, cast.cleo, home, mapping=other)
    measure_service_levels(engagement=agreement.engagement, by=cast.ben, as_of=TODAY)
    measurement = agreement.measurements.get(
        window="2026-03", service_level="response", superseded_by=None
    )

    spans = spans_behind(measurement, "tool/T2")

    assert {"tool/T2", "desk/T2"} <= set(spans.ids)
