"""Imports: the list, one of them, and its rejected rows."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tallystick.actions.receive_upload import receive_upload
from tallystick.records.service_data import Import
from tallystick.records.viewer import Viewer
from tests.actions.test_import_service_data import import_text
from tests.cast import EVENT_LOG, TODAY, Cast, an_engagement

pytestmark = pytest.mark.django_db

BROKEN = EVENT_LOG + "T9,never,New,P1\n=1+1,2026-03-02T08:00:00Z,Nwe,P1\n"


def signed_in(viewer: Viewer) -> Client:
    """Return a browser in which someone is signed in."""
    client = Client()
    client.force_login(viewer.person)
    return client


def test_a_fresh_engagement_says_what_to_upload(cast: Cast, home: Path) -> None:
    page = signed_in(cast.cleo).get(reverse("service_data", args=[an_engagement().public_id]))

    assert "No service data yet" in page.content.decode()
    assert "Upload a file" in page.content.decode()


def test_an_auditor_reads_and_is_not_asked_to_upload(cast: Cast, home: Path) -> None:
    page = signed_in(cast.ann).get(reverse("service_data", args=[an_engagement().public_id]))

    assert "Upload a file" not in page.content.decode()


def test_imports_and_uploads_on_their_way_are_listed(cast: Cast, home: Path) -> None:
    engagement = an_engagement()
    import_text(EVENT_LOG, engagement, cast.cleo, home)
    with (home / "export.csv").open("rb") as file:
        receive_upload(
            engagement=engagement, file=file, file_name="next.csv", by=cast.cleo, as_of=TODAY
        )

    page = signed_in(cast.cleo).get(reverse("service_data", args=[engagement.public_id]))

    assert (page.context["imports"].count, page.context["uploads"].count) == (1, 1)
    assert "next.csv" in page.content.decode()


def test_an_import_shows_counts_that_balance(cast: Cast, home: Path) -> None:
    stored = import_text(BROKEN, an_engagement(), cast.cleo, home)

    page = signed_in(cast.cleo).get(reverse("import", args=[stored.public_id])).content.decode()

    assert stored.read == stored.accepted + stored.rejected + stored.unchanged
    assert stored.digest in page
    assert "shape: event-log" in page
    assert "Download 2 rejected rows" in page


def test_an_import_that_changed_nothing_names_the_first_one(cast: Cast, home: Path) -> None:
    engagement = an_engagement()
    first = import_text(EVENT_LOG, engagement, cast.cleo, home)
    again = import_text(EVENT_LOG, engagement, cast.cleo, home)

    page = signed_in(cast.cleo).get(reverse("import", args=[again.public_id])).content.decode()

    assert "This file changed nothing" in page
    assert reverse("import", args=[first.public_id]) in page


def test_rejected_rows_come_as_a_file_with_reasons(cast: Cast, home: Path) -> None:
    stored = import_text(BROKEN, an_engagement(), cast.cleo, home)

    answer = signed_in(cast.cleo).get(reverse("import_rejected", args=[stored.public_id]))

    text = b"".join(answer).decode("utf-8-sig")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="rejected-export.csv"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "'never' cannot be read as a date and time" in text
    assert "'=1+1" in text


def test_an_import_without_rejected_rows_has_no_such_file(cast: Cast, home: Path) -> None:
    stored = import_text(EVENT_LOG, an_engagement(), cast.cleo, home)

    answer = signed_in(cast.cleo).get(reverse("import_rejected", args=[stored.public_id]))

    assert answer.status_code == 404


def test_another_provider_finds_neither_list_nor_rows(cast: Cast, home: Path) -> None:
    stored = import_text(BROKEN, an_engagement(), cast.cleo, home)
    client = signed_in(cast.dan)

    statuses = [
        client.get(reverse("service_data", args=[stored.engagement.public_id])).status_code,
        client.get(reverse("import", args=[stored.public_id])).status_code,
        client.get(reverse("import_rejected", args=[stored.public_id])).status_code,
    ]

    assert statuses == [404, 404, 404]


def test_the_queries_do_not_grow_with_the_imports(cast: Cast, home: Path) -> None:
    costs = []
    for count in (5, 50):
        engagement = an_engagement(name=f"Desk {count}")
        Import.objects.bulk_create(
            Import(
                engagement=engagement, file_name=f"{n}.csv", digest=f"sha256:{n}", mapping={},
                shape="event-log", source="desk",
                read=0, accepted=0, rejected=0, unchanged=0, items=0,
                imported_at=TODAY, imported_by=cast.cleo.person,
            )
            for n in range(count)
        )  # fmt: skip
        client, path = signed_in(cast.cleo), reverse("service_data", args=[engagement.public_id])
        client.get(path)  # the first request of a session costs more
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        costs.append(len(seen))

    assert costs[0] == costs[1]
