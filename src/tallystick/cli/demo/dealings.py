"""How the demo's parties deal with the figures: attest, dispute, claim relief, settle a credit."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from tallystick.actions.attest_statement import attest_statement
from tallystick.actions.claim_relief import ReliefWording, claim_relief
from tallystick.actions.confirm_payment import confirm_payment
from tallystick.actions.dispute_statement import DisputeWording, dispute_statement
from tallystick.actions.invoice_credit import invoice_credit
from tallystick.engine.service_levels.evidence import read_evidence
from tallystick.engine.service_levels.outcomes import ItemVerdict
from tallystick.engine.service_levels.terms.dealings import ReliefGround
from tallystick.records.credit_ledger import balances_in
from tallystick.records.engagements import Engagement
from tallystick.records.statements import Statement
from tallystick.records.store import evidence_path
from tallystick.records.viewer import Viewer

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
    measurement = statement.measurements.filter(service_level="resolution-p2").first()
    if measurement is None:
        return
    late = read_evidence(
        evidence_path(measurement.evidence),
        window=measurement.window,
        verdict=ItemVerdict.MISSED,
        size=1,
    )
    at = max(statement.issued_at, as_of - timedelta(days=2))
    attest_statement(statement=statement, by=manager, as_of=at)
    if not late:
        return
    claim_relief(
        measurement=measurement,
        wording=ReliefWording(
            ground=ReliefGround.CLIENT_CAUSED,
            what_happened="The building was closed for a fire drill, and nobody could be let in.",
            items=[late[0].id],
        ),
        by=provider,
        as_of=at,
    )
    dispute_statement(
        statement=statement,
        wording=DisputeWording(
            measurement=measurement,
            item=late[0].id,
            what_is_wrong="The clock ran on while the building was closed.",
            should_be="The ticket is left out, or its clock stands still for these hours.",
        ),
        by=provider,
        as_of=at,
    )
