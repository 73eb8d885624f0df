"""Disputed points as plain values: what is wrong, what was said of it since, how it stands."""

from collections.abc import Mapping
from typing import Any

from tallystick.engine.service_levels.dealings.answers import PointState
from tallystick.records.answers import state_of
from tallystick.records.attestations import Dispute
from tallystick.records.dispute_replies import DisputeReply
from tallystick.records.evidence_files import file_values
from tallystick.records.statements import Statement

TOLD = (
    "files", "measurement", "disputed_by", "replies__files", "replies__replied_by",
    "closing__closed_by",
)  # fmt: skip
"""What is read along with disputes that are given as values."""

FOLLOWED = (
    "measurement", "disputed_by", "closing__closed_by", "statement__superseded_by",
    "statement__agreement", "statement__engagement__client", "statement__engagement__provider",
)  # fmt: skip
"""The same for one dispute that is given alone."""


def dispute_values(
    dispute: Dispute, names: Mapping[str, str], statement: Statement
) -> dict[str, Any]:
    """
    Return one disputed point; read `TOLD` along with many, and what its statement's parties said.

    `state` is what became of it: `closed` holds the word of the party that raised it, None where
    there is none. A point is settled too by that party's attestation, and by a restatement.
    """
    same = ("item", "component", "since", "until", "what_is_wrong", "should_be", "disputed_at")
    level = dispute.measurement.service_level
    replies = sorted(dispute.replies.all(), key=lambda each: each.pk)
    state = state_of(dispute)
    if state is PointState.OPEN and _is_past(dispute, statement):
        state = PointState.SETTLED
    return {name: getattr(dispute, name) for name in same} | {
        "id": dispute.public_id,
        "side": dispute.side,
        "measurement": dispute.measurement.public_id,
        "service_level": level,
        "name": names.get(level, level),
        "disputed_by": dispute.disputed_by.name,
        "files": file_values(dispute.files.all()),
        "state": state.value,
        "closed": _closed(dispute),
        "replies": [_reply(each) for each in replies],
    }


def _is_past(dispute: Dispute, statement: Statement) -> bool:
    attested = any(each.side == dispute.side for each in statement.attestations.all())
    return attested or getattr(statement, "superseded_by", None) is not None


def _reply(reply: DisputeReply) -> dict[str, Any]:
    return {
        "id": reply.public_id,
        "side": reply.side,
        "text": reply.text,
        "replied_at": reply.replied_at,
        "replied_by": reply.replied_by.name,
        "files": file_values(reply.files.all()),
    }


def _closed(dispute: Dispute) -> dict[str, Any] | None:
    closing = getattr(dispute, "closing", None)
    if closing is None:
        return None
    return {
        "text": closing.text,
        "closed_at": closing.closed_at,
        "closed_by": closing.closed_by.name,
    }
