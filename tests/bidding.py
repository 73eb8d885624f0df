"""A competition and its bids for tests; a factory starts with `a_`."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from tallystick.actions.answer_norms import answer_norms
from tallystick.actions.link_norms import link_norms
from tallystick.actions.plan_reference import Referee, plan_reference
from tallystick.actions.plan_selection import SelectionTerms, plan_selection
from tallystick.actions.record_bid import BidTerms, record_bid
from tallystick.actions.record_call import Call, record_call
from tallystick.actions.state_team import TeamWays, state_team
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.scoring.calls import QUESTIONS
from tallystick.engine.scoring.norms import ITEMS
from tallystick.records.bids import Bid
from tallystick.records.norms import NormsSurvey
from tallystick.records.references import Reference
from tallystick.records.selections import Selection
from tallystick.records.viewer import Viewer
from tests.cast import TODAY, an_engagement

LATER = TODAY + timedelta(days=1)
FOURS = dict.fromkeys(QUESTIONS, 4)
MIDDLE = dict.fromkeys(ITEMS, 4)
NINE_TO_FIVE = {"begins": time(9), "ends": time(17)}


def a_selection(by: Viewer, **changes: Any) -> Selection:
    """Return a competition that was just begun, for an engagement without a provider."""
    usual: dict[str, Any] = {
        "name": f"Competition {Selection.objects.count() + 1}",
        "client": by.organisation,
        "provider": None,
        "stage": Stage.SELECT,
    }
    return plan_selection(
        engagement=an_engagement(**usual | changes),
        terms=SelectionTerms("EUR", TODAY + timedelta(days=30)),
        by=by,
        as_of=TODAY,
    )


def a_bid(selection: Selection, by: Viewer, supplier: str = "Orion Services") -> Bid:
    """Return a bid of a supplier."""
    terms = BidTerms(supplier, Decimal("900000"), TODAY)
    return record_bid(selection=selection, terms=terms, by=by, as_of=TODAY)


def a_reference(bid: Bid, by: Viewer, organisation: str = "Alder Bank", **said: Any) -> Reference:
    """Return a planned reference of a bid."""
    referee = Referee(organisation, **said)
    return plan_reference(bid=bid, referee=referee, by=by, as_of=TODAY)


def called(reference: Reference, by: Viewer, **said: Any) -> Reference:
    """Return a reference after its call, in which everything was answered with 4."""
    usual: dict[str, Any] = {"called_on": TODAY.date(), "marks": FOURS, "again": "yes"}
    return record_call(reference=reference, call=Call(**usual | said), by=by, as_of=TODAY)


def answered(survey: NormsSurvey, bid: Bid | None, by: Viewer, *marks: int) -> None:
    """Answer as so many people of a team, each with one mark everywhere."""
    for mark in marks:
        as_of = survey.opened_at
        made = link_norms(survey=survey, bid=bid, label="Somebody", by=by, as_of=as_of)
        answer_norms(token=made.token, marks=dict.fromkeys(ITEMS, mark), as_of=as_of)


def a_team(selection: Selection, bid: Bid | None, zone: str, by: Viewer, **ways: Any) -> None:
    """State when a team works."""
    given: dict[str, Any] = {"zone": zone, "holidays": [date(2026, 1, 6)], **NINE_TO_FIVE}
    state_team(selection=selection, bid=bid, ways=TeamWays(**given | ways), by=by, as_of=TODAY)
