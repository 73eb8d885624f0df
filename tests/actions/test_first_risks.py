"""The define gate asks for a first identification of risks."""

import pytest

from tallystick.actions.close_risk import close_risk
from tallystick.actions.pass_gate import GateClosed, RisksNeeded, pass_gate
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.engagements import Engagement, GatePassage
from tallystick.records.first_risks import without_risks
from tallystick.records.risk_registers import PRIVATE, SHARED, Register
from tests.cast import TODAY, Cast, an_engagement
from tests.risking import a_risk
from tests.web.pages import an_objective

pytestmark = pytest.mark.django_db


def a_plan_without_risks(**objective: str) -> Engagement:
    """Return an engagement in its define stage for which nobody thought of a risk."""
    engagement = an_engagement(stage=Stage.DEFINE, provider=None)
    an_objective(engagement=engagement, **objective)
    return engagement


def test_it_stays_shut_until_a_risk_is_identified(cast: Cast) -> None:
    engagement = a_plan_without_risks()

    with pytest.raises(RisksNeeded) as refused:
        pass_gate(engagement=engagement, by=cast.ada, as_of=TODAY)

    assert refused.value.place == "risks"
    assert not GatePassage.objects.exists()


@pytest.mark.parametrize("register", [SHARED, PRIVATE], ids=["shared", "private"])
def test_a_risk_of_either_register_opens_it(register: Register, cast: Cast) -> None:
    engagement = a_plan_without_risks()
    risk = a_risk(engagement, cast.ada, register=register)
    # What is over by now was identified all the same.
    close_risk(risk=risk, note="Ruled out.", by=cast.ada, as_of=TODAY)

    passage = pass_gate(engagement=engagement, by=cast.ada, as_of=TODAY)

    assert passage.stage == Stage.DEFINE


def test_a_blocking_finding_is_told_first(cast: Cast) -> None:
    with pytest.raises(GateClosed):
        pass_gate(engagement=a_plan_without_risks(target=""), by=cast.ada, as_of=TODAY)


def test_a_risk_of_another_engagement_does_not_count(cast: Cast) -> None:
    engagement = a_plan_without_risks()
    a_risk(an_engagement(name="Another"), cast.ada)

    assert without_risks([engagement]) == {engagement.pk}


def test_later_gates_do_not_ask() -> None:
    assert without_risks([an_engagement(stage=Stage.SELECT, provider=None)]) == frozenset()
