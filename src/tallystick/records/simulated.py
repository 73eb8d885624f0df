"""A register of priced risks -> the document of its simulation, and what it was computed from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tallystick.engine.canonical import canonical_bytes, digest
from tallystick.engine.risk import (
    PricedRisk,
    Treated,
    adequacy,
    compare,
    contingency,
    worth_of_control,
)
from tallystick.engine.risk.simulate import DRAWS
from tallystick.records.risk_prices import (
    control_of,
    plain_curve,
    plain_summary,
    risk_of,
    text_of,
)
from tallystick.records.risk_registers import AnyRisk
from tallystick.records.simulations import RiskBudget


@dataclass(frozen=True, slots=True)
class RiskSet:
    """The open, assessed risks that are simulated together, and how far they go together."""

    risks: Sequence[AnyRisk]
    correlation: float

    @property
    def rests_on(self) -> dict[str, Any]:
        """Return all figures that go in, as plain values."""
        parts = ("frequency", "magnitude")
        return {
            "correlation": repr(self.correlation),
            "draws": DRAWS,
            "years": 1,
            "risks": [
                {
                    "id": each.public_id,
                    **{
                        when: {name: each.assessed[when][name] for name in parts}
                        for when in ("inherent", "residual")
                    },
                }
                for each in self.risks
            ],
        }

    @property
    def digest(self) -> str:
        """Return the digest of what goes in."""
        return digest(canonical_bytes(self.rests_on))

    def priced(self, part: str) -> list[PricedRisk]:
        """Return the risks as the engine prices them, `part` inherent or residual."""
        return [risk_of(each.public_id, each.assessed[part]) for each in self.risks]

    def treated(self, seed: int) -> Treated:
        """Return both sets simulated by the same chances."""
        return compare(
            self.priced("inherent"),
            self.priced("residual"),
            seed=seed,
            draws=DRAWS,
            correlation=self.correlation,
        )


def simulation_document(chosen: RiskSet, treated: Treated) -> dict[str, Any]:
    """Return what both parties may read of a simulation: without appetite and reserve."""
    residual = treated.residual
    return {
        **chosen.rests_on,
        "currency": chosen.risks[0].currency,
        "inherent": plain_summary(treated.inherent.total),
        "residual": plain_summary(residual.total),
        "by_risk": [
            {
                "id": each.public_id,
                "title": each.title,
                "share": f"{residual.shares[each.public_id]:.6f}",
                **plain_summary(residual.risks[each.public_id]),
            }
            for each in chosen.risks
        ],
        "controls": list(_controls(chosen)),
    }


def _controls(chosen: RiskSet) -> list[dict[str, Any]]:
    found = []
    for risk in chosen.risks:
        key = risk.public_id
        before = [risk_of(key, risk.assessed["inherent"])]
        for plain in risk.assessed["controls"]:
            control = control_of(frozenset([key]), plain)
            worth = worth_of_control(before, control)
            found.append(
                {
                    "risk": key,
                    "name": plain["name"],
                    "cost": text_of(worth.cost),
                    "before": _money(worth.before),
                    "after": _money(worth.after),
                    "saved": _money(worth.saved),
                    "returned": None if worth.returned is None else _money(worth.returned),
                }
            )
            # The next one works on what this one leaves.
            before = control.applied(before)
    return found


def held_against(budget: RiskBudget, treated: Treated) -> dict[str, Any]:
    """Return appetite, breaches, reserve and whether it lasts; for the client alone."""
    residual = treated.residual
    base, uncertainty = budget.base or (Fraction(0), None)
    reserve = contingency(residual, base=base, uncertainty=uncertainty)
    above = residual.above(budget.points) if budget.points else []
    lasts = None
    if budget.remaining is not None:
        lasts = adequacy(budget.remaining, Fraction(residual.total.p80))
    return {
        "appetite": budget.appetite,
        "above": plain_curve(above),
        "reserve": {
            "base": f"{reserve.base:f}",
            "needed": f"{reserve.needed:f}",
            "remaining": None if budget.remaining is None else f"{budget.remaining:f}",
            "adequacy": None if lasts is None else f"{float(lasts):.6f}",
        },
    }


def _money(value: Fraction) -> str:
    return f"{float(value):.2f}"


def largest_first(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the risks of a simulation, those that explain most of the total first."""
    return sorted(document["by_risk"], key=lambda each: -float(each["share"]))
