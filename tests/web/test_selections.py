"""The pages of a selection: what each phase shows, to whom, and what it refuses."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from tallystick.engine.guardrails.stages import Stage
from tallystick.records.bids import Bid
from tallystick.records.lessons import Disposition
from tallystick.records.scores import Consensus, Evaluator, Score
from tallystick.records.selections import Criterion, CriterionEdit, Selection
from tests.actions.selecting import (
    a_bid,
    a_scored_selection,
    a_selection,
    an_evaluator,
    an_opened_selection,
    scored,
    stated,
    with_criteria,
)
from tests.cast import Cast, an_engagement
from tests.web.pages import a_lesson, page, post, signed_in, text_of

pytestmark = pytest.mark.django_db

SOON = (datetime.now(UTC) + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
SCRIPT = "<script>alert(1)</script>"


def test_an_engagement_without_one_says_how_a_selection_begins(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.SELECT, provider=None)

    shown = text_of(page(cast.ada, "selection", engagement.public_id))

    assert "No selection yet" in shown
    assert reverse("selection_terms", args=[engagement.public_id]) in str(
        page(cast.ada, "selection", engagement.public_id).content
    )


def test_whoever_only_reads_is_offered_no_beginning(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.SELECT, provider=None)

    assert "Begin the selection" not in text_of(page(cast.ann, "selection", engagement.public_id))


def test_a_selection_begins_on_a_page(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.SELECT, provider=None)

    answer = post(
        cast.ada,
        "selection_terms",
        engagement.public_id,
        bids_until=SOON,
        currency="eur",
        should_cost="900000",
    )

    assert answer.status_code == 302
    assert Selection.objects.get().currency == "EUR"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"bids_until": "2020-01-01T10:00", "currency": "EUR"}, "over already"),
        ({"bids_until": SOON, "currency": "12"}, "is no currency"),
        ({"bids_until": SOON, "currency": "EUR", "should_cost": "-1"}, "greater than"),
        ({"bids_until": "soon", "currency": "EUR"}, "Write it as"),
        ({"bids_until": "", "currency": "EUR"}, "Say until when bids come in"),
    ],
)
def test_odd_terms_are_refused_beside_their_field(
    cast: Cast, fields: dict[str, str], said: str
) -> None:
    engagement = an_engagement(stage=Stage.SELECT, provider=None)

    answer = post(cast.ada, "selection_terms", engagement.public_id, **fields)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Selection.objects.exists()


def test_prices_are_sealed_until_all_are_opened(cast: Cast) -> None:
    selection = a_selection(cast)
    bid = a_bid(selection, cast.ada, price=Decimal("812345.67"))
    key = selection.engagement.public_id

    before = [page(cast.ada, "selection", key), page(cast.ada, "bid", bid.public_id)]

    assert all("812,345.67" not in text_of(each) for each in before)
    selection.opened_at = datetime.now(UTC)
    selection.save()
    after = [page(cast.ada, "selection", key), page(cast.ada, "bid", bid.public_id)]
    assert all("812,345.67" in text_of(each) for each in after)


def test_weights_that_do_not_sum_are_said_above_the_bids(cast: Cast) -> None:
    selection = a_selection(cast)
    stated(selection, cast.ada, "Team", weight=Decimal(50))

    shown = text_of(page(cast.ada, "selection", selection.engagement.public_id))

    assert "Not whole yet" in shown
    assert "50" in shown


def test_a_criterion_is_stated_changed_and_removed_on_pages(cast: Cast) -> None:
    selection = a_selection(cast)
    fields = {"name": SCRIPT, "kind": "judged", "weight": "100", "anchor_0": SCRIPT}

    assert post(cast.ada, "criterion_new", selection.public_id, **fields).status_code == 302
    criterion = Criterion.objects.get()
    shown = page(cast.ada, "selection", selection.engagement.public_id)
    assert SCRIPT not in shown.content.decode()
    changed = fields | {"name": "Team", "weight": "101"}
    refused = post(cast.ada, "criterion_edit", criterion.public_id, **changed)
    assert refused.status_code == 422
    assert post(cast.ada, "criterion_remove", criterion.public_id).status_code == 302
    assert not Criterion.objects.exists()


def test_lessons_on_selecting_stand_beside_a_criterion_that_is_written(cast: Cast) -> None:
    selection = a_selection(cast)
    a_lesson(cast.ada, title="Call a former client", practices=[5])
    a_lesson(cast.ada, title="Weigh what was measured", practices=[7])

    shown = text_of(page(cast.ada, "criterion_new", selection.public_id))

    assert "Call a former client" in shown
    assert "Weigh what was measured" not in shown


def test_a_criterion_can_embody_a_lesson(cast: Cast) -> None:
    selection = a_selection(cast)
    criterion = stated(selection, cast.ada, "Former clients")
    lesson = a_lesson(cast.ada, title="Call a former client", practices=[5])
    engagement = selection.engagement

    answer = post(
        cast.ada,
        "lesson_answer",
        engagement.public_id,
        lesson.public_id,
        answer="adopted",
        note="It is weighed.",
        embodied=f"criterion:{criterion.public_id}",
    )

    assert answer.status_code == 302
    assert Disposition.objects.get().embodied_id == criterion.public_id
    assert "Criterion: Former clients" in text_of(page(cast.ada, "gate", engagement.public_id))


def test_a_change_after_the_opening_asks_for_its_reason(cast: Cast) -> None:
    _, criteria, _ = an_opened_selection(cast)
    team = criteria["team"]
    fields = {
        "name": "Team",
        "kind": "judged",
        "weight": "50",
        "parent": criteria["group"].public_id,
        "anchor_0": "a",
        "anchor_3": "b",
        "anchor_5": "c",
        "needs_evidence": "on",
    }

    assert post(cast.ada, "criterion_edit", team.public_id, **fields).status_code == 422
    answer = post(cast.ada, "criterion_edit", team.public_id, **fields, reason="The board.")

    assert answer.status_code == 302
    assert set(CriterionEdit.objects.values_list("what", flat=True)) == {"weight", "anchors"}
    key = team.selection.engagement.public_id
    assert "Changed after the bids were opened" in text_of(page(cast.ann, "selection", key))


def test_weights_are_set_in_pairs(cast: Cast) -> None:
    selection = a_selection(cast)
    one, two = (stated(selection, cast.ada, name, weight=Decimal(50)) for name in ("A", "B"))
    pair = {f"{one.public_id}:{two.public_id}": "3"}

    assert post(cast.ada, "criteria_weigh", selection.public_id, **pair).status_code == 302

    weights = Criterion.objects.order_by("id").values_list("weight", flat=True)
    assert list(weights) == [Decimal(75), Decimal(25)]


def test_pairs_of_another_selection_do_not_exist(cast: Cast) -> None:
    selection = a_selection(cast)
    other = with_criteria(a_selection(cast, name="Another"), cast.ada)["group"]
    address = reverse("criteria_weigh", args=[selection.public_id])

    answer = signed_in(cast.ada).get(f"{address}?group={other.public_id}")

    assert answer.status_code == 404


def test_a_bid_is_recorded_on_a_page_and_the_same_supplier_is_refused(cast: Cast) -> None:
    selection = a_selection(cast, bids_until=datetime.now(UTC) + timedelta(days=3))
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M")
    fields = {"supplier": "Alder Works", "price": "12.50", "received_at": now}

    assert post(cast.ada, "bid_new", selection.public_id, **fields).status_code == 302
    undated = fields | {"supplier": "Sundial", "received_at": ""}
    assert post(cast.ada, "bid_new", selection.public_id, **undated).status_code == 422
    again = post(cast.ada, "bid_new", selection.public_id, **fields | {"supplier": "ALDER works"})

    assert again.status_code == 422
    assert "has a bid here already" in text_of(again)
    assert Bid.objects.count() == 1


def test_nothing_is_opened_before_the_deadline_and_the_page_says_so(cast: Cast) -> None:
    selection = a_selection(cast, bids_until=datetime.now(UTC) + timedelta(days=3))
    with_criteria(selection, cast.ada)

    answer = post(cast.ada, "selection_open", selection.public_id)

    assert answer.status_code == 302
    selection.refresh_from_db()
    assert selection.opened_at is None


def test_evaluators_are_named_declare_score_and_hand_in_on_pages(cast: Cast) -> None:
    selection, criteria, bids = an_opened_selection(cast)
    post(cast.ada, "evaluator_name", selection.public_id, person=cast.eva.person.public_id)
    evaluator = Evaluator.objects.get()
    post(cast.eva, "evaluator_declare", evaluator.public_id, interests="")
    judged = [criteria["team"].public_id, criteria["plan"].public_id]
    sheet = {f"score_{key}": "4" for key in judged} | {f"evidence_{key}": "P. 3" for key in judged}

    for bid in bids:
        assert post(cast.eva, "score_sheet", bid.public_id, **sheet).status_code == 302
    post(cast.eva, "scores_hand_in", evaluator.public_id)

    evaluator.refresh_from_db()
    assert evaluator.handed_in_at is not None
    assert Score.objects.count() == 6


def test_a_score_without_evidence_is_refused_beside_it(cast: Cast) -> None:
    selection, criteria, bids = an_opened_selection(cast)
    an_evaluator(selection, cast.ada, cast.eva)
    key = criteria["team"].public_id

    answer = post(cast.eva, "score_sheet", bids[0].public_id, **{f"score_{key}": "4"})

    assert answer.status_code == 422
    assert f"{criteria['team'].name}, what it rests on: Say what in the bid" in text_of(answer)
    assert not Score.objects.exists()


def test_a_score_off_the_scale_is_refused(cast: Cast) -> None:
    selection, criteria, bids = an_opened_selection(cast)
    an_evaluator(selection, cast.ada, cast.eva)
    key = criteria["team"].public_id
    fields = {f"score_{key}": "6", f"evidence_{key}": "P. 3"}

    assert post(cast.eva, "score_sheet", bids[0].public_id, **fields).status_code == 422


def test_whoever_is_not_named_scores_nothing(cast: Cast) -> None:
    _, criteria, bids = an_opened_selection(cast)
    key = criteria["team"].public_id
    fields = {f"score_{key}": "4", f"evidence_{key}": "P. 3"}

    answer = post(cast.eva, "score_sheet", bids[0].public_id, **fields)

    assert answer.status_code == 422
    assert "You are not named" in text_of(answer)


def test_no_page_tells_a_score_before_the_scoring_is_closed(cast: Cast) -> None:
    selection, criteria, bids = an_opened_selection(cast)
    evaluator = an_evaluator(selection, cast.ada, cast.ben)
    scored(evaluator, bids[0], {criteria["team"]: "4.5", criteria["plan"]: "2"}, cast.ben)
    addresses = [
        reverse("selection", args=[selection.engagement.public_id]),
        reverse("scores", args=[selection.public_id]),
        reverse("bid", args=[bids[0].public_id]),
        reverse("score_sheet", args=[bids[0].public_id]),
        reverse("organisation_history"),
    ]

    for address in addresses:
        told = signed_in(cast.eva).get(address).content.decode()
        assert "Page 12." not in told
        assert 'value="4.5" selected' not in told
    own = page(cast.ben, "score_sheet", bids[0].public_id).content.decode()
    assert 'value="4.5" selected' in own


def test_all_scores_are_read_and_moderated_once_the_scoring_is_closed(cast: Cast) -> None:
    selection, criteria, bids = a_scored_selection(cast)
    shown = text_of(page(cast.ann, "scores", selection.public_id))
    assert "3.75" in shown

    team = criteria["team"].public_id
    fields = {"bid": bids[0].public_id, "value": "5"}
    assert post(cast.ada, "score_moderate", team, **fields).status_code == 422
    answer = post(cast.ada, "score_moderate", team, **fields, note="Seen at the visit.")

    assert answer.status_code == 302
    assert Consensus.objects.get().value == 5
    assert "Seen at the visit." in text_of(page(cast.ann, "scores", selection.public_id))


def test_must_haves_are_all_answered(cast: Cast) -> None:
    _, criteria, bids = an_opened_selection(cast)
    key = f"met_{criteria['iso'].public_id}"

    assert post(cast.ada, "bid_check", bids[0].public_id).status_code == 422
    assert post(cast.ada, "bid_check", bids[0].public_id, **{key: "no"}).status_code == 302

    bids[0].refresh_from_db()
    assert bids[0].knock_outs == {criteria["iso"].public_id: False}


def test_a_bidder_finds_nothing_of_it(cast: Cast) -> None:
    selection, criteria, bids = a_scored_selection(cast)
    names = {
        "selection": selection.engagement.public_id,
        "scores": selection.public_id,
        "bid": bids[0].public_id,
        "criterion_edit": criteria["team"].public_id,
    }

    for name, key in names.items():
        assert page(cast.cleo, name, key).status_code == 404
    assert selection.engagement.name not in text_of(page(cast.cleo, "home"))
