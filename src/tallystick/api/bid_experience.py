"""What a bidder has done, whom it names, how it stands, and what a pilot showed."""

from datetime import UTC, date, datetime
from decimal import Decimal

from pydantic import Field, StrictInt

from tallystick.actions.name_member import Member, name_member
from tallystick.actions.need_skill import MOST_PEOPLE, need_skill
from tallystick.actions.record_case import CaseTold, record_case
from tallystick.actions.record_pilot import Observation, PilotTold, record_pilot
from tallystick.actions.remove_evidence import remove_evidence
from tallystick.actions.state_standing import Standing, record_certificate, state_standing
from tallystick.api.bid_evidence import FOLLOWED, Removed, bid_of
from tallystick.api.evidence_values import (
    BidMemberOut,
    PastCaseOut,
    PilotOut,
    SupplierStandingOut,
    case_out,
    member_out,
    pilot_out,
    standing_out,
)
from tallystick.api.lookup import ViewerRequest, find, named
from tallystick.api.routing import Operations
from tallystick.api.values import Id, In, Line, OptionalLine, OptionalWords, Out, Words
from tallystick.records.bid_experience import (
    HIGHEST,
    LOWEST,
    BidMember,
    CaseOutcome,
    CaseRole,
    NeededSkill,
    PastCase,
)
from tallystick.records.selections import Selection

operations = Operations(tags=["Evidence about bidders"])

_BESIDE = tuple(f"bid__{each}" for each in FOLLOWED)


class RecordCase(In):
    """Work that the bidder has done; with `amends`, that case anew."""

    customer: Line = Field(max_length=120)
    scope: Words = Field(max_length=2_000)
    from_on: date
    until_on: date | None = None
    domain: OptionalLine = Field("", max_length=120)
    scale: int = Field(100, ge=0, le=100, description="In per cent of ours, at most 100.")
    similarity: int = Field(100, ge=0, le=100, description="In per cent.")
    role: CaseRole = CaseRole.PRIME
    outcome: CaseOutcome = CaseOutcome.KEPT
    evidence: OptionalWords = Field("", max_length=2_000)
    staff: OptionalWords = Field("", max_length=2_000)
    amends: Id | None = None


class NameMember(In):
    """Somebody of the bid's team; without a name a promise. With `amends`, that entry anew."""

    name: OptionalLine = Field("", max_length=120)
    role: OptionalLine = Field("", max_length=120)
    levels: dict[Line, StrictInt] = Field({}, max_length=50, description="From 1 to 7, by skill.")
    amends: Id | None = None


class NeedSkill(In):
    """A skill that the work needs."""

    skill: Line = Field(max_length=80)
    level: int = Field(ge=LOWEST, le=HIGHEST)
    people: int = Field(1, ge=1, le=MOST_PEOPLE)


class SkillAsked(Out):
    """A skill that the work needs."""

    id: str
    skill: str
    level: int
    people: int


class StateStanding(In):
    """How the company behind a bid stands; what is left out is not known."""

    lei: OptionalLine = Field("", max_length=20)
    lei_valid_until: date | None = None
    our_share: Decimal | None = Field(None, ge=0, le=1, description="Of its revenue, 0 to 1.")
    z_score: Decimal | None = Field(None, ge=-1_000, le=1_000)
    standing: OptionalWords = Field("", max_length=4_000)


class RecordCertificate(In):
    """A certificate that was seen; one of the same name is renewed."""

    name: Line = Field(max_length=120)
    valid_until: date | None = None


class ObservationIn(In):
    """A mark from 1 to 5, and what it rests on."""

    mark: StrictInt = Field(ge=1, le=5)
    seen: Words = Field(max_length=1_000)


class RecordPilot(In):
    """A pilot: planned for a day, or held, with what was seen by behaviour."""

    held_on: date
    task: Line
    seen: dict[OptionalLine, ObservationIn] = Field({}, max_length=20)
    words: OptionalWords = Field("", max_length=4_000)


@operations.acts("/bids/{bid_id}/past-cases/record", "record_case", PastCaseOut, status=201)
def case(request: ViewerRequest, bid_id: str, given: RecordCase) -> PastCaseOut:
    """Record work that the bidder has done before, or mend what is known of it."""
    bid = bid_of(request, bid_id)
    amends = given.amends and named(
        PastCase, request.viewer, given.amends, *_BESIDE, place="amends"
    )
    told = CaseTold(**given.model_dump(exclude={"amends"}))
    return case_out(
        record_case(
            bid=bid, case=told, amends=amends or None, by=request.viewer, as_of=datetime.now(UTC)
        )
    )


@operations.acts("/past-cases/{case_id}/remove", "remove_case", Removed)
def remove_case(request: ViewerRequest, case_id: str) -> Removed:
    """Take a past case away."""
    row = find(PastCase, request.viewer, case_id, *_BESIDE)
    remove_evidence(row=row, by=request.viewer, as_of=datetime.now(UTC))
    return Removed(id=case_id)


@operations.acts("/bids/{bid_id}/people/name", "name_member", BidMemberOut, status=201)
def member(request: ViewerRequest, bid_id: str, given: NameMember) -> BidMemberOut:
    """Name somebody of the team that the bid offers, or mend what is known of them."""
    bid = bid_of(request, bid_id)
    amends = given.amends and named(
        BidMember, request.viewer, given.amends, *_BESIDE, place="amends"
    )
    kept = name_member(
        bid=bid,
        member=Member(given.name, given.role, given.levels),
        amends=amends or None,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return member_out(kept)


@operations.acts("/bid-members/{member_id}/remove", "remove_member", Removed)
def remove_member(request: ViewerRequest, member_id: str) -> Removed:
    """Take somebody out of a bid's team."""
    row = find(BidMember, request.viewer, member_id, *_BESIDE)
    remove_evidence(row=row, by=request.viewer, as_of=datetime.now(UTC))
    return Removed(id=member_id)


@operations.reads("/selections/{selection_id}/skills", "needed_skills", list[SkillAsked])
def skills(request: ViewerRequest, selection_id: str) -> list[SkillAsked]:
    """Return the skills that the work of a selection needs."""
    selection = find(Selection, request.viewer, selection_id)
    rows = NeededSkill.objects.visible_to(request.viewer).filter(selection=selection)
    return [_skill(each) for each in rows.order_by("skill", "level", "id")]


def _skill(row: NeededSkill) -> SkillAsked:
    return SkillAsked(id=row.public_id, skill=row.skill, level=row.level, people=row.people)


@operations.acts("/selections/{selection_id}/skills/need", "need_skill", SkillAsked, status=201)
def need(request: ViewerRequest, selection_id: str, given: NeedSkill) -> SkillAsked:
    """Say which skill the work needs; the same at the same level is stated anew."""
    selection = find(Selection, request.viewer, selection_id, "client", "engagement")
    kept = need_skill(
        selection=selection, **given.model_dump(), by=request.viewer, as_of=datetime.now(UTC)
    )
    return _skill(kept)


@operations.acts("/needed-skills/{skill_id}/remove", "remove_skill", Removed)
def remove_skill(request: ViewerRequest, skill_id: str) -> Removed:
    """Need a skill no more."""
    row = find(NeededSkill, request.viewer, skill_id, "selection__engagement")
    remove_evidence(row=row, by=request.viewer, as_of=datetime.now(UTC))
    return Removed(id=skill_id)


@operations.acts("/bids/{bid_id}/standing/state", "state_standing", SupplierStandingOut)
def standing(request: ViewerRequest, bid_id: str, given: StateStanding) -> SupplierStandingOut:
    """Write down how the company behind a bid stands."""
    bid, now = bid_of(request, bid_id), datetime.now(UTC)
    state_standing(bid=bid, standing=Standing(**given.model_dump()), by=request.viewer, as_of=now)
    return standing_out(bid_of(request, bid_id), now.date())


@operations.acts("/bids/{bid_id}/certificates/record", "record_certificate", SupplierStandingOut)
def certificate(
    request: ViewerRequest, bid_id: str, given: RecordCertificate
) -> SupplierStandingOut:
    """Record a certificate of the company behind a bid, or renew one."""
    bid, now = bid_of(request, bid_id), datetime.now(UTC)
    record_certificate(bid=bid, **given.model_dump(), by=request.viewer, as_of=now)
    return standing_out(bid, now.date())


@operations.acts("/bids/{bid_id}/pilot/record", "record_pilot", PilotOut)
def pilot(request: ViewerRequest, bid_id: str, given: RecordPilot) -> PilotOut:
    """Plan a pilot with the bidder, or record what was seen in it."""
    seen = {name: Observation(each.mark, each.seen) for name, each in given.seen.items()}
    kept = record_pilot(
        bid=bid_of(request, bid_id),
        pilot=PilotTold(given.held_on, given.task, seen, given.words),
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return pilot_out(kept)
