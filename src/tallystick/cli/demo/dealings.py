"""How the demo's parties deal with the figures: attest, dispute, claim relief, settle a credit."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from tallystick.actions.attest_statement import attest_statement
from tallystick.actions.claim_relief import ReliefWording, claim_relief
from tallystick.actions.confirm_payment import confirm_payment
from tallystick.actions.decide_relief import decide_relief
from tallystick.actions.dispute_statement import DisputeWording, dispute_statement
from tallystick.actions.invoice_credit import invoice_credit
from tallystick.actions.measure_service_levels import measure_service_levels
from tallystick.actions.reply_to_dispute import reply_to_dispute
from tallystick.actions.restate_statement import restate_statement
from tallystick.cli.demo.months import Month
from tallystick.engine.service_levels.evidence import read_evidence
from tallystick.engine.service_levels.outcomes import ItemVerdict
from tallystick.engine.service_levels.relief import ClaimState
from tallystick.engine.service_levels.terms.dealings import ReliefGround
from tallystick.records.credit_ledger import balances_in
from tallystick.records.engagements import Engagement
from tallystick.records.measurements import Measurement
from tallystick.records.relief import ReliefClaim
from tallystick.records.statements import Statement
from tallystick.records.store import evidence_path
from tallystick.records.viewer import Viewer

DISPUTED = "resolution-p2"
"""The service level over whose tickets the parties differ."""
SETTLED = Decimal("0.6")
"""Which part of what is owed the demo's provider has invoiced so far."""


def both_attest(statement: Statement, provider: Viewer, manager: Viewer, at: datetime) -> None:
    """Let both parties take a statement as it stands, at the month's review."""
    for who in (provider, manager):
        attest_statement(statement=statement, by=who, as_of=at)


def settle_the_first(engagement: Engagement, provider: Viewer, lead: Viewer, at: datetime) -> None:
    """Let the provider invoice a part of what it owes, and the client confirm the payment."""
    for balance in balances_in([engagement]).get(engagement.pk, []):
        amount = (balance.to_invoice * SETTLED).quantize(Decimal("0.01"))
        if amount <= 0:
            continue
        told: dict[str, Any] = {
            "engagement": engagement,
            "amount": amount,
            "currency": balance.currency,
        }
        invoice_credit(**told, reference="CN-2041", by=provider, as_of=at)
        confirm_payment(**told, reference="Set off in invoice 7718", by=lead, as_of=at)


def quarrel(statement: Statement, provider: Viewer, manager: Viewer, as_of: datetime) -> None:
    """Let the provider dispute one late ticket of the newest month and claim relief for it."""
    at = max(statement.issued_at, as_of - timedelta(days=2))
    attest_statement(statement=statement, by=manager, as_of=at)
    measurement = statement.measurements.get(service_level=DISPUTED)
    for item in _late(measurement, 1):
        dispute_statement(
            statement=statement,
            wording=DisputeWording(
                measurement=measurement,
                item=item,
                what_is_wrong="The clock ran on while the building was closed.",
                should_be="The ticket is left out, or its clock stands still for these hours.",
            ),
            by=provider,
            as_of=at,
        )
        _claim(
            measurement,
            "The building was closed for a fire drill, and nobody could be let in.",
            [item],
            provider,
            at,
        )


def corrected(statement: Statement, provider: Viewer, manager: Viewer, month: Month) -> Statement:
    """Let late tickets be disputed, relieved and left out; return the restatement."""
    measurement = statement.measurements.get(service_level=DISPUTED)
    items = _late(measurement, 2)
    if not items:
        return statement
    after = month.plus(1)
    point = dispute_statement(
        statement=statement,
        wording=DisputeWording(
            measurement=measurement,
            item=items[0],
            what_is_wrong="The directory of users was down, which the client runs itself.",
            should_be="What could not be solved that morning is left out.",
        ),
        by=provider,
        as_of=after.at(4, 9),
    )
    reply_to_dispute(
        dispute=point,
        text="Our operations look into it. Please claim relief for all that waited that morning.",
        by=manager,
        as_of=after.at(4, 9),
    )
    claim = _claim(
        measurement,
        "The client's own directory was down for the morning; nobody could sign in anywhere.",
        items,
        provider,
        after.at(4, 10),
    )
    decide_relief(
        claim=claim,
        state=ClaimState.APPROVED,
        reason="Our operations confirm the outage of the directory.",
        by=manager,
        as_of=after.at(6, 15),
    )
    measure_service_levels(engagement=statement.engagement, by=manager, as_of=after.at(6, 16))
    return restate_statement(
        statement=statement,
        reason="Relief was approved for what could not be solved while the directory was down.",
        by=manager,
        as_of=after.at(7, 9),
    )


def _late(measurement: Measurement, count: int) -> list[str]:
    late = read_evidence(
        evidence_path(measurement.evidence),
        window=measurement.window,
        verdict=ItemVerdict.MISSED,
        size=count,
    )
    return [each.id for each in late]


def _claim(
    measurement: Measurement, what_happened: str, items: list[str], by: Viewer, at: datetime
) -> ReliefClaim:
    wording = ReliefWording(
        ground=ReliefGround.CLIENT_CAUSED, what_happened=what_happened, items=items
    )
    return claim_relief(measurement=measurement, wording=wording, by=by, as_of=at)
