"""SEL003: the yardstick was changed after the bids lay open."""

from collections.abc import Iterator
from datetime import date

from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.stages import Stage, stages_from

WORDS = {"weight": "The weight", "anchors": "The scale", "gate": "The knock-out"}


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report each edit of a criterion after the bids were opened."""
    selection = snapshot.selection
    if selection is None or selection.opened_on is None:
        return
    for number, edit in enumerate(selection.criteria_edits):
        after = edit.after_opening or selection.opened_on < edit.on
        if after and edit.on <= as_of:
            moved = f" from {edit.before} to {edit.after}" if edit.before and edit.after else ""
            yield Violation(
                f"selection.criteria_edits[{number}]",
                f"{WORDS[edit.what]} of criterion {edit.criterion} was changed{moved} on "
                f"{edit.on}; bids were opened on {selection.opened_on}.",
            )


GUARDRAIL = Guardrail(
    code="SEL003",
    title="criteria-moved",
    stages=stages_from(Stage.SELECT),
    severity=Severity.BLOCKER,
    practice=5,
    fires_when=(
        "a weight, the anchors of a scale or a knock-out was edited on a day after the one on "
        "which bids were opened; an edit on that day itself counts as before, unless it is marked "
        "as after_opening"
    ),
    rationale="Whoever knows the bids can make any of them win; the award can be challenged.",
    source="Equal treatment, Directive 2014/24/EU articles 18 and 67; UK Sourcing Playbook",
    remedy="Take the edit back and score anew, or cancel and ask for bids again.",
    detect=detect,
)
