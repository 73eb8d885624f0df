"""AGR008: the term ends or renews, and nobody has decided anything."""

from collections.abc import Iterator
from datetime import date

from tallystick.engine.guardrails.agreement_terms import RenewalTerms, renewal_terms
from tallystick.engine.guardrails.days import earlier, past
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import counted
from tallystick.engine.guardrails.stages import Stage, stages_from


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report a notice deadline that is near or gone without a decision."""
    ends, terms = _end(snapshot), renewal_terms(snapshot.agreement)
    days = _notice(snapshot, terms)
    if ends is None or days is None or as_of >= ends:
        return
    if snapshot.renewal is not None and past(snapshot.renewal.decided_on, as_of):
        return
    deadline = earlier(ends, days)
    left = (deadline - as_of).days
    if left <= policy.notice_window_days:
        when = f"in {counted(left, 'day')}" if left >= 0 else f"{counted(-left, 'day')} ago"
        then = "renews by itself" if terms.automatic else "ends"
        yield Violation(
            "renewal.decided_on",
            f"The agreement {then} on {ends}; notice has to be there by {deadline}, {when}, and "
            f"nothing is decided {policy.notice_window_days} days before.",
        )


def _end(snapshot: Snapshot) -> date | None:
    if snapshot.renewal is not None and snapshot.renewal.ends_on is not None:
        return snapshot.renewal.ends_on
    term = snapshot.agreement.in_force if snapshot.agreement else None
    return term.until if term else None


def _notice(snapshot: Snapshot, terms: RenewalTerms) -> int | None:
    if snapshot.renewal is not None and snapshot.renewal.notice_days is not None:
        return snapshot.renewal.notice_days
    return terms.notice_days


GUARDRAIL = Guardrail(
    code="AGR008",
    title="renewal-sleepwalk",
    stages=stages_from(Stage.DELIVER, Stage.DELIVER),
    # Not a blocker: the gate it would keep shut is the one that leads out of the contract.
    severity=Severity.MAJOR,
    practice=7,
    fires_when=(
        "notice has to be there within 90 days (policy: notice_window_days), or should have been, "
        "the term is not over, and no decision on it is recorded; end and notice are those under "
        "`renewal`, else those of the agreement, and without both nothing is asked"
    ),
    rationale=(
        "A deadline that passes unnoticed costs a year, at the old price, with the old scope."
    ),
    source="EBA guidelines on outsourcing EBA/GL/2019/02 paragraph 54 (notice periods)",
    remedy="Decide now: renew, renegotiate, tender again or leave; give notice in time.",
    detect=detect,
)
