"""A rule of the lint: one ambiguity, how much it weighs, and why it matters."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from tallystick.engine.service_levels.lint.wording import Wording
from tallystick.engine.values import Severity


@dataclass(frozen=True, slots=True)
class Spot:
    """One place in a document where a rule fires, and what to write there instead."""

    place: str
    sentence: str
    remedy: str


Look = Callable[[Wording], Iterable[Spot]]
"""A document -> the spots at which a rule fires."""


@dataclass(frozen=True, slots=True)
class Rule:
    """
    One ambiguity that a party could turn to its advantage.

    A *blocker* cannot be measured or decided as it is written; a *major* one is about money or
    verdicts; of a *minor* one the format decides where the document is silent, and the parties
    may not know how. `fires_when` is the exact rule, `source` where the reason comes from.
    """

    code: str
    severity: Severity
    fires_when: str
    why: str
    source: str
    look: Look

    def findings(self, wording: Wording) -> list["Finding"]:
        """Return what the rule has to say of a document."""
        return [
            Finding(
                code=self.code,
                severity=self.severity,
                place=spot.place,
                sentence=spot.sentence,
                remedy=spot.remedy,
                why=self.why,
                source=self.source,
            )
            for spot in self.look(wording)
        ]


@dataclass(frozen=True, slots=True)
class Finding:
    """One ambiguity of a document: its place, what is open, what to write, and why it matters."""

    code: str
    severity: Severity
    place: str
    sentence: str
    remedy: str
    why: str
    source: str

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as plain values, ready for JSON."""
        return {**asdict(self), "severity": self.severity.value}
