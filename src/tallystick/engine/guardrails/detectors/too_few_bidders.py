"""SEL001: a competition in which hardly anybody competes."""

from collections.abc import Iterator
from datetime import date

from tallystick.engine.guardrails.days import past
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import counted
from tallystick.engine.guardrails.stages import Stage, stages_from


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report an opened competition with too few bids that may win."""
    selection = snapshot.selection
    if selection is None or not past(selection.opened_on, as_of):
        return
    if selection.single_source_reason and selection.single_source_approved_by:
        return
    standing = [bid for bid in selection.bids if bid.compliant is not False]
    if len(standing) < policy.fewest_bids:
        yield Violation(
            "selection.bids",
            f"{counted(len(standing), 'compliant bid')} of {len(selection.bids)} came in; "
            f"{policy.fewest_bids} make a competition.",
        )


GUARDRAIL = Guardrail(
    code="SEL001",
    title="too-few-bidders",
    stages=stages_from(Stage.SELECT),
    severity=Severity.MAJOR,
    practice=5,
    fires_when=(
        "bids were opened, fewer than 3 of them are compliant (policy: fewest_bids; one that was "
        "not checked yet counts), and there is no single-source reason with the name of who "
        "approved it; a selection that is not recorded, or not opened, is not asked"
    ),
    rationale="Without competition neither the price nor the solution has been tested.",
    source="COBIT 2019 APO10.02; UK Sourcing Playbook (market health)",
    remedy="Find out why others did not bid, ask anew, or have a single source approved.",
    detect=detect,
)
