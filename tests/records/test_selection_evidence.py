"""What a snapshot says of the evidence about bidders, as guardrails read it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tallystick.actions.agree_on_norm import agree_on_norm
from tallystick.actions.open_norms import open_norms
from tallystick.actions.record_pilot import Observation, PilotTold, record_pilot
from tallystick.actions.state_standing import Standing, record_certificate, state_standing
from tallystick.engine.guardrails.detectors.culture_untested import GUARDRAIL as UNTESTED
from tallystick.engine.guardrails.detectors.references_not_called import GUARDRAIL as NOT_CALLED
from tallystick.engine.guardrails.detectors.supplier_weak_or_dependent import GUARDRAIL as WEAK
from tallystick.engine.guardrails.parts.selection import Selection as Part
from tallystick.engine.guardrails.parts.supplier import Supplier as Standing_
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.records.bids import Bid
from tallystick.records.evidence_rows import Evidence, evidence_of
from tallystick.records.evidence_values import evidence_values, supplier_values
from tests.bidding import a_bid, a_reference, a_selection, a_team, answered, called
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.django_db

OVER = TODAY + timedelta(days=20)
SEEN = {"dates": Observation(4, "Came on the day.")}


def known(bid: Bid) -> Evidence:
    """Return what is known of a bid once every round of questions is over."""
    return evidence_of([bid.selection], [bid], OVER.date())[bid.selection.pk]


def the_part(bid: Bid) -> Part:
    """Return the selection's part of a snapshot with a preferred bid."""
    values = evidence_values(bid.selection, bid, known(bid))
    return Part(preferred=bid.supplier.name, **values)


def found(guardrail: object, **parts: object) -> list[str]:
    """Return the places at which a guardrail finds something."""
    snapshot = Snapshot.model_construct(**{"selection": None, "supplier": None, **parts})
    return [each.place for each in guardrail.detect(snapshot, Policy(), OVER.date())]  # type: ignore[attr-defined]


def test_the_rule_of_references_is_met_by_three_calls(cast: Cast) -> None:
    bid = a_bid(a_selection(cast.ada), cast.ada)
    called(a_reference(bid, cast.ada, "Alder Bank", source="found"), cast.ada)
    called(a_reference(bid, cast.ada, "Birch Rail", relationship="ended"), cast.ada)
    third = a_reference(bid, cast.ada, "Cedar Foods")

    two = found(NOT_CALLED, selection=the_part(bid))
    called(third, cast.ada)
    three = found(NOT_CALLED, selection=the_part(bid))

    assert (two, three) == (["selection.references"], [])


def test_references_of_every_bid_are_told_the_preferred_one_s_first(cast: Cast) -> None:
    bid = a_bid(a_selection(cast.ada), cast.ada)
    other = a_bid(bid.selection, cast.ada, "Far Desk")
    a_reference(other, cast.ada, "Alder Bank")
    called(a_reference(bid, cast.ada, "Alder Bank"), cast.ada)

    values = evidence_values(bid.selection, bid, known(bid))
    without = evidence_values(bid.selection, None, known(bid))

    assert [each["bid"] for each in values["references"]] == [
        bid.supplier.name,
        other.supplier.name,
    ]
    assert without.keys() == {"references"}


def test_a_wide_gap_is_found_until_something_was_agreed(cast: Cast) -> None:
    bid = a_bid(a_selection(cast.ada), cast.ada)
    survey = open_norms(selection=bid.selection, days=10, by=cast.ada, as_of=TODAY)
    answered(survey, None, cast.ada, 2, 2, 2)
    answered(survey, bid, cast.ada, 5, 5, 5)

    before = found(UNTESTED, selection=the_part(bid))
    for gap in the_part(bid).norms.gaps:  # type: ignore[union-attr]
        item = gap.dimension
        agree_on_norm(bid=bid, item=item, text="In the open.", by=cast.ada, as_of=TODAY)
    after = found(UNTESTED, selection=the_part(bid))

    assert len(before) == 10
    assert after == []


def test_a_round_with_too_few_answers_tested_nothing(cast: Cast) -> None:
    bid = a_bid(a_selection(cast.ada), cast.ada)
    survey = open_norms(selection=bid.selection, days=10, by=cast.ada, as_of=TODAY)
    answered(survey, None, cast.ada, 2, 2, 2)
    answered(survey, bid, cast.ada, 5, 5)

    untested = found(UNTESTED, selection=the_part(bid))
    record_pilot(bid=bid, pilot=PilotTold(TODAY.date(), "Backlog", SEEN), by=cast.ada, as_of=TODAY)

    assert untested == ["selection.norms"]
    assert found(UNTESTED, selection=the_part(bid)) == []


def test_teams_that_hardly_meet_are_found(cast: Cast) -> None:
    bid = a_bid(a_selection(cast.ada), cast.ada)
    a_team(bid.selection, None, "Europe/Berlin", cast.ada)
    a_team(bid.selection, bid, "America/Los_Angeles", cast.ada)
    record_pilot(bid=bid, pilot=PilotTold(TODAY.date(), "Backlog", SEEN), by=cast.ada, as_of=TODAY)

    assert the_part(bid).overlap_hours == 0
    assert found(UNTESTED, selection=the_part(bid)) == ["selection.overlap_hours"]


def test_an_expired_certificate_and_a_wrong_identifier_are_found(cast: Cast) -> None:
    bid = a_bid(a_selection(cast.ada), cast.ada)
    standing = Standing(lei="5493001KJTIIGC8Y1R13", our_share=Decimal("0.3"))
    state_standing(bid=bid, standing=standing, by=cast.ada, as_of=TODAY)
    for name, until in (("ISO 27001", date(2026, 6, 30)), ("ISO 20000", None)):
        record_certificate(bid=bid, name=name, valid_until=until, by=cast.ada, as_of=TODAY)
    fresh = Bid.objects.select_related("supplier").get(pk=bid.pk)

    places = found(WEAK, supplier=Standing_(**supplier_values(fresh, known(fresh))))

    assert places == [
        "supplier.our_share",
        "supplier.lei",
        "supplier.certificates[1].valid_until",
    ]
