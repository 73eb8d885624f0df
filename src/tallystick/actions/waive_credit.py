"""Waive a credit: the client gives up what it is owed, and says why."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from tallystick.actions.credits_entered import enter_amount
from tallystick.actions.refusals import require
from tallystick.engine.service_levels.dealings.balances import EntryKind
from tallystick.records.credit_entries import CreditEntry
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def waive_credit(
    *,
    engagement: Engagement,
    amount: str | Decimal,
    currency: str,
    reference: str = "",
    reason: str,
    by: Viewer,
    as_of: datetime,
) -> CreditEntry:
    """
    Give up an amount that is owed and not invoiced, for a reason; who owes it cannot.

    Raises:
        NotPermitted, AmountRefused, TextNeeded, TextTooLong
    """
    require(by, Duty.SETTLE_CREDIT)
    return enter_amount(
        engagement,
        EntryKind.WAIVED,
        amount,
        currency,
        reference=reference,
        reason=reason,
        by=by,
        as_of=as_of,
    )
