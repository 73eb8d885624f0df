"""Two people change what both parties keep: neither writes over the other unseen."""

from collections.abc import Callable
from typing import Any

import pytest

from tallystick.records.posts import Post
from tallystick.records.roles import Side
from tests.actions.test_decisions_and_actions import a_question, a_task
from tests.cast import Cast, an_engagement
from tests.risking import a_plan, a_risk
from tests.web.pages import page, post, text_of
from tests.web.test_posts import a_post
from tests.web.test_two_tabs import seen_on

pytestmark = pytest.mark.django_db


def test_a_post_that_was_changed_meanwhile_is_not_written_over_unseen(cast: Cast) -> None:
    chair = a_post(cast, Side.PROVIDER)
    ada, cleo = (
        seen_on(page(each, "post_edit", chair.public_id)) for each in (cast.ada, cast.cleo)
    )
    filled = {"name": chair.name, "side": "provider"}
    post(
        cast.cleo, "post_edit", chair.public_id, **filled, holder=cast.cleo.person.public_id,
        seen=cleo,
    )  # fmt: skip

    refused = post(cast.ada, "post_edit", chair.public_id, **filled, seen=ada)

    assert refused.status_code == 422
    assert "Somebody changed this after you opened it." in text_of(refused)
    assert Post.objects.get(pk=chair.pk).holder == cast.cleo.person

    again = post(cast.ada, "post_edit", chair.public_id, **filled, seen=seen_on(refused))

    assert again.status_code == 302
    assert Post.objects.get(pk=chair.pk).holder is None


def test_what_is_wrong_for_another_reason_keeps_what_was_seen(cast: Cast) -> None:
    chair = a_post(cast, Side.PROVIDER)

    answer = post(cast.ada, "post_edit", chair.public_id, name="", side="provider", seen="77")

    assert seen_on(answer) == "77"


@pytest.mark.parametrize(
    ("route", "field"),
    [
        ("action_item_edit", "task"),
        ("decision_edit", "question"),
        ("risk_edit", "title"),
        ("risk_respond", "title"),
        ("risk_assess", "title"),
        ("plan_edit", "title"),
    ],
)
def test_forms_of_what_both_keep_say_what_was_seen(route: str, field: str, cast: Cast) -> None:
    engagement = an_engagement()
    made: dict[str, Callable[[], Any]] = {
        "action": lambda: a_task(cast, engagement),
        "decision": lambda: a_question(cast, engagement),
        "risk": lambda: a_risk(engagement, cast.ada),
        "plan": lambda: a_plan(engagement, cast.ada),
    }
    row = made[route.partition("_")[0]]()
    before = seen_on(page(cast.ada, route, row.public_id))

    type(row).objects.filter(pk=row.pk).update(**{field: "Anew"})

    assert seen_on(page(cast.ada, route, row.public_id)) != before
