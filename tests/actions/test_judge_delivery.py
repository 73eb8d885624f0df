"""What was delivered, judged against what was promised: kept, entered, and never overwritten."""

from datetime import timedelta
from decimal import Decimal

import pytest

from tallystick.actions.award_selection import propose_award
from tallystick.actions.judge_delivery import (
    Delivered,
    EvidenceMissing,
    FigureOffScale,
    NotAwarded,
    NotBegun,
    NothingJudged,
    NotWeighed,
    judge_delivery,
)
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.texts import TextTooLong
from tallystick.engine.refusals import Refusal
from tallystick.records.delivered_scores import DeliveredScore, promises_of
from tallystick.records.ledger import LedgerContent, LedgerEntry
from tallystick.records.roles import Role
from tallystick.records.selections import Criterion, CriterionKind, Selection
from tests.actions.selecting import (
    BEGUN,
    CLOSED,
    a_ranked_selection,
    an_awarded_selection,
    delivered,
    the_award,
)
from tests.cast import Cast, a_viewer

pytestmark = pytest.mark.django_db


def criterion(selection: Selection, name: str) -> Criterion:
    """Return a criterion by its name."""
    return Criterion.objects.get(selection=selection, name=name)


def test_what_came_stands_beside_what_was_promised(cast: Cast) -> None:
    selection, _, _ = an_awarded_selection(cast)

    delivered(selection, cast.ben, team="2", price="900000")

    found = {each.criterion.name: each for each in promises_of(cast.ben, selection).all}
    # Promised: a mean of 2.75 of 5, and 760,000 between 1,080,000 and 720,000.
    assert (found["Team"].points, found["Team"].delivered, found["Team"].short) == (55, 40, 15)
    assert round(float(found["Price"].points), 1) == 88.9
    assert found["Price"].delivered == 50
    assert found["Plan"].delivered is None
    assert [each.criterion.name for each in found.values()] == ["Team", "Plan", "Price"]


def test_the_newest_counts_and_the_older_stays(cast: Cast) -> None:
    selection, _, _ = an_awarded_selection(cast)
    delivered(selection, cast.ben, team="2")

    delivered(selection, cast.ada, BEGUN + timedelta(days=180), team="4.5")

    team = promises_of(cast.ada, selection).all[0]
    assert team.newest is not None
    assert (team.newest.figure, team.newest.judged_by) == (Decimal("4.5"), cast.ada.person)
    assert [each.figure for each in team.scores] == [Decimal("4.5"), Decimal(2)]


def test_it_is_entered_in_the_clients_own_chain(cast: Cast) -> None:
    selection, _, _ = an_awarded_selection(cast)

    delivered(selection, cast.ben, team="2", plan="4")

    entry = LedgerEntry.objects.get(action="judge_delivery")
    told = bytes(LedgerContent.objects.get(entry=entry).told).decode()
    assert list(LedgerEntry.objects.visible_to(cast.dan).filter(pk=entry.pk)) == []
    assert "Judged what Kestrel Systems delivered on Team, Plan." in told
    assert "Seen: team." in told


def test_a_form_that_is_sent_twice_judges_once(cast: Cast) -> None:
    selection, _, _ = an_awarded_selection(cast)
    first = delivered(selection, cast.ben, team="2", plan="4")

    again = delivered(selection, cast.ben, BEGUN + timedelta(seconds=2), team="2", plan="4")

    assert again == first
    assert LedgerEntry.objects.filter(action="judge_delivery").count() == 1


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("Team", "5.5"),
        ("Team", "-1"),
        ("Team", "3.2"),
        ("Team", "NaN"),
        ("Team", "Infinity"),
        ("Price", "-0.01"),
        ("Price", "1000.001"),
        ("Price", "1e12"),
        ("Price", "1e999999"),
        ("Price", "sNaN"),
    ],
)
def test_a_figure_off_its_scale_is_refused(cast: Cast, name: str, figure: str) -> None:
    selection, _, _ = an_awarded_selection(cast)

    with pytest.raises(FigureOffScale) as refused:
        delivered(selection, cast.ben, plan="4", **{name.lower(): figure})

    assert refused.value.place == f"figure_{criterion(selection, name).public_id}"
    assert not DeliveredScore.objects.exists()


@pytest.mark.parametrize(("figure", "kept"), [("-12.5", True), ("0.0001", True), ("1e-5", False)])
def test_a_measured_figure_is_any_number_of_its_unit(cast: Cast, figure: str, kept: bool) -> None:
    selection, _, _ = an_awarded_selection(cast)
    Criterion.objects.filter(name="Plan").update(kind=CriterionKind.MEASURED)

    if kept:
        assert delivered(selection, cast.ben, plan=figure)[0].figure == Decimal(figure)
    else:
        with pytest.raises(FigureOffScale):
            delivered(selection, cast.ben, plan=figure)


def test_a_service_that_cost_nothing_is_possible(cast: Cast) -> None:
    selection, _, _ = an_awarded_selection(cast)

    assert delivered(selection, cast.ben, price="0")


@pytest.mark.parametrize("name", ["ISO 27001", "Delivery"])
def test_only_what_the_ranking_weighed_is_judged(cast: Cast, name: str) -> None:
    selection, _, _ = an_awarded_selection(cast)

    with pytest.raises(NotWeighed):
        delivered(selection, cast.ben, **{name.lower(): "3"})


def test_a_criterion_of_another_competition_was_not_weighed_here(cast: Cast) -> None:
    selection, _, _ = an_awarded_selection(cast)
    other, _, _ = an_awarded_selection(cast, name="Another")
    given = {criterion(other, "Team"): Delivered(Decimal(3), "Seen.")}

    with pytest.raises(NotWeighed):
        judge_delivery(award=the_award(selection), given=given, by=cast.ben, as_of=BEGUN)


def test_without_evidence_nothing_is_kept(cast: Cast) -> None:
    selection, _, _ = an_awarded_selection(cast)
    team = criterion(selection, "Team")

    with pytest.raises(EvidenceMissing) as refused:
        judge_delivery(
            award=the_award(selection),
            given={
                criterion(selection, "Plan"): Delivered(Decimal(3), "Seen."),
                team: Delivered(Decimal(3), " \n"),
            },
            by=cast.ben,
            as_of=BEGUN,
        )

    assert refused.value.place == f"evidence_{team.public_id}"
    assert not DeliveredScore.objects.exists()


def test_a_novel_is_no_evidence(cast: Cast) -> None:
    selection, _, _ = an_awarded_selection(cast)
    given = {criterion(selection, "Team"): Delivered(Decimal(3), "x" * 4_001)}

    with pytest.raises(TextTooLong):
        judge_delivery(award=the_award(selection), given=given, by=cast.ben, as_of=BEGUN)


def test_before_the_work_begins_there_is_nothing_to_judge(cast: Cast) -> None:
    selection, _, _ = an_awarded_selection(cast)

    with pytest.raises(NotBegun):
        delivered(selection, cast.ben, CLOSED, team="3")


def test_a_proposal_has_promised_nothing_yet(cast: Cast) -> None:
    selection, bids, _ = a_ranked_selection(cast)
    propose_award(selection=selection, bid=bids[1], rationale="Best.", by=cast.ada, as_of=CLOSED)

    with pytest.raises(NotAwarded):
        delivered(selection, cast.ben, team="3")


def test_a_judgement_says_something(cast: Cast) -> None:
    selection, _, _ = an_awarded_selection(cast)

    with pytest.raises(NothingJudged):
        delivered(selection, cast.ben)


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.AUDITOR, Role.EXECUTIVE])
def test_who_holds_no_review_judges_no_delivery(cast: Cast, role: Role) -> None:
    selection, _, _ = an_awarded_selection(cast)

    with pytest.raises(NotPermitted):
        delivered(selection, a_viewer(role), team="3")


def test_every_refusal_says_what_to_do(cast: Cast) -> None:
    selection, _, _ = an_awarded_selection(cast)

    with pytest.raises(Refusal) as refused:
        delivered(selection, cast.ben, team="9")

    assert refused.value.remedy == "Give a number from 0 to 5, in halves."


def test_neither_provider_reads_a_delivered_score(cast: Cast) -> None:
    selection, _, _ = an_awarded_selection(cast)
    delivered(selection, cast.ben, team="2")

    assert DeliveredScore.objects.visible_to(cast.eva).count() == 1
    assert [DeliveredScore.objects.visible_to(who).count() for who in (cast.cleo, cast.dan)] == [
        0,
        0,
    ]
