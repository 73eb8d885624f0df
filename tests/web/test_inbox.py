"""The inbox: what is shown, what is counted, what is gone, and going where an entry leads."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tallystick.actions.announce import announce, hearers
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.engagements import Engagement, GatePassage
from tallystick.records.notices import NoticeKind
from tallystick.records.notifications import Notification
from tallystick.records.organisations import Membership
from tallystick.records.viewer import Viewer
from tests.cast import TODAY, Cast, an_engagement, an_organisation
from tests.web.pages import page, post, queries_for, signed_in, text_of

pytestmark = pytest.mark.django_db


def told(engagement: Engagement, *people: Viewer, number: int = 0) -> Notification:
    """Tell people of a gate; return the entry of the first of them."""
    stage = list(Stage)[number % len(Stage)]
    passage, _ = GatePassage.objects.get_or_create(
        engagement=engagement,
        stage=stage,
        defaults={"passed_at": TODAY, "passed_by": people[0].person},
    )
    announce(
        NoticeKind.GATE_PASSED,
        passage,
        to=hearers([each.person for each in people], "you were named"),
        by=None,
        as_of=TODAY + timedelta(days=number),
    )
    return Notification.objects.filter(person=people[0].person).latest("id")


def unread(viewer: Viewer) -> str:
    """Return what the top bar says."""
    shown = text_of(page(viewer, "lessons"))
    return shown.split('class="inbox-link"')[1].split("</a>")[0]


def test_an_entry_says_what_happened_where_and_why(cast: Cast) -> None:
    told(an_engagement(name="Desk of the north"), cast.ben)

    shown = text_of(page(cast.ben, "inbox"))

    assert "A gate was passed" in shown
    assert "End of define, Desk of the north" in shown
    assert "You are told because you were named." in shown


def test_opening_an_entry_marks_it_as_read_and_leads_to_its_page(cast: Cast) -> None:
    engagement = an_engagement()
    entry = told(engagement, cast.ben)

    answer = post(cast.ben, "inbox_open", entry.public_id)

    assert answer.url == reverse("engagement", args=[engagement.public_id])
    entry.refresh_from_db()
    assert entry.read_at is not None


def test_the_top_bar_counts_what_is_unread(cast: Cast) -> None:
    engagement = an_engagement()
    entry = told(engagement, cast.ben)
    told(engagement, cast.ben, number=1)
    before = unread(cast.ben)

    post(cast.ben, "inbox_read", entry.public_id)

    assert "unread: </span><span>2</span>" in before
    assert "unread: </span><span>1</span>" in unread(cast.ben)


def test_all_that_was_shown_is_marked_as_read_and_later_news_is_not(cast: Cast) -> None:
    engagement = an_engagement()
    told(engagement, cast.ben)
    later = told(engagement, cast.ben, number=2)

    post(cast.ben, "inbox_read_all", shown_at=(TODAY + timedelta(days=1)).isoformat())

    assert list(Notification.objects.filter(read_at=None)) == [later]


@pytest.mark.parametrize("shown_at", ["", "yesterday", "2026-07-06T09:00:00", "9999-01-01T00:00Z"])
def test_a_moment_that_says_nothing_marks_what_is_there_now(shown_at: str, cast: Cast) -> None:
    told(an_engagement(), cast.ben)

    assert post(cast.ben, "inbox_read_all", shown_at=shown_at).status_code == 302

    assert not Notification.objects.filter(read_at=None).exists()


def test_what_is_gone_from_sight_is_neither_shown_nor_counted(cast: Cast) -> None:
    engagement = an_engagement()
    entry = told(engagement, cast.cleo)
    Engagement.objects.update(provider=an_organisation("Kestrel Systems"))

    shown = text_of(page(cast.cleo, "inbox"))

    assert "A gate was passed" not in shown
    assert "unread" not in unread(cast.cleo)
    assert post(cast.cleo, "inbox_open", entry.public_id).status_code == 404


def test_what_was_deleted_is_neither_shown_nor_counted(cast: Cast) -> None:
    entry = told(an_engagement(), cast.ben)
    GatePassage.objects.all().delete()

    assert "A gate was passed" not in text_of(page(cast.ben, "inbox"))
    assert "unread" not in unread(cast.ben)
    assert post(cast.ben, "inbox_open", entry.public_id).status_code == 404


def test_who_changed_sides_does_not_take_entries_along(cast: Cast) -> None:
    told(an_engagement(), cast.ben)
    kestrel = an_organisation("Kestrel Systems")
    Membership.objects.filter(person=cast.ben.person).update(
        organisation=kestrel, role="delivery-lead"
    )

    assert "A gate was passed" not in text_of(page(cast.ben, "inbox"))


def test_another_persons_entry_does_not_exist(cast: Cast) -> None:
    entry = told(an_engagement(), cast.ben)

    assert post(cast.ada, "inbox_read", entry.public_id).status_code == 404
    assert post(cast.ada, "inbox_open", entry.public_id).status_code == 404


def test_the_inbox_is_narrowed_to_an_engagement_and_to_what_is_unread(cast: Cast) -> None:
    first, second = an_engagement(name="First"), an_engagement(name="Second")
    told(first, cast.ben)
    read = told(second, cast.ben)
    post(cast.ben, "inbox_read", read.public_id)

    within = text_of(page(cast.ben, "inbox", engagement=second.public_id))
    waiting = text_of(page(cast.ben, "inbox", show="unread"))

    assert ("End of define, Second" in within, "End of define, First" in within) == (True, False)
    assert ("End of define, Second" in waiting, "End of define, First" in waiting) == (False, True)


def test_an_odd_filter_finds_nothing_and_breaks_nothing(cast: Cast) -> None:
    told(an_engagement(), cast.ben)

    assert "Nothing fits this filter" in text_of(page(cast.ben, "inbox", engagement="zz"))
    assert page(cast.ben, "inbox", engagement="\0", page="9e9").status_code == 200


def test_an_inbox_costs_the_same_with_one_entry_and_with_many(cast: Cast) -> None:
    engagement, client = an_engagement(), signed_in(cast.ben)
    told(engagement, cast.ben)
    few = queries_for(client, reverse("inbox"))
    for number in range(1, 30):
        told(engagement, cast.ben, number=number)

    assert queries_for(client, reverse("inbox")) == few


def test_the_interface_tells_the_same_and_marks_as_read(cast: Cast) -> None:
    engagement, client = an_engagement(), signed_in(cast.ben)
    entry = told(engagement, cast.ben)

    [item] = client.get("/api/inbox?unread=true").json()["items"]
    assert (item["kind"], item["title"]) == ("gate-passed", "End of define")
    assert item["address"] == reverse("engagement", args=[engagement.public_id])
    marked = _mark(client, {"ids": [entry.public_id]})
    assert marked == 1
    assert client.get("/api/inbox?unread=true").json()["count"] == 0


def _mark(client: Client, body: object) -> int:
    answer = client.post("/api/inbox/read", body, content_type="application/json")
    marked: int = answer.json()["marked"]
    return marked
