"""Service levels, their measurements, and the working of one item."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tallystick.actions.measure_service_levels import measure_service_levels
from tallystick.engine.intake.mapping import read_mapping
from tallystick.records.agreements import Agreement
from tallystick.records.measurements import Measurement
from tallystick.records.viewer import Viewer
from tests.actions.test_import_service_data import import_text
from tests.actions.test_measure_and_state import (
    a_measured_engagement,
    a_renewed_agreement,
    an_agreement,
)
from tests.cast import EVENT_LOG, EVENT_LOG_MAPPING, TODAY, Cast, an_engagement
from tests.web.levels import CREDITED, CREDITS, a_measured_level

pytestmark = pytest.mark.django_db


def signed_in(viewer: Viewer) -> Client:
    """Return a browser in which someone is signed in."""
    client = Client()
    client.force_login(viewer.person)
    return client


def march(agreement: Agreement, level: str = "resolution") -> Measurement:
    """Return the current measurement of March 2026."""
    return agreement.measurements.get(service_level=level, window="2026-03", superseded_by=None)


def many_tickets(count: int) -> str:
    """Return an export of so many tickets of March, each resolved after an hour."""
    rows = ["number,at,state,priority"]
    for n in range(count):
        rows += [f"N{n},2026-03-02T08:00:{n % 60:02}Z,New,P1", f"N{n},2026-03-02T09:00:00Z,Done,P1"]
    return "\n".join(rows) + "\n"


def queries_for(client: Client, path: str) -> int:
    """Return how many queries a page costs."""
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        client.get(path)
    return len(seen)


# --- all levels


def test_each_level_shows_its_share_against_its_target(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)

    page = signed_in(cast.cleo).get(
        reverse("service_levels", args=[agreement.engagement.public_id])
    )

    levels = {card.level.level for card in page.context["levels"]}
    assert levels == {"response", "resolution"}
    assert "Resolution of incidents" in page.content.decode()
    assert "Window by window" in page.content.decode()


def test_the_month_that_is_not_over_is_told_apart(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)

    page = signed_in(cast.cleo).get(
        reverse("service_levels", args=[agreement.engagement.public_id])
    )

    # The data ends on 4 May.
    card = page.context["levels"][0]
    assert card.level.newest.window == "2026-04"
    assert card.so_far.window == "2026-05"
    assert "May 2026 so far: 100.00%, 1 counted" in page.content.decode()


def test_without_an_agreement_the_page_says_what_to_do(cast: Cast, home: Path) -> None:
    page = signed_in(cast.ben).get(reverse("service_levels", args=[an_engagement().public_id]))

    assert "No agreement in force" in page.content.decode()


def test_a_renewal_recorded_ahead_does_not_hide_the_levels_that_hold(cast: Cast) -> None:
    engagement = an_engagement()
    level = an_agreement_level([{"limit": "2h"}])
    held = a_renewed_agreement(engagement, cast, datetime.now(UTC).date(), service_levels=[level])

    page = signed_in(cast.cleo).get(reverse("service_levels", args=[engagement.public_id]))

    assert page.context["agreement"] == held
    assert [card.level.level for card in page.context["levels"]] == ["response", "resolution"]


def test_without_data_the_page_asks_for_a_file(cast: Cast, home: Path) -> None:
    engagement = an_engagement()
    an_agreement(engagement, cast)

    page = signed_in(cast.ben).get(reverse("service_levels", args=[engagement.public_id]))

    assert "No service data yet" in page.content.decode()
    assert "Not measured yet" in page.content.decode()


def test_either_party_finds_the_export_of_all_figures(cast: Cast, home: Path) -> None:
    engagement = an_agreement(an_engagement(), cast).engagement.public_id

    pages = [
        signed_in(each).get(reverse("service_levels", args=[engagement])).content.decode()
        for each in (cast.ada, cast.cleo)
    ]

    assert all(reverse("exports", args=[engagement]) in page for page in pages)


def test_only_the_client_measures(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)
    path = reverse("service_levels", args=[agreement.engagement.public_id])
    button = reverse("measure", args=[agreement.engagement.public_id])

    shown = {
        who: button in signed_in(who).get(path).content.decode() for who in (cast.ben, cast.cleo)
    }

    assert shown == {cast.ben: True, cast.cleo: False}


def test_measuring_says_how_much_is_new_and_then_that_nothing_is(cast: Cast, home: Path) -> None:
    engagement = an_engagement()
    an_agreement(engagement, cast)
    import_text(EVENT_LOG, engagement, cast.cleo, home)
    client = signed_in(cast.ben)
    path = reverse("measure", args=[engagement.public_id])

    first = client.post(path, follow=True).content.decode()
    again = client.post(path, follow=True).content.decode()

    assert "new measurements" in first
    assert "every figure stands" in again


def test_a_refused_measurement_says_what_to_do_first(cast: Cast, home: Path) -> None:
    engagement = an_engagement()

    page = signed_in(cast.ben).post(reverse("measure", args=[engagement.public_id]), follow=True)

    assert "Record the agreement first" in page.content.decode()


def test_the_table_of_measurements_can_be_downloaded(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)
    path = reverse("service_levels", args=[agreement.engagement.public_id])

    text = signed_in(cast.cleo).get(f"{path}?format=csv&verdict=missed").content.decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["Window"], row["Items"], row["Figure"][:6]) for row in rows] == [
        ("2026-03", "3", "0.6666"),
        ("2026-03", "3", "0.6666"),
    ]


def test_the_overview_shows_credits_budget_and_forecast(cast: Cast, home: Path) -> None:
    agreement = a_measured_level(cast, home, document=CREDITS, **CREDITED)

    page = signed_in(cast.cleo).get(
        reverse("service_levels", args=[agreement.engagement.public_id])
    )

    card = page.context["levels"][0]
    assert (card.credit.newest, card.credit.year) == ("0.00 EUR", "4,000.00 EUR")
    assert (card.budget.short, card.forecast.short[-1]) == ("None left", "%")
    assert ("Contract year 1", "4,000.00 EUR", "since January 2026") in page.context["stats"]


def test_the_levels_can_be_downloaded_as_they_stand(cast: Cast, home: Path) -> None:
    agreement = a_measured_level(cast, home, document=CREDITS, **CREDITED)
    path = reverse("service_levels", args=[agreement.engagement.public_id])

    text = signed_in(cast.cleo).get(f"{path}?levels-format=csv").content.decode("utf-8-sig")

    row = next(csv.DictReader(io.StringIO(text)))
    assert (row["Expected"], row["Credits, year to date"]) == ("95%", "4,000.00 EUR")


# --- one measurement


def test_a_measurement_says_its_formula_in_words(cast: Cast, home: Path) -> None:
    measurement = march(a_measured_engagement(cast, home))

    page = signed_in(cast.cleo).get(reverse("measurement", args=[measurement.public_id]))

    said = "2 of 3 tickets kept the limit: 66.66% against 95%: missed."
    assert said in page.content.decode()


def test_a_measurement_shows_its_way_back(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)
    measurement = march(agreement)
    stored = measurement.imports.get()

    page = signed_in(cast.cleo).get(reverse("measurement", args=[measurement.public_id]))

    text = page.content.decode()
    wanted = [
        agreement.digest,
        stored.digest,
        reverse("import", args=[stored.public_id]),
        measurement.evidence_digest,
        measurement.zone_data_version,
    ]
    assert [each for each in wanted if each not in text] == []


def test_a_measurement_says_in_what_it_differs_from_the_one_before(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)
    corrected = EVENT_LOG.replace("T2,2026-03-10T12", "T2,2026-03-03T13")
    import_text(corrected, agreement.engagement, cast.cleo, home)
    measure_service_levels(engagement=agreement.engagement, by=cast.ben, as_of=TODAY)

    page = signed_in(cast.cleo).get(reverse("measurement", args=[march(agreement).public_id]))

    assert "the measurement before this one</a>; it differs in its imports" in page.content.decode()


def test_the_tickets_that_missed_come_first(cast: Cast, home: Path) -> None:
    measurement = march(a_measured_engagement(cast, home))

    page = signed_in(cast.cleo).get(reverse("measurement", args=[measurement.public_id]))

    assert page.context["evidence"].items[0].id == "T2"


def test_cancelled_tickets_stand_last_however_long_they_took(cast: Cast, home: Path) -> None:
    states = EVENT_LOG_MAPPING["states"] | {"Gone": "cancelled"}
    text = EVENT_LOG + ("T8,2026-03-02T08:00:00Z,New,P1\nT8,2026-03-20T08:00:00Z,Gone,P1\n")
    engagement = an_engagement()
    agreement = an_agreement(engagement, cast)
    mapping = read_mapping(EVENT_LOG_MAPPING | {"states": states})
    import_text(text, engagement, cast.cleo, home, mapping=mapping)
    measure_service_levels(engagement=engagement, by=cast.ben, as_of=TODAY)

    page = signed_in(cast.cleo).get(reverse("measurement", args=[march(agreement).public_id]))

    assert [item.id for item in page.context["evidence"].items] == ["T2", "T1", "T3", "T8"]


def test_the_tickets_can_be_narrowed_to_those_that_missed(cast: Cast, home: Path) -> None:
    measurement = march(a_measured_engagement(cast, home))
    path = reverse("measurement", args=[measurement.public_id])

    text = signed_in(cast.cleo).get(f"{path}?verdict=missed&format=csv").content.decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Ticket"] for row in rows] == ["T2"]
    assert rows[0]["Opened"] == "2026-03-03T08:00:00+00:00"


def test_a_superseded_measurement_names_the_later_one(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)
    old = march(agreement)
    later = EVENT_LOG.replace("T2,2026-03-10T12:00:00Z", "T2,2026-03-03T13:00:00Z")
    import_text(later, agreement.engagement, cast.cleo, home)
    measure_service_levels(engagement=agreement.engagement, by=cast.ben, as_of=TODAY)

    page = signed_in(cast.cleo).get(reverse("measurement", args=[old.public_id]))

    assert march(agreement) != old
    assert reverse("measurement", args=[march(agreement).public_id]) in page.content.decode()


def test_the_limits_are_said_in_words(cast: Cast, home: Path) -> None:
    engagement = an_engagement()
    level = an_agreement_level(
        [
            {"when": {"priority": ["P1", "P2"]}, "limit": "4h"},
            {"limit": "16h"},
        ]
    )
    an_agreement(engagement, cast, service_levels=[level])
    import_text(EVENT_LOG, engagement, cast.cleo, home)
    measure_service_levels(engagement=engagement, by=cast.ben, as_of=TODAY)
    measurement = Measurement.objects.filter(window="2026-03").latest("id")

    page = signed_in(cast.cleo).get(reverse("measurement", args=[measurement.public_id]))

    assert page.context["clause"].limits == (
        ("Priority P1 or P2", "4 h"),
        ("All others", "16 h"),
    )


def an_agreement_level(targets: list[dict[str, object]]) -> dict[str, object]:
    """Return a resolution level with these limits."""
    return {
        "id": "resolution",
        "name": "Resolution",
        "measure": "resolution-time",
        "calendar": "office",
        "targets": targets,
        "target": "95%",
    }


@pytest.mark.parametrize("path", ["measurement", "service_levels"])
def test_the_queries_do_not_grow_with_the_tickets(path: str, cast: Cast, home: Path) -> None:
    costs = []
    for count in (5, 50):
        engagement = an_engagement(name=f"Desk {count}")
        agreement = an_agreement(engagement, cast)
        import_text(many_tickets(count), engagement, cast.cleo, home)
        measure_service_levels(engagement=engagement, by=cast.ben, as_of=TODAY)
        of = march(agreement) if path == "measurement" else engagement
        costs.append(queries_for(signed_in(cast.cleo), reverse(path, args=[of.public_id])))

    assert costs[0] == costs[1]


# --- one item


def item_page(viewer: Viewer, measurement: Measurement, item: str, more: str = "") -> object:
    """Open the working of one item."""
    path = reverse("item", args=[measurement.public_id])
    return signed_in(viewer).get(f"{path}?id={item}{more}")


@pytest.mark.parametrize(("item", "counted"), [("T1", 7_200), ("T2", 154_800), ("T3", 7_200)])
def test_the_counted_intervals_add_up_to_the_figure(
    item: str, counted: int, cast: Cast, home: Path
) -> None:
    measurement = march(a_measured_engagement(cast, home))

    page = item_page(cast.cleo, measurement, item)

    # T2 took 7 h of its first office day, four whole days, and 4 h of the last one.
    assert page.context["sum"] == counted  # type: ignore[attr-defined]
    assert page.context["working"].counted == counted  # type: ignore[attr-defined]
    assert "the figure counted above" in page.content.decode()  # type: ignore[attr-defined]


def test_each_interval_says_how_it_counts_why_and_from_which_line(cast: Cast, home: Path) -> None:
    measurement = march(a_measured_engagement(cast, home))

    page = item_page(cast.cleo, measurement, "T3", "&format=csv")

    rows = list(csv.DictReader(io.StringIO(page.content.decode("utf-8-sig"))))  # type: ignore[attr-defined]
    kinds = {row["The clock"] for row in rows}
    assert kinds == {"counted", "paused", "out-of-hours", "stopped"}
    assert rows[0]["Known from"] == "export.csv, line 8"
    assert rows[0]["Why"] == "The clock runs while the item is new."


def test_an_interval_leads_to_the_file_that_brought_it(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)
    measurement = march(agreement)

    page = item_page(cast.cleo, measurement, "T1")

    stored = measurement.imports.get()
    assert reverse("import", args=[stored.public_id]) in page.content.decode()  # type: ignore[attr-defined]


def test_an_old_measurement_keeps_the_working_it_was_made_of(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)
    old = march(agreement)
    before = item_page(cast.cleo, old, "T2").context["working"]  # type: ignore[attr-defined]
    later = EVENT_LOG.replace("T2,2026-03-10T12:00:00Z", "T2,2026-03-03T13:00:00Z")
    import_text(later, agreement.engagement, cast.cleo, home)
    measure_service_levels(engagement=agreement.engagement, by=cast.ben, as_of=TODAY)

    after = item_page(cast.cleo, old, "T2").context["working"]  # type: ignore[attr-defined]

    assert after == before


@pytest.mark.parametrize(("asked", "status"), [("", 200), ("T99", 404), ("%00", 404)])
def test_an_unknown_ticket_is_asked_for_again(
    asked: str, status: int, cast: Cast, home: Path
) -> None:
    measurement = march(a_measured_engagement(cast, home))

    page = item_page(cast.cleo, measurement, asked)

    assert page.status_code == status  # type: ignore[attr-defined]
    assert "Which ticket?" in page.content.decode()  # type: ignore[attr-defined]


def test_another_provider_finds_nothing(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)
    client = signed_in(cast.dan)

    statuses = [
        client.get(reverse("service_levels", args=[agreement.engagement.public_id])).status_code,
        client.get(reverse("measurement", args=[march(agreement).public_id])).status_code,
        client.get(reverse("item", args=[march(agreement).public_id]) + "?id=T1").status_code,
    ]

    assert statuses == [404, 404, 404]


def test_a_level_that_was_missed_stands_open_and_the_list_is_folded(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)
    path = reverse("service_levels", args=[agreement.engagement.public_id])
    client = signed_in(cast.ben)

    page = client.get(path)
    sorted_page = client.get(path, {"sort": "window"})

    open_cards = [card.level.level for card in page.context["levels"] if card.wants_a_look]
    assert page.content.decode().count('<details class="card fold" open>') == len(open_cards)
    assert page.content.decode().count('<details class="card fold"') == 2
    assert (page.context["asked"], sorted_page.context["asked"]) == (False, True)
