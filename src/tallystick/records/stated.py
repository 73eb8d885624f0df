"""
A statement as plain values: the one place that pages, the interface and documents read it from.

`statement_values` gives figures, credits and where the statement stands, with nothing to look up.
"""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects

from tallystick.engine.service_levels.credits import CreditNote
from tallystick.engine.service_levels.credits.agreed import note_document
from tallystick.engine.service_levels.dealings.answers import Standing
from tallystick.records.answers import standing_at
from tallystick.records.claimed import FOLLOWED, claims_in
from tallystick.records.differences import difference_values
from tallystick.records.disputed import TOLD, dispute_values
from tallystick.records.engagements import Engagement
from tallystick.records.measurements import Measurement
from tallystick.records.relief import ReliefClaim, claims_under
from tallystick.records.restating import (
    agreement_now,
    difference_made,
    difference_now,
    note_issued_with,
)
from tallystick.records.roles import Side
from tallystick.records.snapshots import measured
from tallystick.records.statements import Statement


def statement_values(
    statement: Statement, as_of: datetime, note: CreditNote | None = None
) -> dict[str, Any]:
    """
    Return everything that a statement says at a moment, in a fixed number of queries.

    `figures` in the agreement's order, `credits` (None without any), `standing` between the
    parties, the `disputes` that were raised and the claims of `relief` for the window. Of a
    restatement `difference` tells from the one before; `would_differ` (None if in nothing) how
    the window reads now. Amounts are text, moments aware. Who has the credit note of
    `note_issued_with` at hand gives it.
    """
    prefetch_related_objects(
        [statement],
        "attestations",
        *(f"disputes__{each}" for each in TOLD),
    )
    names, later = statement.agreement.level_names, getattr(statement, "superseded_by", None)
    made = difference_made(statement)
    # Only the statement that counts can be restated.
    now = None if later else difference_now(statement, agreement_now(statement))
    note = note or note_issued_with(statement)
    return {
        "id": statement.public_id,
        "window": statement.window,
        "agreement": statement.agreement.public_id,
        "agreement_digest": statement.agreement.digest,
        "issued_at": statement.issued_at,
        "figures": figures_of(statement, names),
        "credits": note_document(note) if note else None,
        "standing": standing_values(
            standing_at(statement, as_of), statement.engagement, closed=later is not None
        ),
        "disputes": [dispute_values(each, names, statement) for each in statement.disputes.all()],
        "supersedes": statement.supersedes.public_id if statement.supersedes else None,
        "superseded_by": later.public_id if later else None,
        "reason": statement.reason,
        "difference": difference_values(made, names) if made else None,
        "would_differ": difference_values(now, names) if now else None,
        "relief": claims_in(_claims(statement), statement.window, names, as_of),
    }


def _claims(statement: Statement) -> QuerySet[ReliefClaim]:
    claims = claims_under(statement.agreement).filter(window=statement.window)
    return claims.select_related(*FOLLOWED).prefetch_related("files")


def figures_of(statement: Statement, names: dict[str, str]) -> list[dict[str, Any]]:
    """Return what was measured, level by level in the agreement's order."""
    pinned = {each.service_level: each for each in statement.measurements.order_by("id")}
    return [_figure(pinned[level], name) for level, name in names.items() if level in pinned]


def _figure(measurement: Measurement, name: str) -> dict[str, Any]:
    return measured(measurement) | {
        "measurement": measurement.public_id,
        "name": name,
        "evidence_digest": measurement.evidence_digest,
    }


def party_of(engagement: Engagement, side: str) -> str:
    """Return the name of the party on one side."""
    if side == Side.CLIENT:
        return engagement.client.name
    return engagement.provider.name if engagement.provider else "The provider"


def standing_values(
    standing: Standing, engagement: Engagement, *, closed: bool = False
) -> dict[str, Any]:
    """
    Return where a statement stands: what it counts as, each party's answer, whose turn it is.

    Nobody is waited for on a statement that is `closed`: a later one took its place.
    """
    return {
        "counts_as": standing.counts_as.value,
        "until": standing.until,
        "is_over": standing.is_over,
        "positions": [
            {
                "side": each.side,
                "party": party_of(engagement, each.side),
                "answer": each.answer.value,
                "since": each.since,
                "by_silence": each.by_silence,
            }
            for each in standing.positions
        ],
        "turns": [
            {
                "side": each.side,
                "party": party_of(engagement, each.side),
                "task": each.task.value,
                "since": each.since,
                "until": each.until,
            }
            for each in ([] if closed else standing.turns)
        ],
    }
