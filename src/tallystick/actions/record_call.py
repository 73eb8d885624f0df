"""Record a call with a client of a bidder, in the words of whoever held it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from tallystick.actions.bid_evidence import chosen, held_bid, on_scale, past_day
from tallystick.actions.plan_reference import demand_own
from tallystick.actions.refusals import require
from tallystick.actions.selection_phases import tell
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.engine.scoring.calls import FEWEST_MARKS, LEAST, MOST, QUESTIONS
from tallystick.records.references import Again, Reference
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

MOST_PERCENT = 1_000


class MarkRefused(Refusal):
    """An answer lies outside 1 to 5, or answers no question that we ask."""

    code = "reference.mark-refused"


class MarksMissing(Refusal):
    """Too few questions were answered to count a call."""

    code = "reference.marks-missing"


@dataclass(frozen=True, slots=True)
class Call:
    """
    What was said: answers from 1 to 5 by question, and whether they would hire the bidder again.

    `cost_percent` is what the contract cost in per cent of the bid: 100 is as offered.
    """

    called_on: date
    marks: Mapping[str, int] = field(default_factory=dict)
    again: str = ""
    cost_percent: int | None = None
    said: str = ""


@transaction.atomic
def record_call(*, reference: Reference, call: Call, by: Viewer, as_of: datetime) -> Reference:
    """
    Keep a call; whoever records it held it, and alone may mend it.

    Raises:
        NotPermitted, TextTooLong, WrongPhase, BidWithdrawn, NotYourCall, MarkRefused,
        MarksMissing, FigureOutside, DayRefused, ChoiceUnknown
    """
    require(by, Duty.SCORE_BIDS)
    bid = held_bid(reference.bid)
    reference = Reference.objects.select_for_update(of=("self",)).get(pk=reference.pk)
    demand_own(reference, by)
    reference.called_on = past_day(call.called_on, "called_on", as_of)
    reference.interviewer = by.person
    reference.marks = _marks(call.marks)
    reference.again = chosen(call.again, Again, "again") if call.again else ""
    cost = call.cost_percent
    reference.cost_percent = (
        None if cost is None else on_scale(cost, "cost_percent", 1, MOST_PERCENT)
    )
    reference.said = checked(call.said, "said", needed=False)
    reference.save()
    tell(
        reference,
        f"Recorded the call with “{reference.organisation}” about {bid.supplier.name}.",
        action="record_call",
        payload={
            "bid": bid.public_id,
            "called_on": reference.called_on.isoformat(),
            "marks": reference.marks,
            "again": reference.again,
            "cost_percent": reference.cost_percent,
            "said": reference.said,
        },
        selection=bid.selection,
        by=by,
        as_of=as_of,
    )
    return reference


def _marks(given: Mapping[str, int]) -> dict[str, int]:
    for name, mark in given.items():
        whole = isinstance(mark, int) and not isinstance(mark, bool)
        if name not in QUESTIONS or not whole or not LEAST <= mark <= MOST:
            raise MarkRefused(
                f"{QUESTIONS.get(name, name[:40])!r} cannot be answered with {str(mark)[:20]}.",
                place=name[:40],
                remedy=f"Answer with {LEAST} to {MOST}, or leave it open.",
            )
    if len(given) < FEWEST_MARKS:
        raise MarksMissing(
            f"{len(given)} of {len(QUESTIONS)} questions were answered; a call counts from "
            f"{FEWEST_MARKS} on.",
            place="marks",
            remedy="Ask the rest, or leave the reference planned.",
        )
    return {name: int(given[name]) for name in QUESTIONS if name in given}
