"""The guardrails that stand, and what one that is not raised yet would find."""

from typing import Any

import pytest

from tallystick.engine.guardrails import BUILT_IN, ConditionFaulty, RaisedGuardrail, Severity
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.standing import present_engagements, standing_guardrails, would_find
from tests.actions.test_measure_and_state import a_renewed_agreement
from tests.cast import TODAY, Cast, an_engagement
from tests.web.pages import an_objective

pytestmark = pytest.mark.django_db


def a_raised_guardrail(**changes: Any) -> RaisedGuardrail:
    """Return one that asks for an owner at the provider, from the deliver stage on."""
    usual = {
        "code": "LSN001",
        "title": "Every objective has an owner",
        "stage": Stage.DELIVER,
        "severity": Severity.MAJOR,
        "condition": "objectives.all(o, o.provider_owner != null)",
        "remedy": "Name one.",
    }
    return RaisedGuardrail(**usual | changes)


def test_the_built_in_guardrails_stand_without_any_record(cast: Cast) -> None:
    standing = standing_guardrails(cast.ada, TODAY)

    assert [each.rail for each in standing] == list(BUILT_IN)
    assert all(each.raised is None and not each.caught for each in standing)


def test_what_is_present_leaves_out_what_is_closing(cast: Cast) -> None:
    running = an_engagement(name="Running")
    an_engagement(name="Closing", stage=Stage.CLOSE)

    assert present_engagements(cast.ada) == [running]


def test_a_guardrail_finds_only_engagements_that_violate_it(cast: Cast) -> None:
    ownerless, owned = an_engagement(name="Ownerless"), an_engagement(name="Owned")
    an_objective(engagement=ownerless, provider_owner="")
    an_objective(engagement=owned)

    found = would_find([ownerless, owned], a_raised_guardrail(), TODAY)

    assert [engagement for engagement, _ in found] == [ownerless]


def test_a_guardrail_finds_nothing_before_its_stage(cast: Cast) -> None:
    early = an_engagement(stage=Stage.DEFINE)
    an_objective(engagement=early, provider_owner="")

    assert would_find([early], a_raised_guardrail(), TODAY) == []


def test_a_guardrail_looks_at_the_agreement_that_holds_at_the_moment(cast: Cast) -> None:
    engagement = an_engagement()
    a_renewed_agreement(engagement, cast, TODAY.date(), zone="Asia/Tokyo")
    rail = a_raised_guardrail(condition='agreement.zone != "Europe/Berlin"')

    assert [found for found, _ in would_find([engagement], rail, TODAY)] == [engagement]


def test_a_faulty_condition_finds_nothing_and_says_where_it_is_wrong(cast: Cast) -> None:
    with pytest.raises(ConditionFaulty) as refusal:
        would_find([], a_raised_guardrail(condition="objectives.all(o"), TODAY)

    assert refusal.value.line == 1
