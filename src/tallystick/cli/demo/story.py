"""The demo's story: four engagements at four stages, told through the product's own actions."""

from datetime import datetime, timedelta

from tallystick.actions.lesson_wording import wording_of
from tallystick.actions.raise_guardrail import GuardrailWording, raise_guardrail
from tallystick.actions.share_lesson import share_lesson
from tallystick.actions.state_objective import ObjectiveWording, state_objective
from tallystick.actions.waive_finding import waive_finding
from tallystick.actions.write_note import write_note
from tallystick.cli.demo import lessons
from tallystick.cli.demo.bidders import WORKPLACE
from tallystick.cli.demo.competition import Competition
from tallystick.cli.demo.data import Delivery
from tallystick.cli.demo.dealings import quarrel, settle_the_first
from tallystick.cli.demo.escalations import Escalations
from tallystick.cli.demo.first_risks import a_restore_that_fails
from tallystick.cli.demo.follow_ups import FollowUps
from tallystick.cli.demo.governance import Governance
from tallystick.cli.demo.known import Known
from tallystick.cli.demo.months import Month
from tallystick.cli.demo.objectives import Objectives
from tallystick.cli.demo.past_award import PastAward
from tallystick.cli.demo.people import BALTIC, KESTREL, Cast, admit_everyone
from tallystick.cli.demo.probes import Monitor
from tallystick.cli.demo.renewal import renew
from tallystick.cli.demo.reviews import Reviews
from tallystick.cli.demo.risks import Risks
from tallystick.cli.demo.steps import Steps, an_objective
from tallystick.cli.demo.tickets import Desk, Performance
from tallystick.engine.guardrails import RECIPES, Severity
from tallystick.engine.guardrails.snapshot import ServiceType
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.agreements import Agreement
from tallystick.records.engagements import Engagement
from tallystick.records.findings import findings_of
from tallystick.records.lessons import Lesson

SEED = 20_260
HOLIDAYS = next(recipe for recipe in RECIPES if recipe.slug == "holidays-for-the-term")
MONTHS_OF_TICKETS = 18


class Story:
    """Tells it, in the order in which it happened."""

    def __init__(self, as_of: datetime) -> None:
        self.as_of = as_of
        self.now = Month.of(as_of)
        self.cast: Cast = admit_everyone(self.now.plus(-24).at(1, 8))
        self.steps = Steps(self.cast)
        self.follow_ups = FollowUps(self.cast, self.now)
        self.past = PastAward(self.cast, self.now.plus(-MONTHS_OF_TICKETS))

    def tell(self) -> None:
        """Make everything: the closed engagement first, the one being planned last."""
        desk = self.service_desk()
        told = self.data_centre()
        self.erp_support()
        self.desk_delivers(desk, told)
        self.payroll()
        self.workplace()

    def data_centre(self) -> Lesson:
        """A closed engagement, whose agreement had no holidays; return the lesson on them."""
        began, ended = self.now.plus(-18), self.now.plus(-6)
        engagement = self.steps.engaged(
            name="Data-centre operations",
            scope="Servers, storage and backup of the two data centres.",
            service_type=ServiceType.INFRASTRUCTURE_OPERATIONS,
            provider=self.cast.kestrel,
            first=began,
            last=ended,
        )
        agreement = self.steps.agreed(
            engagement,
            KESTREL,
            began,
            ended,
            until=Stage.DELIVER,
            with_holidays=False,
            on_paper=True,
        )
        a_restore_that_fails(engagement, self.cast.ada, began)
        course = {began.plus(k): Performance(90, 0.9) for k in range(12)}
        desk = Desk(SEED + 1, "OPS", began, ended)
        delivery = Delivery(agreement, desk, course, self.cast.dan, self.cast.ben)
        delivery.run(reviewed_until=ended)
        after = ended.at(20, 10)
        self.steps.pass_gate(engagement, ended.plus(-1).at(25, 10))
        holidays, restores = (
            self.steps.taught(wording, engagement, after)
            for wording in (lessons.NO_HOLIDAYS, lessons.RESTORE_DRILL)
        )
        self.follow_ups.references(self.steps.taught(lessons.REFERENCE_ENDED, None, after))
        self._guarded(holidays, after + timedelta(hours=2))
        share_lesson(
            lesson=restores,
            provider=self.cast.kestrel,
            wording=wording_of(restores),
            by=self.cast.ada,
            as_of=after,
        )
        closed = ended.plus(1).at(15, 10)
        self.steps.answered(engagement, ended.plus(1).at(5, 10))
        Reviews(self.cast).closing(engagement, closed)
        self.steps.pass_gate(engagement, closed + timedelta(hours=1))
        return holidays

    def _guarded(self, lesson: Lesson, as_of: datetime) -> None:
        """Raise the guardrail that stops the next agreement without holidays."""
        raise_guardrail(
            lesson=lesson,
            wording=GuardrailWording(
                title="The agreement's calendars name the holidays of every year of the term",
                stage=Stage.AGREE,
                severity=Severity.BLOCKER,
                condition=HOLIDAYS.condition,
                rationale="A missing holiday turns closed days into breaches and the monthly "
                "talk into a quarrel about numbers.",
                remedy="Add the public holidays of each year, as dates, to the calendar and "
                "record the new version.",
            ),
            by=self.cast.ada,
            as_of=as_of,
        )

    def service_desk(self) -> Agreement:
        """The engagement in full delivery: how it was planned and agreed."""
        first, last = self.now.plus(-MONTHS_OF_TICKETS), self.now.plus(18)
        engagement = self.steps.engaged(
            name="Service desk and workplace",
            scope="First contact for 2,400 users: incidents and requests about devices, accounts "
            "and business applications.",
            service_type=ServiceType.SERVICE_DESK,
            provider=self.cast.baltic,
            first=first,
            last=last,
            award=self.past.award,
        )
        agreement = self.steps.agreed(
            engagement, BALTIC, first, last, until=Stage.DELIVER, with_every_kind=True
        )
        self.past.judge_early(engagement)
        self.steps.taught(lessons.ONE_WEEK_TOGETHER, None, self.now.plus(-16).at(10, 9))
        return agreement

    def desk_delivers(self, agreement: Agreement, holidays: Lesson) -> None:
        """Its months so far, with a level that slides."""
        engagement = agreement.engagement
        first, last = self.now.plus(-MONTHS_OF_TICKETS), self.now.plus(18)
        desk = Desk(SEED, "INC", first, self.now)
        course = {first.plus(k): _desk_month(k) for k in range(MONTHS_OF_TICKETS)}
        monitor = Monitor(SEED)
        delivery = Delivery(agreement, desk, course, self.cast.cleo, self.cast.ben, monitor)
        statements = delivery.run(reviewed_until=self.now.plus(-1), disputed=self.now.plus(-3))
        settle_the_first(engagement, self.cast.cleo, self.cast.ada, statements[-1].issued_at)
        quarrel(statements[-1], self.cast.cleo, self.cast.ben, self.as_of)
        sunday = self.steps.taught(lessons.SUNDAY_WORK, engagement, self.now.plus(-3).at(20, 9))
        self.follow_ups.met_again(holidays, sunday)
        self.steps.taught(lessons.SLIDING_P2, engagement, self.now.plus(-1).at(12, 9))
        renew(agreement, last, self.cast, self.as_of)
        write_note(
            engagement=engagement,
            text="Ready to extend by a year if P2 is back above target by the end of the quarter. "
            "Walk-away: two more missed months.",
            by=self.cast.ada,
            as_of=self.now.plus(-1).at(13, 9),
        )
        Objectives(self.cast).of_the_desk(engagement, first, last, self.as_of)
        governance = Governance(self.cast)
        governance.of_the_desk(engagement, self.as_of)
        Escalations(self.cast, self.now).of_the_desk(agreement, self.as_of)
        Risks(self.cast).of_the_desk(engagement, self.as_of)
        governance.next_agenda(engagement, self.as_of)
        Reviews(self.cast).mid_term(engagement, self.as_of)
        self.past.judge_at_mid_term(engagement, self.as_of - timedelta(minutes=30))
        self._waived(engagement)

    def _waived(self, engagement: Engagement) -> None:
        """One of the levels that slid may wait, for a reason and until a day."""
        slid = [each for each in findings_of(engagement, self.as_of) if each.code == "DEL001"]
        if slid:
            waive_finding(
                engagement=engagement,
                code=slid[0].code,
                place=slid[0].place,
                reason="The service moves to the second data centre; its figures are discussed "
                "once it stands there.",
                expires_on=self.as_of.date() + timedelta(days=45),
                by=self.cast.ada,
                as_of=self.as_of - timedelta(days=1),
            )

    def erp_support(self) -> None:
        """The engagement in transition, where an objective waits for the provider's word."""
        first, last = self.now.plus(-1), self.now.plus(35)
        engagement = self.steps.engaged(
            name="ERP application support",
            scope="Second-level support and small changes of the ERP system, payroll interface "
            "included.",
            service_type=ServiceType.APPLICATION_SUPPORT,
            provider=self.cast.kestrel,
            first=first,
            last=last,
        )
        self.steps.agreed(engagement, KESTREL, first, last, until=Stage.AGREE)
        self.steps.pass_gate(engagement, first.at(3, 9))
        state_objective(
            engagement=engagement,
            wording=an_objective(
                "Halve the time from request to live for small changes",
                first,
                first.plus(12),
                unit="working days",
                baseline_value="24",
                target="12",
                provider_owner="Dan Whitaker",
            ),
            by=self.cast.ada,
            as_of=first.at(4, 9),
        )
        self._raised(engagement, first, last)
        self.steps.taught(lessons.KNOWLEDGE_LEFT, engagement, first.at(9, 9))

    def _raised(self, engagement: Engagement, first: Month, last: Month) -> None:
        """A target is raised after the provider gave its word: it is asked for it again."""
        stated = engagement.objectives.order_by("id")[0]
        state_objective(
            engagement=engagement,
            wording=an_objective(stated.statement, first, last, target="8.5"),
            amends=stated,
            by=self.cast.ada,
            as_of=first.at(8, 9),
        )

    def payroll(self) -> None:
        """The next engagement: it is being planned, and the lessons wait for an answer."""
        baseline = self.steps.taught(lessons.BASELINE_FIRST, None, self.now.plus(-3).at(15, 9))
        self.follow_ups.validated(baseline)
        engagement = self.steps.planned(
            name="Payroll application support",
            scope="Support of the payroll application and its nightly interface to the bank, from "
            "the end of the present contract on.",
            service_type=ServiceType.APPLICATION_SUPPORT,
            first=self.now.plus(4),
            last=self.now.plus(40),
            as_of=self.as_of - timedelta(days=6),
        )
        state_objective(
            engagement=engagement,
            wording=ObjectiveWording(
                statement="Pay every salary on the agreed day",
                measure="Share of salaries that reach the bank on the agreed day",
                unit="%",
                target="100",
                client_owner="Ben Hartmann",
            ),
            by=self.cast.ada,
            as_of=self.as_of - timedelta(days=5),
        )
        Objectives(self.cast).case_of_payroll(engagement, self.as_of - timedelta(days=4))

    def workplace(self) -> None:
        """The engagement for which suppliers compete: scored and ranked, not yet awarded."""
        first = self.now.plus(3)
        engagement = self.steps.planned(
            name="Workplace devices",
            scope="Laptops and telephones of 1,900 people: staging, patches, repair, return.",
            service_type=ServiceType.SERVICE_DESK,
            first=first,
            last=self.now.plus(39),
            as_of=self.now.plus(-3).at(5, 9),
        )
        state_objective(
            engagement=engagement,
            wording=an_objective(
                "Replace a broken device within one working day",
                first,
                first.plus(12),
                unit="working days",
                baseline_value="4",
                target="1",
            ),
            by=self.cast.ada,
            as_of=self.now.plus(-3).at(6, 9),
        )
        self.steps.pass_gate(engagement, self.now.plus(-2).at(3, 9))
        cast = self.cast
        judges = (cast.ada, cast.ben, cast.eva, cast.ola, cast.uma)
        find_out = Known(cast, self.now).find_out
        Competition(cast, self.now, WORKPLACE, judges, find_out).hold(engagement)


def _desk_month(number: int) -> Performance:
    """Return how the desk fared: steady, a hard winter, and a P2 that slides at the end."""
    sliding = {14: 1.08, 15: 1.2, 16: 1.34, 17: 1.5}
    pace = 1.22 if number in {7, 8} else 0.94
    tickets = 208 + number * 17 % 29
    return Performance(tickets, pace, sliding.get(number, 1.0))
