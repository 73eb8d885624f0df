"""SEL008: a supplier that may not last, or that cannot live without us."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.parts.supplier import Supplier
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import percent, plain
from tallystick.engine.guardrails.stages import Stage, stages_from
from tallystick.engine.scoring.lei import is_lei


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report what speaks against the supplier's standing."""
    supplier = snapshot.supplier
    if supplier is None:
        return
    share, score = supplier.our_share, supplier.z_score
    if share is not None and share > policy.revenue_share:
        yield Violation(
            "supplier.our_share",
            f"{percent(Fraction(share))} of the supplier's revenue comes from us; more than "
            f"{percent(Fraction(policy.revenue_share))} binds both.",
            "Plan for the day on which you leave: the supplier will not survive it unaided.",
        )
    if score is not None and score < policy.z_score:
        yield Violation(
            "supplier.z_score",
            f"The supplier's Z'' is {plain(score)}; below {plain(policy.z_score)} lies distress.",
            "Ask for a guarantee of the parent or a bond, and look at the accounts every quarter.",
        )
    yield from _papers(supplier, as_of)


def _papers(supplier: Supplier, as_of: date) -> Iterator[Violation]:
    if supplier.lei and not is_lei(supplier.lei):
        yield Violation(
            "supplier.lei",
            f"{supplier.lei[:40]} is no legal entity identifier: shape or check digits are wrong.",
            "Take the identifier from the public register, not from the bid.",
        )
    if supplier.lei_valid_until is not None and supplier.lei_valid_until < as_of:
        yield Violation(
            "supplier.lei_valid_until",
            f"The supplier's legal entity identifier lapsed on {supplier.lei_valid_until}.",
            "Have the supplier renew it before anything is signed or reported.",
        )
    for number, each in enumerate(supplier.certificates):
        if each.valid_until is not None and each.valid_until < as_of:
            yield Violation(
                f"supplier.certificates[{number}].valid_until",
                f"The supplier's certificate {each.name} expired on {each.valid_until}.",
                "Ask for the renewed certificate with its scope.",
            )


GUARDRAIL = Guardrail(
    code="SEL008",
    title="supplier-weak-or-dependent",
    stages=stages_from(Stage.SELECT),
    severity=Severity.MAJOR,
    practice=5,
    fires_when=(
        "more than 25 % of the supplier's revenue comes from us (policy: revenue_share), its "
        "Altman Z'' is below 1.1 (policy: z_score), its legal entity identifier is malformed or "
        "lapsed, or a certificate has expired; what is not recorded is not asked"
    ),
    rationale="A supplier that fails takes the service with it, at a moment nobody chooses.",
    source="UK Sourcing Playbook (economic and financial standing); Altman 1995; ISO 17442",
    remedy="Check the supplier's standing anew before the award, and once a year after it.",
    detect=detect,
)
