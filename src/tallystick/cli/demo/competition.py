"""The demo's competitions, from their terms to the ranking: evaluators who judged alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tallystick.actions.check_knock_outs import check_knock_outs
from tallystick.actions.close_scoring import close_scoring, moderate_score
from tallystick.actions.name_evaluator import name_evaluator
from tallystick.actions.open_bids import open_bids
from tallystick.actions.plan_selection import SelectionTerms, plan_selection
from tallystick.actions.rank_bids import rank_bids
from tallystick.actions.record_bid import BidTerms, record_bid
from tallystick.actions.score_bid import ScoreGiven, declare_interests, hand_in_scores, score_bid
from tallystick.actions.state_criterion import CriterionWording, state_criterion
from tallystick.cli.demo.bidders import Contest, evidence
from tallystick.cli.demo.months import Month
from tallystick.cli.demo.people import Cast
from tallystick.records.bids import Bid
from tallystick.records.engagements import Engagement
from tallystick.records.selections import Criterion, CriterionKind, Selection
from tallystick.records.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Competition:
    """
    Holds it for an engagement, up to the ranking.

    It begins two months before `now`, which for the running one is the month of the demo. Once
    the bids are opened, `find_out` keeps what is known of the bidders besides.
    """

    cast: Cast
    now: Month
    contest: Contest
    judges: Sequence[Viewer]
    find_out: Callable[[Selection, dict[str, Bid]], None]

    def hold(self, engagement: Engagement) -> Selection:
        """State criteria, take bids, open, score, moderate and rank them."""
        begun, opened = self.now.plus(-2).at(4, 9), self.now.plus(-1).at(2, 9)
        selection = plan_selection(
            engagement=engagement,
            terms=SelectionTerms(
                currency="EUR",
                bids_until=self.now.plus(-2).at(26, 12),
                should_cost=self.contest.should_cost,
            ),
            by=self.cast.ada,
            as_of=begun,
        )
        criteria = self._criteria(selection, begun)
        bids = self._bids(selection, self.now.plus(-2).at(25, 16))
        open_bids(selection=selection, by=self.cast.ada, as_of=opened)
        self.find_out(selection, bids)
        for judge, who in enumerate(self.judges):
            self._judged(selection, judge, who, criteria, bids, opened)
        knock_outs = [each for each in criteria.values() if each.kind == CriterionKind.KNOCK_OUT]
        for bid in bids.values() if knock_outs else ():
            met = dict.fromkeys(knock_outs, True)
            check_knock_outs(bid=bid, met=met, by=self.cast.ada, as_of=opened)
        closed = self.now.plus(-1).at(16, 9)
        selection = close_scoring(selection=selection, by=self.cast.ada, as_of=closed)
        for supplier, criterion, value, note in self.contest.agreed:
            moderate_score(
                bid=bids[supplier],
                criterion=criteria[criterion],
                agreed=ScoreGiven(Decimal(value), note),
                by=self.cast.ada,
                as_of=closed,
            )
        rank_bids(selection=selection, by=self.cast.ada, as_of=closed)
        return selection

    def _criteria(self, selection: Selection, as_of: datetime) -> dict[str, Criterion]:
        stated: dict[str, Criterion] = {}
        for each in self.contest.criteria:
            wording = CriterionWording(
                name=each.name,
                kind=each.kind,
                parent=stated.get(each.group),
                weight=each.weight,
                question=each.question,
                unit=each.unit,
                worst=each.worst,
                target=each.target,
                anchors=each.anchors,
            )
            stated[each.name] = state_criterion(
                selection=selection, wording=wording, by=self.cast.ada, as_of=as_of
            )
        return stated

    def _bids(self, selection: Selection, as_of: datetime) -> dict[str, Bid]:
        bids = {}
        for supplier, price, contact in self.contest.bids:
            terms = BidTerms(supplier, Decimal(price), as_of, contacts=[contact])
            bids[supplier] = record_bid(
                selection=selection, terms=terms, by=self.cast.ada, as_of=as_of
            )
        return bids

    def _judged(
        self,
        selection: Selection,
        judge: int,
        who: Viewer,
        criteria: dict[str, Criterion],
        bids: dict[str, Bid],
        as_of: datetime,
    ) -> None:
        evaluator = name_evaluator(
            selection=selection, person=who.person, by=self.cast.ada, as_of=as_of
        )
        declare_interests(evaluator=evaluator, interests="", by=who, as_of=as_of)
        for place, (supplier, sheet) in enumerate(self.contest.sheets.items()):
            given = {
                criteria[name]: ScoreGiven(
                    self.contest.as_judged(judge, place, supplier, name), evidence(name)
                )
                for name in sheet
            }
            score_bid(evaluator=evaluator, bid=bids[supplier], given=given, by=who, as_of=as_of)
        hand_in_scores(evaluator=evaluator, by=who, as_of=as_of)
