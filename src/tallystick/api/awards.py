"""Rankings and awards of a selection: how firm the order is, who won, and who decided."""

from datetime import UTC, datetime
from typing import Any

from ninja import Query
from pydantic import Field

from tallystick.actions.award_selection import decide_award, propose_award
from tallystick.actions.rank_bids import rank_bids
from tallystick.api.bids import bid_named
from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.selections import selection_found
from tallystick.api.values import Id, In, Listed, Out, SafePage, Words, listed
from tallystick.api.values import OptionalWords as Text
from tallystick.records.awards import Award, Ranking

operations = Operations(tags=["Selections"])
WITH = ("bid__supplier", "ranking", "proposed_by", "decided_by")


class RankingLine(Out):
    """A ranking in a list; `digest` is of the weights and figures that it rests on."""

    id: str
    digest: str
    seed: int = Field(description="What the random numbers begin with; the digest tells it.")
    draws: int
    engine_version: str
    ranked_at: datetime
    ranked_by: str


class RankingWhole(RankingLine):
    """A ranking with order, contributions, firmness, flips and the evaluators' agreement."""

    document: dict[str, Any] = Field(description="Exact figures as decimals or fractions.")


class AwardOut(Out):
    """A proposal, and what was decided on it; `approved` is null until somebody did."""

    id: str
    bid: str
    supplier: str
    ranking: str
    rationale: str
    proposed_at: datetime
    proposed_by: str
    approved: bool | None
    decided_at: datetime | None
    decided_by: str | None
    decided_because: str


class ProposeAward(In):
    """The bid that shall win, and why."""

    bid: Id
    rationale: Words


class DecideAward(In):
    """Yes or no to a proposal; a no says why."""

    approved: bool
    reason: Text = ""


def _line(ranking: Ranking) -> RankingLine:
    return RankingLine(**_ranked(ranking))


def _ranked(ranking: Ranking) -> dict[str, Any]:
    same = ("digest", "seed", "draws", "engine_version", "ranked_at")
    return {name: getattr(ranking, name) for name in same} | {
        "id": ranking.public_id,
        "ranked_by": ranking.ranked_by.name,
    }


def _whole(ranking: Ranking) -> RankingWhole:
    return RankingWhole(**_ranked(ranking), document=ranking.document)


def _award(award: Award) -> AwardOut:
    return AwardOut(
        id=award.public_id,
        bid=award.bid.public_id,
        supplier=award.bid.supplier.name,
        ranking=award.ranking.public_id,
        rationale=award.rationale,
        proposed_at=award.proposed_at,
        proposed_by=award.proposed_by.name,
        approved=award.approved,
        decided_at=award.decided_at,
        decided_by=award.decided_by.name if award.decided_by else None,
        decided_because=award.decided_because,
    )


@operations.reads("/selections/{selection_id}/rankings", "rankings", Listed[RankingLine])
def rankings(
    request: ViewerRequest, selection_id: str, asked: Query[SafePage]
) -> Listed[RankingLine]:
    """Return the rankings of a selection, the newest, which counts, first."""
    selection = selection_found(request, selection_id)
    rows = Ranking.objects.visible_to(request.viewer).filter(selection=selection)
    known = rows.defer("document").select_related("ranked_by").order_by("-ranked_at", "-id")
    return listed(known, asked, _line)


@operations.reads("/rankings/{ranking_id}", "ranking", RankingWhole)
def ranking(request: ViewerRequest, ranking_id: str) -> RankingWhole:
    """Return a ranking with everything that it says."""
    return _whole(find(Ranking, request.viewer, ranking_id, "ranked_by"))


@operations.acts("/selections/{selection_id}/rank", "rank_bids", RankingWhole, status=201)
def rank(request: ViewerRequest, selection_id: str) -> RankingWhole:
    """Rank the bids by what was scored and agreed; each ranking is kept."""
    ranked = rank_bids(
        selection=selection_found(request, selection_id),
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _whole(ranked)


@operations.reads("/selections/{selection_id}/awards", "awards", Listed[AwardOut])
def awards(request: ViewerRequest, selection_id: str, asked: Query[SafePage]) -> Listed[AwardOut]:
    """Return the proposals and what was decided on them, the newest first."""
    selection = selection_found(request, selection_id)
    rows = Award.objects.visible_to(request.viewer).filter(selection=selection)
    known = rows.select_related(*WITH).defer("ranking__document").order_by("-proposed_at", "-id")
    return listed(known, asked, _award)


@operations.acts("/selections/{selection_id}/award/propose", "propose_award", AwardOut, status=201)
def propose(request: ViewerRequest, selection_id: str, given: ProposeAward) -> AwardOut:
    """Propose that a bid wins; the ranking must be that of the present figures."""
    selection = selection_found(request, selection_id)
    proposed = propose_award(
        selection=selection,
        bid=bid_named(request.viewer, selection, given.bid),
        rationale=given.rationale,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _award(proposed)


@operations.acts("/awards/{award_id}/decide", "decide_award", AwardOut)
def decide(request: ViewerRequest, award_id: str, given: DecideAward) -> AwardOut:
    """Approve a proposal or send it back; nobody decides on their own."""
    decided = decide_award(
        award=find(Award, request.viewer, award_id, "selection"),
        approved=given.approved,
        reason=given.reason,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _award(decided)
