"""Issue the statement of a window: the newest measurements, pinned, for both parties."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.hand_checkpoint import hand_checkpoint
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.windows import Window, windows_of
from tallystick.engine.values import moment
from tallystick.records.agreements import Agreement
from tallystick.records.bundles import digest_of_stated
from tallystick.records.held import known_until
from tallystick.records.measurements import Measurement
from tallystick.records.roles import Duty
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer


class AlreadyIssued(Refusal):
    """A statement is never issued twice; a correction is a restatement."""

    code = "statement.already-issued"


class WindowStillOpen(Refusal):
    """Items can still fall due in this window."""

    code = "statement.window-still-open"


class NothingMeasured(Refusal):
    """There is no measurement of this window."""

    code = "statement.nothing-measured"


def _month_of(agreement: Agreement, window: str) -> Window | None:
    months = windows_of(read_agreement(agreement.document))
    return next((each for each in months if each.text == window), None)


def _newest(agreement: Agreement, month: Window) -> list[Measurement]:
    """Return the measurements of the windows that end in a month: its own, days, a quarter."""
    current = agreement.measurements.filter(superseded_by=None)
    ending = current.filter(window_end__gt=moment(month.start), window_end__lte=moment(month.end))
    return list(ending.order_by("id"))


def _nothing_measured(window: str) -> NothingMeasured:
    return NothingMeasured(
        f"Nothing was measured in {window}.",
        place="window",
        remedy="Import the service data of that month and measure, then issue.",
    )


def _demand_a_closed_window(end: datetime, known_until: datetime | None, window: str) -> None:
    if known_until is None or known_until < end:
        known = f"ends on {known_until:%d %B %Y}" if known_until else "is missing"
        raise WindowStillOpen(
            f"The data {known}, before {window} does.",
            place="window",
            remedy="Import an export that is complete past the end of the month; measure again.",
        )


@transaction.atomic
def issue_statement(*, agreement: Agreement, window: str, by: Viewer, as_of: datetime) -> Statement:
    """
    Hand both parties the window's figures.

    Raises:
        NotPermitted, AlreadyIssued, NothingMeasured, WindowStillOpen
    """
    require(by, Duty.ISSUE_STATEMENT)
    if agreement.statements.filter(window=window).exists():
        raise AlreadyIssued(
            f"The statement of {window} was issued before.",
            place="window",
            remedy="Open the issued statement.",
        )
    month = _month_of(agreement, window)
    measurements = _newest(agreement, month) if month else []
    if month is None or not measurements:
        raise _nothing_measured(window)
    known = known_until(agreement.engagement, read_agreement(agreement.document))
    _demand_a_closed_window(moment(month.end), known, window)
    statement = Statement.objects.create(
        engagement=agreement.engagement,
        agreement=agreement,
        window=window,
        window_start=moment(month.start),
        window_end=moment(month.end),
        issued_at=as_of,
        issued_by=by.person,
    )
    statement.measurements.set(measurements)
    enter(
        statement,
        f"Issued the statement of {window}.",
        action="issue_statement",
        payload={
            "window": window,
            "agreement": agreement.digest,
            "figures": digest_of_stated(statement),
            "measurements": [measurement.public_id for measurement in measurements],
        },
        chain=agreement.engagement,
        by=by,
        as_of=as_of,
    )
    hand_checkpoint(engagement=agreement.engagement, by=by, as_of=as_of)
    return statement
