"""Promised and delivered on pages: judged at a review, told from three pairs on."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tallystick.engine.scoring import TrackRecord
from tallystick.records.delivered_scores import DeliveredScore
from tallystick.records.roles import Role
from tallystick.records.selections import Criterion, CriterionKind, Selection
from tallystick.web.delivered_words import figure_words, record_words, said_words, short_words
from tests.actions.selecting import a_ranked_selection, an_awarded_selection, delivered
from tests.cast import Cast, a_viewer
from tests.web.pages import page, post, text_of

pytestmark = pytest.mark.django_db

TAG = "<script>alert(1)</script>"


def a_running_selection(cast: Cast, **changes: Any) -> Selection:
    """Return a competition that Kestrel won, and whose work began long ago."""
    selection, _, _ = an_awarded_selection(cast, **changes)
    selection.engagement.starts_on = date(2025, 1, 1)
    selection.engagement.save()
    return selection


def fields(selection: Selection, **said: tuple[str, str]) -> dict[str, str]:
    """Return figures and evidence by the name of the criterion as the form sends them."""
    known = {each.name.lower(): each.public_id for each in Criterion.objects.filter()}
    sent = {}
    for name, (figure, evidence) in said.items():
        sent |= {f"figure_{known[name]}": figure, f"evidence_{known[name]}": evidence}
    return sent


def test_promises_are_judged_from_the_page(cast: Cast) -> None:
    selection = a_running_selection(cast)
    said = fields(selection, team=("2", "Two left."), price=("900000", "Invoices."), plan=("", ""))

    answer = post(cast.ben, "delivery_judge", selection.public_id, **said)
    text = text_of(page(cast.eva, "delivered", selection.public_id))

    assert answer.headers["Location"] == reverse("delivered", args=[selection.public_id])
    assert DeliveredScore.objects.count() == 2
    for each in (
        "2 of 3", "2.75 of 5", "15 points less than promised", "900,000.00 EUR", "Two left.",
        "38.9 points less than promised", "Not judged yet",
    ):  # fmt: skip
        assert each in text


def test_what_was_judged_before_stays_on_the_page(cast: Cast) -> None:
    selection = a_running_selection(cast)
    for figure, evidence in (("4.5", "All came."), ("2", "Two left.")):
        post(
            cast.ben, "delivery_judge", selection.public_id,
            **fields(selection, team=(figure, evidence)),
        )  # fmt: skip

    text = text_of(page(cast.ada, "delivered", selection.public_id))
    form = text_of(page(cast.ada, "delivery_judge", selection.public_id))

    assert text.index("Two left.") < text.index("Judged before") < text.index("All came.")
    assert "Judged last: 2 of 5" in form


@pytest.mark.parametrize(
    ("said", "beside"),
    [
        (("2", ""), "Say what shows what came of “Team”"),
        (("", "Two left."), "Give the figure of “Team” that it shows"),
        (("9", "Two left."), "9 is not one of the available choices"),
    ],
)
def test_half_a_judgement_is_refused_beside_its_field(
    cast: Cast, said: tuple[str, str], beside: str
) -> None:
    selection = a_running_selection(cast)

    answer = post(
        cast.ben, "delivery_judge", selection.public_id,
        **fields(selection, team=said, plan=("4", "Kept as typed.")),
    )  # fmt: skip

    assert answer.status_code == 422
    assert beside in text_of(answer)
    assert "Kept as typed." in text_of(answer)
    assert not DeliveredScore.objects.exists()


@pytest.mark.parametrize("price", ["-1", "1.001", "NaN", "1e30", "x"])
def test_a_price_that_is_none_is_refused(cast: Cast, price: str) -> None:
    selection = a_running_selection(cast)

    answer = post(
        cast.ben, "delivery_judge", selection.public_id,
        **fields(selection, price=(price, "Invoices.")),
    )  # fmt: skip

    assert answer.status_code == 422
    assert not DeliveredScore.objects.exists()


def test_before_there_is_an_award_the_page_leads_to_the_ranking(cast: Cast) -> None:
    selection, _, _ = a_ranked_selection(cast)

    text = text_of(page(cast.ada, "delivered", selection.public_id))
    refused = post(cast.ben, "delivery_judge", selection.public_id)

    assert "Nothing is promised yet" in text
    assert reverse("ranking", args=[selection.public_id]) in text
    assert refused.status_code == 422


def test_before_the_work_begins_the_page_says_when_it_does(cast: Cast) -> None:
    selection, _, _ = an_awarded_selection(cast)
    selection.engagement.starts_on, selection.engagement.ends_on = (
        date(2999, 1, 1),
        date(3000, 1, 1),
    )
    selection.engagement.save()
    said = fields(selection, team=("2", "Two left."))

    text = text_of(page(cast.ada, "delivered", selection.public_id))
    refused = post(cast.ada, "delivery_judge", selection.public_id, **said)

    assert "It begins on 1 Jan 2999" in text
    assert "Judge what was delivered" not in text
    assert refused.status_code == 422
    assert not DeliveredScore.objects.exists()


def test_who_holds_no_review_reads_and_does_not_judge(cast: Cast) -> None:
    selection = a_running_selection(cast)

    for who in (cast.eva, cast.ann):
        assert "Judge what" not in text_of(page(who, "delivered", selection.public_id))
        assert page(who, "delivery_judge", selection.public_id).status_code == 403


def test_words_of_others_are_shown_as_text(cast: Cast) -> None:
    selection = a_running_selection(cast)
    post(
        cast.ben, "delivery_judge", selection.public_id, **fields(selection, team=("2", TAG))
    )  # fmt: skip

    for name in ("delivered", "delivery_judge"):
        text = text_of(page(cast.ada, name, selection.public_id))
        assert TAG not in text
        assert "&lt;script&gt;" in text


def test_the_track_record_says_when_it_is_too_few_to_tell(cast: Cast) -> None:
    selection = a_running_selection(cast)
    delivered(selection, cast.ben, team="2", plan="4")
    few = text_of(page(cast.eva, "track_record"))

    delivered(selection, cast.ben, price="900000")
    enough = text_of(page(cast.eva, "track_record"))

    assert few.count("Too few to tell") == 3
    assert "21.3 points less than promised" in enough
    assert "10.6 points less than promised" in enough


def test_an_empty_track_record_leads_to_the_first_award(cast: Cast) -> None:
    nothing = text_of(page(cast.ada, "track_record"))
    selection = a_running_selection(cast)

    text = text_of(page(cast.ada, "track_record"))

    assert "To the engagements" in nothing
    assert "Begin with Travel expenses" in text
    assert "0 of 3 judged" in text
    assert reverse("delivered", args=[selection.public_id]) in text


def test_the_table_is_a_file_too(cast: Cast) -> None:
    selection = a_running_selection(cast)
    delivered(selection, cast.ben, team="2")

    rows = text_of(page(cast.ada, "delivered", selection.public_id, format="csv")).splitlines()
    pairs = page(cast.ada, "track_record", **{"promises-format": "csv"})

    assert rows[1].split(",")[0] == "Team"
    assert "Kestrel Systems" in text_of(pairs)


def test_the_ranking_leads_to_it_once_there_is_an_award(cast: Cast) -> None:
    ranked, _, _ = a_ranked_selection(cast)
    awarded = a_running_selection(cast, name="Another")

    assert "As good as its word?" not in text_of(page(cast.ada, "ranking", ranked.public_id))
    assert "As good as its word?" in text_of(page(cast.ada, "ranking", awarded.public_id))


def test_the_next_bid_stands_beside_what_came_of_the_last(cast: Cast) -> None:
    selection = a_running_selection(cast)
    delivered(selection, cast.ben, team="2", plan="4", price="900000")
    _, bids, _ = a_ranked_selection(cast, name="Another")

    kestrel = text_of(page(cast.ada, "bid_evidence", bids[1].public_id))
    baltic = text_of(page(cast.ada, "bid_evidence", bids[0].public_id))

    assert "21.3 points less than promised" in kestrel
    assert "Never put to the test" in baltic


def test_no_provider_knows_any_of_it(cast: Cast) -> None:
    selection = a_running_selection(cast)
    delivered(selection, cast.ben, team="2")

    for who in (cast.cleo, cast.dan):
        assert page(who, "delivered", selection.public_id).status_code == 404
        assert page(who, "delivery_judge", selection.public_id).status_code == 404
        assert page(who, "track_record").status_code == 404
    assert Client().get(reverse("track_record")).status_code == 302


def test_another_client_has_a_track_record_of_its_own(cast: Cast) -> None:
    selection = a_running_selection(cast)
    delivered(selection, cast.ben, team="2", plan="4", price="900000")
    other = a_viewer(Role.SOURCING_LEAD, "Southwind Water")

    assert "Kestrel" not in text_of(page(other, "track_record"))
    assert page(other, "delivered", selection.public_id).status_code == 404


@pytest.mark.parametrize(
    ("short", "words"),
    [
        (None, "–"),  # noqa: RUF001
        (Fraction(0), "As promised"),
        (Fraction(1, 100), "As promised"),
        (Fraction(1), "1 point less than promised"),
        (Fraction(-12), "12 points more than promised"),
        (Fraction(25, 2), "12.5 points less than promised"),
    ],
)
def test_differences_in_words(short: Fraction | None, words: str) -> None:
    assert short_words(short) == words


def test_referees_are_told_in_marks() -> None:
    assert said_words(Fraction(3, 2)) == "1.5 of 5 less than said"


def test_a_record_in_one_sentence() -> None:
    few = TrackRecord("x", 1, None, None, None)
    some = TrackRecord("x", 3, Fraction(12), Fraction(6), Fraction(12))

    assert record_words(few) == "1 pair: too few to tell, which takes 3."
    assert record_words(some) == (
        "3 pairs: 12 points less than promised; rely on 6 points less than promised."
    )


def test_a_measured_figure_has_its_unit() -> None:
    days = Criterion(kind=CriterionKind.MEASURED, unit="working days")

    assert figure_words(days, Decimal("12.50"), "EUR") == "12.5 working days"
