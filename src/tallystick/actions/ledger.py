"""Every action leaves one entry in the ledger of its audience, in the action's transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tallystick.actions.ledger_chain import append
from tallystick.engine.ledger.entries import OPERATOR, Act
from tallystick.records.audience import ClientPrivate, Record
from tallystick.records.engagements import Engagement
from tallystick.records.ledger import Chain, LedgerEntry
from tallystick.records.organisations import Organisation
from tallystick.records.viewer import Viewer


def shared_chain(engagement: Engagement) -> Chain:
    """
    Return the chain of an act that both parties see.

    A provider reads all of the engagement's; what came before its award is the client's own story.
    """
    return engagement if engagement.award_is_known else engagement.client


def enter(
    subject: Record,
    sentence: str,
    *,
    action: str,
    payload: Mapping[str, Any],
    chain: Chain,
    by: Viewer | None,
    as_of: datetime,
) -> LedgerEntry:
    """
    Write who did what, when.

    `chain` is the engagement for acts that both parties see, an organisation for its own, None
    for those of the installation. `by` is None for whoever runs the installation.
    """
    if isinstance(subject, ClientPrivate) and not isinstance(chain, Organisation):
        raise ValueError(f"{type(subject).__name__} is the client's own: its chain is too")
    act = Act(
        at=as_of,
        actor=by.person.public_id if by else OPERATOR,
        on_behalf_of=by.organisation.public_id if by else "",
        action=action,
        noun=type(subject).__name__,
        subject=subject.public_id,
    )
    told = {
        "sentence": sentence[:300],
        "payload": dict(payload),
        # Names stand here and not in the entry: what tells of a person can be erased.
        "by": by.person.name if by else "",
        "organisation": by.organisation.name if by else "",
    }
    return append(act, told, chain=chain, by=by)
