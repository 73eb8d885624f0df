"""Record work that a bidder has done before, or mend what is known of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tallystick.actions.bid_evidence import (
    calendar_day,
    chosen,
    demand_of,
    demand_order,
    demand_room,
    held_bid,
    on_scale,
    past_day,
)
from tallystick.actions.refusals import require
from tallystick.actions.selection_phases import tell
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.bid_experience import CaseOutcome, CaseRole, PastCase
from tallystick.records.bids import Bid
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

MOST = 50


class CaseTwice(Refusal):
    """One case would count as two."""

    code = "evidence.case-twice"


@dataclass(frozen=True, slots=True)
class CaseTold:
    """
    One case: for whom, what, how large and how alike in per cent of ours, how it ended.

    `staff` names those who did it and still work for the bidder.
    """

    customer: str
    scope: str
    from_on: date
    until_on: date | None = None
    domain: str = ""
    scale: int = 100
    similarity: int = 100
    role: str = CaseRole.PRIME
    outcome: str = CaseOutcome.KEPT
    evidence: str = ""
    staff: str = ""


@transaction.atomic
def record_case(
    *, bid: Bid, case: CaseTold, amends: PastCase | None = None, by: Viewer, as_of: datetime
) -> PastCase:
    """
    Keep a past case of a bidder; `amends` mends one of the same bid.

    The same case stands once: twice it would count twice.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, WrongPhase, BidWithdrawn, FigureOutside,
        DayRefused, ChoiceUnknown, TooMuchEvidence, EvidenceOfAnotherBid, CaseTwice
    """
    require(by, Duty.RUN_SELECTION)
    bid = held_bid(bid)
    if amends:
        demand_of(bid, amends.bid_id)
    else:
        count = PastCase.objects.filter(bid=bid).count()
        demand_room(count, MOST, "cases", "customer")
    values = _checked(case, as_of)
    _demand_once(bid, values, amends)
    kept = amends or PastCase(client=bid.client, bid=bid)
    for name, value in values.items():
        setattr(kept, name, value)
    kept.recorded_at = as_of
    kept.save()
    tell(
        kept,
        f"{'Mended' if amends else 'Recorded'} the case “{kept.customer}” of {bid.supplier.name}.",
        action="record_case",
        payload={"bid": bid.public_id}
        | {name: str(value) for name, value in values.items() if value not in ("", None)},
        selection=bid.selection,
        by=by,
        as_of=as_of,
    )
    return kept


def _demand_once(bid: Bid, values: dict[str, Any], amends: PastCase | None) -> None:
    what = {name: values[name] for name in ("customer", "scope", "from_on")}
    if PastCase.objects.filter(bid=bid, **what).exclude(pk=amends.pk if amends else 0).exists():
        raise CaseTwice(
            f"The same work for {values['customer']} stands here already.",
            place="customer",
            remedy="Change that one; a case counts once.",
        )


def _checked(case: CaseTold, as_of: datetime) -> dict[str, Any]:
    since = past_day(case.from_on, "from_on", as_of)
    until = calendar_day(case.until_on, "until_on")
    demand_order(since, until, "until_on")
    return {
        "customer": checked(case.customer, "customer", longest=120),
        "domain": checked(case.domain, "domain", longest=120, needed=False),
        "scope": checked(case.scope, "scope", longest=2_000),
        "scale": on_scale(case.scale, "scale", 0, 100),
        "similarity": on_scale(case.similarity, "similarity", 0, 100),
        "from_on": since,
        "until_on": until,
        "role": chosen(case.role, CaseRole, "role"),
        "outcome": chosen(case.outcome, CaseOutcome, "outcome"),
        "evidence": checked(case.evidence, "evidence", longest=2_000, needed=False),
        "staff": checked(case.staff, "staff", longest=2_000, needed=False),
    }
