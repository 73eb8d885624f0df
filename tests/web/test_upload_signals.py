"""Signals go in by the pages that tickets go in by: map, preview, commit."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tallystick.actions.import_upload import import_upload
from tallystick.records.service_data import Upload
from tallystick.web.forms.mapping_answers import state_field
from tests.actions.test_import_service_data import import_text
from tests.actions.test_signals import OUTAGES, TWO_OPEN
from tests.cast import EVENT_LOG, TODAY, Cast, an_engagement
from tests.web.pages import signed_in, text_of
from tests.web.test_uploads import an_upload

pytestmark = pytest.mark.django_db

PROBES = """host,checked at,result
web,2026-03-02T08:00:00Z,OK
web,2026-03-02T08:05:00Z,OK
web,2026-03-02T08:10:00Z,OK
web,2026-03-02T08:15:00Z,FAIL
db,2026-03-02T08:00:00Z,OK
"""
STATES = """host,at,state
web,2026-03-02T08:00:00Z,Up
web,2026-03-02T09:00:00Z,Broken
"""
FILES: dict[str, tuple[str, dict[str, str]]] = {
    "probes": (
        PROBES,
        {"component": "1", "at": "2", "result": "3"}
        | {state_field("OK"): "up", state_field("FAIL"): "down"},
    ),
    "service-states": (
        STATES,
        {"component": "1", "at": "2", "state": "3"}
        | {state_field("Up"): "up", state_field("Broken"): "down"},
    ),
    "outages": (OUTAGES, {"component": "1", "since": "2", "until": "3"}),
}


def mapped(
    cast: Cast, home: Path, shape: str, *, content: str = "", **changes: str
) -> tuple[Upload, Any]:
    """Upload a file, by default that of the shape, and post its mapping."""
    usual, answers = FILES[shape]
    upload = an_upload(an_engagement(), cast.cleo, home, content or usual)
    fields = {"shape": shape, "source": "monitor", **answers, **changes}
    return upload, signed_in(cast.cleo).post(reverse("upload_map", args=[upload.public_id]), fields)


def test_probes_are_recognised_and_filled_in(cast: Cast, home: Path) -> None:
    upload = an_upload(an_engagement(), cast.cleo, home, PROBES)

    page = signed_in(cast.cleo).get(reverse("upload_map", args=[upload.public_id]))

    form = page.context["form"]
    assert [form[name].value() for name in ("shape", "component", "at", "result")] == [
        "probes", "1", "2", "3",
    ]  # fmt: skip
    assert [form[value.field].value() for value in form.raw] == ["up", "down"]


@pytest.mark.parametrize("shape", list(FILES))
def test_each_shape_goes_from_its_mapping_to_an_import(cast: Cast, home: Path, shape: str) -> None:
    upload, answer = mapped(cast, home, shape)

    preview = signed_in(cast.cleo).get(reverse("upload_preview", args=[upload.public_id]))
    upload.refresh_from_db()
    stored = import_upload(upload=upload, as_of=TODAY)

    assert answer.status_code == 302
    assert "Components in it" in text_of(preview)
    assert stored is not None
    assert (stored.shape, stored.rejected) == (shape, 0)
    assert stored.accepted == len(FILES[shape][0].splitlines()) - 1


def test_imports_say_what_their_rows_are_and_what_they_changed(cast: Cast, home: Path) -> None:
    upload, _ = mapped(cast, home, "probes")
    upload.refresh_from_db()
    stored = import_upload(upload=upload, as_of=TODAY)
    tickets = import_text(EVENT_LOG, upload.engagement, cast.cleo, home)
    browser, engagement = signed_in(cast.cleo), upload.engagement.public_id

    listed = browser.get(reverse("service_data", args=[engagement]))
    narrowed = browser.get(reverse("service_data", args=[engagement]) + "?shape=probes")
    assert stored is not None
    shown = browser.get(reverse("import", args=[stored.public_id]))

    assert "2 components" in text_of(listed)
    assert f"{tickets.items} tickets" in text_of(listed)
    assert narrowed.context["imports"].count == 1
    assert "of which there is news" in text_of(shown)
    assert "<dt>Rows are</dt><dd>Probes</dd>" in text_of(shown)


def test_outages_without_an_end_are_flagged_where_they_come_in(cast: Cast, home: Path) -> None:
    upload, _ = mapped(cast, home, "outages", content=OUTAGES + TWO_OPEN)
    said = "2 outages have no end yet: each counts as down until a later file tells one."
    browser = signed_in(cast.cleo)

    preview = browser.get(reverse("upload_preview", args=[upload.public_id]))
    upload.refresh_from_db()
    stored = import_upload(upload=upload, as_of=TODAY)
    assert stored is not None
    done = browser.get(reverse("upload", args=[upload.public_id]))
    shown = browser.get(reverse("import", args=[stored.public_id]))

    assert [said in text_of(page) for page in (preview, done, shown)] == [True, True, True]


def test_where_every_outage_has_its_end_nothing_is_flagged(cast: Cast, home: Path) -> None:
    upload, _ = mapped(cast, home, "outages")

    preview = signed_in(cast.cleo).get(reverse("upload_preview", args=[upload.public_id]))

    assert "no end yet" not in text_of(preview)


def test_a_result_without_a_meaning_is_asked_for(cast: Cast, home: Path) -> None:
    _, answer = mapped(cast, home, "probes", **{state_field("FAIL"): ""})

    assert answer.status_code == 422
    assert "Say what this value means." in text_of(answer)


def test_a_shape_asks_for_its_own_columns(cast: Cast, home: Path) -> None:
    _, answer = mapped(cast, home, "outages", until="")

    assert answer.status_code == 422
    assert answer.context["form"].errors["until"] == ["Choose the column."]
