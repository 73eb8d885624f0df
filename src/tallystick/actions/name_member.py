"""Name somebody of the team that a bid offers, with the skills they bring."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from tallystick.actions.bid_evidence import demand_of, demand_room, held_bid, on_scale
from tallystick.actions.refusals import require
from tallystick.actions.selection_phases import tell
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.bid_experience import HIGHEST, LOWEST, BidMember
from tallystick.records.bids import Bid, folded
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

MOST, MOST_SKILLS = 200, 50


class MemberTwice(Refusal):
    """One person is counted once."""

    code = "evidence.member-twice"


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the bid; without a name it is a promise, which covers nothing."""

    name: str = ""
    role: str = ""
    levels: Mapping[str, int] = field(default_factory=dict)


@transaction.atomic
def name_member(
    *, bid: Bid, member: Member, amends: BidMember | None = None, by: Viewer, as_of: datetime
) -> BidMember:
    """
    Keep a person of a bid's team; `amends` mends one of the same bid.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, WrongPhase, BidWithdrawn, MemberTwice,
        FigureOutside, TooMuchEvidence, EvidenceOfAnotherBid
    """
    require(by, Duty.RUN_SELECTION)
    bid = held_bid(bid)
    if amends:
        demand_of(bid, amends.bid_id)
    name = checked(member.name, "name", longest=120, needed=False)
    role = checked(member.role, "role", longest=120, needed=not name)
    others = BidMember.objects.filter(bid=bid)
    if amends:
        others = others.exclude(pk=amends.pk)
    demand_room(others.count(), MOST, "people", "name")
    taken = {folded(each) for each in others.values_list("name", flat=True) if each}
    if name and folded(name) in taken:
        raise MemberTwice(
            f"{name} is named in this bid already.",
            place="name",
            remedy="Add the skills to that entry; one person is not two.",
        )
    kept = amends or BidMember(client=bid.client, bid=bid)
    kept.name, kept.role, kept.levels = name, role, _levels(member.levels)
    kept.named_at = as_of
    kept.save()
    tell(
        kept,
        f"{'Mended' if amends else 'Named'} {name or role} in the team of {bid.supplier.name}.",
        action="name_member",
        payload={"bid": bid.public_id, "name": name, "role": role, "levels": kept.levels},
        selection=bid.selection,
        by=by,
        as_of=as_of,
    )
    return kept


def _levels(given: Mapping[str, int]) -> dict[str, int]:
    demand_room(len(given) - 1, MOST_SKILLS, "skills of one person", "levels")
    kept = {}
    for skill, level in given.items():
        name = checked(skill, "levels", longest=80)
        if not isinstance(level, int) or isinstance(level, bool):
            level = 0
        on_scale(level, "levels", LOWEST, HIGHEST)
        kept[name] = level
    return kept
