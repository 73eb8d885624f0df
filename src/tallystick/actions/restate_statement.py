"""Restate a window: a new statement takes the place of the one before, for a reason."""

from datetime import datetime
from typing import Any

from django.db import transaction

from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.issue_statement import hand_over, nothing_measured
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.dealings.difference import Difference
from tallystick.records.differences import difference_values
from tallystick.records.restating import (
    agreement_now,
    difference_now,
    month_of,
    newest_measurements,
)
from tallystick.records.roles import Duty
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer


class AlreadyRestated(Refusal):
    """A later statement took the place of this one."""

    code = "statement.already-restated"


class NothingToRestate(Refusal):
    """The window reads now as it was stated."""

    code = "statement.nothing-to-restate"


@transaction.atomic
def restate_statement(
    *, statement: Statement, reason: str, by: Viewer, as_of: datetime
) -> Statement:
    """
    Hand both parties the window's figures as they stand now; both are asked to attest again.

    The statement before stays as it is. Returns the restatement.

    Raises:
        NotPermitted, AlreadyRestated, NothingMeasured, NothingToRestate, TextNeeded, TextTooLong
    """
    require(by, Duty.ISSUE_STATEMENT)
    held_engagement(statement.engagement_id)
    demand_current(statement)
    said = checked(reason, "reason")
    agreement = agreement_now(statement)
    month = month_of(agreement, statement.window)
    measurements = newest_measurements(agreement, month) if month else []
    if month is None or not measurements:
        raise nothing_measured(statement.window)
    difference = difference_now(statement, agreement)
    if not difference:
        raise NothingToRestate(
            f"{statement.window} reads now as it was stated.",
            place="statement",
            remedy="Import the correction, or decide the claim of relief; measure again, then "
            "restate.",
        )
    return hand_over(
        agreement,
        month,
        measurements,
        f"Restated {statement.window}: {_sum(difference)}.",
        action="restate_statement",
        supersedes=statement,
        reason=said,
        more=_payload(statement, said, difference),
        by=by,
        as_of=as_of,
    )


def demand_current(statement: Statement) -> None:
    """
    Let only a statement go on whose place no later one took.

    Raises:
        AlreadyRestated
    """
    if Statement.objects.filter(supersedes=statement).exists():
        raise AlreadyRestated(
            f"A later statement of {statement.window} took the place of this one.",
            place="statement",
            remedy="Open the later statement.",
        )


def _sum(difference: Difference) -> str:
    parts = ((len(difference.figures), "figure"), (len(difference.credits), "credit"))
    said = [f"{count} {noun}{'s' if count > 1 else ''}" for count, noun in parts if count]
    causes = [cause for figure in difference.figures for cause in figure.causes]
    causes += [cause for credit in difference.credits for cause in credit.causes]
    why = ", ".join(each.replace("-", " ") for each in dict.fromkeys(causes))
    verb = "differs" if sum(count for count, _ in parts) == 1 else "differ"
    return f"{' and '.join(said)} {verb}{f' ({why})' if why else ''}"


def _payload(statement: Statement, reason: str, difference: Difference) -> dict[str, Any]:
    values = difference_values(difference, {})
    return {"supersedes": statement.public_id, "reason": reason, "difference": values}
