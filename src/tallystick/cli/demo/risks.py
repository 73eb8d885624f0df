"""The running engagement's risks: priced, planned for, watched; one of them the client's own."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from tallystick.actions.assess_risk import Assessment, assess_risk
from tallystick.actions.check_indicators import check_indicators
from tallystick.actions.identify_risk import RiskWording, identify_risk
from tallystick.actions.record_test import record_test
from tallystick.actions.respond_to_risk import ResponseWording, respond_to_risk
from tallystick.actions.review_risk import review_risk
from tallystick.actions.set_risk_budget import Budget, set_risk_budget
from tallystick.actions.simulate_risks import simulate_risks
from tallystick.actions.state_indicator import SignWording, state_indicator
from tallystick.actions.write_plan import PlanWording, write_plan
from tallystick.cli.demo.people import Cast
from tallystick.engine.risk import Comparison
from tallystick.records.contingency import RunResult
from tallystick.records.engagements import Engagement
from tallystick.records.indicators import SignSource
from tallystick.records.people import Person
from tallystick.records.risk_registers import PRIVATE, SHARED, AnyRisk, Register
from tallystick.records.viewer import Viewer

_RISKS = (
    # title, about, cause, how often (low, likely, high), how much, control (name, cost, rarer by)
    ("Second-line agents leave in the busy season", "people", "staff-turnover",
     ("0.3", "0.8", "2"), ("15000", "40000", "160000"), ("Two agents trained", "18000", "50")),
    ("The backlog of P2 incidents grows faster than it is worked off", "delivery",
     "capacity-short", ("0.5", "1", "3"), ("10000", "35000", "120000"), None),
    ("Working on Sundays breaches the works agreement", "legal", "agreement-gap",
     ("0.05", "0.1", "0.4"), ("20000", "60000", "300000"), None),
    ("One person alone knows the monitoring scripts", "concentration",
     "knowledge-not-transferred", ("0.1", "0.3", "1"), ("5000", "25000", "90000"),
     ("Scripts written down and reviewed", "4000", "70")),
    ("A stolen password of the desk opens client accounts", "security", "process-not-followed",
     ("0.05", "0.2", "0.6"), ("50000", "150000", "900000"),
     ("Second factor for every agent", "12000", "80")),
    ("The ticket system fails for more than a day", "technology", "third-party-failure",
     ("0.1", "0.3", "0.8"), ("20000", "70000", "250000"), None),
    ("Handing the desk over takes longer than the notice", "exit", "exit-unprepared",
     ("0.05", "0.1", "0.2"), ("100000", "250000", "700000"), None),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Risks:
    """Keeps a register, through the product's own actions."""

    cast: Cast

    def of_the_desk(self, engagement: Engagement, now: datetime) -> None:
        """Tell what may go wrong in the running engagement."""
        began = now - timedelta(days=200)
        risks = [self._risk(engagement, SHARED, self.cast.ben, began, *each) for each in _RISKS]
        private = self._risk(
            engagement, PRIVATE, self.cast.ada, began,
            "The provider is sold to a competitor of ours", "exit", "risk-not-seen",
            ("0.02", "0.08", "0.2"), ("120000", "300000", "900000"), None,
        )  # fmt: skip
        review_risk(
            risk=private, note="No sign of it in their annual report.", by=self.cast.ada,
            as_of=now - timedelta(days=20),
        )  # fmt: skip
        for risk in (risks[0], *risks[2:]):
            review_risk(
                risk=risk, note="Looked at in the monthly meeting: unchanged.", by=self.cast.ben,
                as_of=now - timedelta(days=15),
            )  # fmt: skip
        self._planned(engagement, risks, now)
        self._watched(engagement, risks[1], now)
        set_risk_budget(
            engagement=engagement,
            budget=Budget(
                "EUR",
                ((Decimal(100_000), Decimal("0.6")), (Decimal(1_000_000), Decimal("0.02"))),
                Decimal(240_000),
            ),
            by=self.cast.ada,
            as_of=now - timedelta(days=12),
        )
        for shared in (True, False):
            simulate_risks(
                engagement=engagement, shared=shared, correlation=0.3, by=self.cast.ada,
                as_of=now - timedelta(days=12 - shared),
            )  # fmt: skip

    def _risk(
        self,
        engagement: Engagement,
        register: Register,
        by: Viewer,
        as_of: datetime,
        title: str,
        category: str,
        cause: str,
        often: tuple[str, str, str],
        much: tuple[str, str, str],
        control: tuple[str, str, str] | None,
    ) -> AnyRisk:
        risk = identify_risk(
            engagement=engagement,
            register=register,
            wording=RiskWording(title, category, by.person, cause_code=cause),
            different=True,
            by=by,
            as_of=as_of,
        )
        names = ("low", "likely", "high")
        price = {
            "frequency": {"kind": "rate"} | dict(zip(names, often, strict=True)),
            "magnitude": {"kind": "pert"} | dict(zip(names, much, strict=True)),
        }
        # First as it was, then with what was done about it.
        for number, controls in enumerate([(), _controls(control)] if control else [()]):
            risk = assess_risk(
                risk=risk,
                assessment=Assessment("EUR", price, controls),
                by=by,
                as_of=as_of + timedelta(days=60 * number + 1),
            )
        return risk

    def _planned(self, engagement: Engagement, risks: list[AnyRisk], now: datetime) -> None:
        """Write two plans: one was tried, one waits for that since long."""
        tool, staff = risks[5], risks[0]
        for risk, title, trigger, tested in (
            (
                tool,
                "Desk on paper and telephone",
                "The ticket system is away for four hours.",
                True,
            ),
            (staff, "Pool of stand-ins", "Two agents give notice within one month.", False),
        ):
            plan = write_plan(
                engagement=engagement,
                register=SHARED,
                wording=_plan(title, trigger, self.cast.cleo.person),
                risk=risk,
                by=self.cast.ben,
                as_of=now - timedelta(days=180),
            )
            respond_to_risk(
                risk=risk,
                wording=ResponseWording(
                    "fallback", "The plan stands ready; both sides know it.",
                    self.cast.cleo.person, plan,
                ),
                by=self.cast.ben,
                as_of=now - timedelta(days=179),
            )  # fmt: skip
            if tested:
                record_test(
                    plan=plan,
                    on=(now - timedelta(days=90)).date(),
                    result=RunResult.PARTLY,
                    words="Service was back after 3 h 20 min; two telephone numbers were old.",
                    by=self.cast.cleo,
                    as_of=now - timedelta(days=89),
                )

    def _watched(self, engagement: Engagement, risk: AnyRisk, now: datetime) -> None:
        """Watch the level that slides: its indicator has tripped."""
        state_indicator(
            risk=risk,
            wording=SignWording(
                name="P2 incidents resolved in time",
                source=SignSource.SERVICE_LEVEL,
                comparison=Comparison.BELOW,
                threshold=Decimal(90),
                consecutive=2,
                service_level=_sliding(engagement),
            ),
            by=self.cast.cleo,
            as_of=now - timedelta(days=100),
        )
        check_indicators(engagement=engagement, as_of=now - timedelta(days=2))


def _plan(title: str, trigger: str, owner: Person) -> PlanWording:
    return PlanWording(
        title=title,
        trigger=trigger,
        steps=[
            {"name": "Tell both service owners", "minutes": 15, "who": "Shift lead"},
            {"name": "Call in the stand-ins", "minutes": 60, "who": "Delivery lead"},
            {"name": "Open the emergency line", "minutes": 45, "who": "Shift lead"},
            {"name": "Write down what was done", "minutes": 60, "who": "Shift lead"},
        ],
        may_activate="Service owner, or the delivery lead of the shift",
        owner=owner,
        recovery_minutes=240,
        loss_minutes=60,
        cost=Decimal(3_500),
        currency="EUR",
    )


def _controls(control: tuple[str, str, str] | None) -> list[dict[str, Any]]:
    if control is None:
        return []
    name, cost, rarer = control
    left = 1 - Decimal(rarer) / 100
    return [{"name": name, "cost": cost, "on_frequency": f"{left:f}", "on_magnitude": "1"}]


def _sliding(engagement: Engagement) -> str:
    agreement = engagement.agreements.filter(state="in-force").earliest("in_force_from")
    names = list(agreement.level_names)
    return next((each for each in names if each.startswith("resolution-p2")), names[0])
