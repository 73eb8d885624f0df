"""Invoice a credit: the provider records the credit note or the invoice that takes it off."""

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
def invoice_credit(
    *,
    engagement: Engagement,
    amount: str | Decimal,
    currency: str,
    reference: str,
    reason: str = "",
    by: Viewer,
    as_of: datetime,
) -> CreditEntry:
    """
    Enter a credit note or invoice over what is owed, by its number.

    Raises:
        NotPermitted, AmountRefused, TextNeeded, TextTooLong
    """
    require(by, Duty.INVOICE_CREDIT)
    return enter_amount(
        engagement,
        EntryKind.INVOICED,
        amount,
        currency,
        reference=reference,
        reason=reason,
        by=by,
        as_of=as_of,
    )
