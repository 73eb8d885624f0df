"""How the demo's running service desk was won, and whether the winner was as good as its word."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from tallystick.actions.award_selection import debrief_bid, decide_award, propose_award
from tallystick.actions.judge_delivery import Delivered, judge_delivery
from tallystick.actions.record_pilot import Observation, PilotTold, record_pilot
from tallystick.cli.demo.bidders import ALDER, BALTIC, KESTREL, Asked, Contest, judged
from tallystick.cli.demo.competition import Competition
from tallystick.cli.demo.months import Month
from tallystick.cli.demo.people import Cast
from tallystick.cli.demo.referees import ENDED, FOUND, LIVE, NOMINATED, Called, Referees
from tallystick.records.awards import Award
from tallystick.records.bids import Bid
from tallystick.records.engagements import Engagement
from tallystick.records.selections import Criterion, CriterionKind, Selection

DESK = Contest(
    should_cost=Decimal(3_100_000),
    criteria=(
        Asked(
            "Price", Decimal(35), CriterionKind.PRICE, unit="EUR",
            worst=Decimal(3_720_000), target=Decimal(2_480_000),
        ),
        judged(
            "Named team", "25", "", "Who answers from the first day, and for how long.",
            "Nobody is named.", "The leads are named and free.",
            "All key people are named, met, and bound for a year.",
        ),
        judged(
            "Communication", "20", "", "How bad news reaches us, and when.",
            "Through the account manager, monthly.", "Weekly, both leads, with open points.",
            "Two former clients say: before we saw it ourselves.",
        ),
        judged(
            "Transition plan", "20", "", "How the desk is taken over, step by step.",
            "No plan, or one without dates.", "Dates and owners; acceptance is named.",
            "Rehearsed at a client of our size, with what went wrong.",
        ),
    ),
    bids=(
        (BALTIC, "2890000", "piotr@balticdesk.example"),
        (KESTREL, "3060000", "grace@kestrel.example"),
        (ALDER, "3340000", "r.alder@alderworks.example"),
    ),
    sheets={
        BALTIC: {"Named team": "4.5", "Communication": "4", "Transition plan": "4"},
        KESTREL: {"Named team": "3", "Communication": "3", "Transition plan": "3.5"},
        ALDER: {"Named team": "3.5", "Communication": "3", "Transition plan": "3"},
    },
)  # fmt: skip

CALLS: tuple[Called, ...] = (
    (BALTIC, "Hafen Logistik", NOMINATED, LIVE, 80, 5, "yes", "Named people, and they came."),
    (BALTIC, "Stadtwerke Elbe", FOUND, LIVE, 70, 4, "yes", "They keep what they say, mostly."),
    (BALTIC, "Reederei Lund", FOUND, ENDED, 60, 4, "yes", "A clean hand-over when we left."),
)
"""Two of the three are asked again years later."""

SEEN = {
    "bad-news": Observation(4, "Told us on the first morning that a queue would run over."),
    "dates": Observation(4, "Both days as planned."),
}

EARLY = (
    ("Transition plan", "4.5", "Acceptance signed nine days before the date of the plan."),
    ("Named team", "4.5", "All five dispatchers of the bid are at work; list of the desk."),
)
AT_MID_TERM = (
    ("Price", "3080000", "Invoices so far and three approved changes, over the whole term."),
    ("Named team", "2.5", "Two of the five named dispatchers left within a month."),
    ("Communication", "4", "Cleo calls before we see it; minutes of the last six meetings."),
)


@dataclass(frozen=True, slots=True)
class PastAward:
    """Tells it, through the product's own actions; `first` is the month in which work begins."""

    cast: Cast
    first: Month

    def award(self, engagement: Engagement) -> None:
        """Let three suppliers compete for the desk, and award it to Baltic Desk."""
        now = self.first.plus(-2)
        judges = (self.cast.ada, self.cast.ben, self.cast.eva)
        selection = Competition(self.cast, now, DESK, judges, self._find_out).hold(engagement)
        bids = {each.supplier.name: each for each in selection.bids.select_related("supplier")}
        self._decided(selection, bids, now.at(2, 9))
        engagement.refresh_from_db()

    def _find_out(self, _: Selection, bids: dict[str, Bid]) -> None:
        """Call three clients of the best bidder, and work with it for two days."""
        now = self.first.plus(-2)
        Referees(self.cast, now).called(CALLS, bids)
        day = now.plus(-1).at(10, 15)
        pilot = PilotTold(day.date(), "Two days of tickets beside our own desk.", SEEN)
        record_pilot(bid=bids[BALTIC], pilot=pilot, by=self.cast.ada, as_of=day)

    def _decided(self, selection: Selection, bids: dict[str, Bid], as_of: datetime) -> None:
        award = propose_award(
            selection=selection,
            bid=bids[BALTIC],
            rationale="Worth most by far, below our own estimate, and the only bidder that named "
            "everybody. Three of its clients would hire it again.",
            by=self.cast.ada,
            as_of=as_of,
        )
        decide_award(
            award=award,
            approved=True,
            reason="",
            by=self.cast.uma,
            as_of=as_of + timedelta(hours=4),
        )
        for supplier in (KESTREL, ALDER):
            debrief_bid(
                bid=bids[supplier],
                text="Your price was fair. Named people and a rehearsed hand-over would have "
                "earned more.",
                by=self.cast.ada,
                as_of=as_of + timedelta(hours=6),
            )

    def judge_early(self, engagement: Engagement) -> None:
        """Say what came of the first promises, once the desk has settled in."""
        self._judged(engagement, EARLY, self.first.plus(3).at(9, 9))

    def judge_at_mid_term(self, engagement: Engagement, as_of: datetime) -> None:
        """Say the rest at the mid-term review; of the team, something else than before."""
        self._judged(engagement, AT_MID_TERM, as_of)

    def _judged(
        self, engagement: Engagement, came: tuple[tuple[str, str, str], ...], as_of: datetime
    ) -> None:
        award = Award.objects.get(selection__engagement=engagement, approved=True)
        known = {each.name: each for each in Criterion.objects.filter(selection=award.selection_id)}
        given = {known[name]: Delivered(Decimal(figure), said) for name, figure, said in came}
        judge_delivery(award=award, given=given, by=self.cast.ben, as_of=as_of)
