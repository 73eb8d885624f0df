"""Snapshot + guardrails -> findings, always in the same order."""

from collections.abc import Iterable
from datetime import date, datetime

from tallystick.engine.guardrails.finding import Finding
from tallystick.engine.guardrails.guardrail import Guardrail
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.stages import Stage


def check(
    snapshot: Snapshot,
    guardrails: Iterable[Guardrail],
    as_of: date,
    policy: Policy | None = None,
) -> list[Finding]:
    """
    Return what the guardrails find in a snapshot on a day.

    The order is: gravest first, then by code, then as the document runs. Without a policy the
    default thresholds hold.
    """
    if isinstance(as_of, datetime):
        raise TypeError("a check is made as of a day, not a moment")
    thresholds = policy or Policy()
    found = (rail.check(snapshot, thresholds, as_of) for rail in guardrails)
    # Sorting is stable: within one code the detector's order, that of the document, remains.
    return sorted(
        (finding for findings in found for finding in findings),
        key=lambda finding: (finding.severity.rank, finding.code),
    )


def blocking(findings: Iterable[Finding], stage: Stage | str) -> list[Finding]:
    """Return the findings that keep the gate of a stage shut."""
    gate = Stage(stage)
    return [found for found in findings if found.blocking and gate.reached(found.stage)]
