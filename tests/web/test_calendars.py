"""The calendar pages: a year to both parties, what looks wrong, and a draft that stores nothing."""

from typing import Any

import pytest
import yaml
from django.test import Client
from django.urls import reverse

from tallystick.records.agreements import Agreement
from tallystick.records.ledger import LedgerEntry
from tests.access.test_matrix import masked
from tests.actions.test_measure_and_state import an_agreement
from tests.cast import Cast, an_agreement_document, an_engagement
from tests.web.pages import page, post, queries_for, signed_in, text_of

pytestmark = pytest.mark.django_db

DRAFT = {
    "mon": "08:00-12:00, 13:00-17:00",
    "tue": "08:00-17:00",
    "holidays": "2027-01-01\n2027-05-01, 2027-12-24",
    "zone": "Europe/Berlin",
    "country": "de",
    "day": "8h",
    "starts_on": "2027-01-01",
    "ends_on": "2028-01-01",
    "year": "2027",
}


def agreed(cast: Cast, **changes: Any) -> Agreement:
    """Return a recorded agreement, of an engagement of its own, with the calendar `office`."""
    engagement = an_engagement(name=f"Desk {Agreement.objects.count()}")
    return an_agreement(engagement, cast, **changes)


def drafted(cast: Cast, agreement: Agreement, **fields: str) -> Any:
    """Post the draft of a calendar; name only what the test is about."""
    return post(cast.ada, "calendar_draft", agreement.public_id, "office", **DRAFT | fields)


# --- the year


def test_each_day_says_its_hours_in_words(cast: Cast) -> None:
    html = text_of(page(cast.ada, "calendar", agreed(cast).public_id, "office", year="2026"))

    assert "Friday, 2 Jan 2026: 8 h open" in html
    assert "Saturday, 3 Jan 2026: closed" in html
    assert "Thursday, 1 Jan 2026: closed; holiday" in html
    assert "Sunday, 29 Mar 2026: closed; the clock moves by +1 h" in html


def test_both_parties_see_the_same_year(cast: Cast) -> None:
    agreement = agreed(cast)
    client, provider = (
        page(who, "calendar", agreement.public_id, "office").content
        for who in (cast.ada, cast.cleo)
    )

    assert main_of(client, "Nordwind Energy") == main_of(provider, "Baltic Desk")


def main_of(content: bytes, own: str) -> bytes:
    """Return what a page says below the tabs, which differ by side."""
    return masked(content, {"own": own}).partition(b'class="stats"')[2].partition(b"<footer")[0]


def test_what_looks_wrong_stands_with_its_remedy(cast: Cast) -> None:
    calendars = {"office": {"hours": {"mon-sun": ["00:00-24:00"]}, "country": "ES"}}
    agreement = agreed(cast, calendars=calendars)

    html = text_of(page(cast.ada, "calendar", agreement.public_id, "office"))

    assert "The zone Europe/Berlin is not one of ES." in html
    assert "Mend the zone or the country." in html
    assert "The clock changes while the calendar is open on 29 March 2026" in html


@pytest.mark.parametrize("asked", ["", "1999", "20261", "x", "٢٠٢٦"])
def test_a_year_outside_the_term_becomes_one_of_it(cast: Cast, asked: str) -> None:
    response = page(cast.ada, "calendar", agreed(cast).public_id, "office", year=asked)

    assert response.status_code == 200
    assert '<h2 id="year-heading">2026</h2>' in text_of(response)


def test_a_calendar_that_the_agreement_lacks_is_not_found(cast: Cast) -> None:
    assert page(cast.ada, "calendar", agreed(cast).public_id, "night").status_code == 404


def test_a_stranger_finds_no_calendar(cast: Cast) -> None:
    assert page(cast.dan, "calendar", agreed(cast).public_id, "office").status_code == 404


def test_the_days_can_be_downloaded(cast: Cast) -> None:
    response = page(cast.ada, "calendar", agreed(cast).public_id, "office", format="csv")

    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Day,Weekday,Open,Kind,Clock moves"
    assert lines[1:3] == ["2026-01-01,Thursday,0,holiday,", "2026-01-02,Friday,28800,open,"]
    assert len(lines) == 1 + 365


def test_the_days_are_folded_until_something_is_asked_of_them(cast: Cast) -> None:
    agreement = agreed(cast)

    shown = page(cast.ada, "calendar", agreement.public_id, "office", year="2026")
    asked = page(cast.ada, "calendar", agreement.public_id, "office", kind="holiday")

    assert '<details class="disclosure"><summary>' in text_of(shown)
    assert [each.context["unfolded"] for each in (shown, asked)] == [False, True]


def test_the_agreement_leads_to_its_calendars(cast: Cast) -> None:
    agreement = agreed(cast)

    html = text_of(page(cast.cleo, "agreement", agreement.public_id))

    assert reverse("calendar", args=[agreement.public_id, "office"]) in html


def test_the_page_takes_the_same_queries_for_many_calendars(cast: Cast) -> None:
    one = agreed(cast)
    many = {f"c{n}": an_agreement_document()["calendars"]["office"] for n in range(50)}
    other = agreed(cast, calendars=many | an_agreement_document()["calendars"])
    client = signed_in(cast.ada)

    few, more = (
        queries_for(client, reverse("calendar", args=[each.public_id, "office"]))
        for each in (one, other)
    )

    assert few == more


# --- a draft


def test_the_draft_begins_with_the_calendar_as_agreed(cast: Cast) -> None:
    html = text_of(page(cast.cleo, "calendar_draft", agreed(cast).public_id, "office"))

    assert 'value="08:00-12:00, 13:00-17:00"' in html
    assert "2026-01-01\n2026-04-03" in html
    assert 'value="2027-01-01"' in html  # the day on which the last version ends
    assert 'value="2028-01-01"' in html  # as long again


def test_a_draft_is_previewed_and_nothing_is_stored(cast: Cast) -> None:
    agreement = agreed(cast)
    before = LedgerEntry.objects.count()

    response = drafted(cast, agreement, year="2027")

    html = text_of(response)
    assert response.status_code == 200
    assert "2027, as drafted" in html
    assert "Tuesday, 5 Jan 2027: 9 h open" in html
    assert "1 of 3 holidays fall on days without hours" not in html
    assert "holidays fall on days without hours and remove nothing." in html
    assert (Agreement.objects.count(), LedgerEntry.objects.count()) == (1, before)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("mon", "8-17", "is not a shift"),
        ("wed", "10:00-12:00, 11:00-13:00", "Let the first end before the second starts."),
        ("holidays", "25.12.2027", "Write year, month and day: 2012-01-31."),
        ("zone", "Europe/Berln", "Did you mean &#x27;Europe/Berlin&#x27;?"),
        ("country", "1x", "pattern"),
        ("day", "long", "is not"),
        ("ends_on", "2026-12-31", "Give the day after the last one as `until`."),
        ("starts_on", "", "Give the first day of the new version."),
        ("ends_on", "2199-12-31", "No version holds longer than 30 years."),
    ],
)
def test_what_cannot_be_agreed_stands_beside_its_field(
    cast: Cast, field: str, typed: str, said: str
) -> None:
    response = drafted(cast, agreed(cast), **{field: typed})

    html = text_of(response)
    assert response.status_code == 422
    assert said in html
    assert f'id="id_{field}_error"' in html or field == "wed"


def test_what_the_rest_of_the_agreement_needs_is_said(cast: Cast) -> None:
    levels = an_agreement_document()["service_levels"]
    levels[0]["targets"] = [{"limit": "2d"}]
    office = an_agreement_document()["calendars"]["office"] | {"day": "8h"}
    agreement = agreed(cast, service_levels=levels, calendars={"office": office})

    response = drafted(cast, agreement, day="")

    assert response.status_code == 422
    assert "Add `day: 8h`" in text_of(response)


def test_the_part_can_be_downloaded(cast: Cast) -> None:
    response = drafted(cast, agreed(cast), yaml="1")

    part = yaml.safe_load(response.content)
    assert response["Content-Disposition"] == 'attachment; filename="office.yaml"'
    assert part["calendars"]["office"]["hours"] == {
        "mon": ["08:00-12:00", "13:00-17:00"],
        "tue": ["08:00-17:00"],
    }
    assert part["calendars"]["office"]["country"] == "DE"


def test_a_draft_becomes_a_version_by_the_one_action(cast: Cast) -> None:
    agreement = agreed(cast)
    preview = drafted(cast, agreement)
    client = signed_in(cast.ada)
    address = reverse("agreement_new", args=[agreement.engagement.public_id])
    whole = preview.context["whole"]

    opened = client.post(address, {"prepare": "1", "text": whole})
    client.post(address, {"text": whole, "signed_on": "2026-06-01"})

    assert opened.status_code == 200
    assert "version: 2" in opened.content.decode()
    assert "form-errors" not in opened.content.decode()
    second = Agreement.objects.get(version=2)
    assert second.document["calendars"]["office"]["hours"]["tue"] == ["08:00-17:00"]
    assert second.in_force_from.isoformat() == "2027-01-01"


def test_only_who_may_record_is_offered_to(cast: Cast) -> None:
    agreement = agreed(cast)

    offered = [
        "Record it as version 2" in text_of(post(who, "calendar_draft", agreement.public_id,
                                                  "office", **DRAFT))
        for who in (cast.ada, cast.cleo)
    ]  # fmt: skip

    assert offered == [True, False]


def test_around_the_clock_needs_no_shifts(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ada.person)
    agreement = agreed(cast)

    response = drafted(cast, agreement, always="on", mon="", tue="", holidays="")

    assert "24 h open" in text_of(response)
