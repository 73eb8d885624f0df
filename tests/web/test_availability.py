"""The page of an availability measurement, and its operation for programs."""

from pathlib import Path

import pytest
from django.urls import reverse

from tallystick.records.measurements import Measurement
from tests.actions.test_import_service_data import import_text
from tests.actions.test_signals import OUTAGES, a_portal, import_signals, measured
from tests.cast import EVENT_LOG, Cast
from tests.web.pages import signed_in, text_of

pytestmark = pytest.mark.django_db


def march(cast: Cast, home: Path, text: str = OUTAGES) -> Measurement:
    """Return the measurement of March."""
    agreement = a_portal(cast)
    import_signals(cast, home, agreement, text)
    measured(cast, agreement)
    return agreement.measurements.get(window="2026-03", service_level="portal")


def test_the_page_says_how_the_figure_came_about(cast: Cast, home: Path) -> None:
    measurement = march(cast, home)

    page = signed_in(cast.ada).get(reverse("measurement", args=[measurement.public_id]))

    text = text_of(page)
    assert "Up for 735 h 33 min 36 s of 743 h: 98.9986% against 99%: missed." in text
    assert "web is down." in text
    assert "export.csv, line 2" in text


def test_a_component_is_shown_alone(cast: Cast, home: Path) -> None:
    measurement = march(cast, home)
    address = reverse("measurement", args=[measurement.public_id])

    page = signed_in(cast.ada).get(f"{address}?component=db")
    absent = signed_in(cast.ada).get(f"{address}?component=mainframe")

    assert "<strong>db</strong> alone" in text_of(page)
    assert "web is down." not in text_of(page)
    assert absent.status_code == 404


def test_what_is_not_measured_says_why(cast: Cast, home: Path) -> None:
    agreement = a_portal(cast)
    import_text(EVENT_LOG, agreement.engagement, cast.cleo, home)
    measured(cast, agreement)
    measurement = agreement.measurements.get(window="2026-03", service_level="portal")

    page = signed_in(cast.ada).get(reverse("measurement", args=[measurement.public_id]))

    assert "Not measured: there are no outages of the service." in text_of(page)


def test_the_intervals_can_be_taken_away_as_a_file(cast: Cast, home: Path) -> None:
    measurement = march(cast, home)
    address = reverse("measurement", args=[measurement.public_id])

    answer = signed_in(cast.ada).get(f"{address}?format=csv")

    lines = b"".join(answer).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("From,To,Counts as,Length,Down,Why")
    assert len(lines) == 4


def test_the_components_can_be_taken_away_as_a_file(cast: Cast, home: Path) -> None:
    measurement = march(cast, home)
    address = reverse("measurement", args=[measurement.public_id])

    answer = signed_in(cast.ada).get(f"{address}?components-format=csv")

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Component,Available,Up,Down,Excused,Not measured"
    assert [line.split(",")[3] for line in lines[1:]] == ["0", "26784"]


def test_the_level_leads_to_every_interval_of_its_newest_month(cast: Cast, home: Path) -> None:
    measurement = march(cast, home)
    address = reverse("service_level", args=[measurement.engagement.public_id, "portal"])

    level = text_of(signed_in(cast.ada).get(address))

    assert "Every interval of April 2026" in level


def test_programs_get_the_same_intervals(cast: Cast, home: Path) -> None:
    measurement = march(cast, home)

    answer = (
        signed_in(cast.ada)
        .get(reverse("api:availability_working", args=[measurement.public_id]))
        .json()
    )

    downs = [(each["component"], each["down"]) for each in answer["intervals"] if each["down"]]
    assert downs == [("web", 26_784)]
    assert answer["figure"]["availability"] == 0.989986
    assert answer["components"]["db"]["down"] == 0


def test_items_have_no_working_of_availability(cast: Cast, home: Path) -> None:
    agreement = a_portal(cast)
    import_text(EVENT_LOG, agreement.engagement, cast.cleo, home)
    measured(cast, agreement)
    response = agreement.measurements.get(window="2026-03", service_level="response")

    answer = signed_in(cast.ada).get(reverse("api:availability_working", args=[response.public_id]))

    assert (answer.status_code, answer.json()["code"]) == (422, "working.not-availability")
