"""Say when and in which language a delivery team works: our own, or that of a bid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from tallystick.actions.bid_evidence import calendar_day, chosen, demand_room, held_bid
from tallystick.actions.bid_evidence import held_selection as held
from tallystick.actions.refusals import require
from tallystick.actions.selection_phases import tell
from tallystick.actions.texts import checked
from tallystick.engine.scoring.overlap import WorkingDay
from tallystick.records.bids import Bid
from tallystick.records.delivery_teams import Cefr, DeliveryTeam
from tallystick.records.roles import Duty
from tallystick.records.selections import Selection
from tallystick.records.viewer import Viewer

MOST_HOLIDAYS = 400


@dataclass(frozen=True, slots=True)
class TeamWays:
    """Hours in the team's own IANA zone, its holidays, and its level of a language (CEFR)."""

    zone: str
    begins: time
    ends: time
    holidays: Sequence[date] = ()
    language: str = ""
    level: str = ""


@transaction.atomic
def state_team(
    *, selection: Selection, bid: Bid | None, ways: TeamWays, by: Viewer, as_of: datetime
) -> DeliveryTeam:
    """
    Keep how a team works; without `bid` our own, which is compared with each bidder's.

    Raises:
        NotPermitted, TextTooLong, WrongPhase, BidWithdrawn, WorkingDayRefused, DayRefused,
        ChoiceUnknown, TooMuchEvidence
    """
    require(by, Duty.RUN_SELECTION)
    bid = held_bid(bid) if bid else None
    selection = bid.selection if bid else held(selection)
    zone = checked(ways.zone, "zone", longest=60)
    WorkingDay(zone, ways.begins, ways.ends)
    demand_room(len(ways.holidays) - 1, MOST_HOLIDAYS, "holidays", "holidays")
    days = {calendar_day(each, "holidays") for each in ways.holidays}
    kept, _ = DeliveryTeam.objects.update_or_create(
        selection=selection,
        bid=bid,
        defaults={
            "client": selection.client,
            "zone": zone,
            "begins": ways.begins,
            "ends": ways.ends,
            "holidays": sorted(each.isoformat() for each in days if each),
            "language": checked(ways.language, "language", longest=40, needed=False),
            "level": chosen(ways.level, Cefr, "level") if ways.level else "",
            "stated_at": as_of,
        },
    )
    tell(
        kept,
        f"Said when {'the team of ' + bid.supplier.name if bid else 'our team'} works.",
        action="state_team",
        payload={
            "bid": bid.public_id if bid else "",
            "zone": zone,
            "hours": f"{kept.begins:%H:%M}-{kept.ends:%H:%M}",
            "holidays": kept.holidays,
            "language": kept.language,
            "level": kept.level,
        },
        selection=selection,
        by=by,
        as_of=as_of,
    )
    return kept
