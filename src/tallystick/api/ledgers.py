"""Ledgers: signed heads, the key, and exports that are verified without this server."""

from datetime import UTC, datetime
from typing import Any

from django.http import StreamingHttpResponse
from ninja import Query
from pydantic import Field

from tallystick.actions.hand_checkpoint import hand_checkpoint
from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.values import Listed, Out, SafePage, listed
from tallystick.records.engagements import Engagement
from tallystick.records.ledger import Chain, Checkpoint, LedgerEntry, origin_of
from tallystick.records.ledger_exports import lines_under

operations = Operations(tags=["History"])
JSONL = "application/jsonl"


class CheckpointOut(Out):
    """The signed head of a ledger; keep `note` where nobody else can change it."""

    id: str
    ledger: str = Field(description="The ledger's name, which every entry and checkpoint bears.")
    size: int = Field(description="How many entries it signs.")
    root: str = Field(description="The root hash of the tree over them (RFC 6962), in base64.")
    note: str = Field(description="The checkpoint itself (c2sp.org/tlog-checkpoint).")
    key: str = Field(description="The public key that signed it: name, id and key.")
    handed_at: datetime
    handed_by: str | None = Field(description="Null for whoever runs the installation.")


def _out(handed: Checkpoint) -> CheckpointOut:
    same = ("size", "root", "note", "key", "handed_at")
    return CheckpointOut(
        id=handed.public_id,
        ledger=handed.chain,
        handed_by=handed.handed_by.name if handed.handed_by else None,
        **{name: getattr(handed, name) for name in same},
    )


def _handed(request: ViewerRequest, chain: Chain) -> Checkpoint:
    return hand_checkpoint(engagement=chain, by=request.viewer, as_of=datetime.now(UTC))


def _lines(request: ViewerRequest, chain: Chain) -> Any:
    entries = LedgerEntry.objects.visible_to(request.viewer)
    handed = Checkpoint.objects.visible_to(request.viewer)
    lines = lines_under(_handed(request, chain), entries, handed)
    return StreamingHttpResponse(lines, content_type=JSONL)


@operations.reads("/engagements/{engagement_id}/checkpoint", "checkpoint", CheckpointOut)
def checkpoint(request: ViewerRequest, engagement_id: str) -> CheckpointOut:
    """Return the signed head of an engagement's ledger as it is now; both parties keep it."""
    return _out(_handed(request, find(Engagement, request.viewer, engagement_id)))


@operations.reads("/engagements/{engagement_id}/checkpoints", "checkpoints", Listed[CheckpointOut])
def checkpoints(
    request: ViewerRequest, engagement_id: str, asked: Query[SafePage]
) -> Listed[CheckpointOut]:
    """Return every checkpoint of an engagement that was handed out, the newest first."""
    chain = origin_of(find(Engagement, request.viewer, engagement_id))
    rows = Checkpoint.objects.visible_to(request.viewer).filter(chain=chain)
    return listed(rows.select_related("handed_by").order_by("-size", "-id"), asked, _out)


@operations.gives_file("/engagements/{engagement_id}/ledger", "ledger", JSONL)
def ledger(request: ViewerRequest, engagement_id: str) -> Any:
    """Return an engagement's ledger as lines that `tallystick ledger verify` takes."""
    return _lines(request, find(Engagement, request.viewer, engagement_id))


@operations.reads("/checkpoint", "organisation_checkpoint", CheckpointOut)
def organisation_checkpoint(request: ViewerRequest) -> CheckpointOut:
    """Return the signed head of the ledger that only your organisation reads."""
    return _out(_handed(request, request.viewer.organisation))


@operations.gives_file("/ledger", "organisation_ledger", JSONL)
def organisation_ledger(request: ViewerRequest) -> Any:
    """Return the ledger that only your organisation reads, as lines to verify."""
    return _lines(request, request.viewer.organisation)
