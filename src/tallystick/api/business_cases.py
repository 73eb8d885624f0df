"""The business case of an engagement, which the client alone reads: its lines and its worth."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from tallystick.actions.write_business_case import CaseWording, write_business_case
from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.values import In, OptionalWords, Out, Words, cut
from tallystick.engine.objectives import worth_of_case
from tallystick.engine.values import decimal_text
from tallystick.records.business_cases import SEED, BusinessCase, newest_case
from tallystick.records.engagements import Engagement
from tallystick.records.objective_figures import in_short, known_values
from tallystick.records.objective_standing import realised
from tallystick.records.objectives import Objective
from tallystick.records.viewer import Viewer

operations = Operations(tags=["Objectives"])

Short = Annotated[Words, Field(max_length=40)]


class CaseLine(In):
    """One line; `year` is that of the term in which it is paid, none for each year."""

    when: Short = Field(description="before, as it is today, or after, outsourced.")
    kind: Short = Field(description="fees, transition, governance and so on.")
    low: Short
    likely: Short
    high: Short
    currency: Short
    year: int | None = None
    note: Annotated[OptionalWords, Field(max_length=200)] = ""


class CaseGiven(In):
    """A business case to keep as the next version."""

    years: int
    rate: Short = Field(description="What money costs in a year: 0.05 is 5 %.")
    lines: Annotated[list[CaseLine], Field(max_length=500)]
    pilot_on: date | None = None
    delivery_model_assessed_on: date | None = None


class CaseFlow(Out):
    """The expected amounts of one year, 0 being before the start."""

    year: int
    before: str
    after: str
    net: str


class CaseOut(Out):
    """A version of the business case, computed; amounts are text, exact to two decimals."""

    id: str
    version: int
    years: int
    rate: str
    currency: str
    lines: list[CaseLine]
    pilot_on: date | None
    delivery_model_assessed_on: date | None
    written_at: datetime
    written_by: str
    total_cost: str
    net_present: str
    p10: str
    p50: str
    p90: str
    pays: float = Field(
        description="Share of the simulated cases that are worth more than nothing."
    )
    draws: int
    seed: int
    flows: list[CaseFlow]
    benefits_realised: float | None = Field(description="Of the objectives, by their weight.")


class CaseHeld(Out):
    """The version that holds, if there is one."""

    case: CaseOut | None


def _out(stored: BusinessCase, viewer: Viewer) -> CaseOut:
    worth = worth_of_case(stored.case, seed=SEED)
    amounts = ("total_cost", "net_present", "p10", "p50", "p90")
    said: dict[str, Any] = {name: f"{getattr(worth, name):f}" for name in amounts}
    same = ("version", "years", "pilot_on", "delivery_model_assessed_on", "written_at")
    return CaseOut(
        id=stored.public_id,
        rate=decimal_text(Decimal(stored.rate)),
        currency=worth.currency,
        lines=[CaseLine(**each) for each in stored.lines],
        written_by=stored.written_by.name,
        pays=worth.pays,
        draws=worth.draws,
        seed=worth.seed,
        flows=[
            CaseFlow(year=e.year, before=f"{e.before:f}", after=f"{e.after:f}", net=f"{e.net:f}")
            for e in worth.flows
        ],
        benefits_realised=_realised(stored.engagement, viewer),
        **{name: getattr(stored, name) for name in same},
        **said,
    )


def _realised(engagement: Engagement, viewer: Viewer) -> float | None:
    stated = list(Objective.objects.visible_to(viewer).filter(engagement=engagement))
    values, today = known_values(stated), datetime.now(UTC).date()
    share = realised([(each, in_short(each, values[each.pk], today)) for each in stated])
    return None if share is None else cut(share)


@operations.reads("/engagements/{engagement_id}/business-case", "business_case", CaseHeld)
def business_case(request: ViewerRequest, engagement_id: str) -> CaseHeld:
    """Return the business case that holds, computed; none where none is written yet."""
    engagement = find(Engagement, request.viewer, engagement_id)
    stored = newest_case(BusinessCase.objects.visible_to(request.viewer), engagement)
    return CaseHeld(case=_out(stored, request.viewer) if stored else None)


@operations.acts(
    "/engagements/{engagement_id}/business-case/write",
    "write_business_case",
    CaseOut,
    status=201,
)
def write(request: ViewerRequest, engagement_id: str, given: CaseGiven) -> CaseOut:
    """Keep a business case as the next version; all lines are in one currency."""
    engagement = find(Engagement, request.viewer, engagement_id, "client")
    stored = write_business_case(
        engagement=engagement,
        wording=CaseWording(
            years=given.years,
            rate=given.rate,
            lines=[each.model_dump() for each in given.lines],
            pilot_on=given.pilot_on,
            delivery_model_assessed_on=given.delivery_model_assessed_on,
        ),
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _out(stored, request.viewer)
