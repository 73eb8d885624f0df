"""Each reads the chains that are theirs, newest first."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from tallystick.actions.ledger import enter
from tallystick.actions.move_lesson import move_lesson
from tallystick.actions.publish_lesson import publish_lesson
from tallystick.records.engagements import Engagement
from tallystick.records.lessons import LessonState
from tallystick.records.organisations import Organisation
from tests.actions.test_learning import WORDING
from tests.cast import TODAY, Cast, an_engagement
from tests.web.pages import page, queries_for, signed_in, text_of

pytestmark = pytest.mark.django_db


def acts(cast: Cast, chain: Engagement | Organisation, *sentences: str) -> None:
    """Enter acts of Ada's into a chain."""
    subject = an_engagement(name="Elsewhere") if isinstance(chain, Organisation) else chain
    for sentence in sentences:
        enter(subject, sentence, action="test", payload={}, chain=chain, by=cast.ada, as_of=TODAY)


def test_both_parties_read_the_same_chain(cast: Cast) -> None:
    engagement = an_engagement()
    acts(cast, engagement, "Planned it.", "Measured it.")

    pages = [text_of(page(who, "history", engagement.public_id)) for who in (cast.ada, cast.cleo)]

    for html in pages:
        assert html.index("Measured it.") < html.index("Planned it.")
        assert "Nordwind Energy" in html


def test_an_act_entered_late_stands_at_its_own_moment(cast: Cast) -> None:
    engagement = an_engagement()
    acts(cast, engagement, "Measured it.")
    enter(
        engagement,
        "Signed it.",
        action="test",
        payload={},
        chain=engagement,
        by=cast.ada,
        as_of=TODAY - timedelta(days=30),
    )

    html = text_of(page(cast.ada, "history", engagement.public_id))

    assert html.index("Measured it.") < html.index("Signed it.")


def test_the_clients_own_acts_are_read_by_the_client_alone(cast: Cast) -> None:
    acts(cast, cast.ada.organisation, "Answered a lesson.")

    own = text_of(page(cast.ann, "organisation_history"))
    other = text_of(page(cast.cleo, "organisation_history"))

    assert "Answered a lesson." in own
    assert "Answered a lesson." not in other
    assert "Nothing of your own yet" in other


def test_own_acts_do_not_stand_in_the_shared_history(cast: Cast) -> None:
    engagement = an_engagement()
    acts(cast, cast.ada.organisation, "Answered a lesson.")

    html = text_of(page(cast.ada, "history", engagement.public_id))

    assert "Answered a lesson." not in html
    assert "Nothing has happened yet" in html


@pytest.mark.parametrize("number", ["2", "999", "0", "x", "9" * 5000])
def test_a_page_out_of_range_becomes_the_nearest(cast: Cast, number: str) -> None:
    engagement = an_engagement()
    acts(cast, engagement, *(f"Act {each}." for each in range(60)))

    response = page(cast.ada, "history", engagement.public_id, page=number)

    assert response.status_code == 200


def test_history_costs_the_same_queries_for_5_and_50(cast: Cast) -> None:
    engagement = an_engagement()
    client, path = signed_in(cast.cleo), reverse("history", args=[engagement.public_id])
    acts(cast, engagement, *(f"Act {each}." for each in range(5)))
    few = queries_for(client, path)
    acts(cast, engagement, *(f"Act {each}." for each in range(45)))

    assert queries_for(client, path) == few


def test_an_author_without_a_name_has_none_in_the_history(cast: Cast) -> None:
    lesson = publish_lesson(
        wording=replace(WORDING, author_withheld=True), finding=None, by=cast.ben, as_of=TODAY
    )
    move_lesson(lesson=lesson, to=LessonState.VALIDATED, note="So.", by=cast.ada, as_of=TODAY)

    html = text_of(page(cast.ann, "organisation_history"))
    told = signed_in(cast.ann).get("/api/history").json()["items"]

    assert cast.ben.person.name not in html
    assert "Its author, without a name" in html
    assert [each["by"] for each in told] == [cast.ada.person.name, None]


def test_withheld_authors_cost_the_history_one_query(cast: Cast) -> None:
    def publish(times: int) -> None:
        for number in range(times):
            publish_lesson(
                wording=replace(WORDING, title=f"{number} of {times}", author_withheld=True),
                finding=None, by=cast.ben, as_of=TODAY,
            )  # fmt: skip

    publish(2)
    few = queries_for(signed_in(cast.ann), reverse("organisation_history"))
    publish(20)

    assert queries_for(signed_in(cast.ann), reverse("organisation_history")) == few
