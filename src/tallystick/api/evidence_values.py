"""What operations give of the evidence about a bidder."""

from datetime import date, datetime

from pydantic import Field

from tallystick.api.ratings import SupplierChapter
from tallystick.api.track_values import TrackRecordLine
from tallystick.api.values import Out, cut
from tallystick.engine.scoring.calls import QUESTIONS
from tallystick.engine.scoring.lei import is_lei
from tallystick.engine.scoring.staff import Coverage
from tallystick.records.bid_experience import BidMember, NeededSkill, PastCase
from tallystick.records.bids import Bid
from tallystick.records.pilots import Pilot
from tallystick.records.references import Reference
from tallystick.records.selection_evidence import Referees, certificates_of


class ReferenceOut(Out):
    """A client of a bidder; `called_on` is empty until somebody spoke to it."""

    id: str
    organisation: str
    contact: str
    source: str = Field(description="nominated by the bidder, or found by us.")
    relationship: str = Field(description="live, ended or exited.")
    ended_on: date | None
    similarity: int = Field(description="In per cent: 100 is a service like ours.")
    called_on: date | None
    interviewer: str
    marks: dict[str, int] = Field(description="From 1, not at all, to 5, by question.")
    mark: float | None = Field(description="The mean of the answers.")
    again: str
    cost_percent: int | None
    said: str


class ReferencesOut(Out):
    """All references of a bid, the rule about them as plain facts, and what they say together."""

    questions: dict[str, str]
    score: float = Field(description="From 1 to 5, drawn towards 3 while calls are few.")
    again: float | None = Field(description="The chance of being hired again, 0 to 1.")
    calls: int
    independent: int
    ended: int
    fewest: int
    enough: bool
    items: list[ReferenceOut]


class PastCaseOut(Out):
    """Work that a bidder has done for somebody."""

    id: str
    customer: str
    domain: str
    scope: str
    scale: int
    similarity: int
    from_on: date
    until_on: date | None
    role: str
    outcome: str
    evidence: str
    staff: str


class BidMemberOut(Out):
    """Somebody of the team that a bid offers."""

    id: str
    name: str
    role: str
    levels: dict[str, int]


class NeededSkillOut(Out):
    """A skill that the work needs; `names` are those of the bid who have it."""

    id: str
    skill: str
    level: int
    people: int
    names: list[str]
    promised: int
    covered: bool


class CertificateOut(Out):
    """A certificate of the company behind a bid."""

    name: str
    valid_until: date | None
    expired: bool


class SupplierStandingOut(Out):
    """How the company behind a bid stands."""

    name: str
    lei: str
    lei_is_sound: bool | None
    lei_valid_until: date | None
    our_share: float | None
    z_score: float | None
    standing: str
    contacts: list[str]
    certificates: list[CertificateOut]


class ObservationOut(Out):
    """What was seen of one behaviour in a pilot."""

    mark: int
    seen: str


class PilotOut(Out):
    """A paid pilot; `seen` is empty until it was held."""

    held_on: date
    task: str
    seen: dict[str, ObservationOut]
    words: str
    observed_by: str


class DeliveryTeamOut(Out):
    """When and in which language a team works."""

    zone: str
    begins: str = Field(description="In the team's own zone, as 09:00.")
    ends: str
    holidays: list[date]
    language: str
    level: str


class HoursTogether(Out):
    """Hours a day on which both teams are at work, over the first year."""

    least: float
    median: float
    most: float
    days: int


class HolidayClashes(Out):
    """Working days that are a holiday of one team or of both."""

    only_ours: list[date]
    only_theirs: list[date]
    both: list[date]


class NormsGapOut(Out):
    """One pair of habits: each team's median from 1 to 7, and how far they lie apart."""

    item: str
    first: str
    second: str
    ours: float
    theirs: float
    points: float
    our_spread: float
    their_spread: float
    agreed: str


class NormsOut(Out):
    """Two teams' answers; of fewer than three from either nothing is told but their number."""

    ours: int
    theirs: int
    gaps: list[NormsGapOut]


class TogetherOut(Out):
    """How the bidder's team would work beside ours; a part is empty until it is known."""

    norms_on: datetime | None
    norms: NormsOut | None
    our_team: DeliveryTeamOut | None
    their_team: DeliveryTeamOut | None
    overlap: HoursTogether | None
    clashes: HolidayClashes | None
    pilot: PilotOut | None


class BidEvidence(Out):
    """Everything that is known about a bidder besides its bid."""

    bid: str
    selection: str
    references: ReferencesOut
    experience: float = Field(description="From 0 to 1; three fresh cases like ours are 1.")
    cases: list[PastCaseOut]
    coverage: float | None
    skills: list[NeededSkillOut]
    members: list[BidMemberOut]
    standing: SupplierStandingOut
    together: TogetherOut
    history: list[SupplierChapter]
    track_record: TrackRecordLine | None = Field(description="Null before anything was judged.")
    referees: list[TrackRecordLine] = Field(description="Those asked here that are known by deeds.")


def reference_out(row: Reference) -> ReferenceOut:
    """Return a reference."""
    told = ("organisation", "contact", "source", "relationship", "ended_on", "similarity")
    said = ("called_on", "marks", "again", "cost_percent", "said")
    return ReferenceOut(
        id=row.public_id,
        **{name: getattr(row, name) for name in (*told, *said)},
        interviewer=row.interviewer.name if row.interviewer else "",
        mark=None if row.mark is None else cut(row.mark),
    )


def references_out(found: Referees) -> ReferencesOut:
    """Return all references of a bid and what they say."""
    said, asked = found.reputation, found.reputation.asked
    return ReferencesOut(
        questions=dict(QUESTIONS),
        score=said.score,
        again=None if said.again is None else cut(said.again),
        calls=asked.calls,
        independent=asked.independent,
        ended=asked.ended,
        fewest=asked.fewest,
        enough=asked.enough,
        items=[reference_out(each) for each in (*found.called, *found.planned)],
    )


def case_out(row: PastCase) -> PastCaseOut:
    """Return a past case."""
    names = PastCaseOut.model_fields.keys() - {"id"}
    return PastCaseOut(id=row.public_id, **{name: getattr(row, name) for name in names})


def member_out(row: BidMember) -> BidMemberOut:
    """Return somebody of a bid's team."""
    return BidMemberOut(id=row.public_id, name=row.name, role=row.role, levels=row.levels)


def skills_out(needed: list[NeededSkill], covered: Coverage) -> list[NeededSkillOut]:
    """Return needed skills with those who have them."""
    return [
        NeededSkillOut(
            id=row.public_id,
            skill=row.skill,
            level=row.level,
            people=row.people,
            names=list(cell.names),
            promised=cell.promised,
            covered=cell.covered,
        )
        for row, cell in zip(needed, covered.cells, strict=True)
    ]


def standing_out(bid: Bid, today: date) -> SupplierStandingOut:
    """Return how the company behind a bid stands."""
    row = bid.supplier
    return SupplierStandingOut(
        name=row.name,
        lei=row.lei,
        lei_is_sound=is_lei(row.lei) if row.lei else None,
        lei_valid_until=row.lei_valid_until,
        our_share=None if row.our_share is None else float(row.our_share),
        z_score=None if row.z_score is None else float(row.z_score),
        standing=row.standing,
        contacts=list(bid.contacts),
        certificates=[
            CertificateOut(
                name=each.name,
                valid_until=each.valid_until,
                expired=each.valid_until is not None and each.valid_until < today,
            )
            for each in certificates_of(bid)
        ],
    )


def pilot_out(row: Pilot) -> PilotOut:
    """Return a pilot."""
    return PilotOut(
        held_on=row.held_on,
        task=row.task,
        seen={name: ObservationOut(**each) for name, each in row.seen.items()},
        words=row.words,
        observed_by=row.observed_by.name,
    )
