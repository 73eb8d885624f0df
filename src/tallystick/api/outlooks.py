"""The outlook of a service level: budget, forecast, control chart, what can be promised, queues."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from ninja import Query
from pydantic import Field

from tallystick.api.levels import current_of, level_of
from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.outlook_values import LiveOut, OutlookOut, outlook_out
from tallystick.api.routing import Operations
from tallystick.api.values import Listed, SafePage, listed
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.outcomes import Outcomes
from tallystick.engine.service_levels.outlook.queues import Urgency, at_risk, breached, live
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.engine.values import moment, seconds
from tallystick.records.agreements import Agreement
from tallystick.records.measurements import Measurement
from tallystick.records.outlooks import newest_of, outcomes_behind, outlook_of
from tallystick.records.viewer import Viewer

operations = Operations(tags=["Service levels"])

HOUR = 3600


class QueueAsked(SafePage):
    """Which open items."""

    urgency: Urgency | None = Field(
        None, description="at-risk or breached; by default both, the breached ones first."
    )
    left: float = Field(0.25, ge=0, le=1, description="At risk: this part of the limit or less.")
    within_hours: int | None = Field(None, ge=0, le=8760, description="At risk: due this soon.")


class Queue(Listed[LiveOut]):
    """A page of open items, the most urgent first, as they stood at `as_of`."""

    as_of: datetime | None = Field(description="Up to when the data tells; null without any.")


@dataclass(frozen=True, slots=True)
class Found:
    """A service level, its measurements, and what became of its items by the newest of them."""

    terms: Terms
    level: ServiceLevel
    current: list[Measurement]
    newest: Measurement | None
    outcomes: Outcomes | None


def _found(viewer: Viewer, agreement_id: str, level_id: str) -> Found:
    agreement = find(Agreement, viewer, agreement_id)
    terms = read_agreement(agreement.document)
    level = level_of(terms, level_id)
    current = current_of(viewer, agreement, level_id)
    newest = newest_of(current)
    outcomes = outcomes_behind(newest, level, terms) if newest else None
    return Found(terms, level, current, newest, outcomes)


@operations.reads("/agreements/{agreement_id}/levels/{level_id}/outlook", "outlook", OutlookOut)
def outlook(request: ViewerRequest, agreement_id: str, level_id: str) -> OutlookOut:
    """Return what may become of a service level: budget, forecast, chart, what is promisable."""
    found = _found(request.viewer, agreement_id, level_id)
    told = outlook_of(found.level, found.terms, found.current, found.outcomes)
    return outlook_out(found.level, found.newest, told)


@operations.reads("/agreements/{agreement_id}/levels/{level_id}/queue", "queue", Queue)
def queue(
    request: ViewerRequest, agreement_id: str, level_id: str, asked: Query[QueueAsked]
) -> Queue:
    """Return the open items of a service level that are late or soon will be."""
    known = _found(request.viewer, agreement_id, level_id)
    newest, outcomes = known.newest, known.outcomes
    if newest is None or outcomes is None:
        return Queue(items=[], count=0, as_of=None)
    as_of = seconds(newest.data_until)
    left = Fraction(asked.left).limit_denominator(10**6)
    within = None if asked.within_hours is None else asked.within_hours * HOUR
    late = [] if asked.urgency is Urgency.AT_RISK else breached(outcomes).tolist()
    risky = at_risk(outcomes, as_of, left=left, within=within).tolist()
    rows = [*late, *([] if asked.urgency is Urgency.BREACHED else risky)]
    page = listed(rows, asked, int)
    found = live(outcomes, page.items, as_of, left=left, within=within)
    return Queue(items=[LiveOut.of(each) for each in found], count=page.count, as_of=moment(as_of))
