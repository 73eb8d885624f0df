"""A file on its way in: upload, map its columns, preview what it brings, commit, watch."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django_htmx.http import HttpResponseClientRefresh

from tallystick.actions.queue_import import queue_import
from tallystick.actions.receive_upload import receive_upload
from tallystick.engine.intake.docket import RejectedRow
from tallystick.engine.intake.mapping import History, read_mapping
from tallystick.engine.intake.reading import Account
from tallystick.engine.intake.shapes import Shape
from tallystick.engine.refusals import Refusal
from tallystick.engine.signals import open_words
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Duty
from tallystick.records.service_data import Import, Upload, UploadState
from tallystick.records.signals import open_outages
from tallystick.web.forms.refusals import refused_on, refused_on_the_next_page
from tallystick.web.forms.uploads import UploadForm
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.tables import Column, Empty, Table
from tallystick.web.uploaded_files import dry_run
from tallystick.web.uploads_mapping import map_page, map_posted

__all__ = ["commit", "map_", "new", "preview", "progress", "show"]

STEPS = "Upload, Map, Preview, Commit"
OPEN = frozenset({UploadState.MAPPING, UploadState.REFUSED})
"""States in which the mapping can still be changed."""

REJECTED_COLUMNS = (
    Column("line", "Line", numeric=True),
    Column("reason__column", "Column"),
    Column("reason__sentence", "What is wrong", format=capfirst),
    Column("reason__remedy", "What to do"),
    Column("cells", "The row", sortable=False, format=lambda cells: " · ".join(cells)),
)


def _found(request: ViewerRequest, upload_id: str) -> Upload:
    return find(
        Upload, request.viewer, upload_id, "engagement__client", "engagement__provider",
        "uploaded_by",
    )  # fmt: skip


def _frame(request: ViewerRequest, engagement: Engagement, step: str) -> dict[str, Any]:
    above = ("Service data", reverse("service_data", args=[engagement.public_id]))
    return frame(request, engagement, "service_data", above) | {"steps": STEPS, "step": step}


def new(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Take a file."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    posted = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if posted else UploadForm()
    if posted and form.is_valid():
        file = form.cleaned_data["file"]
        with refused_on(form, "file"):
            upload = receive_upload(
                engagement=engagement,
                file=file,
                file_name=file.name,
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            return redirect("upload_map", upload.public_id)
    shown = {"form": form, "most": settings.MAX_UPLOAD_BYTES // 2**20}
    return render(
        request,
        "uploads/new.html",
        _frame(request, engagement, "Upload") | shown,
        status=422 if posted else 200,
    )


def map_(request: ViewerRequest, upload_id: str) -> HttpResponse:
    """Say what the columns mean; a complete mapping leads to the preview."""
    upload = _found(request, upload_id)
    around = _frame(request, upload.engagement, "Map")
    if request.method == "POST":
        return map_posted(request, upload, around)
    if upload.state not in OPEN:
        return redirect("upload", upload.public_id)
    return map_page(request, upload, around)


def preview(request: ViewerRequest, upload_id: str) -> HttpResponse:
    """Read the file as its import would, and store nothing."""
    upload = _found(request, upload_id)
    if upload.state not in OPEN:
        return redirect("upload", upload.public_id)
    if upload.mapping is None:
        return redirect("upload_map", upload.public_id)
    around = _frame(request, upload.engagement, "Preview") | {"upload": upload}
    try:
        run = dry_run(upload, read_mapping(upload.mapping))
    except Refusal as refusal:
        shown = {"refusal": refusal}
        return render(request, "uploads/preview_refused.html", around | shown, status=422)
    table = _rejected_table(request, run.account.rejected)
    if table.wants_file:
        return table.file("rejected")
    shown_run = {
        "run": run,
        "counts": run,
        "components": run.signals is not None,
        "still_open": open_words(run.open_outages),
        "gaps": _leaves_gaps(run.account),
        "table": table,
        "earlier": _same_file(request, upload),
    }
    return render(request, "uploads/preview.html", around | shown_run)


def _leaves_gaps(account: Account) -> bool:
    """Return whether a rejected row leaves a gap in the history of its ticket."""
    whole = account.shape is Shape.EVENT_LOG and account.history is History.WHOLE
    return whole and bool(account.rejected)


def _rejected_table(request: ViewerRequest, rejected: tuple[RejectedRow, ...]) -> Table:
    return Table(
        REJECTED_COLUMNS,
        rejected,
        request.GET,
        caption="Rejected rows",
        empty=Empty("No row is rejected", "Every row of the file can be read."),
        wide=True,
    )


def _same_file(request: ViewerRequest, upload: Upload) -> Import | None:
    """Return the newest import of the very same bytes, if there is one."""
    same = Import.objects.visible_to(request.viewer).filter(
        engagement=upload.engagement, digest=upload.digest
    )
    return same.order_by("-imported_at", "-id").first()


def commit(request: ViewerRequest, upload_id: str) -> HttpResponse:
    """Send a mapped upload on its way."""
    upload = _found(request, upload_id)
    with refused_on_the_next_page(request):
        queue_import(upload=upload, by=request.viewer, as_of=datetime.now(UTC))
    return redirect("upload", upload.public_id)


def show(request: ViewerRequest, upload_id: str) -> HttpResponse:
    """Show how far an upload is, and what became of it."""
    upload = _found(request, upload_id)
    return render(request, "uploads/show.html", _standing(request, upload))


def _standing(request: ViewerRequest, upload: Upload) -> dict[str, Any]:
    became = Import.objects.visible_to(request.viewer).filter(upload=upload).first()
    step = "Commit" if upload.state != UploadState.MAPPING else "Preview"
    if upload.state == UploadState.MAPPING and upload.mapping is None:
        step = "Map"
    return _frame(request, upload.engagement, step) | {
        "upload": upload,
        "became": became,
        "still_open": open_words(open_outages(became)) if became else "",
        "on_its_way": upload.state in {UploadState.QUEUED, UploadState.RUNNING},
        "may_import": request.viewer.may(Duty.IMPORT_DATA),
        "refused": _refusal_of(upload),
    }


def _refusal_of(upload: Upload) -> Refusal | None:
    """Return the stored refusal of an upload as the value that components draw."""
    if not upload.refusal:
        return None
    said = upload.refusal
    refusal = Refusal(said["message"], place=said["place"], remedy=said["remedy"])
    refusal.code = said["code"]
    return refusal


def progress(request: ViewerRequest, upload_id: str) -> HttpResponse:
    """Answer the page that watches: how far the import is, or to load anew when it is done."""
    upload = _found(request, upload_id)
    standing = _standing(request, upload)
    if not getattr(request, "htmx", False):
        return render(request, "uploads/show.html", standing)
    if not standing["on_its_way"]:
        return HttpResponseClientRefresh()
    return render(request, "uploads/progress.html", standing)
