"""Every action leaves one entry in the ledger of its audience, in the action's transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tallystick.records.audience import ClientPrivate, Record
from tallystick.records.engagements import Engagement
from tallystick.records.ledger import LedgerEntry
from tallystick.records.organisations import Organisation
from tallystick.records.viewer import Viewer


def enter(
    subject: Record,
    sentence: str,
    *,
    action: str,
    payload: Mapping[str, Any],
    chain: Engagement | Organisation,
    by: Viewer,
    as_of: datetime,
) -> LedgerEntry:
    """
    Write who did what, when.

    `chain` is the engagement for acts that both parties see, the client for its private ones.
    """
    engagement = chain if isinstance(chain, Engagement) else None
    client = chain if isinstance(chain, Organisation) else None
    if isinstance(subject, ClientPrivate) and client is None:
        raise ValueError(f"{type(subject).__name__} is the client's own: its chain is too")
    return LedgerEntry.objects.create(
        engagement=engagement,
        client=client,
        at=as_of,
        by=by.person,
        on_behalf_of=by.organisation,
        action=action,
        noun=type(subject).__name__,
        subject=subject.public_id,
        sentence=sentence[:300],
        payload=dict(payload),
    )
