"""Dispute one point of a statement: what is wrong, what it should be, and what proves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tallystick.actions.attest_statement import demand_unattested
from tallystick.actions.files_kept import NewFile, keep_files
from tallystick.actions.ledger import enter
from tallystick.actions.open_disputes import about
from tallystick.actions.points import demand_time, known_item
from tallystick.actions.refusals import require
from tallystick.actions.restate_statement import demand_current
from tallystick.actions.tellings import tell_dispute
from tallystick.actions.texts import SHORT, checked
from tallystick.engine.refusals import Refusal
from tallystick.records.answers import SAID, standing_at
from tallystick.records.attestations import Dispute
from tallystick.records.measurements import Measurement
from tallystick.records.roles import Duty
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer


class TooLateToDispute(Refusal):
    """The days for a dispute are over."""

    code = "statement.too-late-to-dispute"


class NotOnTheStatement(Refusal):
    """A dispute is about a measurement that the statement pins."""

    code = "dispute.not-on-the-statement"


@dataclass(frozen=True, slots=True)
class DisputeWording:
    """
    What a party says of one point.

    It is about a measurement as a whole, about one `item` of it, or about a `component` (empty:
    the whole service) from `since` until `until`.
    """

    measurement: Measurement
    what_is_wrong: str
    should_be: str
    item: str = ""
    component: str = ""
    since: datetime | None = None
    until: datetime | None = None


@transaction.atomic
def dispute_statement(
    *,
    statement: Statement,
    wording: DisputeWording,
    files: Sequence[NewFile] = (),
    by: Viewer,
    as_of: datetime,
) -> Dispute:
    """
    Record one disputed point; a party may dispute several, each on its own.

    Raises:
        NotPermitted, AlreadyRestated, AlreadyAttested, TooLateToDispute, NotOnTheStatement,
        PointRefused, TextNeeded, TextTooLong, FileRefused
    """
    require(by, Duty.ATTEST)
    statement = (
        Statement.objects.select_for_update(of=("self",))
        .select_related("agreement", "engagement")
        .prefetch_related(*SAID)
        .get(pk=statement.pk)
    )
    demand_current(statement)
    demand_unattested(statement, by)
    _demand_time_left(statement, as_of)
    dispute = _dispute(statement, wording, by, as_of)
    dispute.save()
    kept = keep_files(files, beside=dispute, by=by, as_of=as_of)
    enter(
        dispute,
        f"Disputed {about(dispute)} in the statement of {statement.window} for "
        f"{by.organisation.name}.",
        action="dispute_statement",
        payload={
            "statement": statement.public_id,
            "measurement": wording.measurement.public_id,
            "what_is_wrong": dispute.what_is_wrong,
            "should_be": dispute.should_be,
            "files": [each.digest for each in kept],
        },
        chain=statement.engagement,
        by=by,
        as_of=as_of,
    )
    tell_dispute(dispute, by, as_of)
    return dispute


def _demand_time_left(statement: Statement, as_of: datetime) -> None:
    standing = standing_at(statement, as_of)
    if standing.is_over:
        raise TooLateToDispute(
            f"The statement of {statement.window} could be disputed until "
            f"{standing.until:%d %B %Y}; now it counts as {standing.counts_as}.",
            place="statement",
            remedy="Ask the client to restate it, with the reason.",
        )


def _dispute(statement: Statement, wording: DisputeWording, by: Viewer, as_of: datetime) -> Dispute:
    measurement = wording.measurement
    if not statement.measurements.filter(pk=measurement.pk).exists():
        raise NotOnTheStatement(
            "The statement does not rest on this measurement.",
            place="measurement",
            remedy="Choose one of the service levels of the statement.",
        )
    item = checked(wording.item, "item", longest=SHORT, needed=False)
    component = checked(wording.component, "component", longest=SHORT, needed=False)
    if item:
        known_item(measurement, item)
    demand_time(measurement, wording.since, wording.until, component, needed=False)
    return Dispute(
        engagement=statement.engagement,
        statement=statement,
        side=by.organisation.side,
        measurement=measurement,
        item=item,
        component=component,
        since=wording.since,
        until=wording.until,
        what_is_wrong=checked(wording.what_is_wrong, "what_is_wrong"),
        should_be=checked(wording.should_be, "should_be"),
        disputed_at=as_of,
        disputed_by=by.person,
    )
