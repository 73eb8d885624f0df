"""How somebody wants mail, and ending it by the link of a mail, without signing in."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tallystick.actions.mail_preferences import preferences_of, token_of
from tallystick.records.mail import MailPreference
from tallystick.records.organisations import Membership
from tallystick.records.viewer import Viewer
from tallystick.site.mail import OFF
from tests.cast import TODAY, Cast
from tests.web.pages import page, post, signed_in, text_of

pytestmark = pytest.mark.django_db

GIVEN = {"pace": "weekly", "zone": "Europe/Berlin", "hour": "8", "weekday": "2"}


def stop_address(viewer: Viewer) -> str:
    """Return the address in the mails of somebody."""
    own = preferences_of([viewer.person.pk])[viewer.person.pk]
    return reverse("mail_stop", args=[token_of(own)])


def test_what_somebody_wants_is_kept_and_shown(cast: Cast) -> None:
    answer = post(cast.ben, "mail_preference", **GIVEN, quiet_from="22", quiet_until="6")

    own = MailPreference.objects.get(person=cast.ben.person)
    assert answer.status_code == 302
    assert (own.pace, own.zone, own.hour, own.quiet_until) == ("weekly", "Europe/Berlin", 8, 6)
    shown = page(cast.ben, "mail_preference").context["form"].initial
    assert (shown["pace"], shown["quiet_from"]) == ("weekly", 22)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"quiet_from": "6", "quiet_until": "9"}, "would fall into the quiet hours"),
        ({"quiet_from": "6"}, "Quiet hours have a beginning and another end"),
        ({"zone": "Mars/Olympus"}, "Mars/Olympus"),
    ],
)
def test_hours_that_cannot_be_are_refused(wrong: dict[str, str], words: str, cast: Cast) -> None:
    answer = post(cast.ben, "mail_preference", **GIVEN | wrong)

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not MailPreference.objects.filter(pace="weekly").exists()


def test_the_link_of_a_mail_shows_a_button_and_ends_mail_without_an_account(cast: Cast) -> None:
    address = stop_address(cast.ben)
    stranger = Client(enforce_csrf_checks=True)

    asked = text_of(stranger.get(address))
    own = MailPreference.objects.get(person=cast.ben.person)
    assert ("Send me no more mail" in asked, own.pace) == (True, "daily")

    # As a mail program sends it (RFC 8058).
    done = stranger.post(address, {"List-Unsubscribe": "One-Click"})

    own.refresh_from_db()
    assert (done.status_code, own.pace) == (200, "never")


def test_a_link_of_somebody_who_left_is_not_found(cast: Cast) -> None:
    address = stop_address(cast.ben)
    Membership.objects.filter(person=cast.ben.person).update(ended_at=TODAY)

    assert Client().get(address).status_code == 404
    assert Client().post(address).status_code == 404


def test_the_page_says_that_no_mail_is_sent(cast: Cast, settings: Any) -> None:
    settings.EMAIL_BACKEND = OFF

    assert "This installation sends no mail" in text_of(page(cast.ben, "mail_preference"))


def test_the_interface_keeps_the_same(cast: Cast) -> None:
    client = signed_in(cast.ben)
    body = {"pace": "immediate", "quiet_from": 22, "quiet_until": 7}

    kept = client.post("/api/mail-preference/state", body, content_type="application/json").json()

    assert kept["quiet_from"] == 22
    assert client.get("/api/mail-preference").json() == kept
    nowhere = {"pace": "daily", "zone": "X"}
    refused = client.post("/api/mail-preference/state", nowhere, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "mail.time-refused")
