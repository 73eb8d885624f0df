"""Plan a paid pilot with a bidder, or record what was seen in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from tallystick.actions.bid_evidence import (
    ChoiceUnknown,
    calendar_day,
    held_bid,
    on_scale,
    past_day,
)
from tallystick.actions.refusals import require
from tallystick.actions.selection_phases import tell
from tallystick.actions.texts import checked
from tallystick.engine.scoring.calls import BEHAVIOURS, LEAST, MOST
from tallystick.records.bids import Bid
from tallystick.records.pilots import Pilot
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Observation:
    """A mark from 1 to 5 for one behaviour, and what was seen."""

    mark: int
    seen: str


@dataclass(frozen=True, slots=True)
class PilotTold:
    """A pilot: the day, what was worked on, and by behaviour what was seen of it."""

    held_on: date
    task: str
    seen: Mapping[str, Observation] = field(default_factory=dict)
    words: str = ""


@transaction.atomic
def record_pilot(*, bid: Bid, pilot: PilotTold, by: Viewer, as_of: datetime) -> Pilot:
    """
    Keep the pilot of a bid, or state it anew; only of one that was held something was seen.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, WrongPhase, BidWithdrawn, FigureOutside,
        DayRefused, ChoiceUnknown
    """
    require(by, Duty.RUN_SELECTION)
    bid = held_bid(bid)
    calendar_day(pilot.held_on, "held_on")
    words = checked(pilot.words, "words", longest=4_000, needed=False)
    if pilot.seen or words:
        past_day(pilot.held_on, "held_on", as_of)
    kept, _ = Pilot.objects.update_or_create(
        bid=bid,
        defaults={
            "client": bid.client,
            "held_on": pilot.held_on,
            "task": checked(pilot.task, "task", longest=200),
            "seen": _seen(pilot.seen),
            "words": words,
            "observed_by": by.person,
            "recorded_at": as_of,
        },
    )
    tell(
        kept,
        f"{'Recorded' if kept.seen else 'Planned'} a pilot with {bid.supplier.name}.",
        action="record_pilot",
        payload={
            "bid": bid.public_id,
            "held_on": kept.held_on.isoformat(),
            "task": kept.task,
            "seen": kept.seen,
            "words": words,
        },
        selection=bid.selection,
        by=by,
        as_of=as_of,
    )
    return kept


def _seen(given: Mapping[str, Observation]) -> dict[str, dict[str, object]]:
    for name in given:
        if name not in BEHAVIOURS:
            raise ChoiceUnknown(
                f"{name[:40]!r} is nothing that a pilot is watched for.",
                place="seen",
                remedy=f"Choose one of {', '.join(BEHAVIOURS)}.",
            )
    return {
        name: {
            "mark": on_scale(given[name].mark, name, LEAST, MOST),
            "seen": checked(given[name].seen, f"{name}_seen", longest=1_000),
        }
        for name in BEHAVIOURS
        if name in given
    }
