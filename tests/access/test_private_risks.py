"""The addresses of risks serve two registers; the client's own does not exist for a provider."""

import pytest
from django.test import Client

from tallystick.records.contingency import PrivateContingencyPlan, PrivatePlanRun
from tallystick.records.engagements import Engagement
from tallystick.records.indicators import PrivateIndicator
from tallystick.records.risks import PrivateRisk
from tallystick.records.simulations import PrivateSimulation
from tests.access.routes import Which, address, expectation, ids_for, patterns
from tests.access.test_matrix import ask
from tests.access.world import World

pytestmark = pytest.mark.django_db

NAMED = ("risk_id", "plan_id", "run_id", "indicator_id", "simulation_id")


@pytest.mark.parametrize("actor", ["sourcing lead", "account manager", "other provider"])
def test_a_private_row_is_there_for_the_client_alone(actor: str, world: World) -> None:
    viewer = world.people[actor]
    client = Client()
    client.force_login(viewer.person)
    own = ids_for(world, world.people["sourcing lead"], Which.OWN)
    engagement = Engagement.objects.get(public_id=own["engagement_id"])
    risk = PrivateRisk.objects.get(engagement=engagement)
    own |= {
        "risk_id": risk.public_id,
        "plan_id": PrivateContingencyPlan.objects.get(engagement=engagement).public_id,
        "run_id": PrivatePlanRun.objects.get(plan__engagement=engagement).public_id,
        "indicator_id": PrivateIndicator.objects.get(risk=risk).public_id,
        "simulation_id": PrivateSimulation.objects.get(engagement=engagement).public_id,
    }

    wrong = []
    routes = {n: a for n, a in patterns().items() if len(a) == 1 and a[0] in NAMED}
    for name, arguments in sorted(routes.items()):
        for method in ("GET", "POST"):
            which = Which.OWN if viewer.is_client else Which.OTHER
            expected = expectation(name, arguments).status(viewer, which, method)
            status = ask(client, method, address(name, arguments, own)).status_code
            if status != expected:
                wrong.append(f"{method} {name}: {status}, not {expected}")

    assert len(routes) > 30
    assert wrong == []
