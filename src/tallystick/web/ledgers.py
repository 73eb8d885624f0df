"""Ledgers: the card that shows the newest checkpoint, and what a party takes away to keep."""

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.utils.text import slugify

from tallystick.actions.hand_checkpoint import hand_checkpoint
from tallystick.engine.ledger.bundles import write_bundle
from tallystick.records.engagements import Engagement
from tallystick.records.ledger import Chain, Checkpoint, LedgerEntry, origin_of
from tallystick.records.ledger_exports import lines_under
from tallystick.records.viewer import Viewer
from tallystick.web.downloads import attached
from tallystick.web.lookup import ViewerRequest, find

COMMAND = "tallystick ledger verify LEDGER.zip --checkpoint CHECKPOINT.txt --key KEY.txt"
IN_MEMORY = 2**22
"""Bytes of an export that are held in memory before they go to a temporary file."""


@dataclass(frozen=True, slots=True)
class LedgerCard:
    """The newest checkpoint of a chain, how many entries came since, and where to get more."""

    newest: Checkpoint | None
    since: int
    checkpoint_url: str
    ledger_url: str
    command: str = COMMAND


def card_of(viewer: Viewer, chain: Chain, entries: int) -> LedgerCard:
    """Return the card of a chain that has so many entries; one query."""
    rows = Checkpoint.objects.visible_to(viewer).filter(chain=origin_of(chain))
    newest = rows.select_related("handed_by").order_by("-size", "-id").first()
    names = ("checkpoint", "ledger")
    if isinstance(chain, Engagement):
        urls = [reverse(name, args=[chain.public_id]) for name in names]
    else:
        urls = [reverse(f"organisation_{name}") for name in names]
    return LedgerCard(newest, entries - (newest.size if newest else 0), *urls)


def checkpoint(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Hand out the signed head of an engagement's ledger."""
    return _checkpoint(request, find(Engagement, request.viewer, engagement_id))


def organisation_checkpoint(request: ViewerRequest) -> HttpResponse:
    """Hand out the signed head of the ledger that only the viewer's organisation reads."""
    return _checkpoint(request, request.viewer.organisation)


def ledger(request: ViewerRequest, engagement_id: str) -> FileResponse:
    """Hand out an engagement's ledger, as a file that anyone can verify."""
    return _ledger(request, find(Engagement, request.viewer, engagement_id))


def organisation_ledger(request: ViewerRequest) -> FileResponse:
    """Hand out the ledger of the viewer's organisation."""
    return _ledger(request, request.viewer.organisation)


def _handed(request: ViewerRequest, chain: Chain) -> Checkpoint:
    return hand_checkpoint(engagement=chain, by=request.viewer, as_of=datetime.now(UTC))


def _checkpoint(request: ViewerRequest, chain: Chain) -> HttpResponse:
    handed = _handed(request, chain)
    response = HttpResponse(handed.note, content_type="text/plain; charset=utf-8")
    name = f"checkpoint-{_name(chain)}-{handed.size}.txt"
    return attached(response, name)


def _ledger(request: ViewerRequest, chain: Chain) -> FileResponse:
    handed = _handed(request, chain)
    lines = lines_under(handed, *_visible(request.viewer))
    # The response closes it once it is sent.
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    write_bundle(file, lines, handed.note, handed.key)
    file.seek(0)
    name = f"ledger-{_name(chain)}-{handed.size}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


def _visible(viewer: Viewer) -> tuple[QuerySet[LedgerEntry], QuerySet[Checkpoint]]:
    return LedgerEntry.objects.visible_to(viewer), Checkpoint.objects.visible_to(viewer)


def _name(chain: Chain) -> str:
    return slugify(chain.name) if chain else "instance"
