"""Upload, map, preview, commit: what a person meets on the way of a file."""

import gzip
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tallystick.actions.import_upload import import_upload
from tallystick.actions.receive_upload import receive_upload
from tallystick.records.engagements import Engagement
from tallystick.records.service_data import Import, SavedMapping, Upload, UploadState
from tallystick.records.viewer import Viewer
from tallystick.web.forms.mapping_answers import state_field
from tallystick.web.uploads_mapping import source_in
from tests.actions.test_import_service_data import import_text
from tests.actions.test_measure_and_state import a_renewed_agreement
from tests.cast import EVENT_LOG, EVENT_LOG_MAPPING, TODAY, Cast, an_engagement
from tests.conftest import SHARED

pytestmark = pytest.mark.django_db

LOCAL_TIMES = EVENT_LOG.replace("Z,", ",").replace("T0", " 0").replace("T1", " 1")
AMBIGUOUS = "number,at,state\nT1,03/04/2026 08:00,New\nT1,03/04/2026 09:00,Done\n"


def signed_in(viewer: Viewer) -> Client:
    """Return a browser in which someone is signed in."""
    client = Client()
    client.force_login(viewer.person)
    return client


def an_upload(
    engagement: Engagement, by: Viewer, home: Path, content: str | bytes = EVENT_LOG
) -> Upload:
    """Return a file that was received and is not mapped."""
    path = home / "upload.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with path.open("rb") as file:
        return receive_upload(
            engagement=engagement, file=file, file_name="export.csv", by=by, as_of=TODAY
        )


def answers(**changes: str) -> dict[str, str]:
    """Return the mapping form filled in for EVENT_LOG; name what the test is about."""
    states = {state_field(raw): state for raw, state in EVENT_LOG_MAPPING["states"].items()}
    usual = {
        "shape": "event-log",
        "source": "desk",
        "history": "whole",
        "item": "1",
        "at": "2",
        "state": "3",
        "attribute_name_0": "priority",
        "attribute_column_0": "4",
    }
    return usual | states | changes


def mapped(client: Client, upload: Upload, **changes: str) -> Any:
    """Post the mapping form."""
    return client.post(reverse("upload_map", args=[upload.public_id]), answers(**changes))


# --- upload


def test_an_uploaded_file_leads_to_its_mapping(cast: Cast, home: Path) -> None:
    engagement = an_engagement()
    file = SimpleUploadedFile("export.csv", EVENT_LOG.encode())

    answer = signed_in(cast.cleo).post(
        reverse("upload_new", args=[engagement.public_id]), {"file": file}
    )

    upload = Upload.objects.get()
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("upload_map", args=[upload.public_id])


def test_an_empty_file_is_refused_on_the_form(cast: Cast, home: Path) -> None:
    engagement = an_engagement()

    answer = signed_in(cast.cleo).post(
        reverse("upload_new", args=[engagement.public_id]),
        {"file": SimpleUploadedFile("export.csv", b"")},
    )

    assert answer.status_code == 422
    assert "The file is empty" in answer.content.decode()
    assert not Upload.objects.exists()


def test_an_upload_without_token_is_refused(cast: Cast, home: Path) -> None:
    engagement = an_engagement()
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.cleo.person)

    answer = client.post(
        reverse("upload_new", args=[engagement.public_id]),
        {"file": SimpleUploadedFile("export.csv", EVENT_LOG.encode())},
    )

    assert answer.status_code == 403
    assert not Upload.objects.exists()


# --- map


def test_the_mapping_is_filled_in_by_a_guess(cast: Cast, home: Path) -> None:
    upload = an_upload(an_engagement(), cast.cleo, home)

    answer = signed_in(cast.cleo).get(reverse("upload_map", args=[upload.public_id]))

    form = answer.context["form"]
    assert (form["item"].value(), form["at"].value(), form["state"].value()) == ("1", "2", "3")
    assert form[state_field("New")].value() == "new"
    assert form["attribute_name_0"].value() == "priority"


def test_the_form_goes_by_the_agreement_that_holds_today(cast: Cast, home: Path) -> None:
    engagement = an_engagement()
    today = datetime.now(UTC).date()
    a_renewed_agreement(engagement, cast, today, zone="Asia/Tokyo")
    upload = an_upload(engagement, cast.cleo, home, LOCAL_TIMES)

    answer = signed_in(cast.cleo).get(reverse("upload_map", args=[upload.public_id]))

    assert "When the export was drawn, in Europe/Berlin." in answer.content.decode()


def test_each_raw_state_is_listed_with_its_rows(cast: Cast, home: Path) -> None:
    upload = an_upload(an_engagement(), cast.cleo, home)

    answer = signed_in(cast.cleo).get(reverse("upload_map", args=[upload.public_id]))

    listed = [(value.text, value.rows) for value, _ in answer.context["form"].meanings]
    assert listed == [("Work", 5), ("Done", 4), ("New", 4), ("Wait", 1)]


def test_a_whole_mapping_leads_to_the_preview(cast: Cast, home: Path) -> None:
    upload = an_upload(an_engagement(), cast.cleo, home)

    answer = mapped(signed_in(cast.cleo), upload)

    upload.refresh_from_db()
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("upload_preview", args=[upload.public_id])
    assert upload.mapping == EVENT_LOG_MAPPING | {"time": {}}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"item": ""}, "item"),
        ({"at": ""}, "at"),
        ({"state": ""}, "state"),
        ({"shape": "item-table"}, "opened"),
        ({"source": "two words"}, "source"),
        ({"zone": "Europe/Berlni"}, "zone"),
        ({"attribute_name_0": "Prio 1"}, "attribute_name_0"),
        ({"complete_until": "2999-01-01T00:00"}, "complete_until"),
        ({state_field("Wait"): ""}, state_field("Wait")),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_its_field(
    changes: dict[str, str], field: str, cast: Cast, home: Path
) -> None:
    upload = an_upload(an_engagement(), cast.cleo, home)

    answer = mapped(signed_in(cast.cleo), upload, **changes)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert answer.context["form"]["history"].value() == "whole"


def test_a_misspelt_zone_is_answered_with_the_right_one(cast: Cast, home: Path) -> None:
    upload = an_upload(an_engagement(), cast.cleo, home)

    answer = mapped(signed_in(cast.cleo), upload, zone="Europe/Berlni")

    assert "Europe/Berlin" in answer.context["form"].errors["zone"][0]


def test_the_zone_is_asked_once_for_a_file_that_does_not_tell_it(cast: Cast, home: Path) -> None:
    upload = an_upload(an_engagement(), cast.cleo, home, LOCAL_TIMES)
    client = signed_in(cast.cleo)

    unanswered = mapped(client, upload)
    answered = mapped(client, upload, zone="Europe/Berlin")

    assert unanswered.status_code == 422
    assert "zone" in unanswered.context["form"].errors
    assert answered.status_code == 302


def test_an_ambiguous_date_order_is_asked_never_guessed(cast: Cast, home: Path) -> None:
    upload = an_upload(an_engagement(), cast.cleo, home, AMBIGUOUS)
    client = signed_in(cast.cleo)
    known = {"zone": "Europe/Berlin", "attribute_name_0": "", "attribute_column_0": ""}

    unanswered = mapped(client, upload, **known)
    answered = mapped(client, upload, **known, order="day-first")

    assert unanswered.status_code == 422
    assert "order" in unanswered.context["form"].errors
    assert answered.status_code == 302


def test_times_of_another_column_are_asked_about_as_well(cast: Cast, home: Path) -> None:
    text = "number,at,changed,state\nT1,2026-03-02T08:00:00Z,2026-03-02 08:00:00,New\n"
    upload = an_upload(an_engagement(), cast.cleo, home, text)
    known = {"state": "4", "attribute_name_0": "", "attribute_column_0": ""}

    answer = mapped(signed_in(cast.cleo), upload, **known, at="3")

    assert answer.status_code == 422
    assert "time zone" in answer.context["form"].errors["zone"][0]


def test_other_columns_are_read_again_without_losing_answers(cast: Cast, home: Path) -> None:
    upload = an_upload(an_engagement(), cast.cleo, home)

    answer = mapped(signed_in(cast.cleo), upload, state="4", save_as="Desk", again="1")

    form = answer.context["form"]
    assert answer.status_code == 200
    assert [value.text for value, _ in form.meanings] == ["P2", "P1"]
    assert form["save_as"].value() == "Desk"
    assert not form.errors


def test_a_value_may_be_declared_no_state(cast: Cast, home: Path) -> None:
    upload = an_upload(an_engagement(), cast.cleo, home)

    mapped(signed_in(cast.cleo), upload, **{state_field("Wait"): "reject"})

    upload.refresh_from_db()
    assert upload.mapping is not None
    assert "Wait" not in upload.mapping["states"]


def test_a_saved_mapping_fills_in_the_next_file(cast: Cast, home: Path) -> None:
    engagement = an_engagement()
    client = signed_in(cast.cleo)
    mapped(client, an_upload(engagement, cast.cleo, home), save_as="Desk export")
    later = an_upload(engagement, cast.cleo, home, EVENT_LOG.replace("T4", "T5"))

    answer = client.get(reverse("upload_map", args=[later.public_id]))

    assert SavedMapping.objects.get().name == "Desk export"
    assert answer.context["filled_by"].name == "Desk export"
    assert answer.context["form"]["source"].value() == "desk"


def test_a_guess_can_be_asked_for_instead(cast: Cast, home: Path) -> None:
    engagement = an_engagement()
    client = signed_in(cast.cleo)
    mapped(client, an_upload(engagement, cast.cleo, home), save_as="Desk export")
    later = an_upload(engagement, cast.cleo, home, EVENT_LOG.replace("T4", "T5"))

    answer = client.get(reverse("upload_map", args=[later.public_id]) + "?saved=none")

    assert answer.context["filled_by"] is None


def test_a_mapping_document_is_taken_as_it_stands(cast: Cast, home: Path) -> None:
    upload = an_upload(an_engagement(), cast.cleo, home)
    text = yaml.safe_dump(EVENT_LOG_MAPPING)

    answer = signed_in(cast.cleo).post(
        reverse("upload_map", args=[upload.public_id]), {"document": text}
    )

    upload.refresh_from_db()
    assert answer.status_code == 302
    assert upload.mapping is not None
    assert upload.mapping["states"] == EVENT_LOG_MAPPING["states"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "required"),
        ("mapping: [", "YAML"),
        ("mapping: 1\nshap: event-log\n", "Unknown key"),
        (yaml.safe_dump(EVENT_LOG_MAPPING).replace("number", "nummer"), "nummer"),
    ],
)
def test_a_faulty_document_is_refused_with_its_place(
    text: str, said: str, cast: Cast, home: Path
) -> None:
    upload = an_upload(an_engagement(), cast.cleo, home)

    answer = signed_in(cast.cleo).post(
        reverse("upload_map", args=[upload.public_id]), {"document": text}
    )

    assert answer.status_code == 422
    assert said in answer.context["written"].errors["document"][0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"T1,2026-03-02T08:00:00Z,New\n", "does not name the columns"),
        (b"number,at,state\n", "no rows below"),
        ("number,at,state\nT1,2026-03-02,Gel\u00f6st\n".encode("cp1252"), "encoding"),
        (b"PK\x03\x04broken", "workbook"),
        (gzip.compress(b"0" * 200_000_000), "unpacks to more than"),
    ],
)
def test_a_file_that_cannot_be_opened_says_why(
    content: bytes, said: str, cast: Cast, home: Path
) -> None:
    upload = an_upload(an_engagement(), cast.cleo, home, content)

    answer = signed_in(cast.cleo).get(reverse("upload_map", args=[upload.public_id]))

    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert "Open it in another way" in answer.content.decode()


def test_an_encoding_that_was_named_opens_the_file(cast: Cast, home: Path) -> None:
    content = EVENT_LOG.replace("Done", "Gel\u00f6st").encode("cp1252")
    upload = an_upload(an_engagement(), cast.cleo, home, content)
    page = reverse("upload_map", args=[upload.public_id])

    answer = signed_in(cast.cleo).get(page + "?encoding=cp1252")

    form = answer.context["form"]
    assert "Gel\u00f6st" in [value.text for value, _ in form.meanings]
    assert form["encoding"].value() == "cp1252"


@pytest.mark.parametrize(
    ("file_name", "source"),
    [
        ("tickets-2026-10.csv", "tickets"),
        ("helpdesk.csv.gz", "helpdesk"),
        ("Export ITSM 03.xlsx", "Export-ITSM"),
        ("2026_10.csv", "export"),
    ],
)
def test_the_source_is_proposed_from_the_file_name(file_name: str, source: str) -> None:
    assert source_in(file_name) == source


# --- preview, commit, progress, outcome


def test_the_preview_balances_and_stores_nothing(cast: Cast, home: Path) -> None:
    upload = an_upload(an_engagement(), cast.cleo, home, EVENT_LOG + "T9,never,New,P1\n")
    client = signed_in(cast.cleo)
    mapped(client, upload)

    answer = client.get(reverse("upload_preview", args=[upload.public_id]))

    counts = answer.context["counts"]
    assert (counts.read, counts.accepted, counts.rejected, counts.unchanged) == (15, 14, 1, 0)
    assert "cannot be read as a date and time" in answer.content.decode()
    assert not Import.objects.exists()


def test_the_preview_warns_of_the_gap_that_a_rejected_row_leaves(cast: Cast, home: Path) -> None:
    client = signed_in(cast.cleo)
    broken = an_upload(an_engagement(), cast.cleo, home, EVENT_LOG + "T1,never,New,P1\n")
    mapped(client, broken)

    page = client.get(reverse("upload_preview", args=[broken.public_id])).content.decode()

    assert "stored without that row" in page


def test_the_preview_says_that_a_file_was_imported_before(cast: Cast, home: Path) -> None:
    engagement = an_engagement()
    import_text(EVENT_LOG, engagement, cast.cleo, home)
    upload = an_upload(engagement, cast.cleo, home)
    client = signed_in(cast.cleo)
    mapped(client, upload)

    answer = client.get(reverse("upload_preview", args=[upload.public_id]))

    assert "Nothing changes" in answer.content.decode()
    assert "imported before" in answer.content.decode()


def test_a_preview_without_mapping_leads_to_the_mapping(cast: Cast, home: Path) -> None:
    upload = an_upload(an_engagement(), cast.cleo, home)

    answer = signed_in(cast.cleo).get(reverse("upload_preview", args=[upload.public_id]))

    assert answer.headers["Location"] == reverse("upload_map", args=[upload.public_id])


def test_a_commit_sends_the_upload_on_its_way(cast: Cast, home: Path) -> None:
    upload = an_upload(an_engagement(), cast.cleo, home)
    client = signed_in(cast.cleo)
    mapped(client, upload)

    answer = client.post(reverse("upload_commit", args=[upload.public_id]), follow=True)

    upload.refresh_from_db()
    assert upload.state == UploadState.QUEUED
    assert "being imported" in answer.content.decode()
    assert 'hx-trigger="every 1s"' in answer.content.decode()


def test_a_commit_before_mapping_says_what_is_missing(cast: Cast, home: Path) -> None:
    upload = an_upload(an_engagement(), cast.cleo, home)

    answer = signed_in(cast.cleo).post(
        reverse("upload_commit", args=[upload.public_id]), follow=True
    )

    assert "Map the columns first" in answer.content.decode()


def test_progress_tells_the_rows_read_and_asks_again(cast: Cast, home: Path) -> None:
    upload = an_upload(an_engagement(), cast.cleo, home)
    Upload.objects.filter(pk=upload.pk).update(state=UploadState.RUNNING, rows_done=8192)

    answer = signed_in(cast.cleo).get(
        reverse("upload_progress", args=[upload.public_id]), headers={"HX-Request": "true"}
    )

    assert "8\u202f192 rows" in answer.content.decode()
    assert "every 1s" in answer.content.decode()


def test_progress_ends_by_loading_the_page_anew(cast: Cast, home: Path) -> None:
    upload = an_upload(an_engagement(), cast.cleo, home)
    Upload.objects.filter(pk=upload.pk).update(state=UploadState.COMMITTED)

    answer = signed_in(cast.cleo).get(
        reverse("upload_progress", args=[upload.public_id]), headers={"HX-Request": "true"}
    )

    assert answer.headers["HX-Refresh"] == "true"


def test_an_imported_upload_reports_its_counts(cast: Cast, home: Path) -> None:
    upload = an_upload(an_engagement(), cast.cleo, home)
    client = signed_in(cast.cleo)
    mapped(client, upload)
    client.post(reverse("upload_commit", args=[upload.public_id]))
    upload.refresh_from_db()
    import_upload(upload=upload, as_of=TODAY)

    answer = client.get(reverse("upload", args=[upload.public_id]))

    assert "The file is in" in answer.content.decode()
    assert reverse("import", args=[Import.objects.get().public_id]) in answer.content.decode()


def test_a_refused_import_shows_code_place_remedy_and_the_way_back(cast: Cast, home: Path) -> None:
    upload = an_upload(an_engagement(), cast.cleo, home)
    said = {"code": "intake.x", "message": "It broke", "place": "line 7", "remedy": "Mend it."}
    Upload.objects.filter(pk=upload.pk).update(
        state=UploadState.REFUSED, refusal=said, mapping=EVENT_LOG_MAPPING
    )

    page = signed_in(cast.cleo).get(reverse("upload", args=[upload.public_id])).content.decode()

    assert all(text in page for text in said.values())
    assert reverse("upload_map", args=[upload.public_id]) in page


def test_a_settled_mapping_cannot_be_opened_again(cast: Cast, home: Path) -> None:
    upload = an_upload(an_engagement(), cast.cleo, home)
    Upload.objects.filter(pk=upload.pk).update(
        state=UploadState.COMMITTED, mapping=EVENT_LOG_MAPPING
    )
    client = signed_in(cast.cleo)

    looked = client.get(reverse("upload_map", args=[upload.public_id]))
    posted = mapped(client, upload)

    assert looked.headers["Location"] == reverse("upload", args=[upload.public_id])
    assert posted.status_code == 422


@pytest.mark.real_data
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is absent")
@pytest.mark.parametrize(
    ("file", "mapping"),
    [
        ("volvo-incidents/incidents.csv.gz", "volvo-incidents.yaml"),
        ("italian-helpdesk/helpdesk.csv.gz", "italian-helpdesk.yaml"),
    ],
)
def test_real_exports_go_through_with_their_example_mappings(
    file: str, mapping: str, cast: Cast, home: Path
) -> None:
    upload = an_upload(an_engagement(), cast.cleo, home, (SHARED / file).read_bytes())
    client = signed_in(cast.cleo)
    examples = Path(__file__).resolve().parents[2] / "examples" / "mappings"
    document = (examples / mapping).read_text(encoding="utf-8")

    client.post(reverse("upload_map", args=[upload.public_id]), {"document": document})
    counts = client.get(reverse("upload_preview", args=[upload.public_id])).context["counts"]

    assert counts.read == counts.accepted + counts.rejected + counts.unchanged
    assert counts.accepted > 0.99 * counts.read
