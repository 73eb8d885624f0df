"""What a gate says: what it waits for, in words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tallystick.engine.guardrails.finding import Finding, Severity
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.closed import is_over, is_reviewed
from tallystick.records.engagements import Engagement
from tallystick.records.first_risks import without_risks
from tallystick.web.counts import counted, listed, of_kind

_NAMED = {
    "LES001": ("lesson", "lessons"),
    "OBJ001": ("gap in the objectives", "gaps in the objectives"),
    "AGR003": ("agreement in force", "agreements in force"),
}
_ANY = ("finding", "findings")


@dataclass(frozen=True, slots=True)
class Gate:
    """
    The gate at the end of an engagement's stage.

    `status` is ready, blocked or, once the engagement is over, close; `sentence` says why.
    """

    stage: Stage
    blocking: tuple[Finding, ...]
    provider_missing: bool
    risks_missing: bool = False
    review_missing: bool = False
    over: bool = False

    @property
    def last(self) -> bool:
        """Return whether this is the gate of the last stage, which leads out."""
        return self.stage.next is None

    @property
    def open(self) -> bool:
        """Return whether the gate may be passed now."""
        missing = self.provider_missing or self.risks_missing or self.review_missing
        return not (self.over or self.blocking or missing)

    @property
    def status(self) -> str:
        """Return the gate's state as a status word."""
        if self.over:
            return "close"
        return "ready" if self.open else "blocked"

    @property
    def word(self) -> str:
        """Return what the state is called."""
        if self.over:
            return "Passed"
        return "Open" if self.open else "Closed"

    @property
    def sentence(self) -> str:
        """Say what the gate waits for, or that it is open."""
        if self.over:
            return "The engagement is closed."
        if self.review_missing:
            return "The close gate waits for the signed closing review."
        if self.last:
            return "The close gate is open. Behind it the engagement is over."
        if self.blocking:
            return f"The {self.stage} gate waits for {waited_for(self.blocking)}."
        if self.risks_missing:
            return "The define gate waits for a first identification of risks."
        if self.provider_missing:
            return "The select gate waits for the provider to be appointed."
        return f"The {self.stage} gate is open. The {self.stage.next} stage begins behind it."


def waited_for(blocking: Iterable[Finding]) -> str:
    """Return what has to be mended first, such as "3 lessons and 1 finding"."""
    counts = Counter(_NAMED.get(finding.code, _ANY) for finding in blocking)
    return listed([counted(number, *words) for words, number in counts.items()])


def gate_of(
    engagement: Engagement, findings: Iterable[Finding], *, risks_missing: bool = False
) -> Gate:
    """
    Return the gate of an engagement's present stage.

    `findings` are all of its findings; `risks_missing` says that nobody identified a risk yet.
    """
    stage = Stage(engagement.stage)
    return Gate(
        stage=stage,
        # What keeps the last gate shut is told by the closing review.
        blocking=tuple(each for each in findings if each.blocking and stage.next),
        provider_missing=stage is Stage.SELECT and engagement.provider_id is None,
        risks_missing=risks_missing,
    )


def gate_now(engagement: Engagement, findings: Iterable[Finding]) -> Gate:
    """Return what `gate_of` does and, of the last stage, whether it waits for the review."""
    gate = gate_of(engagement, findings, risks_missing=bool(without_risks([engagement])))
    if not gate.last:
        return gate
    return replace(gate, review_missing=not is_reviewed(engagement), over=is_over(engagement))


def severity_words(findings: Iterable[Finding]) -> str:
    """Count the findings that nobody waived, gravest first: "2 blockers, 1 minor"; else nothing."""
    counts = Counter(each.severity for each in findings if not each.waived)
    return ", ".join(of_kind(counts[each], each.value) for each in Severity if counts[each])
