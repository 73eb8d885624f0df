"""Whose doing it is that an objective was reached, or was not: written, signed, read by both."""

import pytest

from tallystick.actions.open_review import open_review
from tallystick.actions.write_review import Reached
from tallystick.engine.reviews.parts import Achieved, OwedTo, ReviewKind
from tallystick.records.evidence_packs import EvidencePack, ReviewDraft
from tests.actions.reviewing import signed, written
from tests.cast import TODAY, Cast
from tests.web.pages import an_objective, page, post, text_of

pytestmark = pytest.mark.django_db


def an_opened_pack(cast: Cast) -> EvidencePack:
    """Return a pack with one objective."""
    engagement = an_objective().engagement
    return open_review(engagement=engagement, kind=ReviewKind.MID_TERM, by=cast.ben, as_of=TODAY)


def test_the_form_keeps_it_and_shows_it_again(cast: Cast) -> None:
    pack = an_opened_pack(cast)
    key = pack.document["objectives"][0]["id"]
    given = {f"actual_{key}": "98 %", f"achieved_{key}": "partly-achieved", f"owed_{key}": "both"}

    answer = post(cast.ben, "review_judge", pack.public_id, saved="1", **given)

    assert answer.status_code == 302
    assert ReviewDraft.objects.get(pack=pack).objectives[key]["owed_to"] == "both"
    assert "Owed to the work of both" in text_of(page(cast.ben, "evidence_pack", pack.public_id))
    assert 'value="both" selected' in text_of(page(cast.ben, "review_judge", pack.public_id))


def test_a_word_that_is_none_is_refused_beside_its_field(cast: Cast) -> None:
    pack = an_opened_pack(cast)
    key = pack.document["objectives"][0]["id"]

    answer = post(cast.ben, "review_judge", pack.public_id, saved="1", **{f"owed_{key}": "luck"})

    assert answer.status_code == 422
    assert ReviewDraft.objects.get(pack=pack).objectives == {}


def test_the_provider_reads_it_once_it_is_signed(cast: Cast) -> None:
    pack = an_opened_pack(cast)
    key = pack.document["objectives"][0]["id"]
    written(pack, cast.ben, objectives={key: Reached("98 %", Achieved.PARTLY, OwedTo.OUTSIDE)})
    before = text_of(page(cast.cleo, "evidence_pack", pack.public_id))

    review = signed(pack, cast.ada)

    assert "Owed to" not in before
    assert review.document["objectives"][key]["owed_to"] == "outside"
    after = text_of(page(cast.cleo, "evidence_pack", pack.public_id))
    assert "Owed to something outside the engagement" in after


def test_what_nobody_said_is_no_part_of_what_is_signed(cast: Cast) -> None:
    pack = an_opened_pack(cast)
    key = pack.document["objectives"][0]["id"]

    post(cast.ben, "review_judge", pack.public_id, saved="1", **{f"actual_{key}": "98 %"})

    assert ReviewDraft.objects.get(pack=pack).objectives[key] == {
        "actual": "98 %",
        "achieved": "too-early-to-say",
    }
