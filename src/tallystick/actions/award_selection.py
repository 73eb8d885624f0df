"""Propose which bid wins, decide on the proposal with four eyes, and debrief who did not."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.refusals import require
from tallystick.actions.selection_phases import locked, tell
from tallystick.actions.tellings import tell_award, tell_award_decided
from tallystick.actions.texts import checked
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.refusals import Refusal
from tallystick.records.awards import Award, Debrief, Ranking, newest_ranking, standing_award
from tallystick.records.bids import Bid
from tallystick.records.ranked import digest_of
from tallystick.records.roles import Duty
from tallystick.records.selections import Phase, Selection
from tallystick.records.valuation import valuation_of
from tallystick.records.viewer import Viewer


class RankingStale(Refusal):
    """An award rests on the ranking of the present figures."""

    code = "award.ranking-stale"


class NotRanked(Refusal):
    """Only a bid of the ranking can win."""

    code = "award.not-ranked"


class AwardStands(Refusal):
    """There is a proposal already."""

    code = "award.stands"


class AwardDecided(Refusal):
    """What was decided stays decided."""

    code = "award.decided"


class FourEyes(Refusal):
    """Nobody approves what they proposed."""

    code = "award.four-eyes"


class NoDebrief(Refusal):
    """A debrief is for a bidder that did not win, once the award is made; and it is one."""

    code = "award.no-debrief"


@transaction.atomic
def propose_award(
    *, selection: Selection, bid: Bid, rationale: str, by: Viewer, as_of: datetime
) -> Award:
    """
    Propose that a bid wins; the rationale says why, above all if it is not the first.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, WrongPhase, AwardStands, RankingStale, NotRanked
    """
    require(by, Duty.RUN_SELECTION)
    selection = locked(selection, Phase.MODERATING)
    if standing_award(selection):
        raise AwardStands(
            "An award is proposed already.",
            place="award",
            remedy="Wait for the decision on it.",
        )
    ranking = _the_ranking_with(selection, bid)
    award = Award.objects.create(
        client=by.organisation,
        selection=selection,
        bid=bid,
        ranking=ranking,
        rationale=checked(rationale, "rationale"),
        proposed_at=as_of,
        proposed_by=by.person,
    )
    tell(
        award,
        f"Proposed to award to {bid.supplier.name}.",
        action="propose_award",
        payload={"bid": bid.public_id, "ranking": ranking.digest, "rationale": award.rationale},
        selection=selection,
        by=by,
        as_of=as_of,
    )
    tell_award(award, by, as_of)
    return award


def _the_ranking_with(selection: Selection, bid: Bid) -> Ranking:
    ranking = newest_ranking(selection)
    if ranking is None or is_stale(selection, ranking):
        raise RankingStale(
            "Scores, bids or weights changed since the bids were ranked."
            if ranking
            else "The bids are not ranked yet.",
            place="ranking",
            remedy="Rank the bids, look at the order again, then propose.",
        )
    if bid.public_id not in {each["bid"] for each in ranking.document["bids"]}:
        raise NotRanked(
            f"{bid.supplier.name} is not in the ranking.",
            place="bid",
            remedy="Choose a bid that meets every must-have.",
        )
    return ranking


def is_stale(selection: Selection, ranking: Ranking) -> bool:
    """Return whether a ranking is of other figures than the present ones."""
    return ranking.digest != digest_of(valuation_of(selection))


@transaction.atomic
def decide_award(
    *, award: Award, approved: bool, reason: str, by: Viewer, as_of: datetime
) -> Award:
    """
    Approve a proposal or send it back; approved, its supplier is the engagement's provider.

    A supplier that is no party here yet is appointed by hand, once it was admitted. Figures that
    changed since the proposal, the bid's withdrawal among them, leave only the way back.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, WrongPhase, AwardDecided, FourEyes, RankingStale
    """
    require(by, Duty.APPROVE_AWARD)
    selection = locked(award.selection, Phase.MODERATING)
    award = Award.objects.select_related("bid__supplier", "proposed_by", "ranking").get(pk=award.pk)
    if award.approved is not None:
        raise AwardDecided(
            "This proposal was decided.", place="award", remedy="Propose anew if it was refused."
        )
    if award.proposed_by_id == by.person.pk:
        raise FourEyes(
            "You proposed this award.",
            place="award",
            remedy="Ask an executive or another sourcing lead to decide.",
        )
    if approved and is_stale(selection, award.ranking):
        raise RankingStale(
            "Scores, bids or must-haves changed since this was proposed.",
            place="approved",
            remedy="Send it back; whoever runs the selection ranks the bids again and proposes.",
        )
    award.approved = approved
    # A refusal without a reason helps nobody; an approval may stand for itself.
    award.decided_because = checked(reason, "reason", longest=4_000, needed=not approved)
    award.decided_at, award.decided_by = as_of, by.person
    award.save()
    if approved:
        _conclude(selection, award, as_of)
    tell(
        award,
        f"{'Approved' if approved else 'Sent back'} the award to {award.bid.supplier.name}.",
        action="decide_award",
        payload={"approved": approved, "reason": award.decided_because},
        selection=selection,
        by=by,
        as_of=as_of,
    )
    tell_award_decided(award, by, as_of)
    return award


def _conclude(selection: Selection, award: Award, as_of: datetime) -> None:
    selection.awarded_at = as_of
    selection.save(update_fields=["awarded_at"])
    engagement, party = selection.engagement, award.bid.supplier.organisation
    if party and engagement.stage == Stage.SELECT:
        engagement.provider = party
        engagement.save(update_fields=["provider"])


@transaction.atomic
def debrief_bid(*, bid: Bid, text: str, by: Viewer, as_of: datetime) -> Debrief:
    """
    Write what a bidder that did not win is told of its own bid.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, WrongPhase, NoDebrief
    """
    require(by, Duty.RUN_SELECTION)
    selection = locked(bid.selection, Phase.AWARDED)
    won = standing_award(selection)
    if (won and won.bid_id == bid.pk) or Debrief.objects.filter(bid=bid).exists():
        raise NoDebrief(
            f"{bid.supplier.name} won, or was debriefed before.",
            place="bid",
            remedy="Choose a bid that did not win and waits for its debrief.",
        )
    debrief = Debrief.objects.create(
        client=by.organisation,
        bid=bid,
        text=checked(text, "text"),
        written_at=as_of,
        written_by=by.person,
    )
    tell(
        debrief,
        f"Wrote the debrief of {bid.supplier.name}.",
        action="debrief_bid",
        payload={"bid": bid.public_id, "text": debrief.text},
        selection=selection,
        by=by,
        as_of=as_of,
    )
    return debrief
