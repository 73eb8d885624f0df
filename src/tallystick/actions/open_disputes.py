"""A disputed point that can still be spoken of: locked, and on the statement that counts."""

from tallystick.actions.restate_statement import demand_current
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.dealings.answers import PointState
from tallystick.records.answers import state_of
from tallystick.records.attestations import Dispute
from tallystick.records.stated import party_of
from tallystick.records.statements import Statement


class DisputeClosed(Refusal):
    """The point was withdrawn or settled; nothing more is said of it."""

    code = "dispute.closed"


def open_dispute(dispute: Dispute) -> Dispute:
    """
    Return a point with its statement, so that nobody else speaks of it until this act is done.

    Raises:
        AlreadyRestated, DisputeClosed
    """
    statement = (
        Statement.objects.select_for_update(of=("self",))
        .select_related("agreement", "engagement__client", "engagement__provider")
        .get(pk=dispute.statement_id)
    )
    demand_current(statement)
    found = Dispute.objects.select_related("measurement", "closing").get(pk=dispute.pk)
    found.statement = statement
    party = party_of(statement.engagement, found.side)
    state = state_of(found)
    if state is not PointState.OPEN:
        done = "withdrew it" if state is PointState.WITHDRAWN else "said that it is settled"
        raise _closed(f"{party} {done}.")
    if statement.attestations.filter(side=found.side).exists():
        raise _closed(f"{party} has attested the statement; that settled the point.")
    return found


def _closed(message: str) -> DisputeClosed:
    remedy = "Dispute another point, or ask the client to restate."
    return DisputeClosed(message, place="dispute", remedy=remedy)


def about(dispute: Dispute) -> str:
    """Return what a point is about: the service level, and the ticket where it is about one."""
    level = dispute.measurement.service_level
    return f"{level}, {dispute.item}" if dispute.item else level
