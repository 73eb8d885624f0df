"""References of a bid: planned, called, counted, and never taken away once somebody spoke."""

from datetime import timedelta
from typing import Any

import pytest

from tallystick.actions.bid_evidence import (
    ChoiceUnknown,
    DayRefused,
    EvidenceOfAnotherBid,
    FigureOutside,
)
from tallystick.actions.plan_reference import (
    NotYourCall,
    Referee,
    RefereeIsBidder,
    RefereeTwice,
    plan_reference,
)
from tallystick.actions.record_call import Call, MarkRefused, MarksMissing, record_call
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.remove_evidence import CallStays, remove_evidence
from tallystick.actions.selection_phases import WrongPhase
from tallystick.actions.texts import TextTooLong
from tallystick.actions.withdraw_bid import BidWithdrawn, withdraw_bid
from tallystick.records.ledger import LedgerEntry
from tallystick.records.references import Reference
from tallystick.records.roles import Role
from tallystick.records.selection_evidence import referees_of
from tests.bidding import FOURS, a_bid, a_reference, a_selection, called
from tests.cast import TODAY, Cast, a_viewer

pytestmark = pytest.mark.django_db


def test_a_planned_reference_says_nothing_yet(cast: Cast) -> None:
    bid = a_bid(a_selection(cast.ada), cast.ada)
    a_reference(bid, cast.ada)

    found = referees_of(bid, TODAY.date())

    assert (len(found.planned), found.reputation.asked.calls) == (1, 0)
    assert found.reputation.score == 3.0


def test_calls_are_counted_with_where_they_come_from(cast: Cast) -> None:
    bid = a_bid(a_selection(cast.ada), cast.ada)
    called(a_reference(bid, cast.ada, "Alder Bank", source="found"), cast.ada)
    called(a_reference(bid, cast.ada, "Birch Rail", relationship="exited"), cast.ada, again="no")
    called(a_reference(bid, cast.ada, "Cedar Foods"), cast.ada, again="unsure")

    said = referees_of(bid, TODAY.date()).reputation

    assert said.asked.enough
    assert (said.asked.calls, said.asked.independent, said.asked.ended) == (3, 1, 1)
    # (2 x 3 + (1 + 1/2 + 1/2) x 4) / (2 + 2): one glowing call would make no five either.
    assert said.score == pytest.approx(3.5)
    assert said.again is not None
    assert float(said.again) == pytest.approx(1.5 / 4)


def test_one_organisation_is_one_voice_however_it_is_written(cast: Cast) -> None:
    bid = a_bid(a_selection(cast.ada), cast.ada)
    a_reference(bid, cast.ada, "Alder Bank")

    with pytest.raises(RefereeTwice):
        a_reference(bid, cast.ada, " ALDER  bank. ")

    other = a_bid(bid.selection, cast.ada, "Far Desk")
    assert a_reference(other, cast.ada, "Alder Bank").bid == other


def test_nobody_is_a_reference_for_themselves(cast: Cast) -> None:
    bid = a_bid(a_selection(cast.ada), cast.ada, "Orion Services")

    with pytest.raises(RefereeIsBidder):
        a_reference(bid, cast.ada, "ORION services")


def test_a_reference_of_another_bid_is_not_moved(cast: Cast) -> None:
    bid = a_bid(a_selection(cast.ada), cast.ada)
    elsewhere = a_bid(a_selection(cast.ada), cast.ada, "Far Desk")
    reference = a_reference(elsewhere, cast.ada)

    with pytest.raises(EvidenceOfAnotherBid):
        plan_reference(
            bid=bid, referee=Referee("Alder Bank"), amends=reference, by=cast.ada, as_of=TODAY
        )

    assert Reference.objects.get().bid == elsewhere


@pytest.mark.parametrize("marks", [{"dates": 0}, {"dates": 6}, {"weather": 3}, {"dates": True}])
def test_a_mark_outside_the_scale_is_refused(marks: dict[str, Any], cast: Cast) -> None:
    reference = a_reference(a_bid(a_selection(cast.ada), cast.ada), cast.ada)

    with pytest.raises(MarkRefused):
        called(reference, cast.ada, marks=FOURS | marks)

    assert Reference.objects.get().called_on is None


def test_a_call_counts_from_four_answers_on(cast: Cast) -> None:
    reference = a_reference(a_bid(a_selection(cast.ada), cast.ada), cast.ada)

    with pytest.raises(MarksMissing):
        called(reference, cast.ada, marks={"dates": 4, "price": 4, "people": 4})

    assert called(reference, cast.ada, marks=dict(list(FOURS.items())[:4])).mark == 4


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"called_on": TODAY.date() + timedelta(days=1)}, DayRefused),
        ({"cost_percent": 0}, FigureOutside),
        ({"cost_percent": 5_000}, FigureOutside),
        ({"again": "maybe"}, ChoiceUnknown),
        ({"said": "x" * 20_001}, TextTooLong),
    ],
)
def test_a_call_that_cannot_be_is_refused(
    said: dict[str, Any], refusal: type[Exception], cast: Cast
) -> None:
    reference = a_reference(a_bid(a_selection(cast.ada), cast.ada), cast.ada)

    with pytest.raises(refusal):
        called(reference, cast.ada, **said)


@pytest.mark.parametrize(
    ("referee", "refusal"),
    [
        ({"similarity": 101}, FigureOutside),
        ({"similarity": -1}, FigureOutside),
        ({"source": "overheard"}, ChoiceUnknown),
        ({"relationship": "engaged"}, ChoiceUnknown),
        ({"contact": "x" * 201}, TextTooLong),
    ],
)
def test_a_reference_that_cannot_be_is_refused(
    referee: dict[str, Any], refusal: type[Exception], cast: Cast
) -> None:
    bid = a_bid(a_selection(cast.ada), cast.ada)

    with pytest.raises(refusal):
        a_reference(bid, cast.ada, **referee)

    assert not Reference.objects.exists()


def test_a_call_stands_in_the_words_of_whoever_held_it(cast: Cast) -> None:
    eva = a_viewer(Role.EVALUATOR)
    reference = called(a_reference(a_bid(a_selection(cast.ada), cast.ada), cast.ada), eva)

    with pytest.raises(NotYourCall):
        called(reference, cast.ada, marks=dict.fromkeys(FOURS, 5))
    with pytest.raises(NotYourCall):
        plan_reference(
            bid=reference.bid,
            referee=Referee("Alder Bank", source="found"),
            amends=reference,
            by=cast.ada,
            as_of=TODAY,
        )

    assert called(reference, eva, marks=dict.fromkeys(FOURS, 2)).mark == 2


def test_a_call_that_was_recorded_meanwhile_is_not_written_over(cast: Cast) -> None:
    reference = a_reference(a_bid(a_selection(cast.ada), cast.ada), cast.ada)
    seen_before = Reference.objects.get()
    called(reference, cast.ada)

    referee = Referee("Alder Savings Bank")
    bid = reference.bid
    plan_reference(bid=bid, referee=referee, amends=seen_before, by=cast.ada, as_of=TODAY)

    kept = Reference.objects.get()
    assert (kept.organisation, kept.called_on) == ("Alder Savings Bank", TODAY.date())


def test_a_call_that_was_held_is_never_taken_away(cast: Cast) -> None:
    bid = a_bid(a_selection(cast.ada), cast.ada)
    held = called(a_reference(bid, cast.ada), cast.ada, again="no")
    planned = a_reference(bid, cast.ada, "Birch Rail")

    remove_evidence(row=planned, by=cast.ada, as_of=TODAY)
    with pytest.raises(CallStays):
        remove_evidence(row=held, by=cast.ada, as_of=TODAY)

    assert list(Reference.objects.all()) == [held]


def test_who_only_reads_neither_plans_nor_calls(cast: Cast) -> None:
    auditor, eva = a_viewer(Role.AUDITOR), a_viewer(Role.EVALUATOR)
    bid = a_bid(a_selection(cast.ada), cast.ada)
    reference = a_reference(bid, cast.ada)

    with pytest.raises(NotPermitted):
        called(reference, auditor)
    with pytest.raises(NotPermitted):
        a_reference(bid, eva, "Birch Rail")
    with pytest.raises(NotPermitted):
        called(reference, cast.cleo)


def test_of_a_bid_that_was_withdrawn_nobody_is_asked(cast: Cast) -> None:
    bid = a_bid(a_selection(cast.ada), cast.ada)
    reference = a_reference(bid, cast.ada)
    withdraw_bid(bid=bid, reason="No capacity.", by=cast.ada, as_of=TODAY)

    with pytest.raises(BidWithdrawn):
        record_call(reference=reference, call=Call(TODAY.date(), FOURS), by=cast.ada, as_of=TODAY)


def test_after_the_award_what_was_known_stays(cast: Cast) -> None:
    bid = a_bid(a_selection(cast.ada), cast.ada)
    bid.selection.awarded_at = TODAY
    bid.selection.save()

    with pytest.raises(WrongPhase):
        a_reference(bid, cast.ada)


def test_each_act_is_entered_in_the_client_s_own_chain(cast: Cast) -> None:
    called(a_reference(a_bid(a_selection(cast.ada), cast.ada), cast.ada), cast.ada)

    entry = LedgerEntry.objects.order_by("-id").first()
    assert entry is not None
    assert (entry.client, entry.engagement) == (cast.ada.organisation, None)
    assert b"Alder Bank" in bytes(entry.content.told)
    assert list(Reference.objects.visible_to(cast.cleo)) == []
