"""Simulate the priced risks of an engagement together: what a year may cost."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from tallystick import __version__
from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.refusals import require
from tallystick.actions.risks_kept import tell
from tallystick.engine.refusals import Refusal
from tallystick.engine.risk.simulate import DRAWS
from tallystick.records.engagements import Engagement
from tallystick.records.risk_registers import SHARED, risks_for
from tallystick.records.roles import Duty
from tallystick.records.seeds import seed_of
from tallystick.records.simulated import RiskSet, held_against, simulation_document
from tallystick.records.simulations import PrivateSimulation, RiskBudget, Simulation
from tallystick.records.viewer import Viewer

CORRELATIONS = (0.0, 0.3, 0.6)
"""Nothing in common, something, much; a finer figure would claim to be known."""
MOST_RISKS = 200


class SimulationNotMade(Refusal):
    """No risk is priced, too many are, or their money cannot be added."""

    code = "risk.simulation-not-made"


@transaction.atomic
def simulate_risks(
    *, engagement: Engagement, shared: bool, correlation: float = 0.0, by: Viewer, as_of: datetime
) -> Simulation | PrivateSimulation:
    """
    Simulate the shared register for both parties, or both registers for the client.

    The seed is told by the figures: the same figures give the same answer, to whoever asks.

    Raises:
        NotPermitted, SimulationNotMade, SimulationRefused
    """
    require(by, Duty.MANAGE_RISKS)
    whole = by.is_client and not shared
    budget = RiskBudget.objects.filter(engagement=engagement).first() if whole else None
    chosen = _chosen(engagement, whole, correlation, budget, by)
    seed = seed_of(engagement, chosen.digest)
    treated = chosen.treated(seed)
    document = simulation_document(chosen, treated)
    if budget is not None:
        document |= held_against(budget, treated)
        budget.exposure_p80 = Decimal(document["residual"]["p80"])
        budget.save(update_fields=["exposure_p80"])
    kept = {
        "engagement": engagement,
        "document": document,
        "digest": chosen.digest,
        "seed": seed,
        "draws": DRAWS,
        "engine_version": __version__,
        "simulated_at": as_of,
        "simulated_by": by.person,
    }
    made: Simulation | PrivateSimulation
    if whole:
        made = PrivateSimulation.objects.create(client=engagement.client, **kept)
    else:
        made = Simulation.objects.create(**kept)
    tell(
        made,
        engagement,
        f"Simulated {len(chosen.risks)} risks: four years in five cost at most "
        f"{Decimal(document['residual']['p80']):,.2f} {document['currency']}.",
        "simulate_risks",
        {"digest": chosen.digest, "seed": seed, "draws": DRAWS, "correlation": repr(correlation)},
        by,
        as_of,
    )
    if whole:
        keep_findings_in([engagement], as_of, by=by)
    return made


def _chosen(
    engagement: Engagement, whole: bool, correlation: float, budget: RiskBudget | None, by: Viewer
) -> RiskSet:
    if correlation not in CORRELATIONS:
        raise _refused(f"The correlation is {correlation}.", "correlation", "Choose 0, 0.3 or 0.6.")
    read = risks_for(by, engagement, among=None if whole else (SHARED,))
    risks = [each for each in read if each.is_open and each.assessed]
    if not risks:
        raise _refused(
            "No open risk is priced yet.", "", "Assess one: how often, and what it costs then."
        )
    if len(risks) > MOST_RISKS:
        raise _refused(
            f"{len(risks)} risks are priced; at most {MOST_RISKS} are simulated together.",
            "",
            "Close what is over, and put together what has one cause.",
        )
    currencies = {each.currency for each in risks} | ({budget.currency} if budget else set())
    if len(currencies) > 1:
        raise _refused(
            f"Figures stand in {' and '.join(sorted(currencies))}, which cannot be added.",
            "currency",
            "Assess them in one currency, that of appetite and reserve.",
        )
    return RiskSet(risks, correlation)


def _refused(message: str, place: str, remedy: str) -> SimulationNotMade:
    return SimulationNotMade(message, place=place, remedy=remedy)
