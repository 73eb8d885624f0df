"""One more entry at the end of a chain: the lock, the number, the hash, two rows."""

import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.db import connection, transaction

from tallystick.engine.ledger.entries import SALT_BYTES, Act, Place, seal
from tallystick.engine.ledger.merkle import leaf_hash
from tallystick.records.engagements import Engagement
from tallystick.records.ledger import Chain, LedgerContent, LedgerEntry, origin_of
from tallystick.records.organisations import Organisation
from tallystick.records.viewer import Viewer


def lock_chain(origin: str) -> None:
    """
    Let nobody else append to a chain until this transaction ends.

    SQLite needs no more than its own transactions: they begin IMMEDIATE, one writer at a time.
    """
    if connection.vendor == "postgresql":
        number = int.from_bytes(sha256(origin.encode()).digest()[:8], "big", signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def whose(chain: Chain) -> dict[str, Any]:
    """Return the columns by which a row belongs to a chain."""
    return {
        "chain": origin_of(chain),
        "engagement": chain if isinstance(chain, Engagement) else None,
        "client": chain if isinstance(chain, Organisation) else None,
    }


@transaction.atomic
def append(act: Act, told: Mapping[str, Any], *, chain: Chain, by: Viewer | None) -> LedgerEntry:
    """
    Write an entry after the last one of its chain, in the transaction that is open.

    Raises:
        NotCanonical: if what it tells holds a float or something else without an exact form.
    """
    origin = origin_of(chain)
    lock_chain(origin)
    last = (
        LedgerEntry.objects.filter(chain=origin).order_by("-seq").only("seq", "canonical").first()
    )
    prev = leaf_hash(bytes(last.canonical)).hex() if last else None
    place = Place(origin, last.seq + 1 if last else 1, prev)
    sealed = seal(act, place, told, secrets.token_bytes(SALT_BYTES))
    entry = LedgerEntry.objects.create(
        **whose(chain),
        seq=place.seq,
        at=act.at,
        by=by.person if by else None,
        on_behalf_of=by.organisation if by else None,
        action=act.action,
        noun=act.noun,
        subject=act.subject,
        canonical=sealed.entry,
    )
    entry.content = LedgerContent.objects.create(entry=entry, salt=sealed.salt, told=sealed.content)
    return entry
