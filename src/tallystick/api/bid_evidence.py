"""Evidence about a bidder: read all of it; plan references, and record the calls."""

from datetime import UTC, date, datetime

from pydantic import Field, StrictInt

from tallystick.actions.plan_reference import Referee, plan_reference
from tallystick.actions.record_call import Call, record_call
from tallystick.actions.remove_evidence import remove_evidence
from tallystick.api.evidence_values import (
    BidEvidence,
    ReferenceOut,
    case_out,
    member_out,
    reference_out,
    references_out,
    skills_out,
    standing_out,
)
from tallystick.api.lookup import ViewerRequest, find, named
from tallystick.api.ratings import chapter_out
from tallystick.api.routing import Operations
from tallystick.api.together_values import together_out
from tallystick.api.track_values import line_out
from tallystick.api.values import Id, In, Line, OptionalLine, OptionalWords, Out, cut
from tallystick.records.bids import Bid
from tallystick.records.references import Again, Reference, ReferenceSource, Relationship
from tallystick.records.selection_evidence import experience_of, referees_of, together_of
from tallystick.records.supplier_history import history_of
from tallystick.records.track_record import track_records_of

operations = Operations(tags=["Evidence about bidders"])

FOLLOWED = ("supplier__organisation", "client", "selection__client", "selection__engagement")


class PlanReference(In):
    """Whom to ask about a bidder; with `amends`, what is known of that reference anew."""

    organisation: Line = Field(max_length=120)
    contact: OptionalLine = ""
    source: ReferenceSource = ReferenceSource.NOMINATED
    relationship: Relationship = Relationship.LIVE
    similarity: int = Field(100, ge=0, le=100, description="In per cent.")
    ended_on: date | None = None
    amends: Id | None = None


class RecordCall(In):
    """What a client of the bidder said: marks from 1 to 5 by question, at least four."""

    called_on: date
    marks: dict[OptionalLine, StrictInt] = Field(max_length=20)
    again: Again | None = None
    cost_percent: int | None = Field(None, ge=1, le=1_000, description="Of the bid; 100 is as bid.")
    said: OptionalWords = ""


class Removed(Out):
    """What was taken away; the ledger keeps that it was there."""

    id: str


def bid_of(request: ViewerRequest, bid_id: str) -> Bid:
    """Return the bid that an address names."""
    return find(Bid, request.viewer, bid_id, *FOLLOWED)


@operations.reads("/bids/{bid_id}/evidence", "bid_evidence", BidEvidence)
def evidence(request: ViewerRequest, bid_id: str) -> BidEvidence:
    """Return everything that is known about a bidder besides its bid."""
    bid, now = bid_of(request, bid_id), datetime.now(UTC)
    known = experience_of(bid, now.date())
    organisation = bid.supplier.organisation
    history = history_of(request.viewer, organisation) if organisation else []
    share = known.coverage.share
    referees, records = referees_of(bid, now.date()), track_records_of(request.viewer)
    own = records.suppliers.get(bid.supplier_id)
    asked = {each.key for each in (*referees.called, *referees.planned)}
    return BidEvidence(
        bid=bid.public_id,
        selection=bid.selection.public_id,
        references=references_out(referees),
        experience=known.figure,
        cases=[case_out(each) for each in known.cases],
        coverage=None if share is None else cut(share),
        skills=skills_out(list(known.needed), known.coverage),
        members=[member_out(each) for each in known.members],
        standing=standing_out(bid, now.date()),
        together=together_out(together_of(bid.selection, bid, now)),
        history=[chapter_out(each) for each in history],
        track_record=line_out(own) if own else None,
        referees=[line_out(each) for key, each in records.referees.items() if key in asked],
    )


@operations.acts("/bids/{bid_id}/references/plan", "plan_reference", ReferenceOut, status=201)
def plan(request: ViewerRequest, bid_id: str, given: PlanReference) -> ReferenceOut:
    """Name a client of the bidder who is to be asked, or mend what is known of one."""
    bid = bid_of(request, bid_id)
    amends = given.amends and named(
        Reference, request.viewer, given.amends, "interviewer", place="amends"
    )
    planned = plan_reference(
        bid=bid,
        referee=Referee(**given.model_dump(exclude={"amends"})),
        amends=amends or None,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return reference_out(planned)


def _reference(request: ViewerRequest, reference_id: str) -> Reference:
    beside = [f"bid__{each}" for each in FOLLOWED]
    return find(Reference, request.viewer, reference_id, "interviewer", *beside)


@operations.acts("/references/{reference_id}/call", "record_call", ReferenceOut)
def call(request: ViewerRequest, reference_id: str, given: RecordCall) -> ReferenceOut:
    """Record a call that you held; you alone may mend it."""
    told = given.model_dump() | {"again": given.again or ""}
    said = record_call(
        reference=_reference(request, reference_id),
        call=Call(**told),
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return reference_out(said)


@operations.acts("/references/{reference_id}/remove", "remove_reference", Removed)
def remove(request: ViewerRequest, reference_id: str) -> Removed:
    """Take a planned reference away; a call that was held stays."""
    reference = _reference(request, reference_id)
    remove_evidence(row=reference, by=request.viewer, as_of=datetime.now(UTC))
    return Removed(id=reference_id)
