"""The service desk's objectives: one on track, one projected late, one that waits for a word."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from tallystick.actions.acknowledge_objective import acknowledge_objective
from tallystick.actions.rate_importance import rate_importance
from tallystick.actions.record_actual import record_actual
from tallystick.actions.state_objective import ObjectiveWording, state_objective
from tallystick.actions.write_business_case import CaseWording, write_business_case
from tallystick.cli.demo.months import Month
from tallystick.cli.demo.people import Cast
from tallystick.engine.objectives import Direction, ObjectiveKind, Planned
from tallystick.records.engagements import Engagement
from tallystick.records.objectives import Objective

SATISFACTION = ("6.4", "6.6", "6.7", "6.7", "6.9", "7.0")
"""The quarterly survey: better each time, and not as fast as was agreed."""
FIRST_CONTACT = (48, 50, 50, 51, 53, 54, 54, 56, 57, 58, 58, 60, 61, 61, 62, 64, 64, 66)
"""The share solved at the first contact, month by month."""

_COSTS = (
    # when, kind, low, likely, high, year, note
    ("before", "fees", 610_000, 640_000, 690_000, None, "The present contract"),
    ("before", "retained-organisation", 180_000, 190_000, 205_000, None, "Two and a half people"),
    ("before", "governance", 30_000, 36_000, 40_000, None, ""),
    ("after", "fees", 470_000, 500_000, 560_000, None, "Two offers, and our own should-cost"),
    ("after", "transition", 80_000, 120_000, 210_000, 0, "Both sides, three months side by side"),
    ("after", "retained-organisation", 130_000, 140_000, 165_000, None, "One and a half people"),
    ("after", "governance", 28_000, 32_000, 38_000, None, "Forums, reviews, audits"),
    ("after", "tools", 12_000, 15_000, 20_000, None, "Monitoring of our own"),
    ("after", "exit", 60_000, 90_000, 150_000, 3, "Reserve for the way back"),
    ("after", "risk", 20_000, 35_000, 80_000, None, "Expected loss of the five largest risks"),
)


@dataclass(frozen=True, slots=True)
class Objectives:
    """States, measures and weighs them, through the product's own actions."""

    cast: Cast

    def of_the_desk(self, engagement: Engagement, first: Month, last: Month, now: datetime) -> None:
        """Tell how the running engagement's objectives fare."""
        (satisfaction,) = engagement.objectives.all()
        for number, value in enumerate(SATISFACTION):
            month = first.plus(3 * number)
            self._measured(satisfaction, month, value, "Quarterly survey", now)
        on_track = self._first_contact(engagement, first, last)
        for number, share in enumerate(FIRST_CONTACT):
            self._measured(on_track, first.plus(number), str(share), "", now)
        self._weighed(satisfaction, 5, 3, now)
        self._weighed(on_track, 4, 4, now)
        self._unread(engagement, last, now)

    def case_of_payroll(self, engagement: Engagement, as_of: datetime) -> None:
        """Write down what the next engagement costs as a whole."""
        lines = [
            {
                "when": when,
                "kind": kind,
                "low": str(low),
                "likely": str(likely),
                "high": str(high),
                "currency": "EUR",
                "year": year,
                "note": note,
            }
            for when, kind, low, likely, high, year, note in _COSTS
        ]
        write_business_case(
            engagement=engagement,
            wording=CaseWording(years=3, rate="0.05", lines=lines),
            by=self.cast.ada,
            as_of=as_of,
        )

    def _first_contact(self, engagement: Engagement, first: Month, last: Month) -> Objective:
        objective = state_objective(
            engagement=engagement,
            wording=ObjectiveWording(
                statement="Solve two of three problems at the first contact",
                kind=ObjectiveKind.BENEFIT,
                goal="People work, and do not wait for somebody to call back",
                stakeholder="2,400 users",
                measure="Share of tickets solved without being passed on",
                unit="%",
                direction=Direction.HIGHER,
                baseline_value="46",
                baseline_on=first.plus(-1).day(1),
                baseline_method="Ticket export of the three months before",
                target="68",
                due_on=last.first,
                profile=(
                    Planned(first.plus(6).first, Decimal(53)),
                    Planned(first.plus(17).first, Decimal(62)),
                ),
                source="Ticket export of the service desk",
                frequency="monthly",
                weight=2,
                client_owner="Ben Hartmann",
                provider_owner="Cleo Wiśniewska",
                assumptions="The knowledge base is kept by both parties.",
            ),
            by=self.cast.ada,
            as_of=first.at(3, 9),
        )
        acknowledge_objective(objective=objective, by=self.cast.cleo, as_of=first.at(5, 9))
        return objective

    def _unread(self, engagement: Engagement, last: Month, now: datetime) -> None:
        state_objective(
            engagement=engagement,
            wording=ObjectiveWording(
                statement="Lower what one solved ticket costs us as a whole",
                measure="Fees, retained staff and governance of a month, per solved ticket",
                unit="EUR per ticket",
                direction=Direction.LOWER,
                baseline_value="31.40",
                baseline_on=(now - timedelta(days=30)).date(),
                baseline_method="Mean of the last quarter",
                target="26",
                due_on=last.first,
                source="Invoices, staff costs and the ticket export",
                client_owner="Ada Moreno",
                provider_owner="Cleo Wiśniewska",
            ),
            by=self.cast.ada,
            as_of=now - timedelta(days=24),
        )

    def _measured(
        self, objective: Objective, month: Month, value: str, note: str, now: datetime
    ) -> None:
        at = month.plus(1).at(4, 9)
        if at < now:
            record_actual(
                objective=objective,
                on=month.plus(1).first - timedelta(days=1),
                value=value,
                note=note,
                by=self.cast.cleo,
                as_of=at,
            )

    def _weighed(self, objective: Objective, ours: int, theirs: int, now: datetime) -> None:
        for by, importance in ((self.cast.ada, ours), (self.cast.cleo, theirs)):
            rate_importance(
                objective=objective,
                importance=importance,
                by=by,
                as_of=now - timedelta(days=23),
            )
