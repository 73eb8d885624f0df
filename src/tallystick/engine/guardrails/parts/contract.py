"""The contract beside its service levels: clauses, changes, renewal, credits and adjustments."""

from decimal import Decimal
from enum import StrEnum
from typing import Literal

from tallystick.engine.guardrails.fields import Amount, Currency, Day, DayCount, Name, Text
from tallystick.engine.guardrails.parts.part import Part


class Regime(StrEnum):
    """A law that demands clauses of the contract."""

    DORA = "dora"
    GDPR = "gdpr"
    NIS2 = "nis2"


class Clause(Part):
    """
    One row of the clause matrix.

    `required_by` is a regime or a rule of one's own, `clause` its place there, such as
    `30(2)(a)`; `present` says whether the contract has it, and `reference` where.
    """

    required_by: Name
    clause: Name
    title: Text = None
    present: bool | None = None
    reference: Text = None


class ChangeRequest(Part):
    """A change of scope: when it was approved, and when work on it began or was invoiced."""

    id: Name
    title: Text = None
    amount: Amount | None = None
    requested_on: Day | None = None
    approved_on: Day | None = None
    declined_on: Day | None = None
    work_began_on: Day | None = None
    invoiced_on: Day | None = None


class Renewal(Part):
    """
    What was decided about the end of the term.

    `ends_on` is the first day without contract and `notice_days` how long before it notice must
    be there; what is left out is read from the agreement.
    """

    ends_on: Day | None = None
    notice_days: DayCount | None = None
    decided_on: Day | None = None
    decision: Text = None


class CreditDue(Part):
    """A credit that was computed, and how much of it was invoiced or given up so far."""

    window: Name
    service_level: Text = None
    currency: Currency | None = None
    computed: Amount
    computed_on: Day
    invoiced: Amount = Decimal(0)
    waived: Amount = Decimal(0)


class Adjustment(Part):
    """A change of price that the contract provides for: indexation, or a volume band."""

    kind: Literal["indexation", "volume-band"]
    due_on: Day
    applied_on: Day | None = None
    amount: Amount | None = None


class Switching(Part):
    """
    What changing the provider would cost.

    `cost` is the sum of migration, parallel running, knowledge transfer, retraining, fees for
    ending early and the loss of speed; `premium_before` the break-even premium of the review
    before, as a share of the annual spend.
    """

    cost: Amount
    annual_spend: Amount
    years_left: Amount
    premium_before: Amount | None = None
