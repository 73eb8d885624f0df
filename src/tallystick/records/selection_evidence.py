"""The evidence about a bid, gathered for a page or the interface."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tallystick.engine.scoring.experience import experience
from tallystick.engine.scoring.references import Reputation, reputation
from tallystick.engine.scoring.staff import Coverage, coverage
from tallystick.records.bid_experience import BidMember, NeededSkill, PastCase
from tallystick.records.bids import Certificate
from tallystick.records.delivery_teams import DeliveryTeam, clashes_of, overlap_of
from tallystick.records.norms import NormsMeasure, NormsSurvey, last_norms, norms_of
from tallystick.records.pilots import Pilot
from tallystick.records.references import Reference

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from tallystick.engine.scoring.norms import NormsCompared
    from tallystick.engine.scoring.overlap import Clashes, Overlap
    from tallystick.records.bids import Bid
    from tallystick.records.selections import Selection


@dataclass(frozen=True, slots=True)
class Referees:
    """A bid's references, the planned ones first, and what the calls say together."""

    planned: Sequence[Reference]
    called: Sequence[Reference]
    reputation: Reputation


@dataclass(frozen=True, slots=True)
class Experience:
    """A bid's past cases and what they are worth, its people and what they cover."""

    cases: Sequence[PastCase]
    figure: float
    members: Sequence[BidMember]
    needed: Sequence[NeededSkill]
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Together:
    """How a bidder's team would work beside ours; each part is None until it is known."""

    survey: NormsSurvey | None
    norms: NormsCompared | None
    measures: dict[str, NormsMeasure]
    ours: DeliveryTeam | None
    theirs: DeliveryTeam | None
    overlap: Overlap | None
    clashes: Clashes | None
    pilot: Pilot | None


def referees_of(bid: Bid, as_of: date) -> Referees:
    """Return the references of a bid."""
    rows = list(
        Reference.objects.filter(bid=bid).select_related("interviewer").order_by("called_on", "id")
    )
    calls = [each.call for each in rows]
    return Referees(
        planned=[each for each in rows if each.called_on is None],
        called=[each for each in rows if each.called_on is not None],
        reputation=reputation((each for each in calls if each), as_of),
    )


def experience_of(bid: Bid, as_of: date) -> Experience:
    """Return what a bidder has done before, and whom its bid names."""
    cases = list(PastCase.objects.filter(bid=bid).order_by("-from_on", "id"))
    members = list(BidMember.objects.filter(bid=bid).order_by("id"))
    needed = list(
        NeededSkill.objects.filter(selection=bid.selection_id).order_by("skill", "level", "id")
    )
    return Experience(
        cases=cases,
        figure=experience((each.counted for each in cases), as_of),
        members=members,
        needed=needed,
        coverage=coverage((each.asked for each in needed), (each.counted for each in members)),
    )


def certificates_of(bid: Bid) -> list[Certificate]:
    """Return the certificates of the company behind a bid."""
    return list(Certificate.objects.filter(supplier=bid.supplier_id).order_by("name", "id"))


def together_of(selection: Selection, bid: Bid, as_of: datetime) -> Together:
    """Return how the bidder's team would work beside ours."""
    survey = last_norms(selection, as_of)
    teams = {
        each.bid_id: each
        for each in DeliveryTeam.objects.filter(selection=selection)
        if each.bid_id in {None, bid.pk}
    }
    ours, theirs = teams.get(None), teams.get(bid.pk)
    measures = NormsMeasure.objects.filter(bid=bid).select_related("agreed_by")
    return Together(
        survey=survey,
        norms=norms_of(survey, [bid], as_of)[bid.pk] if survey else None,
        measures={each.item: each for each in measures},
        ours=ours,
        theirs=theirs,
        overlap=overlap_of(ours, theirs, selection.engagement),
        clashes=clashes_of(ours, theirs, selection.engagement),
        pilot=Pilot.objects.filter(bid=bid).select_related("observed_by").first(),
    )
