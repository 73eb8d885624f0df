"""Past cases, people, standing, pilots and hours of a bidder: kept as they are, or refused."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tallystick.actions.bid_evidence import ChoiceUnknown, DayRefused, FigureOutside
from tallystick.actions.name_member import Member, MemberTwice, name_member
from tallystick.actions.need_skill import need_skill
from tallystick.actions.record_case import CaseTold, record_case
from tallystick.actions.record_pilot import Observation, PilotTold, record_pilot
from tallystick.actions.remove_evidence import remove_evidence
from tallystick.actions.state_standing import Standing, record_certificate, state_standing
from tallystick.actions.texts import TextNeeded, TextTooLong
from tallystick.engine.scoring.overlap import WorkingDayRefused
from tallystick.records.bid_experience import NeededSkill, PastCase
from tallystick.records.bids import Bid, Certificate
from tallystick.records.delivery_teams import DeliveryTeam, overlap_of
from tallystick.records.pilots import Pilot
from tallystick.records.selection_evidence import experience_of
from tests.bidding import a_bid, a_selection, a_team
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.django_db

CASE: dict[str, Any] = {
    "customer": "Alder Bank",
    "scope": "Service desk",
    "from_on": date(2020, 1, 1),
}


def the_bid(cast: Cast) -> Bid:
    """Return a bid of a new selection."""
    return a_bid(a_selection(cast.ada), cast.ada)


def test_cases_add_up_to_experience(cast: Cast) -> None:
    bid = the_bid(cast)
    for number in range(3):
        told = CaseTold(**CASE | {"customer": f"Bank {number}", "similarity": 50})
        record_case(bid=bid, case=told, by=cast.ada, as_of=TODAY)

    assert experience_of(bid, TODAY.date()).figure == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"scale": 101}, FigureOutside),
        ({"similarity": -5}, FigureOutside),
        ({"until_on": date(2019, 1, 1)}, DayRefused),
        ({"from_on": TODAY.date() + timedelta(days=1)}, DayRefused),
        ({"until_on": date(9999, 1, 1)}, DayRefused),
        ({"role": "spectator"}, ChoiceUnknown),
        ({"outcome": "glorious"}, ChoiceUnknown),
        ({"customer": " \u0000 "}, TextNeeded),
        ({"scope": "x" * 2_001}, TextTooLong),
    ],
)
def test_a_case_that_cannot_be_is_refused(
    change: dict[str, Any], refusal: type[Exception], cast: Cast
) -> None:
    bid = the_bid(cast)

    with pytest.raises(refusal):
        record_case(bid=bid, case=CaseTold(**CASE | change), by=cast.ada, as_of=TODAY)

    assert not PastCase.objects.exists()


def test_a_skill_is_covered_by_people_with_names_alone(cast: Cast) -> None:
    bid = the_bid(cast)
    need_skill(selection=bid.selection, skill="German", level=5, by=cast.ada, as_of=TODAY)
    promise = Member("", "Agent", {"German": 6})
    name_member(bid=bid, member=promise, by=cast.ada, as_of=TODAY)

    promised = experience_of(bid, TODAY.date()).coverage
    name_member(bid=bid, member=Member("Lena", "", {"German": 5}), by=cast.ada, as_of=TODAY)
    covered = experience_of(bid, TODAY.date()).coverage

    assert (promised.share, promised.cells[0].promised) == (0, 1)
    assert (covered.share, covered.cells[0].names) == (1, ("Lena",))


def test_one_person_is_named_once(cast: Cast) -> None:
    bid = the_bid(cast)
    first = name_member(bid=bid, member=Member("Lena Brandt"), by=cast.ada, as_of=TODAY)

    with pytest.raises(MemberTwice):
        name_member(bid=bid, member=Member("LENA  BRANDT"), by=cast.ada, as_of=TODAY)
    with pytest.raises(FigureOutside):
        name_member(bid=bid, member=Member("Petr", "", {"German": 8}), by=cast.ada, as_of=TODAY)
    with pytest.raises(TextNeeded):
        name_member(bid=bid, member=Member(), by=cast.ada, as_of=TODAY)
    mended = Member("Lena Brandt", "Lead")
    assert (
        name_member(bid=bid, member=mended, amends=first, by=cast.ada, as_of=TODAY).pk == first.pk
    )


def test_a_skill_is_one_skill_however_it_is_written(cast: Cast) -> None:
    selection = a_selection(cast.ada)
    for skill, people in (("German", 1), ("GERMAN", 3)):
        need_skill(
            selection=selection, skill=skill, level=5, people=people, by=cast.ada, as_of=TODAY
        )

    needed = NeededSkill.objects.get()
    assert (needed.skill, needed.people) == ("German", 3)
    remove_evidence(row=needed, by=cast.ada, as_of=TODAY)
    assert not NeededSkill.objects.exists()


@pytest.mark.parametrize(
    "standing",
    [
        Standing(our_share=Decimal("1.01")),
        Standing(our_share=Decimal("NaN")),
        Standing(z_score=Decimal("1e9")),
    ],
)
def test_a_figure_of_the_company_that_cannot_be_is_refused(standing: Standing, cast: Cast) -> None:
    with pytest.raises(FigureOutside):
        state_standing(bid=the_bid(cast), standing=standing, by=cast.ada, as_of=TODAY)


def test_a_certificate_is_renewed_by_its_name(cast: Cast) -> None:
    bid = the_bid(cast)
    for name, until in (("ISO 27001", date(2025, 1, 1)), ("iso 27001", date(2028, 1, 1))):
        record_certificate(bid=bid, name=name, valid_until=until, by=cast.ada, as_of=TODAY)

    kept = Certificate.objects.get()
    assert (kept.name, kept.valid_until) == ("ISO 27001", date(2028, 1, 1))


def test_only_of_a_pilot_that_was_held_something_was_seen(cast: Cast) -> None:
    bid, ahead = the_bid(cast), TODAY.date() + timedelta(days=3)
    seen = {"bad-news": Observation(2, "Told us on the last day.")}

    record_pilot(bid=bid, pilot=PilotTold(ahead, "Backlog"), by=cast.ada, as_of=TODAY)
    with pytest.raises(DayRefused):
        record_pilot(bid=bid, pilot=PilotTold(ahead, "Backlog", seen), by=cast.ada, as_of=TODAY)
    charmed = PilotTold(TODAY.date(), "Backlog", {"charm": Observation(5, "Nice.")})
    with pytest.raises(ChoiceUnknown):
        record_pilot(bid=bid, pilot=charmed, by=cast.ada, as_of=TODAY)
    held = PilotTold(TODAY.date(), "Backlog", seen)
    record_pilot(bid=bid, pilot=held, by=cast.ada, as_of=TODAY)

    assert Pilot.objects.get().seen["bad-news"]["mark"] == 2


def test_two_teams_are_compared_over_the_first_year(cast: Cast) -> None:
    bid = the_bid(cast)
    a_team(bid.selection, None, "Europe/Berlin", cast.ada)
    a_team(bid.selection, bid, "Asia/Kolkata", cast.ada)
    ours, theirs = DeliveryTeam.objects.get(bid=None), DeliveryTeam.objects.get(bid=bid)

    found = overlap_of(ours, theirs, bid.selection.engagement)

    assert found is not None
    # Half past three hours apart in summer, half past four in winter.
    assert (float(found.least), float(found.most)) == (3.5, 4.5)


@pytest.mark.parametrize("ways", [{"zone": "Mars/Base"}, {"ends": time(9)}])
def test_hours_that_no_clock_knows_are_refused(ways: dict[str, Any], cast: Cast) -> None:
    bid = the_bid(cast)
    given = {"zone": "Europe/Berlin"} | ways

    with pytest.raises(WorkingDayRefused):
        a_team(bid.selection, bid, given.pop("zone"), cast.ada, **given)


def test_where_people_come_from_is_neither_asked_nor_kept() -> None:
    names = {field.name for field in DeliveryTeam._meta.fields}

    assert not names & {"nationality", "nation", "country", "culture"}
