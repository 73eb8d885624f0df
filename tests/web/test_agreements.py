"""An agreement is recorded from its document, and shown in plain words to both parties."""

import json
from typing import Any

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.service_levels.agreement import agreement_hash, read_agreement
from tallystick.engine.service_levels.terms import Calendar
from tallystick.records.agreements import Agreement, standing_of
from tallystick.records.engagements import Engagement
from tallystick.web.agreement_words import calendar_words
from tests.actions.test_measure_and_state import an_agreement
from tests.cast import TODAY, Cast, an_agreement_document, an_engagement
from tests.web.pages import page, post, queries_for, signed_in, text_of

pytestmark = pytest.mark.django_db

SIGNED = {"signed_on": "2025-12-20"}


def a_text(**changes: Any) -> str:
    """Return an agreement's document as YAML."""
    return yaml.safe_dump(an_agreement_document(**changes), sort_keys=False)


def a_file(content: str | bytes, name: str = "agreement.yaml") -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


def recorded(cast: Cast, engagement: Engagement, **fields: Any) -> Any:
    """Post the form."""
    return post(cast.ada, "agreement_new", engagement.public_id, **SIGNED | fields)


# --- recording


@pytest.mark.parametrize("way", ["file", "text"])
def test_a_document_is_recorded_from_a_file_or_from_text(cast: Cast, way: str) -> None:
    engagement = an_engagement()
    given = {"file": a_file(a_text())} if way == "file" else {"text": a_text()}

    response = recorded(cast, engagement, **given)

    agreement = engagement.agreements.get()
    assert response["Location"] == reverse("agreement", args=[agreement.public_id])
    assert agreement.digest == agreement_hash(read_agreement(an_agreement_document()))


def test_every_problem_of_a_document_is_shown_with_its_place(cast: Cast) -> None:
    levels = an_agreement_document()["service_levels"]
    levels[0]["target"], levels[1]["calender"] = "150%", "office"

    response = recorded(cast, an_engagement(), text=a_text(service_levels=levels, zone="Mars/Base"))

    html = text_of(response)
    assert response.status_code == 422
    for place in ("service_levels[0].target", "service_levels[1].calender", "zone"):
        assert f"<code>{place}</code>" in html
    assert "Did you mean &#x27;calendar&#x27;?" in html
    assert not Agreement.objects.exists()


def test_the_text_of_a_refused_file_can_be_mended_in_place(cast: Cast) -> None:
    response = recorded(cast, an_engagement(), file=a_file(a_text(version=0)))

    html = text_of(response)
    assert response.status_code == 422
    assert "title: Service desk services" in html
    assert "version: 0" in html


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Choose a file, or paste the document below."),
        ({"text": a_text(), "signed_on": "2150-01-01"}, "still to come"),
        ({"text": a_text(), "signed_on": ""}, "Give the day on which the second party signed."),
        ({"text": "a: [1"}, "is not valid YAML"),
        ({"text": "- 1\n- 2"}, "The document is not an agreement yet."),
        ({"text": "[" * 5000}, "nested too deeply"),
        ({"text": "a: 1\na: 2"}, "is given twice"),
    ],
    ids=["nothing", "not-signed-yet", "no-day", "not-yaml", "a-list", "endless", "twice"],
)
def test_what_is_no_agreement_is_refused_with_a_remedy(
    cast: Cast, fields: dict[str, str], said: str
) -> None:
    response = recorded(cast, an_engagement(), **fields)

    assert response.status_code == 422
    assert said in text_of(response)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        ("title: Österreich".encode("cp1252"), "The file is not UTF-8 text"),
        (b"x" * 500_001, "longer than any agreement"),
    ],
    ids=["empty", "cp1252", "huge"],
)
def test_an_unreadable_file_is_refused(cast: Cast, content: bytes, said: str) -> None:
    response = recorded(cast, an_engagement(), file=a_file(content))

    assert response.status_code == 422
    assert said in text_of(response)


def test_two_documents_at_once_are_refused(cast: Cast) -> None:
    response = recorded(cast, an_engagement(), file=a_file(a_text()), text=a_text(version=2))

    assert response.status_code == 422
    assert "There are two documents now" in text_of(response)


def test_overlapping_versions_are_refused(cast: Cast) -> None:
    engagement = an_engagement()
    an_agreement(engagement, cast)

    response = recorded(cast, engagement, text=a_text(version=2))

    assert response.status_code == 422
    assert "are both in force on 2026-01-01" in text_of(response)


def test_an_agreement_before_the_award_is_refused(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.SELECT)

    response = recorded(cast, engagement, text=a_text())

    assert response.status_code == 422
    assert "Pass the select gate first." in text_of(response)


# --- reading


def test_both_parties_read_the_terms_in_plain_words(cast: Cast) -> None:
    agreement = an_agreement(an_engagement(), cast)

    pages = [text_of(page(who, "agreement", agreement.public_id)) for who in (cast.ada, cast.cleo)]

    for html in pages:
        assert "At least 95% of the items are resolved within 8 h of working time" in html
        assert "08:00 to 12:00, 13:00 to 17:00" in html
        assert "40 h a week, 4 holidays" in html
        assert "1 Jan, 3 Apr, 6 Apr, 1 May" in html
        assert agreement.digest in html


@pytest.mark.parametrize("kind", ["yaml", "json"])
def test_the_document_that_is_handed_out_has_the_same_hash(cast: Cast, kind: str) -> None:
    agreement = an_agreement(an_engagement(), cast)

    response = page(cast.cleo, "agreement", agreement.public_id, format=kind)

    text = text_of(response)
    document = json.loads(text) if kind == "json" else yaml.safe_load(text)
    assert response["Content-Disposition"] == f'attachment; filename="service-desk-v1.{kind}"'
    assert agreement_hash(read_agreement(document)) == agreement.digest


def test_no_agreement_yet_says_what_one_is(cast: Cast) -> None:
    engagement = an_engagement()

    html = text_of(page(cast.cleo, "agreements", engagement.public_id))

    assert "No agreement yet" in html
    assert reverse("agreement_new", args=[engagement.public_id]) not in html


def test_the_versions_cost_the_same_queries_for_5_and_50(cast: Cast) -> None:
    engagement = an_engagement()
    client, path = signed_in(cast.ada), reverse("agreements", args=[engagement.public_id])

    def record(first: int, last: int) -> None:
        for number in range(first, last):
            term = {"from": f"{1990 + number}-01-01", "until": f"{1991 + number}-01-01"}
            an_agreement(engagement, cast, version=number + 1, in_force=term)

    record(0, 5)
    few = queries_for(client, path)
    record(5, 50)

    assert queries_for(client, path) == few


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        ("2025-12-31", "ahead"),
        ("2026-01-01", "in-force"),
        ("2026-12-31", "in-force"),
        ("2027-01-01", "ended"),
    ],
)
def test_a_version_stands_by_its_own_days(cast: Cast, day: str, standing: str) -> None:
    agreement = an_agreement(an_engagement(), cast)
    agreement.refresh_from_db()

    assert standing_of(agreement, TODAY.fromisoformat(day).date()) == standing


def test_a_calendar_around_the_clock_says_so() -> None:
    calendar = Calendar.model_validate({"zone": "UTC", "hours": "always"})

    words = calendar_words("always", calendar)

    assert words.hours == (("Every day", "around the clock"),)
    assert words.weekly == "168 h"


def test_days_with_the_same_hours_stand_together() -> None:
    hours = {"mon-thu": ["08:00-17:00"], "fri": ["08:00-14:00"], "sat": ["22:00-06:00"]}
    calendar = Calendar.model_validate({"zone": "UTC", "hours": hours})

    words = calendar_words("odd", calendar)

    assert words.hours == (
        ("Monday to Thursday", "08:00 to 17:00"),
        ("Friday", "08:00 to 14:00"),
        ("Saturday", "22:00 to 06:00"),
        ("Sunday", "closed"),
    )
