"""While evaluators judge, nobody gets another's score; before the opening, nobody gets a price."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tallystick.actions.name_evaluator import name_evaluator
from tallystick.actions.score_bid import (
    ScoreGiven,
    declare_interests,
    hand_in_scores,
    score_bid,
)
from tallystick.records.roles import Role
from tallystick.records.selections import Criterion, Selection
from tallystick.records.viewer import Viewer
from tests.access.routes import SESSION, Which, address, ids_for, patterns
from tests.access.test_matrix import ask
from tests.access.world import World
from tests.actions.selecting import (
    BIDDERS,
    OPENED,
    a_bid,
    a_selection,
    an_opened_selection,
    with_criteria,
)
from tests.cast import Cast, a_viewer

pytestmark = pytest.mark.django_db

READERS = ("sourcing lead", "engagement manager", "service owner", "executive", "evaluator",
           "auditor", "delivery lead", "other provider")  # fmt: skip
PRICE = "734519"
PRICE_TOLD = re.compile(r"734.{0,6}519")
REASON = "Seen on no other page"
Told = list[tuple[str, str]]
"""Addresses, each with what it answers."""


def told(world: World, selection: Selection, own: dict[str, str]) -> dict[str, Told]:
    """Return by reader what is told at each address that can name a part of a selection."""
    everything = {}
    for reader in READERS:
        viewer = world.people[reader]
        client = Client()
        client.force_login(viewer.person)
        ids = ids_for(world, viewer, Which.OWN) | own
        ids |= {
            "selection_id": selection.public_id,
            "engagement_id": selection.engagement.public_id,
        }
        everything[reader] = [
            answer
            for name, arguments in sorted(patterns().items())
            if name not in SESSION and (not arguments or {*arguments} & {*own, *_NAMED})
            for answer in _answers(client, address(name, arguments, ids))
        ]
    return everything


_NAMED = ("selection_id", "engagement_id")


def _answers(client: Client, path: str) -> Told:
    found = []
    for question in ("", "format=csv"):
        whole = f"{path}{'&' if '?' in path else '?'}{question}" if question else path
        answer: Any = ask(client, "GET", whole)
        found.append((whole, answer.body.decode(errors="replace")))
        if answer.status_code != 200:
            break
    return found


def test_nobody_gets_a_score_of_another_while_they_judge(world: World) -> None:
    cast = Cast(ada=world.people["sourcing lead"])
    selection, criteria, bids = an_opened_selection(cast, name="Blind")
    judge = a_viewer(Role.EVALUATOR)
    evaluator = _judged(selection, criteria, judge, cast.ada, bids)

    seen = told(world, selection, {
        "criterion_id": criteria["team"].public_id,
        "bid_id": bids[0].public_id,
        "evaluator_id": evaluator,
    })  # fmt: skip

    assert all(len(answers) > 20 for answers in seen.values())
    assert [(who, at) for who, of in seen.items() for at, text in of if REASON in text] == []
    own = Client()
    own.force_login(judge.person)
    sheet = reverse("score_sheet", args=[bids[0].public_id])
    assert REASON in own.get(sheet).content.decode()


def _judged(
    selection: Selection, criteria: dict[str, Criterion], judge: Viewer, lead: Viewer, bids: Any
) -> str:
    acts: dict[str, Any] = {"by": judge, "as_of": OPENED}
    evaluator = name_evaluator(selection=selection, person=judge.person, by=lead, as_of=OPENED)
    declare_interests(evaluator=evaluator, interests="", **acts)
    given = {criteria[each]: ScoreGiven(Decimal("1.5"), REASON) for each in ("team", "plan")}
    for bid in bids:
        score_bid(evaluator=evaluator, bid=bid, given=given, **acts)
    hand_in_scores(evaluator=evaluator, **acts)
    return evaluator.public_id


def test_nobody_gets_a_price_before_the_opening(world: World) -> None:
    lead = world.people["sourcing lead"]
    selection = a_selection(Cast(ada=lead), name="Sealed")
    criteria = with_criteria(selection, lead)
    bids = [a_bid(selection, lead, each, price=Decimal(PRICE)) for each in BIDDERS]

    seen = told(world, selection, {
        "criterion_id": criteria["team"].public_id, "bid_id": bids[0].public_id,
    })  # fmt: skip

    assert all(len(answers) > 20 for answers in seen.values())
    assert [
        (who, at) for who, of in seen.items() for at, text in of if PRICE_TOLD.search(text)
    ] == []
