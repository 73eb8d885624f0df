"""What a competition refuses before and after its bids are opened, and that it ends nowhere."""

from decimal import Decimal
from typing import Any

import pytest

from tallystick.actions.anchored import AnchorRefused, AnchorsUnwritten
from tallystick.actions.open_bids import FiguresMissing, open_bids
from tallystick.actions.record_bid import FigureRefused, SupplierBidTwice
from tallystick.actions.score_bid import EvaluatorIsContact, hand_in_scores
from tallystick.actions.state_criterion import (
    CriterionMisplaced,
    CriterionWording,
    state_criterion,
)
from tallystick.actions.withdraw_bid import withdraw_bid
from tallystick.engine.scoring.criteria_refused import WeightsDoNotSum
from tallystick.records.bids import Bid
from tallystick.records.people import Person
from tallystick.records.selections import Criterion, CriterionEdit, CriterionKind
from tests.actions.selecting import (
    OPENED,
    WORDS,
    a_bid,
    a_selection,
    an_evaluator,
    an_opened_selection,
    scored,
    stated,
)
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.django_db

MEASURED: dict[str, Any] = {
    "kind": CriterionKind.MEASURED,
    "anchors": {},
    "worst": Decimal(10),
    "target": Decimal(100),
}


# --- figures


@pytest.mark.parametrize("place", ["worst", "target"])
@pytest.mark.parametrize("figure", ["1e30", "-1e12", "0.00001", "1e400", "NaN", "Infinity"])
def test_an_anchor_that_no_database_keeps_is_refused(figure: str, place: str, cast: Cast) -> None:
    selection = a_selection(cast)

    with pytest.raises(AnchorRefused) as refused:
        stated(selection, cast.ada, "Seats", **MEASURED | {place: Decimal(figure)})

    assert refused.value.place == place
    assert not Criterion.objects.exists()


def test_a_price_is_not_worth_more_the_higher_it_is(cast: Cast) -> None:
    selection = a_selection(cast)
    price = MEASURED | {"kind": CriterionKind.PRICE}

    with pytest.raises(AnchorRefused, match="dearer"):
        stated(selection, cast.ada, "Price", **price)


@pytest.mark.parametrize("figure", ["1e30", "0.00001", "1e999999", "NaN"])
def test_an_offered_figure_that_cannot_be_kept_is_refused(figure: str, cast: Cast) -> None:
    selection = a_selection(cast)
    seats = stated(selection, cast.ada, "Seats", **MEASURED)

    with pytest.raises(FigureRefused):
        a_bid(selection, cast.ada, values={seats.public_id: Decimal(figure)})

    assert not Bid.objects.exists()


def test_weights_that_do_not_sum_are_told_by_the_names_of_their_group(cast: Cast) -> None:
    selection = a_selection(cast)
    group = stated(selection, cast.ada, "Delivery", kind=CriterionKind.GROUP, anchors={})
    stated(selection, cast.ada, "Team", parent=group, weight=Decimal(30))
    a_bid(selection, cast.ada)

    with pytest.raises(WeightsDoNotSum) as refused:
        open_bids(selection=selection, by=cast.ada, as_of=OPENED)

    assert "“Delivery”" in refused.value.message
    assert group.public_id not in refused.value.message + refused.value.remedy


# --- a bid that lacks something, or comes again


def test_no_bid_is_opened_that_lacks_a_figure(cast: Cast) -> None:
    selection = a_selection(cast)
    bid = a_bid(selection, cast.ada)
    seats = stated(selection, cast.ada, "Seats", **MEASURED)

    with pytest.raises(FiguresMissing, match="Baltic Desk"):
        open_bids(selection=selection, by=cast.ada, as_of=OPENED)
    withdraw_bid(bid=bid, reason="Seats were asked for later.", by=cast.ada, as_of=OPENED)
    a_bid(selection, cast.ada, values={seats.public_id: Decimal("-0")})

    assert open_bids(selection=selection, by=cast.ada, as_of=OPENED).opened_at == OPENED
    assert Bid.objects.get(withdrawn_at=None).values == {seats.public_id: "0"}


def test_a_bid_that_was_taken_out_may_come_again_and_once(cast: Cast) -> None:
    selection = a_selection(cast)
    bid = a_bid(selection, cast.ada, price=Decimal(8_200))
    withdraw_bid(bid=bid, reason="A nought was missing.", by=cast.ada, as_of=TODAY)

    a_bid(selection, cast.ada, "BALTIC DESK", price=Decimal(820_000))
    with pytest.raises(SupplierBidTwice):
        a_bid(selection, cast.ada)

    kept = Bid.objects.order_by("id").values_list("price", "withdrawn_because")
    assert list(kept) == [(8_200, "A nought was missing."), (820_000, "")]


@pytest.mark.parametrize("name", ["baltic-desk", "\uff22altic Desk", "Baltic\u200bDesk."])
def test_one_name_is_one_company_however_it_is_written(name: str, cast: Cast) -> None:
    selection = a_selection(cast)
    a_bid(selection, cast.ada)

    with pytest.raises(SupplierBidTwice):
        a_bid(selection, cast.ada, name)


# --- who judges


CONTACTS = (
    "Eva Okafor, procurement", "Okafor, Eva", "EVA  OKAFOR", "Eva\u00a0Okafor",
    "Eva Okafor <somebody@far.example>", "E. O. <EVA@nordwind.example>", "eva@nordwind.example;",
    "call eva@nordwind.example.",
)  # fmt: skip


@pytest.mark.parametrize("contact", CONTACTS)
def test_a_contact_is_known_however_it_is_written(contact: str, cast: Cast) -> None:
    Person.objects.filter(pk=cast.eva.person.pk).update(
        name="Eva Okafor", email="eva@nordwind.example"
    )
    selection = a_selection(cast)
    bid = a_bid(selection, cast.ada, contacts=[contact])
    team = stated(selection, cast.ada, "Team")
    evaluator = an_evaluator(selection, cast.ada, cast.eva)
    open_bids(selection=selection, by=cast.ada, as_of=OPENED)

    with pytest.raises(EvaluatorIsContact):
        scored(evaluator, bid, {team: "3"}, cast.eva)


@pytest.mark.parametrize(
    "contact", ["Eva Olsen", "Okafor", "someeva@nordwind.example", "eva@nordwind.example.org"]
)
def test_somebody_else_is_no_contact(contact: str, cast: Cast) -> None:
    Person.objects.filter(pk=cast.eva.person.pk).update(
        name="Eva Okafor", email="eva@nordwind.example"
    )
    selection = a_selection(cast)
    bid = a_bid(selection, cast.ada, contacts=[contact])
    team = stated(selection, cast.ada, "Team")
    evaluator = an_evaluator(selection, cast.ada, cast.eva)
    open_bids(selection=selection, by=cast.ada, as_of=OPENED)

    scored(evaluator, bid, {team: "3"}, cast.eva)

    assert evaluator.scores.count() == 1


# --- what stands once bids are open


def amended(criterion: Criterion, cast: Cast, **changes: Any) -> None:
    usual: dict[str, Any] = {
        "name": criterion.name,
        "parent": criterion.parent,
        "weight": criterion.weight,
        "anchors": WORDS,
    }
    state_criterion(
        selection=criterion.selection,
        wording=CriterionWording(**usual | changes),
        amends=criterion,
        reason="It was a slip.",
        by=cast.ada,
        as_of=OPENED,
    )


def test_anchors_are_not_taken_away_once_bids_are_open(cast: Cast) -> None:
    _, criteria, _ = an_opened_selection(cast)

    with pytest.raises(AnchorsUnwritten) as refused:
        amended(criteria["team"], cast, anchors={"0": "Nothing."})

    criteria["team"].refresh_from_db()
    assert refused.value.place == "anchor_3"
    assert criteria["team"].anchors == WORDS
    assert not CriterionEdit.objects.exists()


@pytest.mark.parametrize("kind", [CriterionKind.MEASURED, CriterionKind.JUDGED])
def test_nothing_is_asked_that_nobody_can_answer_any_more(kind: str, cast: Cast) -> None:
    selection, criteria, bids = an_opened_selection(cast)
    evaluator = an_evaluator(selection, cast.ada, cast.ben)
    for bid in bids:
        scored(evaluator, bid, {criteria["team"]: "3", criteria["plan"]: "3"}, cast.ben)
    hand_in_scores(evaluator=evaluator, by=cast.ben, as_of=OPENED)
    changes = MEASURED if kind == CriterionKind.MEASURED else {"kind": kind}
    criterion = criteria["team" if kind == CriterionKind.MEASURED else "price"]

    with pytest.raises(CriterionMisplaced) as refused:
        amended(criterion, cast, **changes)

    assert refused.value.place == "kind"
    assert not CriterionEdit.objects.exists()
