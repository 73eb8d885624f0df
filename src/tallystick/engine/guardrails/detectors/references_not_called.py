"""SEL002: a preferred bidder whose clients nobody has asked, or only those it chose."""

from collections.abc import Iterator
from datetime import date

from tallystick.engine.guardrails.days import past
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import counted, listed
from tallystick.engine.guardrails.stages import Stage, stages_from
from tallystick.engine.scoring import Asked


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report what the calls about the preferred bid lack."""
    selection = snapshot.selection
    if selection is None or not selection.preferred:
        return
    called = [
        each
        for each in selection.references
        if each.bid == selection.preferred and past(each.called_on, as_of)
    ]
    asked = Asked(
        calls=len(called),
        independent=sum(each.source == "found" for each in called),
        ended=sum(each.relationship != "live" for each in called),
        fewest=policy.fewest_references,
    )
    lacks = []
    if asked.missing:
        lacks.append(
            f"{counted(asked.calls, 'reference was', 'references were')} called and "
            f"{asked.fewest} are the least"
        )
    if not asked.independent:
        lacks.append("none was found independently")
    if not asked.ended:
        lacks.append("none has ended its contract")
    if lacks:
        yield Violation("selection.references", f"Of bid {selection.preferred} {listed(lacks)}.")


GUARDRAIL = Guardrail(
    code="SEL002",
    title="references-not-called",
    stages=stages_from(Stage.SELECT, Stage.AGREE),
    severity=Severity.BLOCKER,
    practice=5,
    fires_when=(
        "a preferred bid is named and fewer than 3 of its references were called (policy: "
        "fewest_references), or none of those called was found independently, or none is a "
        "client whose contract has ended"
    ),
    rationale=(
        "A vendor never nominates a bad reference. Those who left can say what it cost to leave, "
        "and those it did not name say what it did not show."
    ),
    source="Next Level Purchasing on reference checks; COBIT 2019 APO10.02",
    remedy="Call three clients of the bidder: one found independently, one that has left it.",
    detect=detect,
)
