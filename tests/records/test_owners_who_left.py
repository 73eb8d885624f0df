"""Whoever leaves while owning something is named as one who left, and is asked to be replaced."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tallystick.records.findings import findings_of
from tallystick.records.organisations import Membership
from tallystick.records.risk_registers import PRIVATE, SHARED, Register
from tests.actions.test_decisions_and_actions import a_question, a_task
from tests.cast import TODAY, Cast, an_engagement
from tests.risking import a_plan, a_risk
from tests.web.pages import page, signed_in, text_of

pytestmark = pytest.mark.django_db


def leaves(cast: Cast) -> None:
    """Let Ben leave his organisation."""
    mine = Membership.objects.filter(person=cast.ben.person)
    mine.update(ended_at=TODAY + timedelta(hours=1))


@pytest.mark.parametrize("register", [SHARED, PRIVATE], ids=["shared", "private"])
def test_a_risk_without_its_owner_is_a_finding(register: Register, cast: Cast) -> None:
    engagement = an_engagement()
    a_risk(engagement, cast.ada, register=register, owner=cast.ben.person)

    def asks() -> bool:
        found = findings_of(engagement, TODAY + timedelta(hours=2))
        return ("RSK002", "risks[0].owners") in {(each.code, each.place) for each in found}

    assert not asks()
    leaves(cast)
    assert asks()


def test_a_plan_without_its_owner_has_none(cast: Cast) -> None:
    engagement = an_engagement()
    plan = a_plan(engagement, cast.ben)
    leaves(cast)

    told = text_of(page(cast.ada, "plan", plan.public_id))

    assert f"{cast.ben.person.name}, who left" in told


def test_pages_say_of_an_owner_that_they_left(cast: Cast) -> None:
    engagement = an_engagement()
    risk = a_risk(engagement, cast.ada, owner=cast.ben.person)
    task = a_task(cast, engagement, owner=cast.ben.person)
    question = a_question(cast, engagement, owner=cast.ben.person)
    leaves(cast)

    addresses = (
        reverse("risks", args=[engagement.public_id]),
        reverse("risk", args=[risk.public_id]),
        reverse("action_items", args=[engagement.public_id]),
        reverse("action_item", args=[task.public_id]),
        reverse("decisions", args=[engagement.public_id]),
        reverse("decision", args=[question.public_id]),
    )
    client = signed_in(cast.cleo)
    silent = [each for each in addresses if "who left" not in text_of(client.get(each))]
    assert silent == []
