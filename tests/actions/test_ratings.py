"""Ratings: sealed until both parties have handed theirs over."""

from pathlib import Path

import pytest

from tallystick.actions.hand_over_rating import NotRated, hand_over_rating
from tallystick.actions.open_review import open_review
from tallystick.actions.rate_party import (
    EvidenceSuperseded,
    HandedOver,
    Mark,
    MarkRefused,
    rate_party,
)
from tallystick.engine.reviews.parts import ReviewKind
from tallystick.engine.reviews.ratings import RATED
from tallystick.records.evidence_packs import EvidencePack
from tallystick.records.ratings import Rating, SharedRating
from tallystick.records.supplier_history import history_of
from tallystick.records.viewer import Viewer
from tests.actions.reviewing import a_pack
from tests.cast import TODAY, Cast, an_organisation

pytestmark = pytest.mark.django_db


def rated(pack: EvidencePack, by: Viewer, mark: int) -> Rating:
    """Give one mark on every dimension."""
    marks = {name: Mark(mark, "Seen in March.") for name in RATED[by.organisation.side]}
    return rate_party(pack=pack, marks=marks, by=by, as_of=TODAY)


def test_a_rating_is_its_writers_own(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)

    own, theirs = rated(pack, cast.ben, 2), rated(pack, cast.cleo, 5)

    assert list(Rating.objects.visible_to(cast.ada)) == [own]
    assert list(Rating.objects.visible_to(cast.cleo)) == [theirs]


def test_neither_opens_before_both_are_handed_over(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)
    rated(pack, cast.ben, 2)
    rated(pack, cast.cleo, 5)

    hand_over_rating(pack=pack, by=cast.ben, as_of=TODAY)
    before = SharedRating.objects.count()
    hand_over_rating(pack=pack, by=cast.cleo, as_of=TODAY)

    shared = SharedRating.objects.visible_to(cast.cleo).order_by("id")
    assert before == 0
    assert [each.marks[next(iter(each.marks))]["mark"] for each in shared] == [2, 5]


def test_what_was_handed_over_is_changed_no_more(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)
    with pytest.raises(NotRated):
        hand_over_rating(pack=pack, by=cast.ben, as_of=TODAY)
    rated(pack, cast.ben, 2)
    hand_over_rating(pack=pack, by=cast.ben, as_of=TODAY)

    with pytest.raises(HandedOver):
        rated(pack, cast.ben, 5)
    with pytest.raises(HandedOver):
        hand_over_rating(pack=pack, by=cast.ben, as_of=TODAY)


def test_ratings_go_on_under_the_newer_evidence(cast: Cast, home: Path) -> None:
    first = a_pack(cast, home)
    own = rated(first, cast.ben, 2)

    second = open_review(
        engagement=first.engagement, kind=ReviewKind.MID_TERM, by=cast.ben, as_of=TODAY
    )

    own.refresh_from_db()
    assert own.pack == second
    for act in (
        lambda: rated(first, cast.ben, 4),
        lambda: hand_over_rating(pack=first, by=cast.ben, as_of=TODAY),
    ):
        with pytest.raises(EvidenceSuperseded):
            act()


def test_ratings_that_were_opened_stay_open_under_the_newer_evidence(
    cast: Cast, home: Path
) -> None:
    first = a_pack(cast, home)
    for who, mark in ((cast.ben, 2), (cast.cleo, 5)):
        rated(first, who, mark)
        hand_over_rating(pack=first, by=who, as_of=TODAY)

    second = open_review(
        engagement=first.engagement, kind=ReviewKind.MID_TERM, by=cast.ben, as_of=TODAY
    )

    for who in (cast.ben, cast.cleo):
        assert SharedRating.objects.visible_to(who).filter(pack=second).count() == 2


def test_a_rating_handed_over_before_is_answered_under_the_newer_evidence(
    cast: Cast, home: Path
) -> None:
    first = a_pack(cast, home)
    rated(first, cast.ben, 2)
    hand_over_rating(pack=first, by=cast.ben, as_of=TODAY)
    second = open_review(
        engagement=first.engagement, kind=ReviewKind.MID_TERM, by=cast.ben, as_of=TODAY
    )

    rated(second, cast.cleo, 5)
    hand_over_rating(pack=second, by=cast.cleo, as_of=TODAY)

    assert SharedRating.objects.filter(pack=second).count() == 2


@pytest.mark.parametrize(
    ("marks", "place"),
    [
        ({}, "delivery"),
        ({name: Mark(3, "So.") for name in RATED["client"]} | {"again": Mark(6, "So.")}, "again"),
        ({name: Mark(3, "So.") for name in RATED["client"]} | {"charm": Mark(3, "So.")}, "charm"),
    ],
)
def test_each_dimension_needs_a_mark(
    marks: dict[str, Mark], place: str, cast: Cast, home: Path
) -> None:
    pack = a_pack(cast, home)

    with pytest.raises(MarkRefused) as refused:
        rate_party(pack=pack, marks=marks, by=cast.ben, as_of=TODAY)

    assert refused.value.place == place


def test_the_clients_marks_stand_in_its_history_of_the_provider(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)
    rated(pack, cast.ben, 2)

    (chapter,) = history_of(cast.ada, an_organisation("Baltic Desk"))

    assert (chapter.engagement, chapter.rating) == (pack.engagement, 2)
    assert (chapter.met, chapter.judged) == (
        pack.document["service_levels"]["met"],
        pack.document["service_levels"]["judged"],
    )
