"""The outcome of one check, ready to be written in any format."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tallystick.engine.guardrails.finding import Finding, Severity
from tallystick.engine.guardrails.guardrail import Guardrail
from tallystick.engine.guardrails.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Report:
    """
    What a check found in one snapshot.

    `source` names the document: a file name, or an address; `version` that of this program.
    """

    snapshot: Snapshot
    guardrails: Sequence[Guardrail]
    findings: Sequence[Finding]
    as_of: date
    source: str
    version: str = "0"

    def count(self, severity: Severity) -> int:
        """Return how many findings have a severity, those that are waived apart."""
        return sum(found.severity is severity and not found.waived for found in self.findings)

    @property
    def waived(self) -> int:
        """Return how many findings somebody answers for, for now."""
        return sum(found.waived for found in self.findings)

    @property
    def blocking(self) -> int:
        """Return how many findings keep the gate of the present stage shut."""
        return sum(found.blocking for found in self.findings)
