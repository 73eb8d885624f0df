"""Service data that is in: the imports of an engagement, and what each of them brought."""

from pathlib import PurePath
from typing import Any

import yaml
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tallystick.engine.intake.shapes import Shape
from tallystick.engine.signals import open_words
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Duty
from tallystick.records.service_data import Import, Upload, UploadState
from tallystick.records.signals import open_outages
from tallystick.records.store import directory_of, rejected_path
from tallystick.web.downloads import attached
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.tables import Column, Empty, Table

SHAPE_WORDS: dict[str, str] = {
    Shape.EVENT_LOG: "Changes of tickets",
    Shape.ITEM_TABLE: "Tickets",
    Shape.PROBES: "Probes",
    Shape.SERVICE_STATES: "States of components",
    Shape.OUTAGES: "Outages",
}
SHAPES = tuple(SHAPE_WORDS.items())
IMPORT_COLUMNS = (
    Column("file_name", "File", link=lambda row: reverse("import", args=[row.public_id])),
    Column(
        "shape",
        "Rows are",
        format=SHAPE_WORDS.__getitem__,
        options=SHAPES,
    ),
    Column("read", "Rows read", numeric=True),
    Column("accepted", "Accepted", numeric=True),
    Column("rejected", "Rejected", numeric=True),
    Column("unchanged", "Unchanged", numeric=True),
    Column("items", "Changed", numeric=True, template="imports/cells/changed.html"),
    Column("complete_until", "Complete until", searchable=False),
    Column("imported_at", "Imported", searchable=False),
    Column("imported_by__name", "By"),
)
UPLOAD_COLUMNS = (
    Column("file_name", "File", link=lambda row: reverse("upload", args=[row.public_id])),
    Column("state", "State", template="uploads/state.html"),
    Column("uploaded_at", "Uploaded", searchable=False),
    Column("uploaded_by__name", "By"),
)


def index(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show the imports of an engagement, and the uploads that are not in yet."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    may_import = request.viewer.may(Duty.IMPORT_DATA)
    imports = _import_table(request, engagement, may_import)
    uploads = _upload_table(request, engagement)
    for name, table in (("service-data", imports), ("uploads", uploads)):
        if table.wants_file:
            return table.file(name)
    shown = {"imports": imports, "uploads": uploads, "may_import": may_import}
    return render(request, "imports/index.html", frame(request, engagement, "service_data") | shown)


def _import_table(request: ViewerRequest, engagement: Engagement, may_import: bool) -> Table:
    new = reverse("upload_new", args=[engagement.public_id])
    rows: QuerySet[Import] = (
        Import.objects.visible_to(request.viewer)
        .filter(engagement=engagement)
        .select_related("imported_by")
        .order_by("-imported_at", "-id")
    )
    text = (
        "Upload an export of the ticket system or of the monitoring: CSV or Excel, plain or zipped."
    )
    return Table(
        IMPORT_COLUMNS,
        rows,
        request.GET,
        caption="Imports",
        empty=Empty(
            "No service data yet",
            text,
            "Upload a file" if may_import else "",
            new,
        ),
        sort="-imported_at",
        wide=True,
    )


def _upload_table(request: ViewerRequest, engagement: Engagement) -> Table:
    rows: QuerySet[Upload] = (
        Upload.objects.visible_to(request.viewer)
        .filter(engagement=engagement)
        .exclude(state=UploadState.COMMITTED)
        .select_related("uploaded_by")
        .order_by("-uploaded_at", "-id")
    )
    return Table(
        UPLOAD_COLUMNS,
        rows,
        request.GET,
        caption="Uploads on their way",
        empty=Empty("No upload on its way", "A file stands here until it is imported."),
        sort="-uploaded_at",
        name="uploads",
        filtering=False,
    )


def show(request: ViewerRequest, import_id: str) -> HttpResponse:
    """Show one import: its counts, its mapping, its way back, and what was rejected."""
    stored = find(
        Import, request.viewer, import_id, "engagement__client", "engagement__provider",
        "imported_by",
    )  # fmt: skip
    engagement = stored.engagement
    above = ("Service data", reverse("service_data", args=[engagement.public_id]))
    said = {name: value for name, value in stored.mapping.items() if value != {}}
    shown = {
        "stored": stored,
        "rows_are": SHAPE_WORDS[stored.shape],
        "mapping": yaml.safe_dump(said, sort_keys=False, allow_unicode=True),
        "earlier": earlier_of(request, stored),
        "still_open": open_words(open_outages(stored)),
        "measured": stored.measurements.count(),
        "may_import": request.viewer.may(Duty.IMPORT_DATA),
    }
    return render(
        request, "imports/show.html", frame(request, engagement, "service_data", above) | shown
    )


def earlier_of(request: ViewerRequest, stored: Import) -> Import | None:
    """Return the first import of the very same file that came before this one, if any."""
    same: Any = (
        Import.objects.visible_to(request.viewer)
        .filter(engagement=stored.engagement, digest=stored.digest, id__lt=stored.pk)
        .order_by("id")
    )
    return same.first()  # type: ignore[no-any-return]


def rejected(request: ViewerRequest, import_id: str) -> FileResponse:
    """Hand out the rejected rows with their reasons, to be mended and uploaded again."""
    stored = find(Import, request.viewer, import_id, "engagement")
    path = rejected_path(directory_of(stored))
    if not stored.rejected or not path.is_file():
        raise Http404
    name = PurePath(stored.file_name).name.split(".")[0] or "rows"
    response = FileResponse(path.open("rb"), content_type="text/csv; charset=utf-8")
    # The rows are strangers' text: no browser may take them for a page.
    response.headers["X-Content-Type-Options"] = "nosniff"
    return attached(response, f"rejected-{name}.csv")
