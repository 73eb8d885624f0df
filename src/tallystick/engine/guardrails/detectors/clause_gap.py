"""AGR005: a contract without a clause that the law demands."""

from collections.abc import Iterator
from datetime import date

from tallystick.engine.guardrails.clause_catalogue import demanded, not_listed
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import listed
from tallystick.engine.guardrails.stages import Stage, stages_from


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report demanded clauses that the contract lacks, and those nobody looked for."""
    critical = bool(snapshot.critical)
    for number, each in enumerate(snapshot.clauses):
        if not each.present:
            state = "is missing" if each.present is False else "has not been looked for"
            words = f" ({each.title})" if each.title else ""
            yield Violation(
                f"clauses[{number}].present",
                f"The clause that {each.required_by.upper()} {each.clause} demands{words} {state}.",
            )
    unlisted = []
    for regime in dict.fromkeys(snapshot.regimes):
        places = list(not_listed(regime, critical, snapshot.clauses))
        if places:
            whole = len(demanded(regime, critical))
            unlisted.append(f"{len(places)} of {whole} for {regime.upper()} ({listed(places)})")
    if unlisted:
        yield Violation(
            "clauses",
            f"The clause matrix does not list {listed(unlisted)}.",
            "Look for each clause in the contract, and record where it stands or that it is "
            "missing.",
        )


GUARDRAIL = Guardrail(
    code="AGR005",
    title="clause-gap",
    stages=stages_from(Stage.AGREE, Stage.DELIVER),
    severity=Severity.BLOCKER,
    practice=7,
    fires_when=(
        "a row of the clause matrix is not present; or a regime is named under `regimes` and the "
        "matrix does not list a clause that it demands: DORA article 30(2), for a critical service "
        "30(3) too, GDPR article 28(3), NIS2 implementing regulation annex 5.1.4. Without a regime "
        "and a matrix nothing is asked"
    ),
    rationale=(
        "What the law demands and the contract lacks is the client's breach, not the provider's."
    ),
    source=(
        "Regulation (EU) 2022/2554 art. 30; GDPR art. 28(3); Regulation (EU) 2024/2690 annex 5.1.4"
    ),
    remedy="Add the clause before the contract is signed, or by an amendment.",
    detect=detect,
)
