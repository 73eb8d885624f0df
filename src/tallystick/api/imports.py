"""Imports: what service data is in, and a file on its way in."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.urls import reverse
from ninja import File, Form, Query
from ninja.files import UploadedFile
from pydantic import AwareDatetime, Field

from tallystick.actions.import_service_data import import_service_data
from tallystick.actions.receive_upload import safe_name
from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.values import In, Listed, Out, SafePage, Words, listed
from tallystick.engine.documents import parse_document
from tallystick.engine.intake.docket import RejectedRow
from tallystick.engine.intake.mapping import read_mapping
from tallystick.engine.intake.shapes import Shape
from tallystick.engine.signals import open_words
from tallystick.engine.values import moment
from tallystick.records.engagements import Engagement
from tallystick.records.held import rehearse
from tallystick.records.service_data import Import
from tallystick.records.signals import open_outages

operations = Operations(tags=["Service data"])

COUNTS = ("read", "accepted", "rejected", "unchanged", "items")
MOST_REJECTED = 100


class ImportLine(Out):
    """An accepted file; `read` is always `accepted` + `rejected` + `unchanged`."""

    id: str
    engagement: str
    file_name: str
    digest: str
    shape: Shape = Field(description="What a row of it is.")
    source: str
    read: int
    accepted: int
    rejected: int
    unchanged: int
    items: int = Field(description="Items, or components, of which the file brought something new.")
    first_at: datetime | None
    last_at: datetime | None
    complete_until: datetime | None
    imported_at: datetime
    imported_by: str


class ImportWhole(ImportLine):
    """An import with the mapping it was read by, and where its rejected rows can be fetched."""

    mapping: dict[str, Any]
    rejected_rows: str | None = Field(
        description="Address of a CSV file: line, reason, and the row; to mend and import again."
    )
    measurements: int = Field(description="How many measurements used this import.")
    open_outages: int = Field(description="Outages that it brought and that have no end yet.")
    warning: str = Field(description="What to look at, in words; empty if there is nothing.")


class RowRejected(Out):
    """A row that cannot be read; its line, the column, why, and what to do."""

    line: int
    column: str
    code: str
    message: str
    remedy: str


class DryRun(Out):
    """What an import would do; `read` is always `accepted` + `rejected` + `unchanged`."""

    digest: str
    shape: Shape = Field(description="What a row of it is.")
    source: str
    read: int
    accepted: int
    rejected: int
    unchanged: int
    things: int = Field(description="Items, or components, in the file.")
    items: int = Field(description="Those of which the file brings something new.")
    first_at: datetime | None
    last_at: datetime | None
    open_outages: int = Field(description="Outages that it brings without an end.")
    warning: str = Field(description="What to look at, in words; empty if there is nothing.")
    rejected_rows: list[RowRejected] = Field(description=f"The first {MOST_REJECTED} of them.")


class Meaning(In):
    """How to read a file."""

    mapping: Words = Field(description="The mapping document, as JSON or YAML.")


class About(Meaning):
    """What a file is: how to read it, and until when it tells everything."""

    complete_until: AwareDatetime | None = Field(
        None, description="When the export was drawn; by default its last change."
    )


def _values(stored: Import) -> dict[str, Any]:
    moments = ("first_at", "last_at", "complete_until", "imported_at")
    texts = ("file_name", "digest", "shape", "source")
    return {
        "id": stored.public_id,
        "engagement": stored.engagement.public_id,
        "imported_by": stored.imported_by.name,
    } | {name: getattr(stored, name) for name in (*COUNTS, *moments, *texts)}


def _line(stored: Import) -> ImportLine:
    return ImportLine(**_values(stored))


def _whole(stored: Import) -> ImportWhole:
    address = reverse("import_rejected", args=[stored.public_id])
    without_end = open_outages(stored)
    return ImportWhole(
        **_values(stored),
        mapping=stored.mapping,
        rejected_rows=address if stored.rejected else None,
        measurements=stored.measurements.count(),
        open_outages=without_end,
        warning=open_words(without_end),
    )


@operations.reads("/engagements/{engagement_id}/imports", "imports", Listed[ImportLine])
def imports(
    request: ViewerRequest, engagement_id: str, asked: Query[SafePage]
) -> Listed[ImportLine]:
    """Return the imports of an engagement, the newest first."""
    engagement = find(Engagement, request.viewer, engagement_id)
    rows = Import.objects.visible_to(request.viewer).filter(engagement=engagement)
    known = rows.select_related("engagement", "imported_by").order_by("-imported_at", "-id")
    return listed(known, asked, _line)


@operations.reads("/imports/{import_id}", "import", ImportWhole)
def one_import(request: ViewerRequest, import_id: str) -> ImportWhole:
    """Return one import with its mapping."""
    return _whole(find(Import, request.viewer, import_id, "engagement", "imported_by"))


@operations.acts(
    "/engagements/{engagement_id}/imports/file", "import_service_data", ImportWhole, status=201
)
def file(
    request: ViewerRequest, engagement_id: str, file: File[UploadedFile], about: Form[About]
) -> ImportWhole:
    """
    Import a file of service data, whole or not at all.

    CSV or XLSX, plain or .gz. Every row is accepted, rejected with its reason, or unchanged;
    the same file again changes nothing and says so.
    """
    stored = import_service_data(
        engagement=find(Engagement, request.viewer, engagement_id),
        path=_path_of(file),
        file_name=safe_name(file.name or ""),
        mapping=read_mapping(parse_document(about.mapping, "mapping")),
        complete_until=about.complete_until,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _whole(stored)


@operations.acts("/engagements/{engagement_id}/imports/dry-run", "rehearse_import", DryRun)
def dry_run(
    request: ViewerRequest, engagement_id: str, file: File[UploadedFile], about: Form[Meaning]
) -> DryRun:
    """Read a file as its import would, and store nothing."""
    engagement = find(Engagement, request.viewer, engagement_id)
    run = rehearse(
        engagement, _path_of(file), read_mapping(parse_document(about.mapping, "mapping"))
    )
    return DryRun(
        digest=run.account.digest,
        shape=run.account.shape,
        source=run.account.source,
        first_at=None if run.first_at is None else moment(run.first_at),
        last_at=None if run.last_at is None else moment(run.last_at),
        warning=open_words(run.open_outages),
        rejected_rows=[_rejected(each) for each in run.account.rejected[:MOST_REJECTED]],
        **{name: getattr(run, name) for name in (*COUNTS, "things", "open_outages")},
    )


def _rejected(row: RejectedRow) -> RowRejected:
    reason = row.reason
    return RowRejected(
        line=row.line,
        column=reason.column,
        code=reason.code,
        message=reason.sentence,
        remedy=reason.remedy,
    )


def _path_of(file: UploadedFile) -> Path:
    return Path(cast(TemporaryUploadedFile, file).temporary_file_path())
