"""Background work imports a queued upload, on behalf of whoever queued it."""

import io
from pathlib import Path

import pytest
from django.test import TestCase
from django_tasks_db.models import DBTaskResult

from tallystick.actions.import_upload import import_upload
from tallystick.actions.map_upload import map_upload
from tallystick.actions.queue_import import AlreadyOnItsWay, NotMapped, queue_import
from tallystick.actions.receive_upload import EmptyUpload, receive_upload
from tallystick.engine.intake.mapping import read_mapping
from tallystick.jobs.imports import run_import
from tallystick.records.organisations import Membership
from tallystick.records.service_data import Import, Upload
from tests.cast import EVENT_LOG, EVENT_LOG_MAPPING, TODAY, Cast, an_engagement

pytestmark = pytest.mark.django_db


def an_upload(cast: Cast, text: str = EVENT_LOG) -> Upload:
    """Receive a file and map it."""
    upload = receive_upload(
        engagement=an_engagement(),
        file=io.BytesIO(text.encode()),
        file_name="..\\..\\export\u202e.csv",
        by=cast.cleo,
        as_of=TODAY,
    )
    return map_upload(
        upload=upload,
        mapping=read_mapping(EVENT_LOG_MAPPING),
        save_as="The desk's export",
        by=cast.cleo,
        as_of=TODAY,
    )


def test_a_queued_upload_becomes_a_task_when_the_transaction_commits(
    cast: Cast, home: Path
) -> None:
    upload = an_upload(cast)

    with TestCase.captureOnCommitCallbacks(execute=True):
        queue_import(upload=upload, by=cast.cleo, as_of=TODAY)

    assert DBTaskResult.objects.count() == 1


def test_the_task_imports_and_says_so_on_the_upload(cast: Cast, home: Path) -> None:
    upload = an_upload(cast)
    queue_import(upload=upload, by=cast.cleo, as_of=TODAY)

    run_import.func(upload.public_id)

    upload.refresh_from_db()
    assert (upload.state, upload.rows_done) == ("committed", 14)
    assert upload.became.accepted == 14


def test_a_task_that_comes_twice_imports_once(cast: Cast, home: Path) -> None:
    upload = an_upload(cast)
    queue_import(upload=upload, by=cast.cleo, as_of=TODAY)

    run_import.func(upload.public_id)
    run_import.func(upload.public_id)

    assert Import.objects.count() == 1


def test_a_refused_file_says_why_on_the_upload(cast: Cast, home: Path) -> None:
    upload = an_upload(cast, "number,at,state,priority\nT1,2026-03-02 08:00,New,P1\n")

    stored = import_upload(upload=upload, as_of=TODAY)

    upload.refresh_from_db()
    assert stored is None
    assert (upload.state, upload.refusal["code"]) == ("refused", "intake.zone-needed")
    assert upload.refusal["remedy"]


def test_whoever_has_left_imports_nothing_any_more(cast: Cast, home: Path) -> None:
    upload = an_upload(cast)
    queue_import(upload=upload, by=cast.cleo, as_of=TODAY)
    Membership.objects.filter(person=cast.cleo.person).update(ended_at=TODAY)

    import_upload(upload=upload, as_of=TODAY)

    upload.refresh_from_db()
    assert upload.refusal["code"] == "upload.uploader-gone"
    assert not Import.objects.exists()


def test_a_file_is_queued_once(cast: Cast, home: Path) -> None:
    upload = an_upload(cast)
    queue_import(upload=upload, by=cast.cleo, as_of=TODAY)

    with pytest.raises(AlreadyOnItsWay):
        queue_import(upload=upload, by=cast.cleo, as_of=TODAY)


def test_a_file_without_a_mapping_is_not_queued(cast: Cast, home: Path) -> None:
    upload = receive_upload(
        engagement=an_engagement(),
        file=io.BytesIO(b"x"),
        file_name="x.csv",
        by=cast.cleo,
        as_of=TODAY,
    )

    with pytest.raises(NotMapped):
        queue_import(upload=upload, by=cast.cleo, as_of=TODAY)


def test_an_empty_file_is_refused_at_the_door(cast: Cast, home: Path) -> None:
    with pytest.raises(EmptyUpload):
        receive_upload(
            engagement=an_engagement(),
            file=io.BytesIO(b""),
            file_name="x.csv",
            by=cast.cleo,
            as_of=TODAY,
        )

    assert not Upload.objects.exists()


def test_a_file_name_is_shown_without_path_or_direction_marks(cast: Cast, home: Path) -> None:
    assert an_upload(cast).file_name == "export.csv"
