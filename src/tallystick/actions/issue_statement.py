"""Issue the statement of a window: the newest measurements, pinned, for both parties."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from tallystick.actions.credits_entered import enter_owed
from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.hand_checkpoint import hand_checkpoint
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.tellings import tell_statement
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.windows import Window
from tallystick.engine.values import moment
from tallystick.records.agreements import Agreement
from tallystick.records.bundles import digest_of_stated
from tallystick.records.credit_entries import CreditEntry
from tallystick.records.held import known_until
from tallystick.records.measurements import Measurement
from tallystick.records.restating import month_of, newest_measurements
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


def nothing_measured(window: str) -> NothingMeasured:
    """Return the refusal of a window without any measurement."""
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
    # What is measured or agreed meanwhile waits until the figures are pinned.
    held_engagement(agreement.engagement_id)
    if agreement.statements.filter(window=window).exists():
        raise AlreadyIssued(
            f"The statement of {window} was issued before.",
            place="window",
            remedy="Open the issued statement; if its figures are wrong, restate it there.",
        )
    month = month_of(agreement, window)
    measurements = newest_measurements(agreement, month) if month else []
    if month is None or not measurements:
        raise nothing_measured(window)
    known = known_until(agreement.engagement, read_agreement(agreement.document))
    _demand_a_closed_window(moment(month.end), known, window)
    return hand_over(
        agreement,
        month,
        measurements,
        f"Issued the statement of {window}.",
        action="issue_statement",
        by=by,
        as_of=as_of,
    )


def hand_over(
    agreement: Agreement,
    month: Window,
    measurements: Sequence[Measurement],
    sentence: str,
    *,
    action: str,
    supersedes: Statement | None = None,
    reason: str = "",
    more: dict[str, Any] | None = None,
    by: Viewer,
    as_of: datetime,
) -> Statement:
    """
    Store a statement with what it pins and what is owed by it, and enter it; `more` goes along.

    The one place in which a statement reaches both parties, issued first or restated.
    """
    statement = Statement.objects.create(
        engagement=agreement.engagement,
        agreement=agreement,
        window=month.text,
        window_start=moment(month.start),
        window_end=moment(month.end),
        issued_at=as_of,
        issued_by=by.person,
        supersedes=supersedes,
        reason=reason,
    )
    statement.measurements.set(measurements)
    owed = enter_owed(statement, by=by, as_of=as_of)
    enter(
        statement,
        sentence,
        action=action,
        payload=_told(statement, measurements, owed) | (more or {}),
        chain=agreement.engagement,
        by=by,
        as_of=as_of,
    )
    hand_checkpoint(engagement=agreement.engagement, by=by, as_of=as_of)
    keep_findings_in([agreement.engagement], as_of, by=by)
    tell_statement(statement, by, as_of)
    return statement


def _told(
    statement: Statement, measurements: Sequence[Measurement], owed: Sequence[CreditEntry]
) -> dict[str, Any]:
    return {
        "window": statement.window,
        "agreement": statement.agreement.digest,
        "figures": digest_of_stated(statement),
        "measurements": [measurement.public_id for measurement in measurements],
        "credits": [f"{each.kind} {each.amount:f} {each.currency}" for each in owed],
    }
