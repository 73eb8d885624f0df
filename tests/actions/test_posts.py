"""Posts: who speaks for each party, who stands in, and what becomes of them when people leave."""

from datetime import date, timedelta

import pytest

from tallystick.actions.refusals import NotPermitted
from tallystick.actions.state_post import HolderRefused, PostTwice, PostWording, state_post
from tallystick.actions.texts import TextNeeded
from tallystick.records.ledger import LedgerEntry
from tallystick.records.organisations import Membership
from tallystick.records.posts import Post, Staffing
from tallystick.records.roles import Role, Side
from tests.cast import TODAY, a_viewer, an_engagement

pytestmark = pytest.mark.django_db


def test_a_post_is_kept_with_its_entry_in_the_shared_ledger() -> None:
    lead, engagement = a_viewer(), an_engagement()
    wording = PostWording("Service owner", Side.CLIENT, lead.person)
    post = state_post(engagement=engagement, wording=wording, by=lead, as_of=TODAY)
    assert Staffing([engagement]).speaker(post) == lead.person
    entry = LedgerEntry.objects.get(engagement=engagement)
    assert entry.action == "state_post"


def test_a_post_without_a_holder_is_vacant_and_its_deputy_speaks() -> None:
    lead, stand_in, engagement = a_viewer(), a_viewer(Role.SERVICE_OWNER), an_engagement()
    wording = PostWording("Steering chair", Side.CLIENT, None, stand_in.person, date(2026, 6, 1))
    post = state_post(engagement=engagement, wording=wording, by=lead, as_of=TODAY)
    staffing = Staffing([engagement])
    assert staffing.vacant_since(post) == date(2026, 6, 1)
    assert staffing.speaker(post) == stand_in.person


def test_whoever_leaves_holds_nothing_from_that_day_on() -> None:
    lead, gone, engagement = a_viewer(), a_viewer(Role.DELIVERY_LEAD), an_engagement()
    wording = PostWording("Delivery", Side.PROVIDER, gone.person)
    post = state_post(engagement=engagement, wording=wording, by=lead, as_of=TODAY)
    left = TODAY + timedelta(days=9)
    Membership.objects.filter(person=gone.person).update(ended_at=left)
    staffing = Staffing([engagement])
    assert staffing.holder(post) is None
    assert staffing.vacant_since(post) == left.date()


def test_who_changes_sides_does_not_hold_a_post_of_the_old_one() -> None:
    lead, person, engagement = a_viewer(), a_viewer(Role.SERVICE_OWNER).person, an_engagement()
    wording = PostWording("Delivery", Side.PROVIDER, person)
    with pytest.raises(HolderRefused):
        state_post(engagement=engagement, wording=wording, by=lead, as_of=TODAY)
    assert not Post.objects.exists()


def test_nobody_stands_in_for_themselves() -> None:
    lead, engagement = a_viewer(), an_engagement()
    wording = PostWording("Owner", Side.CLIENT, lead.person, lead.person)
    with pytest.raises(HolderRefused) as refused:
        state_post(engagement=engagement, wording=wording, by=lead, as_of=TODAY)
    assert refused.value.place == "deputy"


@pytest.mark.parametrize(("name", "refusal"), [(" ", TextNeeded), ("OWNER", PostTwice)])
def test_a_post_has_a_name_of_its_own(name: str, refusal: type[Exception]) -> None:
    lead, engagement = a_viewer(), an_engagement()
    state_post(
        engagement=engagement, wording=PostWording("Owner", Side.CLIENT), by=lead, as_of=TODAY
    )
    with pytest.raises(refusal):
        state_post(
            engagement=engagement, wording=PostWording(name, Side.CLIENT), by=lead, as_of=TODAY
        )
    assert Post.objects.count() == 1


def test_a_provider_fills_its_own_posts_and_no_other() -> None:
    manager, engagement = a_viewer(Role.ACCOUNT_MANAGER), an_engagement()
    own = PostWording("Account", Side.PROVIDER, manager.person)
    state_post(engagement=engagement, wording=own, by=manager, as_of=TODAY)
    with pytest.raises(NotPermitted):
        state_post(
            engagement=engagement,
            wording=PostWording("Chair", Side.CLIENT),
            by=manager,
            as_of=TODAY,
        )
    assert Post.objects.count() == 1
