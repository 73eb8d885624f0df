"""Snapshot + guardrails -> findings, always in the same order."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from tallystick.engine.guardrails.anchors import anchored
from tallystick.engine.guardrails.detectors.waiver_expired import CODE as EXPIRED
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

    The order is: gravest first, then by code, then as the document runs; what is waived comes
    last. Without a policy the default thresholds hold.
    """
    if isinstance(as_of, datetime):
        raise TypeError("a check is made as of a day, not a moment")
    thresholds = policy or Policy()
    found = (rail.check(snapshot, thresholds, as_of) for rail in guardrails)
    # Sorting is stable: within one code the detector's order, that of the document, remains.
    return sorted(
        (_waived(finding, snapshot, as_of) for findings in found for finding in findings),
        key=lambda finding: (finding.waived, finding.severity.rank, finding.code),
    )


def _waived(finding: Finding, snapshot: Snapshot, as_of: date) -> Finding:
    """Return a finding as the snapshot's waivers leave it; the one that lasts longest counts."""
    holding = [each for each in snapshot.waivers if each.holds_on(as_of)]
    if not holding or finding.code == EXPIRED:
        return finding
    places = (finding.place, anchored(snapshot, finding.place))
    covering = [each for each in holding if each.covers(finding.code, *places)]
    if not covering:
        return finding
    last = max(covering, key=lambda each: each.expires_on)
    return replace(
        finding, blocking=False, waived_until=last.expires_on, waived_because=last.reason
    )


def blocking(findings: Iterable[Finding], stage: Stage | str) -> list[Finding]:
    """Return the findings that keep the gate of a stage shut."""
    gate = Stage(stage)
    return [found for found in findings if found.blocking and gate.reached(found.stage)]
