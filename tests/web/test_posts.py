"""The pages of posts: stated, changed, and never those of the other side."""

import pytest

from tallystick.actions.state_post import PostWording, state_post
from tallystick.records.posts import Post
from tallystick.records.roles import Side
from tests.cast import TODAY, Cast, an_engagement
from tests.web.pages import page, post, text_of

pytestmark = pytest.mark.django_db


def a_post(cast: Cast, side: Side) -> Post:
    """Return a vacant post of a side."""
    return state_post(
        engagement=an_engagement(),
        wording=PostWording(f"Chair of the {side}", side),
        by=cast.ada,
        as_of=TODAY,
    )


def test_a_vacant_post_says_since_when(cast: Cast) -> None:
    chair = a_post(cast, Side.CLIENT)

    html = text_of(page(cast.cleo, "governance", chair.engagement.public_id))

    assert "Vacant since" in html


def test_a_post_is_filled_in_its_form(cast: Cast) -> None:
    chair = a_post(cast, Side.PROVIDER)
    filled = {"name": chair.name, "side": "provider", "holder": cast.cleo.person.public_id}

    answer = post(cast.cleo, "post_edit", chair.public_id, **filled)

    chair.refresh_from_db()
    assert answer.status_code == 302
    assert (chair.holder, chair.vacant_since) == (cast.cleo.person, None)


def test_a_provider_has_no_form_for_the_clients_posts(cast: Cast) -> None:
    chair = a_post(cast, Side.CLIENT)

    answer = page(cast.cleo, "post_edit", chair.public_id)

    assert answer.status_code == 403
    assert cast.ada.person.name not in text_of(answer)


def test_two_posts_of_one_name_are_refused_beside_the_field(cast: Cast) -> None:
    chair = a_post(cast, Side.CLIENT)

    answer = post(cast.ada, "post_new", chair.engagement.public_id, name=chair.name, side="client")

    assert answer.status_code == 422
    assert "There is a post" in text_of(answer)
    assert Post.objects.count() == 1
