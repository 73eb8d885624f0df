"""Digests by mail, against a real mail server: when, what, to whom, and never twice."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from tallystick.actions import send_mail as sending
from tallystick.actions.mail_preferences import MailWording, state_mail_preference
from tallystick.actions.send_mail import Posted, send_mail
from tallystick.engine.mail_times import Pace
from tallystick.records.engagements import Engagement
from tallystick.records.mail import Mail
from tallystick.records.notices import NOTICES
from tallystick.records.notifications import Notification
from tallystick.records.organisations import Membership
from tallystick.records.roles import Role
from tallystick.records.viewer import Viewer
from tallystick.site.mail import mail_settings
from tests.cast import TODAY, Cast, a_viewer, an_engagement, an_organisation
from tests.posting import LINKS, Kept, a_free_port, a_server, text_of, use
from tests.web.test_inbox import told

pytestmark = pytest.mark.django_db

SOON = TODAY + timedelta(minutes=6)
MORNING = TODAY.replace(hour=7) + timedelta(days=1)


@pytest.fixture
def server(settings: Any) -> Iterator[Kept]:
    """Give a mail server that the installation is set to use."""
    port = a_free_port()
    use(settings, port)
    with a_server(Kept(), port) as kept:
        yield kept


def at_once(viewer: Viewer, **changes: Any) -> None:
    """Let somebody have mail at once."""
    wording = MailWording(**{"pace": Pace.IMMEDIATE} | changes)
    state_mail_preference(wording=wording, by=viewer, as_of=TODAY)


def round_at(moment: datetime) -> Posted:
    """Do one round."""
    return send_mail(links=LINKS, as_of=moment)


def test_what_is_unread_is_mailed_by_engagement_with_reason_and_link(
    server: Kept, cast: Cast
) -> None:
    at_once(cast.ben)
    told(an_engagement(name="North"), cast.ben)
    told(an_engagement(name="South"), cast.ben, number=0)

    posted = round_at(SOON)

    assert posted == Posted(1)
    [mail] = server.mails
    words = text_of(mail)
    assert words.index("North") < words.index("South")
    assert "- A gate was passed: End of define\n  because you were named\n" in words
    assert "https://tally.example.org/engagement/" in words
    assert mail["Subject"] == "Tallystick: 2 new in your inbox"
    html = mail.get_body(("html",))
    assert html is not None
    assert "<h2>North</h2>" in html.get_content()


def test_what_somebody_named_adds_no_line_to_a_mail(server: Kept, cast: Cast) -> None:
    evil = "\r\n\nNo more mail: https://evil.example\nBcc: eva@evil.example"
    at_once(cast.ben)
    told(an_engagement(name=f"North{evil}"), cast.ben)
    Notification.objects.update(reason=f"you hold the post “{evil}”")

    round_at(SOON)

    [mail] = server.mails
    ends = [line for line in text_of(mail).splitlines() if line.startswith("No more mail")]
    assert len(ends) == 1
    assert ends[0].startswith("No more mail: https://tally.example.org/")
    assert mail["Bcc"] is None


def test_a_mail_says_how_to_end_it_in_one_click(server: Kept, cast: Cast) -> None:
    at_once(cast.ben)
    told(an_engagement(), cast.ben)

    round_at(SOON)

    [mail] = server.mails
    assert mail["List-Unsubscribe"].strip().startswith("<https://tally.example.org/no-mail/")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"


def test_who_has_said_nothing_gets_one_mail_in_the_morning(server: Kept, cast: Cast) -> None:
    engagement = an_engagement()
    for number in range(3):
        told(engagement, cast.ben, number=number)
    Notification.objects.update(made_at=TODAY)

    counts = [round_at(each).sent for each in (SOON, MORNING, MORNING + timedelta(hours=1))]

    assert counts == [0, 1, 0]
    assert text_of(server.mails[0]).count("A gate was passed") == 3


def test_what_was_read_meanwhile_is_not_mailed(server: Kept, cast: Cast) -> None:
    told(an_engagement(), cast.ben)
    Notification.objects.update(read_at=TODAY)

    assert round_at(MORNING).sent == 0


def test_a_server_that_is_down_for_a_day_gets_everything_once(settings: Any, cast: Cast) -> None:
    port = a_free_port()
    use(settings, port)
    at_once(cast.ben)
    engagement = an_engagement()
    told(engagement, cast.ben)
    tries = [round_at(SOON + timedelta(hours=hour)) for hour in range(24)]
    told(engagement, cast.ben, number=1)
    Notification.objects.update(made_at=TODAY)

    with a_server(Kept(), port) as kept:
        later = [round_at(SOON + timedelta(days=1, hours=hour)).sent for hour in range(3)]

    assert {each.is_down for each in tries} == {True}
    assert later == [1, 0, 0]
    assert text_of(kept.mails[0]).count("A gate was passed") == 2


def test_an_address_that_is_refused_holds_up_nobody_and_is_tried_ever_later(
    server: Kept, cast: Cast
) -> None:
    for each in (cast.ada, cast.ben):
        at_once(each)
    told(an_engagement(), cast.ada, cast.ben)
    server.refused.add(cast.ada.person.email)

    first = round_at(SOON).sent
    too_soon = round_at(SOON + timedelta(minutes=9)).sent
    second = round_at(SOON + timedelta(minutes=11)).sent
    mail = Mail.objects.get(person=cast.ada.person)

    assert (first, too_soon, second) == (1, 0, 0)
    assert (mail.failed, mail.retry_at) == (2, SOON + timedelta(minutes=31))
    assert "550" in mail.refusal
    server.refused.clear()
    assert round_at(SOON + timedelta(minutes=40)).sent == 1
    assert len(server.to(cast.ada.person.email)) == 1


def test_a_worker_that_dies_before_it_marks_sends_again_under_the_same_name(
    server: Kept, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once(cast.ben)
    engagement = an_engagement()
    told(engagement, cast.ben)
    with monkeypatch.context() as patch:
        patch.setattr(sending, "_took", _taken_and_killed)
        with pytest.raises(KeyboardInterrupt):
            round_at(SOON)
    told(engagement, cast.ben, number=1)
    Notification.objects.update(made_at=TODAY)

    at_once_again = round_at(SOON + timedelta(minutes=1)).sent
    after_its_claim = round_at(SOON + timedelta(minutes=16)).sent
    rest = round_at(SOON + timedelta(minutes=17)).sent

    assert (at_once_again, after_its_claim, rest) == (0, 1, 1)
    first, again, other = server.mails
    assert first["Message-ID"] == again["Message-ID"] != other["Message-ID"]
    assert text_of(first) == text_of(again)


def _taken_and_killed(server: Any, message: Any, *_: object) -> bool:
    server.send_messages([message])
    raise KeyboardInterrupt


def test_scope_is_asked_when_a_mail_is_delivered(server: Kept, cast: Cast) -> None:
    at_once(cast.cleo)
    told(an_engagement(name="Secret desk"), cast.cleo)
    sending.put_into_the_post(SOON)
    Engagement.objects.update(provider=an_organisation("Kestrel Systems"))

    assert round_at(SOON).sent == 0
    assert server.mails == []


def test_who_left_gets_nothing(server: Kept, cast: Cast) -> None:
    at_once(cast.ben)
    told(an_engagement(), cast.ben)
    sending.put_into_the_post(SOON)
    Membership.objects.filter(person=cast.ben.person).update(ended_at=SOON)

    assert round_at(SOON).sent == 0
    assert not Mail.objects.filter(sent_at=None).exists()


def test_who_changed_sides_gets_nothing_of_the_other(server: Kept, cast: Cast) -> None:
    at_once(cast.ben)
    told(an_engagement(), cast.ben)
    Membership.objects.filter(person=cast.ben.person).update(
        organisation=an_organisation("Kestrel Systems"), role="delivery-lead"
    )

    assert [round_at(SOON).sent, round_at(MORNING).sent] == [0, 0]


def test_quiet_hours_are_quiet_and_end(server: Kept, cast: Cast) -> None:
    at_once(cast.ben, zone="Europe/Berlin", quiet_from=10, quiet_until=14)
    told(an_engagement(), cast.ben)

    # 09:06 UTC is 11:06 in Berlin in July.
    assert round_at(SOON).sent == 0
    assert round_at(TODAY.replace(hour=12, minute=1)).sent == 1


def test_a_delayed_mail_keeps_the_quiet_hours_too(server: Kept, cast: Cast) -> None:
    at_once(cast.ben)
    told(an_engagement(), cast.ben)
    sending.put_into_the_post(SOON)
    at_once(cast.ben, quiet_from=9, quiet_until=11)

    assert round_at(SOON).sent == 0
    assert round_at(TODAY.replace(hour=11, minute=1)).sent == 1


def test_whoever_wants_none_gets_none_and_later_only_what_is_new(server: Kept, cast: Cast) -> None:
    at_once(cast.ben, pace=Pace.NEVER)
    engagement = an_engagement()
    told(engagement, cast.ben)
    never = round_at(MORNING).sent

    state_mail_preference(wording=MailWording(Pace.IMMEDIATE), by=cast.ben, as_of=MORNING)

    assert (never, round_at(MORNING + timedelta(hours=1)).sent) == (0, 0)


def test_old_news_stays_in_the_inbox(server: Kept, cast: Cast) -> None:
    told(an_engagement(), cast.ben)

    assert round_at(TODAY + timedelta(days=15)).sent == 0


def test_without_a_mail_server_nothing_is_queued(settings: Any, cast: Cast) -> None:
    settings.EMAIL_BACKEND = mail_settings("", "")["EMAIL_BACKEND"]
    told(an_engagement(), cast.ben)

    assert round_at(MORNING) == Posted()
    assert not Mail.objects.exists()


def test_ten_thousand_at_once_take_the_queries_of_a_few(server: Kept, cast: Cast) -> None:
    engagement = an_engagement()
    entry = told(engagement, cast.ben)
    few = _queries(MORNING)
    people = [cast.ben, *(a_viewer() for _ in range(9))]
    rows = (
        Notification(
            person=each.person,
            organisation=each.organisation,
            engagement=engagement,
            kind=entry.kind,
            subject=entry.subject,
            reason="you were named",
            day=entry.day + timedelta(days=number + 1),
            made_at=MORNING,
        )
        for each in people
        for number in range(1_000)
    )
    Notification.objects.bulk_create(rows, batch_size=500)

    many = _queries(MORNING + timedelta(days=1))

    assert len(server.mails) == 11
    assert Notification.objects.filter(mail=None).count() == 0
    assert "There is more in your inbox." in text_of(server.mails[-1])
    # One query more for each mail: it is marked the moment that the server has taken it.
    assert many - few <= 9 + 2


def test_what_is_announced_is_seen_alike_by_all_of_an_organisation(cast: Cast) -> None:
    for one, other in ((cast.ada, cast.eva), (cast.cleo, a_viewer(Role.ACCOUNT_MANAGER))):
        for noun in {each.noun for each in NOTICES.values()}:
            model: Any = apps.get_model("records", noun)
            seen = [_asked(model.objects.visible_to(each)) for each in (one, other)]
            assert seen[0] == seen[1], noun


def _asked(rows: QuerySet[Any]) -> str:
    try:
        return str(rows.query)
    except EmptyResultSet:
        return "nothing"


def _queries(moment: datetime) -> int:
    with CaptureQueriesContext(connection) as asked:
        round_at(moment)
    return len(asked)
