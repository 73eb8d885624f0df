"""Whose word can be relied on: pairs by supplier, criterion and referee, from a client's rows."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallystick.records.evidence_packs import EvidencePack
from tallystick.records.organisations import Organisation
from tallystick.records.ratings import Rating
from tallystick.records.references import Reference
from tallystick.records.selections import Selection
from tallystick.records.track_record import track_records_of
from tallystick.records.viewer import Viewer
from tests.actions.selecting import BEGUN, an_awarded_selection, delivered
from tests.bidding import FOURS
from tests.cast import TODAY, Cast, a_viewer, an_organisation

pytestmark = pytest.mark.django_db


def a_call(selection: Selection, by: Viewer, organisation: str, mark: int) -> Reference:
    """Return a call about the bid that won, in which everything was answered alike."""
    return Reference.objects.create(
        client=by.organisation,
        bid=selection.awards.get().bid,
        organisation=organisation,
        key=organisation.casefold().replace(" ", ""),
        source="found",
        relationship="live",
        similarity=100,
        planned_at=TODAY,
        called_on=TODAY.date(),
        interviewer=by.person,
        marks=dict.fromkeys(FOURS, mark),
    )


def a_rating(
    selection: Selection, by: Viewer, *marks: int, late: int = 0, handed_over: bool = True
) -> Rating:
    """Return a rating of an engagement's provider, handed over unless said otherwise."""
    engagement = selection.engagement
    at = BEGUN + timedelta(days=late)
    pack = EvidencePack.objects.create(
        engagement=engagement, kind="mid-term", document={}, digest="sha256:" + "0" * 64,
        opened_at=at, opened_by=by.person,
    )  # fmt: skip
    return Rating.objects.create(
        engagement=engagement,
        pack=pack,
        organisation=by.organisation,
        marks={f"d{place}": {"mark": mark, "evidence": "e"} for place, mark in enumerate(marks)},
        rated_at=at,
        rated_by=by.person,
        handed_over_at=at if handed_over else None,
    )


def appointed(selection: Selection, provider: Organisation) -> None:
    """Name who does the work."""
    selection.engagement.provider = provider
    selection.engagement.save()


def test_a_supplier_is_told_from_three_pairs_on(cast: Cast) -> None:
    selection, _, _ = an_awarded_selection(cast)
    delivered(selection, cast.ben, team="2", plan="4")
    (two,) = track_records_of(cast.ada).suppliers.values()

    delivered(selection, cast.ben, price="900000")
    (three,) = track_records_of(cast.ada).suppliers.values()

    assert (two.name, two.record.pairs, two.record.enough) == ("Kestrel Systems", 2, False)
    # 15 for the team, 10 for the plan, 38 and 8/9 for the price, in points of 100.
    assert three.record.bias == (15 + 10 + Fraction(350, 9)) / 3
    assert three.record.shrunk == (15 + 10 + Fraction(350, 9)) / 6


def test_only_the_newest_score_of_a_criterion_is_a_pair(cast: Cast) -> None:
    selection, _, _ = an_awarded_selection(cast)
    delivered(selection, cast.ben, team="2")

    delivered(selection, cast.ben, BEGUN + timedelta(days=9), team="4")

    (kept,) = track_records_of(cast.ada).kept
    assert (kept.promised, kept.delivered, kept.short) == (55, 80, -25)


def test_criteria_of_one_name_are_one_over_all_selections(cast: Cast) -> None:
    first, _, _ = an_awarded_selection(cast)
    second, _, _ = an_awarded_selection(cast, name="Another")
    second.criteria.filter(name="Team").update(name="  TEAM ")
    delivered(first, cast.ben, team="2")
    team = second.criteria.get(name="  TEAM ")
    delivered(second, cast.ben, **{team.name.lower(): "3"})

    records = track_records_of(cast.ada)

    assert [each.record.pairs for each in records.criteria.values()] == [2]
    assert [each.record.pairs for each in records.suppliers.values()] == [2]


def test_a_referee_is_held_against_the_newest_rating_handed_over(cast: Cast) -> None:
    selection, _, _ = an_awarded_selection(cast)
    appointed(selection, cast.dan.organisation)
    a_call(selection, cast.ada, "Alder Bank", 5)
    a_rating(selection, cast.ada, 1, 1)
    a_rating(selection, cast.ada, 3, 4, late=9)
    a_rating(selection, cast.ada, 5, 5, late=20, handed_over=False)

    (told,) = track_records_of(cast.ada).told

    assert (told.said, told.rated) == (5, Fraction(7, 2))


def test_a_referee_is_one_however_often_they_were_called(cast: Cast) -> None:
    for name, mark in (("First", 5), ("Second", 4), ("Third", 3)):
        selection, _, _ = an_awarded_selection(cast, name=name)
        appointed(selection, cast.dan.organisation)
        a_call(selection, cast.ada, "Alder Bank", mark)
        a_rating(selection, cast.ada, 3)

    (referee,) = track_records_of(cast.ada).referees.values()

    assert (referee.name, referee.record.pairs) == ("Alder Bank", 3)
    assert (referee.record.bias, referee.record.error) == (1, 1)


def test_a_rating_of_another_company_says_nothing_of_the_winners_referees(cast: Cast) -> None:
    selection, _, _ = an_awarded_selection(cast)
    a_call(selection, cast.ada, "Alder Bank", 5)
    a_rating(selection, cast.ada, 3)
    appointed(selection, cast.cleo.organisation)

    assert track_records_of(cast.ada).told == ()


def test_a_winner_that_became_a_party_later_is_known_by_its_name(cast: Cast) -> None:
    selection, bids, _ = an_awarded_selection(cast)
    bids[1].supplier.organisation = None
    bids[1].supplier.save()
    appointed(selection, cast.dan.organisation)
    a_call(selection, cast.ada, "Alder Bank", 5)
    a_rating(selection, cast.ada, 3)

    assert len(track_records_of(cast.ada).told) == 1


def test_references_of_a_bid_that_lost_are_no_pairs(cast: Cast) -> None:
    selection, bids, _ = an_awarded_selection(cast)
    appointed(selection, cast.dan.organisation)
    Reference.objects.filter(pk=a_call(selection, cast.ada, "Alder Bank", 5).pk).update(bid=bids[0])
    a_rating(selection, cast.ada, 3)

    assert track_records_of(cast.ada).told == ()


def test_no_other_organisation_has_any_of_it(cast: Cast) -> None:
    selection, _, _ = an_awarded_selection(cast)
    appointed(selection, cast.dan.organisation)
    delivered(selection, cast.ben, team="2")
    a_call(selection, cast.ada, "Alder Bank", 5)
    a_rating(selection, cast.ada, 3)

    for who in (cast.cleo, cast.dan, a_viewer(organisation=an_organisation("Southwind").name)):
        records = track_records_of(who)
        assert (records.kept, records.told) == ((), ())


def test_more_awards_cost_no_more_queries(cast: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            track_records_of(cast.ada)
        return len(asked)

    counts = []
    for name in ("First", "Second", "Third"):
        selection, _, _ = an_awarded_selection(cast, name=name)
        appointed(selection, cast.dan.organisation)
        delivered(selection, cast.ben, team="2", plan="4")
        a_call(selection, cast.ada, "Alder Bank", 5)
        a_rating(selection, cast.ada, 3)
        counts.append(queries())

    assert counts == [4, 4, 4]
