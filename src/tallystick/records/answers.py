"""A stored statement -> where it stands between its parties at a moment."""

from collections.abc import Iterable
from datetime import datetime

from tallystick.engine.service_levels.dealings.answers import (
    Attested,
    Point,
    PointState,
    Standing,
    standing_of,
)
from tallystick.records.attestations import Dispute
from tallystick.records.dealing_terms import statement_terms, zone_of
from tallystick.records.roles import Side
from tallystick.records.statements import Statement

SIDES = (Side.PROVIDER, Side.CLIENT)
"""The order in which the parties are named."""

SAID = ("attestations", "disputes__replies", "disputes__closing")
"""What is read along with statements to tell where they stand."""


def points_of(statement: Statement) -> Iterable[Point]:
    """Give the points that were disputed; `SAID` is read along with many statements."""
    for dispute in statement.disputes.all():
        last = max(dispute.replies.all(), key=lambda each: each.pk, default=None)
        yield Point(
            dispute.side,
            dispute.disputed_at,
            spoke=last.side if last else dispute.side,
            spoke_at=last.replied_at if last else dispute.disputed_at,
            state=state_of(dispute),
        )


def state_of(dispute: Dispute) -> PointState:
    """Return what the party that raised a point made of it since."""
    closing = getattr(dispute, "closing", None)
    return PointState(closing.state) if closing else PointState.OPEN


def standing_at(statement: Statement, as_of: datetime) -> Standing:
    """Return where a statement stands; the client issues, and so it is the one that restates."""
    return standing_of(
        [Attested(each.side, each.attested_at) for each in statement.attestations.all()],
        points_of(statement),
        statement_terms(statement.agreement),
        sides=SIDES,
        issuer=Side.CLIENT,
        zone=zone_of(statement.agreement),
        issued_at=statement.issued_at,
        as_of=as_of,
    )
