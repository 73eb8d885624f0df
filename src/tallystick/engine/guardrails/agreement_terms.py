"""What an agreement says beyond what a sketch checks: classes, credits, renewal; read leniently."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tallystick.engine.guardrails.agreement_sketch import AgreementSketch, LevelSketch, Sketch
from tallystick.engine.guardrails.figures import share_in

CRITICAL = "critical-service-level"


def said(part: Sketch, *path: str) -> Any:
    """Return what a part says at a path of keys that the format does not check, or nothing."""
    here: Any = part.model_extra or {}
    for key in path:
        here = here.get(key) if isinstance(here, Mapping) else None
    return here


def is_critical(level: LevelSketch) -> bool:
    """Return whether a service level is of the class that carries a credit."""
    return bool(said(level, "class") == CRITICAL)


def at_risk(agreement: AgreementSketch) -> Fraction | None:
    """Return the part of the charge that credits put at risk; None where they name sums."""
    return share_in(said(agreement, "credits", "at_risk"))


def grounds(agreement: AgreementSketch) -> Any:
    """Return the grounds for termination, or nothing."""
    return said(agreement, "credits", "terminations")


@dataclass(frozen=True, slots=True)
class RenewalTerms:
    """Whether a term renews by itself, and how many days before its end notice must be there."""

    automatic: bool = False
    notice_days: int | None = None


def renewal_terms(agreement: AgreementSketch | None) -> RenewalTerms:
    """Return the terms of renewal that an agreement states."""
    if agreement is None:
        return RenewalTerms()
    days = said(agreement, "renewal", "notice_days")
    known = isinstance(days, int) and not isinstance(days, bool) and 0 <= days <= 36_500
    return RenewalTerms(
        automatic=said(agreement, "renewal", "renews") == "automatically",
        notice_days=days if known else None,
    )
