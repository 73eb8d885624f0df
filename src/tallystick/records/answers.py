"""A stored statement -> where it stands between its parties at a moment."""

from collections.abc import Iterable
from datetime import datetime

from tallystick.engine.service_levels.dealings.answers import Said, Stance, Standing, standing_of
from tallystick.records.dealing_terms import statement_terms, zone_of
from tallystick.records.roles import Side
from tallystick.records.statements import Statement

SIDES = (Side.PROVIDER, Side.CLIENT)
"""The order in which the parties are named."""


def said_of(statement: Statement) -> Iterable[Said]:
    """Give what both parties said; two queries, or none where both were prefetched."""
    for attestation in statement.attestations.all():
        yield Said(attestation.side, Stance.ATTESTED, attestation.attested_at)
    for dispute in statement.disputes.all():
        yield Said(dispute.side, Stance.DISPUTED, dispute.disputed_at)


def standing_at(statement: Statement, as_of: datetime) -> Standing:
    """Return where a statement stands; the client issues, and so it is the one that restates."""
    return standing_of(
        said_of(statement),
        statement_terms(statement.agreement),
        sides=SIDES,
        issuer=Side.CLIENT,
        zone=zone_of(statement.agreement),
        issued_at=statement.issued_at,
        as_of=as_of,
    )
