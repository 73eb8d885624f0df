"""A competition: its terms, its criteria, and the bids, until all are opened at once."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from tallystick.actions.anchored import AnchorsUnwritten
from tallystick.actions.open_bids import DeadlineNotOver, NoBids, open_bids
from tallystick.actions.plan_selection import (
    CurrencyUnknown,
    DeadlinePast,
    MoneyRefused,
    SelectionBegun,
    SelectionTerms,
    TooLateToCompete,
    plan_selection,
)
from tallystick.actions.record_bid import (
    BidFromTomorrow,
    BidTooLate,
    CurrencyMixed,
    FigureRefused,
    SupplierBidTwice,
)
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.remove_criterion import CriterionHasParts, remove_criterion
from tallystick.actions.selection_phases import WrongPhase
from tallystick.actions.state_criterion import (
    CriterionMisplaced,
    CriterionNameTaken,
    CriterionWeightRefused,
    CriterionWording,
    state_criterion,
)
from tallystick.actions.texts import TextNeeded
from tallystick.actions.weigh_criteria import ComparisonsInconsistent, weigh_criteria
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.refusals import Refusal
from tallystick.engine.scoring.anchors import AnchorsEqual
from tallystick.engine.scoring.criteria_refused import CriterionWithoutAnchors, WeightsDoNotSum
from tallystick.records.bids import Supplier
from tallystick.records.ledger import LedgerContent
from tallystick.records.selections import Criterion, CriterionEdit, CriterionKind, Phase, Selection
from tests.actions.selecting import (
    BIDDERS,
    DEADLINE,
    OPENED,
    WORDS,
    a_bid,
    a_selection,
    an_opened_selection,
    stated,
    with_criteria,
)
from tests.cast import TODAY, Cast, an_engagement

pytestmark = pytest.mark.django_db


def test_a_selection_begins_in_its_first_phase(cast: Cast) -> None:
    selection = a_selection(cast)

    assert selection.phase is Phase.PREPARING
    assert (selection.currency, selection.should_cost) == ("EUR", Decimal(900000))


def test_an_engagement_has_one_competition(cast: Cast) -> None:
    selection = a_selection(cast)

    with pytest.raises(SelectionBegun):
        plan_selection(
            engagement=selection.engagement,
            terms=SelectionTerms("EUR", DEADLINE),
            by=cast.ada,
            as_of=TODAY,
        )


def test_the_terms_change_until_bids_are_opened(cast: Cast) -> None:
    selection, _, _ = an_opened_selection(cast)

    with pytest.raises(WrongPhase, match="scoring"):
        plan_selection(
            engagement=selection.engagement,
            terms=SelectionTerms("EUR", OPENED + timedelta(days=1)),
            amends=selection,
            by=cast.ada,
            as_of=OPENED,
        )


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"currency": "euro"}, CurrencyUnknown),
        ({"currency": "€€€"}, CurrencyUnknown),
        ({"bids_until": TODAY}, DeadlinePast),
        ({"should_cost": Decimal(0)}, MoneyRefused),
        ({"should_cost": Decimal("NaN")}, MoneyRefused),
        ({"should_cost": Decimal("1.005")}, MoneyRefused),
        ({"should_cost": Decimal("1e30")}, MoneyRefused),
    ],
)
def test_odd_terms_are_refused(cast: Cast, changes: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        a_selection(cast, **changes)

    assert not Selection.objects.exists()


def test_after_the_award_nobody_competes(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.AGREE)

    with pytest.raises(TooLateToCompete):
        plan_selection(
            engagement=engagement, terms=SelectionTerms("EUR", DEADLINE), by=cast.ada, as_of=TODAY
        )


def test_an_evaluator_does_not_run_a_selection(cast: Cast) -> None:
    selection = a_selection(cast)

    with pytest.raises(NotPermitted):
        stated(selection, cast.eva, "Team")


def test_weights_that_do_not_sum_keep_the_bids_shut(cast: Cast) -> None:
    selection = a_selection(cast)
    stated(selection, cast.ada, "Team", weight=Decimal(50))
    a_bid(selection, cast.ada)

    with pytest.raises(WeightsDoNotSum):
        open_bids(selection=selection, by=cast.ada, as_of=OPENED)


def test_a_judged_criterion_without_words_keeps_the_bids_shut(cast: Cast) -> None:
    selection = a_selection(cast)
    stated(selection, cast.ada, "Team", anchors={"0": "Nothing."})
    a_bid(selection, cast.ada)

    with pytest.raises(AnchorsUnwritten, match="3 and 5"):
        open_bids(selection=selection, by=cast.ada, as_of=OPENED)


def test_a_price_without_anchors_keeps_the_bids_shut(cast: Cast) -> None:
    selection = a_selection(cast)
    stated(selection, cast.ada, "Price", kind=CriterionKind.PRICE, anchors={})
    a_bid(selection, cast.ada)

    with pytest.raises(CriterionWithoutAnchors):
        open_bids(selection=selection, by=cast.ada, as_of=OPENED)


def test_bids_stay_shut_until_the_deadline(cast: Cast) -> None:
    selection = a_selection(cast)
    with_criteria(selection, cast.ada)
    a_bid(selection, cast.ada)

    with pytest.raises(DeadlineNotOver):
        open_bids(selection=selection, by=cast.ada, as_of=DEADLINE)


def test_nothing_is_opened_where_nothing_came(cast: Cast) -> None:
    selection = a_selection(cast)
    with_criteria(selection, cast.ada)

    with pytest.raises(NoBids):
        open_bids(selection=selection, by=cast.ada, as_of=OPENED)


def test_one_name_is_one_criterion(cast: Cast) -> None:
    selection = a_selection(cast)
    stated(selection, cast.ada, "Team")

    with pytest.raises(CriterionNameTaken):
        stated(selection, cast.ada, "TEAM")


@pytest.mark.parametrize("weight", ["-1", "100.01", "33.333", "NaN", "Infinity"])
def test_a_weight_is_a_part_of_a_hundred(cast: Cast, weight: str) -> None:
    selection = a_selection(cast)

    with pytest.raises(CriterionWeightRefused):
        stated(selection, cast.ada, "Team", weight=Decimal(weight))


def test_a_knock_out_has_no_weight(cast: Cast) -> None:
    selection = a_selection(cast)

    with pytest.raises(CriterionWeightRefused):
        stated(selection, cast.ada, "ISO", kind=CriterionKind.KNOCK_OUT, weight=Decimal(10))


def test_nothing_stands_below_what_is_no_group(cast: Cast) -> None:
    selection = a_selection(cast)
    leaf = stated(selection, cast.ada, "Team")

    with pytest.raises(CriterionMisplaced):
        stated(selection, cast.ada, "Plan", parent=leaf)


def test_a_group_does_not_move_below_itself(cast: Cast) -> None:
    selection = a_selection(cast)
    group = stated(selection, cast.ada, "All", kind=CriterionKind.GROUP, anchors={})
    below = stated(selection, cast.ada, "Some", kind=CriterionKind.GROUP, anchors={}, parent=group)

    with pytest.raises(CriterionMisplaced):
        state_criterion(
            selection=selection,
            wording=CriterionWording(
                "All", kind=CriterionKind.GROUP, parent=below, weight=Decimal(100)
            ),
            amends=group,
            by=cast.ada,
            as_of=TODAY,
        )


def test_anchors_of_one_value_are_refused(cast: Cast) -> None:
    selection = a_selection(cast)

    with pytest.raises(AnchorsEqual):
        stated(
            selection,
            cast.ada,
            "Price",
            kind=CriterionKind.PRICE,
            worst=Decimal(5),
            target=Decimal(5),
        )


def test_a_group_goes_after_its_parts(cast: Cast) -> None:
    selection = a_selection(cast)
    criteria = with_criteria(selection, cast.ada)

    with pytest.raises(CriterionHasParts):
        remove_criterion(criterion=criteria["group"], by=cast.ada, as_of=TODAY)
    for name in ("team", "plan", "group"):
        remove_criterion(criterion=criteria[name], by=cast.ada, as_of=TODAY)

    assert set(Criterion.objects.values_list("name", flat=True)) == {"Price", "ISO 27001"}


def test_an_edit_after_the_opening_needs_a_reason_and_stays(cast: Cast) -> None:
    selection, criteria, _ = an_opened_selection(cast)
    wording = CriterionWording(
        "Team", parent=criteria["group"], weight=Decimal("50"), anchors=WORDS
    )

    with pytest.raises(TextNeeded):
        state_criterion(
            selection=selection,
            wording=wording,
            amends=criteria["team"],
            by=cast.ada,
            as_of=OPENED,
        )
    state_criterion(
        selection=selection,
        wording=wording,
        amends=criteria["team"],
        reason="The board wants it so.",
        by=cast.ada,
        as_of=OPENED,
    )

    (edit,) = CriterionEdit.objects.all()
    assert (edit.what, edit.reason) == ("weight", "The board wants it so.")
    assert "66.67" in edit.before
    assert "50" in edit.after


def test_no_criterion_is_added_once_bids_are_read(cast: Cast) -> None:
    selection, _, _ = an_opened_selection(cast)

    with pytest.raises(WrongPhase):
        stated(selection, cast.ada, "A new idea")


def test_weights_by_pairs_add_up(cast: Cast) -> None:
    selection = a_selection(cast)
    one, two, three = (stated(selection, cast.ada, name) for name in ("A", "B", "C"))
    ratios = {
        (one.public_id, two.public_id): 3.0,
        (one.public_id, three.public_id): 5.0,
        (two.public_id, three.public_id): 3.0,
    }

    found = weigh_criteria(
        selection=selection, parent=None, judged=ratios, by=cast.ada, as_of=TODAY
    )

    weights = list(Criterion.objects.order_by("id").values_list("weight", flat=True))
    assert weights == [Decimal("63.70"), Decimal("25.83"), Decimal("10.47")]
    assert round(found.ratio, 4) == 0.0332


def test_pairs_that_contradict_each_other_are_refused_with_the_worst(cast: Cast) -> None:
    selection = a_selection(cast)
    one, two, three = (stated(selection, cast.ada, name) for name in ("A", "B", "C"))
    ratios = {
        (one.public_id, two.public_id): 9.0,
        (two.public_id, three.public_id): 9.0,
        (one.public_id, three.public_id): 1 / 9,
    }

    with pytest.raises(ComparisonsInconsistent) as refused:
        weigh_criteria(selection=selection, parent=None, judged=ratios, by=cast.ada, as_of=TODAY)

    assert "Look again at" in refused.value.remedy


def test_a_bid_after_the_deadline_is_refused(cast: Cast) -> None:
    selection = a_selection(cast)

    with pytest.raises(BidFromTomorrow):
        a_bid(selection, cast.ada, received_at=TODAY + timedelta(seconds=1))
    selection.bids_until = TODAY - timedelta(seconds=1)
    selection.save()
    with pytest.raises(BidTooLate, match="deadline"):
        a_bid(selection, cast.ada)


@pytest.mark.parametrize("name", ["Baltic Desk", "BALTIC-DESK", "  baltic  desk "])
def test_two_bidders_of_one_name_are_one(cast: Cast, name: str) -> None:
    selection = a_selection(cast)
    a_bid(selection, cast.ada, "Baltic Desk")

    with pytest.raises(SupplierBidTwice):
        a_bid(selection, cast.ada, name)

    assert Supplier.objects.count() == 1


def test_a_supplier_that_is_a_party_here_is_recognised(cast: Cast) -> None:
    selection = a_selection(cast)

    known = a_bid(selection, cast.ada, "Baltic Desk").supplier
    new = a_bid(selection, cast.ada, "Alder Works").supplier

    assert known.organisation == cast.cleo.organisation
    assert new.organisation is None


def test_prices_are_in_one_currency(cast: Cast) -> None:
    selection = a_selection(cast)

    with pytest.raises(CurrencyMixed):
        a_bid(selection, cast.ada, currency="USD")

    assert a_bid(selection, cast.ada, currency="eur").price == Decimal(820000)


@pytest.mark.parametrize("price", ["0", "-5", "NaN", "Infinity", "1.234", "1e20"])
def test_a_price_is_money(cast: Cast, price: str) -> None:
    selection = a_selection(cast)

    with pytest.raises(MoneyRefused):
        a_bid(selection, cast.ada, price=Decimal(price))

    assert not Supplier.objects.exists()


def test_a_figure_answers_a_measured_criterion(cast: Cast) -> None:
    selection = a_selection(cast)
    judged = stated(selection, cast.ada, "Team")

    with pytest.raises(FigureRefused):
        a_bid(selection, cast.ada, values={judged.public_id: Decimal(5)})


def test_opening_is_told_with_weights_and_bidders(cast: Cast) -> None:
    selection, _, _ = an_opened_selection(cast)

    told = LedgerContent.objects.order_by("-id").first()
    assert told is not None
    assert selection.phase is Phase.SCORING
    bids = json.loads(bytes(told.told))["payload"]["bids"]
    assert bids == [[name, f"{price}.00 EUR", {}] for name, price in BIDDERS.items()]
