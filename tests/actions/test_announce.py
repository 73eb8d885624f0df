"""Telling people: who hears of what, why, how often, and who does not."""

from datetime import timedelta

import pytest

from tallystick.actions.announce import announce, hearers, holders, who_may
from tallystick.actions.state_post import PostWording, state_post
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.engagements import Engagement, GatePassage
from tallystick.records.notices import NoticeKind
from tallystick.records.notifications import Notification
from tallystick.records.organisations import Membership
from tallystick.records.roles import Duty, Role, Side
from tallystick.records.viewer import Viewer
from tests.cast import TODAY, Cast, a_viewer, an_engagement

pytestmark = pytest.mark.django_db


def a_passage(engagement: Engagement, by: Viewer) -> GatePassage:
    """Return something to tell of."""
    return GatePassage.objects.create(
        engagement=engagement, stage=Stage.TRANSITION, passed_at=TODAY, passed_by=by.person
    )


def tell(passage: GatePassage, *people: Viewer, by: Viewer | None = None, days: int = 0) -> int:
    """Tell people of a gate."""
    told = hearers([each.person for each in people], "you were named")
    as_of = TODAY + timedelta(days=days)
    return announce(NoticeKind.GATE_PASSED, passage, to=told, by=by, as_of=as_of)


def test_each_is_told_once_with_the_reason(cast: Cast) -> None:
    passage = a_passage(an_engagement(), cast.ada)

    told = tell(passage, cast.ben, cast.cleo)

    entry = Notification.objects.get(person=cast.ben.person)
    assert told == 2
    assert (entry.reason, entry.subject) == ("you were named", passage.public_id)
    assert entry.organisation == cast.ben.organisation


def test_whoever_did_it_is_not_told(cast: Cast) -> None:
    told = tell(a_passage(an_engagement(), cast.ada), cast.ada, cast.ben, by=cast.ada)

    assert told == 1
    assert not Notification.objects.filter(person=cast.ada.person).exists()


def test_what_still_waits_is_not_told_twice_on_a_day_and_again_on_the_next(cast: Cast) -> None:
    passage = a_passage(an_engagement(), cast.ada)

    counts = [tell(passage, cast.ben, days=days) for days in (0, 0, 1)]

    assert counts == [1, 0, 1]
    assert Notification.objects.count() == 2


def test_what_was_read_is_unread_again_when_it_happens_again(cast: Cast) -> None:
    passage = a_passage(an_engagement(), cast.ada)
    tell(passage, cast.ben)
    Notification.objects.update(read_at=TODAY)

    tell(passage, cast.ben)

    entry = Notification.objects.get()
    assert entry.read_at is None


def test_of_several_reasons_the_first_is_given(cast: Cast) -> None:
    engagement = an_engagement()
    told = [*hearers([cast.ben.person], "you asked"), *who_may(Duty.MEASURE, engagement)]

    announce(NoticeKind.GATE_PASSED, a_passage(engagement, cast.ada), to=told, by=None, as_of=TODAY)

    assert Notification.objects.get(person=cast.ben.person).reason == "you asked"


def test_another_party_and_whoever_left_are_told_nothing(cast: Cast) -> None:
    passage = a_passage(an_engagement(), cast.ada)
    Membership.objects.filter(person=cast.ben.person).update(ended_at=TODAY)

    assert tell(passage, cast.dan, cast.ben) == 0


@pytest.mark.parametrize(("stage", "told"), [(Stage.SELECT, 0), (Stage.AGREE, 1)])
def test_a_provider_is_told_nothing_before_it_knows_of_the_engagement(
    stage: Stage, told: int, cast: Cast
) -> None:
    passage = a_passage(an_engagement(stage=stage), cast.ada)

    assert tell(passage, cast.cleo) == told


def test_a_post_speaks_by_its_holder_and_else_by_whoever_stands_in(cast: Cast) -> None:
    engagement, stand_in = an_engagement(), a_viewer(Role.SERVICE_OWNER)
    held = PostWording("Owner", Side.CLIENT, cast.ben.person, stand_in.person)
    post = state_post(engagement=engagement, wording=held, by=cast.ada, as_of=TODAY)
    Membership.objects.filter(person=cast.ben.person).update(ended_at=TODAY)

    (hearer,) = holders([post])

    assert hearer.person == stand_in.person
    assert hearer.reason == "you stand in for the post “Owner”"


def test_a_duty_is_told_to_those_whose_role_carries_it(cast: Cast) -> None:
    told = who_may(Duty.ATTEST, an_engagement(), Side.PROVIDER)

    assert [each.person for each in told] == [cast.cleo.person]
    assert told[0].reason == "your role may attest or dispute a statement"


def test_a_notice_of_another_noun_is_a_mistake_of_the_caller(cast: Cast) -> None:
    with pytest.raises(ValueError, match="is about Statement"):
        announce(
            NoticeKind.STATEMENT_ISSUED,
            a_passage(an_engagement(), cast.ada),
            to=[],
            by=None,
            as_of=TODAY,
        )
