"""Issue the statement of a window: the newest measurements, pinned, for both parties."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.engine.refusals import Refusal
from tallystick.records.agreements import Agreement
from tallystick.records.held import horizon_of, imports_of
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


def _newest(agreement: Agreement, window: str) -> list[Measurement]:
    return list(agreement.measurements.filter(window=window, superseded_by=None).order_by("id"))


def _demand_a_closed_window(
    measurements: list[Measurement], known_until: datetime | None, window: str
) -> None:
    if not measurements:
        raise NothingMeasured(
            f"Nothing was measured in {window}.",
            place="window",
            remedy="Import the service data of that month and measure, then issue.",
        )
    if known_until is None or known_until < measurements[0].window_end:
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
    measurements = _newest(agreement, window)
    _demand_a_closed_window(measurements, horizon_of(imports_of(agreement.engagement)), window)
    statement = Statement.objects.create(
        engagement=agreement.engagement,
        agreement=agreement,
        window=window,
        window_start=measurements[0].window_start,
        window_end=measurements[0].window_end,
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
            "measurements": [measurement.public_id for measurement in measurements],
        },
        chain=agreement.engagement,
        by=by,
        as_of=as_of,
    )
    return statement
