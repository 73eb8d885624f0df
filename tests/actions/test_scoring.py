"""Evaluators judge alone; then all scores are read, moderated, ranked and awarded."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from tallystick.actions.award_selection import (
    AwardDecided,
    AwardStands,
    FourEyes,
    NoDebrief,
    RankingStale,
    debrief_bid,
    decide_award,
    propose_award,
)
from tallystick.actions.check_knock_outs import check_knock_outs
from tallystick.actions.close_scoring import ScoresOutstanding, close_scoring, moderate_score
from tallystick.actions.name_evaluator import (
    EvaluatorBarred,
    EvaluatorNamed,
    EvaluatorUnfit,
    bar_evaluator,
    name_evaluator,
)
from tallystick.actions.rank_bids import KnockOutsUnchecked, rank_bids
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.score_bid import (
    EvaluatorIsContact,
    HandedIn,
    InterestsUndeclared,
    NotAnEvaluator,
    ScoreGiven,
    ScoreRefused,
    ScoresMissing,
    declare_interests,
    hand_in_scores,
    score_bid,
)
from tallystick.actions.selection_phases import WrongPhase
from tallystick.actions.texts import TextNeeded
from tallystick.actions.withdraw_bid import BidWithdrawn, withdraw_bid
from tallystick.engine.scoring.criteria_refused import WeightsDoNotSum
from tallystick.records.awards import Ranking
from tallystick.records.ledger import LedgerContent
from tallystick.records.roles import Role
from tallystick.records.scores import Score
from tallystick.records.selections import Phase
from tests.actions.selecting import (
    CLOSED,
    OPENED,
    a_bid,
    a_ranked_selection,
    a_scored_selection,
    a_selection,
    an_evaluator,
    an_opened_selection,
    scored,
)
from tests.cast import TODAY, Cast, a_viewer

pytestmark = pytest.mark.django_db


def test_an_evaluator_sees_no_score_of_another_before_the_scoring_is_closed(cast: Cast) -> None:
    selection, criteria, bids = an_opened_selection(cast)
    for who in (cast.ben, cast.eva):
        evaluator = an_evaluator(selection, cast.ada, who)
        scored(evaluator, bids[0], {criteria["team"]: "4"}, who)

    seen = {who: Score.objects.visible_to(who).count() for who in (cast.ada, cast.ben, cast.ann)}

    assert seen == {cast.ada: 0, cast.ben: 1, cast.ann: 0}


def test_once_it_is_closed_the_client_reads_all_and_the_provider_none(cast: Cast) -> None:
    a_scored_selection(cast)

    assert Score.objects.visible_to(cast.ann).count() == 12
    assert Score.objects.visible_to(cast.cleo).count() == 0


def test_the_ledger_tells_no_score_before_the_scoring_is_closed(cast: Cast) -> None:
    selection, criteria, bids = an_opened_selection(cast)
    evaluator = an_evaluator(selection, cast.ada, cast.ben)
    scored(evaluator, bids[0], {criteria["team"]: "4.5"}, cast.ben)

    told = [bytes(each.told).decode() for each in LedgerContent.objects.all()]

    assert any("Scored the bid" in each for each in told)
    assert not any("4.5" in each for each in told)


@pytest.mark.parametrize("value", ["-0.5", "5.5", "3.3", "NaN", "Infinity"])
def test_a_score_outside_the_scale_is_refused(cast: Cast, value: str) -> None:
    selection, criteria, bids = an_opened_selection(cast)
    evaluator = an_evaluator(selection, cast.ada, cast.ben)

    with pytest.raises(ScoreRefused):
        scored(evaluator, bids[0], {criteria["team"]: value}, cast.ben)

    assert not Score.objects.exists()


def test_a_price_is_not_scored(cast: Cast) -> None:
    selection, criteria, bids = an_opened_selection(cast)
    evaluator = an_evaluator(selection, cast.ada, cast.ben)

    with pytest.raises(ScoreRefused):
        scored(evaluator, bids[0], {criteria["price"]: "4"}, cast.ben)


def test_a_bid_of_another_selection_is_not_scored(cast: Cast) -> None:
    selection, criteria, _ = an_opened_selection(cast)
    other = a_bid(a_selection(cast, name="Another"), cast.ada)
    evaluator = an_evaluator(selection, cast.ada, cast.ben)

    with pytest.raises(ScoreRefused):
        scored(evaluator, other, {criteria["team"]: "4"}, cast.ben)


def test_interests_come_before_the_first_score(cast: Cast) -> None:
    selection, criteria, bids = an_opened_selection(cast)
    evaluator = name_evaluator(
        selection=selection, person=cast.ben.person, by=cast.ada, as_of=OPENED
    )

    with pytest.raises(InterestsUndeclared):
        scored(evaluator, bids[0], {criteria["team"]: "4"}, cast.ben)


def test_a_bidders_contact_does_not_judge(cast: Cast) -> None:
    selection = a_selection(cast)
    a_bid(selection, cast.ada, contacts=[cast.ben.person.email.upper()])
    evaluator = an_evaluator(selection, cast.ada, cast.ben)
    selection.opened_at = OPENED
    selection.save()

    with pytest.raises(EvaluatorIsContact, match="Baltic Desk"):
        hand_in_scores(evaluator=evaluator, by=cast.ben, as_of=OPENED)


def test_everybody_scores_for_themselves(cast: Cast) -> None:
    selection, criteria, bids = an_opened_selection(cast)
    evaluator = an_evaluator(selection, cast.ada, cast.ben)

    with pytest.raises(NotAnEvaluator):
        scored(evaluator, bids[0], {criteria["team"]: "4"}, cast.eva)


def test_only_colleagues_who_may_write_are_named_and_once(cast: Cast) -> None:
    selection = a_selection(cast)
    name_evaluator(selection=selection, person=cast.ben.person, by=cast.ada, as_of=TODAY)

    with pytest.raises(EvaluatorNamed):
        name_evaluator(selection=selection, person=cast.ben.person, by=cast.ada, as_of=TODAY)
    for stranger in (cast.ann, cast.cleo):
        with pytest.raises(EvaluatorUnfit):
            name_evaluator(selection=selection, person=stranger.person, by=cast.ada, as_of=TODAY)


def test_who_was_taken_out_scores_no_more_and_counts_no_more(cast: Cast) -> None:
    selection, criteria, bids = an_opened_selection(cast)
    evaluator = an_evaluator(selection, cast.ada, cast.ben)
    bar_evaluator(evaluator=evaluator, reason="Holds shares.", by=cast.ada, as_of=OPENED)

    with pytest.raises(EvaluatorBarred, match="Holds shares"):
        scored(evaluator, bids[0], {criteria["team"]: "4"}, cast.ben)
    with pytest.raises(ScoresOutstanding, match="Nobody"):
        close_scoring(selection=selection, by=cast.ada, as_of=CLOSED)


def test_a_sheet_is_handed_in_whole_and_once(cast: Cast) -> None:
    selection, criteria, bids = an_opened_selection(cast)
    evaluator = an_evaluator(selection, cast.ada, cast.ben)
    scored(evaluator, bids[0], {criteria["team"]: "4"}, cast.ben)

    with pytest.raises(ScoresMissing, match="5 scores missing"):
        hand_in_scores(evaluator=evaluator, by=cast.ben, as_of=OPENED)
    for bid in bids:
        scored(evaluator, bid, {criteria["team"]: "4", criteria["plan"]: "2"}, cast.ben)
    hand_in_scores(evaluator=evaluator, by=cast.ben, as_of=OPENED)

    with pytest.raises(HandedIn):
        scored(evaluator, bids[0], {criteria["team"]: "5"}, cast.ben)
    with pytest.raises(HandedIn):
        declare_interests(evaluator=evaluator, interests="Oh.", by=cast.ben, as_of=OPENED)


def test_the_scoring_waits_for_everybody(cast: Cast) -> None:
    selection, _, _ = an_opened_selection(cast)
    an_evaluator(selection, cast.ada, cast.ben)

    with pytest.raises(ScoresOutstanding, match=cast.ben.person.name):
        close_scoring(selection=selection, by=cast.ada, as_of=CLOSED)


def test_weights_that_a_late_edit_left_askew_keep_the_scoring_open(cast: Cast) -> None:
    selection, criteria, bids = an_opened_selection(cast)
    evaluator = an_evaluator(selection, cast.ada, cast.ben)
    for bid in bids:
        scored(evaluator, bid, {criteria["team"]: "4", criteria["plan"]: "2"}, cast.ben)
    hand_in_scores(evaluator=evaluator, by=cast.ben, as_of=OPENED)
    criteria["team"].weight = Decimal(50)
    criteria["team"].save()

    with pytest.raises(WeightsDoNotSum):
        close_scoring(selection=selection, by=cast.ada, as_of=CLOSED)

    selection.refresh_from_db()
    assert selection.phase is Phase.SCORING


def test_the_ranking_is_by_worth_and_says_how_firm_it_is(cast: Cast) -> None:
    _, _, ranking = a_ranked_selection(cast)

    bids = ranking.document["bids"]
    # Team 40.002 %, plan 19.998 %, price 40 %: worked by hand from the two sheets.
    # Alder Works: (4.75 x .40002 + 4 x .19998) / 5 + (1080 - 990) / 360 x .4
    expected = (
        Fraction("4.75") / 5 * Fraction("0.40002")
        + Fraction(4) / 5 * Fraction("0.19998")
        + Fraction(90, 360) * Fraction("0.4")
    )
    assert {each["supplier"]: each["rank"] for each in bids} == {
        "Kestrel Systems": 1,
        "Baltic Desk": 2,
        "Alder Works": 3,
    }
    assert Fraction(bids[2]["total"]) == expected
    assert sum(each["ranks"][0] for each in bids) == pytest.approx(1)
    assert ranking.draws == 100_000


def test_the_same_figures_give_the_same_ranking(cast: Cast) -> None:
    selection, _, ranking = a_ranked_selection(cast)

    again = rank_bids(selection=selection, by=cast.ada, as_of=CLOSED)

    assert (again.digest, again.seed, again.document) == (
        ranking.digest,
        ranking.seed,
        ranking.document,
    )


def test_a_must_have_that_is_not_met_takes_a_bid_out(cast: Cast) -> None:
    selection, criteria, bids = a_scored_selection(cast)
    check_knock_outs(bid=bids[1], met={criteria["iso"]: False}, by=cast.ada, as_of=CLOSED)

    ranking = rank_bids(selection=selection, by=cast.ada, as_of=CLOSED)

    assert ranking.document["out"] == [bids[1].public_id]
    assert [each["supplier"] for each in ranking.document["bids"]] == [
        "Baltic Desk",
        "Alder Works",
    ]


def test_no_bid_is_ranked_before_its_must_haves_were_checked(cast: Cast) -> None:
    selection, _, bids = a_scored_selection(cast)
    bids[0].knock_outs = {}
    bids[0].save()

    with pytest.raises(KnockOutsUnchecked, match="Baltic Desk"):
        rank_bids(selection=selection, by=cast.ada, as_of=CLOSED)


def test_a_competition_of_one_bid_is_ranked_without_flips(cast: Cast) -> None:
    selection, _, bids = a_scored_selection(cast)
    for bid in bids[1:]:
        withdraw_bid(bid=bid, reason="Withdrew.", by=cast.ada, as_of=CLOSED)

    document = rank_bids(selection=selection, by=cast.ada, as_of=CLOSED).document

    assert document["bids"][0]["ranks"] == [1.0]
    assert {each["winner"] for each in document["flips"]} == {None}


def test_a_withdrawn_bid_is_withdrawn_once_and_not_scored(cast: Cast) -> None:
    selection, criteria, bids = an_opened_selection(cast)
    evaluator = an_evaluator(selection, cast.ada, cast.ben)
    withdraw_bid(bid=bids[0], reason="No capacity.", by=cast.ada, as_of=OPENED)
    bids[0].refresh_from_db()

    with pytest.raises(BidWithdrawn):
        withdraw_bid(bid=bids[0], reason="Again.", by=cast.ada, as_of=OPENED)
    with pytest.raises(BidWithdrawn):
        scored(evaluator, bids[0], {criteria["team"]: "4"}, cast.ben)


def test_what_was_agreed_counts_instead_of_the_mean(cast: Cast) -> None:
    selection, criteria, bids = a_scored_selection(cast)
    before = rank_bids(selection=selection, by=cast.ada, as_of=CLOSED)
    moderate_score(
        bid=bids[0],
        criterion=criteria["team"],
        agreed=ScoreGiven(Decimal(5), "The visit showed it."),
        by=cast.ada,
        as_of=CLOSED,
    )

    after = rank_bids(selection=selection, by=cast.ada, as_of=CLOSED)

    leaf = criteria["team"].public_id
    assert before.document["figures"][bids[0].public_id][leaf] == "15/4"
    assert after.document["figures"][bids[0].public_id][leaf] == "5"
    assert Score.objects.filter(bid=bids[0], criterion=criteria["team"]).count() == 2


def test_what_was_agreed_before_stays_in_the_ledger(cast: Cast) -> None:
    _, criteria, bids = a_scored_selection(cast)

    for value, said in (("2", "It leaves a gap."), ("3", "The gap was filled.")):
        moderate_score(
            bid=bids[0],
            criterion=criteria["team"],
            agreed=ScoreGiven(Decimal(value), said),
            by=cast.ada,
            as_of=CLOSED,
        )

    told = [bytes(each.told).decode() for each in LedgerContent.objects.all()]
    assert any("It leaves a gap." in each for each in told)


def test_a_consensus_says_why(cast: Cast) -> None:
    _, criteria, bids = a_scored_selection(cast)

    with pytest.raises(TextNeeded):
        moderate_score(
            bid=bids[0],
            criterion=criteria["team"],
            agreed=ScoreGiven(Decimal(5)),
            by=cast.ada,
            as_of=CLOSED,
        )


def test_scores_stand_once_the_scoring_is_closed(cast: Cast) -> None:
    selection, criteria, bids = a_scored_selection(cast)
    evaluator = selection.evaluators.first()
    assert evaluator is not None

    with pytest.raises(WrongPhase):
        score_bid(
            evaluator=evaluator,
            bid=bids[0],
            given={criteria["team"]: ScoreGiven(Decimal(1))},
            by=cast.ben,
            as_of=CLOSED,
        )


def test_an_award_rests_on_the_present_figures(cast: Cast) -> None:
    selection, criteria, bids = a_scored_selection(cast)
    with pytest.raises(RankingStale, match="not ranked yet"):
        propose_award(
            selection=selection, bid=bids[0], rationale="Best.", by=cast.ada, as_of=CLOSED
        )
    rank_bids(selection=selection, by=cast.ada, as_of=CLOSED)
    moderate_score(
        bid=bids[0],
        criterion=criteria["team"],
        agreed=ScoreGiven(Decimal(0), "Left."),
        by=cast.ada,
        as_of=CLOSED,
    )

    with pytest.raises(RankingStale, match="changed"):
        propose_award(
            selection=selection, bid=bids[0], rationale="Best.", by=cast.ada, as_of=CLOSED
        )


def test_four_eyes_award_and_the_provider_is_appointed(cast: Cast) -> None:
    selection, bids, _ = a_ranked_selection(cast)
    award = propose_award(
        selection=selection, bid=bids[1], rationale="Worth most.", by=cast.ada, as_of=CLOSED
    )

    with pytest.raises(FourEyes):
        decide_award(award=award, approved=True, reason="", by=cast.ada, as_of=CLOSED)
    with pytest.raises(NotPermitted):
        decide_award(award=award, approved=True, reason="", by=cast.eva, as_of=CLOSED)
    with pytest.raises(AwardStands):
        propose_award(selection=selection, bid=bids[0], rationale="No.", by=cast.ada, as_of=CLOSED)
    decide_award(award=award, approved=True, reason="", by=a_viewer(Role.EXECUTIVE), as_of=CLOSED)

    selection.refresh_from_db()
    assert selection.phase is Phase.AWARDED
    assert selection.engagement.provider == cast.dan.organisation
    with pytest.raises(WrongPhase):
        decide_award(
            award=award, approved=False, reason="No.", by=a_viewer(Role.EXECUTIVE), as_of=CLOSED
        )


def test_an_award_that_was_sent_back_may_be_proposed_anew(cast: Cast) -> None:
    selection, bids, _ = a_ranked_selection(cast)
    first = propose_award(
        selection=selection, bid=bids[2], rationale="Best team.", by=cast.ada, as_of=CLOSED
    )

    with pytest.raises(TextNeeded):
        decide_award(
            award=first, approved=False, reason="", by=a_viewer(Role.EXECUTIVE), as_of=CLOSED
        )
    decide_award(
        award=first,
        approved=False,
        reason="It is third.",
        by=a_viewer(Role.EXECUTIVE),
        as_of=CLOSED,
    )
    with pytest.raises(AwardDecided):
        decide_award(
            award=first, approved=True, reason="", by=a_viewer(Role.EXECUTIVE), as_of=CLOSED
        )
    second = propose_award(
        selection=selection, bid=bids[1], rationale="Worth most.", by=cast.ada, as_of=CLOSED
    )

    assert second.approved is None


def test_the_database_holds_one_award_at_a_time(cast: Cast) -> None:
    selection, bids, ranking = a_ranked_selection(cast)
    award = propose_award(
        selection=selection, bid=bids[1], rationale="Worth most.", by=cast.ada, as_of=CLOSED
    )

    award.pk, award.public_id, award.bid = None, "2222222222bb", bids[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        award.save(force_insert=True)

    assert Ranking.objects.get() == ranking


def test_losers_are_debriefed_once_and_the_winner_never(cast: Cast) -> None:
    selection, bids, _ = a_ranked_selection(cast)
    award = propose_award(
        selection=selection, bid=bids[1], rationale="Worth most.", by=cast.ada, as_of=CLOSED
    )
    with pytest.raises(WrongPhase):
        debrief_bid(bid=bids[0], text="Soon.", by=cast.ada, as_of=CLOSED)
    decide_award(award=award, approved=True, reason="", by=a_viewer(Role.EXECUTIVE), as_of=CLOSED)

    later = CLOSED + timedelta(days=1)
    debrief_bid(bid=bids[0], text="Your plan was thin.", by=cast.ada, as_of=later)

    for bid in (bids[0], bids[1]):
        with pytest.raises(NoDebrief):
            debrief_bid(bid=bid, text="Again.", by=cast.ada, as_of=later)
