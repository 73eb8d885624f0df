"""What a guardrail reports: a place, a sentence, and what to do about it."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.values import Severity

__all__ = ["AtStake", "Finding", "Severity"]


@dataclass(frozen=True, slots=True)
class AtStake:
    """Money that a finding puts at risk; without a currency where the document names none."""

    amount: Decimal
    currency: str | None = None

    def __str__(self) -> str:
        return f"{self.amount:,.2f} {self.currency or ''}".rstrip()

    def as_dict(self) -> dict[str, str | None]:
        """Return amount and currency as text, so that no program reads a float."""
        return {"amount": f"{self.amount:.2f}", "currency": self.currency}


@dataclass(frozen=True, slots=True)
class Finding:
    """
    A guardrail that an engagement violates now.

    `stage` is the stage at which the guardrail begins to apply, `place` a path in the
    snapshot such as `objectives[0].baseline`, `practice` one of the eight practices (1 to 8);
    `blocking` says whether the gate of the engagement's present stage stays shut, `at_stake`
    how much money is at risk where that can be computed. A finding that is waived blocks nothing
    until the day `waived_until`; `waived_because` says why.
    """

    code: str
    severity: Severity
    stage: Stage
    place: str
    sentence: str
    remedy: str
    practice: int
    blocking: bool
    at_stake: AtStake | None = None
    waived_until: date | None = None
    waived_because: str = ""

    @property
    def key(self) -> str:
        """Return what tells this finding from any other of the same engagement."""
        return f"{self.code} {self.place}"

    @property
    def waived(self) -> bool:
        """Return whether somebody answers for it, for now."""
        return self.waived_until is not None

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as plain values, ready for JSON."""
        until = self.waived_until
        return {
            **asdict(self),
            "severity": self.severity.value,
            "stage": self.stage.value,
            "at_stake": self.at_stake.as_dict() if self.at_stake else None,
            "waived_until": until.isoformat() if until else None,
        }
