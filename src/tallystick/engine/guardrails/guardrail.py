"""A guardrail: one classic mistake, when it counts, why it matters and what to do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from tallystick.engine.guardrails.finding import AtStake, Finding, Severity
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.stages import Stage


@dataclass(frozen=True, slots=True)
class Violation:
    """One spot where a guardrail is violated; an empty remedy means the guardrail's own."""

    place: str
    sentence: str
    remedy: str = ""
    at_stake: AtStake | None = None


Detect = Callable[[Snapshot, Policy, date], Iterable[Violation]]
"""Snapshot, thresholds and the day of the check -> the spots that violate the guardrail."""


@dataclass(frozen=True, slots=True)
class Guardrail:
    """
    A check that runs from its first stage on, until the engagement is closed.

    `stages` are the stages whose gates stay shut while a blocker of this guardrail is open;
    outside them its findings are reported and block nothing. `fires_when` is the exact rule
    in plain words, `practice` one of the eight practices (1 to 8), `source` where the
    rationale comes from. `lesson` names the lesson that raised it, if one did.
    """

    code: str
    title: str
    stages: tuple[Stage, ...]
    severity: Severity
    practice: int
    fires_when: str
    rationale: str
    source: str
    remedy: str
    detect: Detect
    lesson: str | None = None

    def __post_init__(self) -> None:
        if not self.stages:
            raise ValueError(f"{self.code} applies to no stage")
        if not 1 <= self.practice <= 8:
            raise ValueError(f"a practice is a number from 1 to 8, not {self.practice}")

    def check(self, snapshot: Snapshot, policy: Policy, as_of: date) -> list[Finding]:
        """Return a finding for each spot of the snapshot that violates this guardrail."""
        if not snapshot.stage.reached(self.stages[0]):
            return []
        blocking = self.severity is Severity.BLOCKER and snapshot.stage in self.stages
        return [
            Finding(
                code=self.code,
                severity=self.severity,
                stage=self.stages[0],
                place=spot.place,
                sentence=spot.sentence,
                remedy=spot.remedy or self.remedy,
                practice=self.practice,
                blocking=blocking,
                at_stake=spot.at_stake,
            )
            for spot in self.detect(snapshot, policy, as_of)
        ]
