"""Signing in: Argon2, slowed guessing, sessions that change hands at no point."""

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.http import HttpResponse
from django.test import Client

from tallystick.records.organisations import Membership
from tallystick.records.people import Person
from tests.cast import PASSWORD, TODAY, Cast

pytestmark = pytest.mark.django_db


def attempt(client: Client, email: str, password: str = PASSWORD) -> HttpResponse:
    """Post the sign-in form."""
    answer: HttpResponse = client.post("/sign-in/", {"login": email, "password": password})
    return answer


def test_the_right_password_opens_the_portfolio(cast: Cast, client: Client) -> None:
    answer = attempt(client, cast.ada.person.email)

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200


def test_passwords_are_kept_as_argon2(cast: Cast) -> None:
    assert identify_hasher(cast.ada.person.password).algorithm == "argon2"


def test_a_wrong_password_and_an_unknown_address_answer_alike(cast: Cast, client: Client) -> None:
    wrong = attempt(client, cast.ada.person.email, "not the password")
    unknown = attempt(client, "nobody@example.org", "not the password")

    assert wrong.status_code == unknown.status_code == 200
    assert "_auth_user_id" not in client.session
    told = [each.content.decode().count("not correct") for each in (wrong, unknown)]
    assert told[0] == told[1] > 0


def test_guessing_one_password_is_slowed_down(cast: Cast, client: Client) -> None:
    answers = [attempt(client, cast.ada.person.email, f"guess {n}") for n in range(8)]

    told = answers[-1].content.decode()
    assert answers[-1].status_code == 429 or "Too many" in told
    assert attempt(Client(), cast.ada.person.email).status_code != 302


def test_another_person_still_signs_in_meanwhile(cast: Cast, client: Client) -> None:
    for number in range(8):
        attempt(client, cast.ada.person.email, f"guess {number}")

    assert attempt(Client(), cast.ben.person.email).status_code == 302


def test_signing_in_makes_a_new_session(cast: Cast, client: Client) -> None:
    client.get("/sign-in/")
    before = client.session.session_key

    attempt(client, cast.ada.person.email)

    assert client.session.session_key != before


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(cast: Cast, client: Client) -> None:
    answer = attempt(client, cast.ada.person.email)

    cookie = answer.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_suspended_person_is_out_at_once(cast: Cast, client: Client) -> None:
    attempt(client, cast.ada.person.email)
    Person.objects.filter(pk=cast.ada.person.pk).update(is_active=False)

    assert client.get("/").status_code == 302


def test_whoever_left_is_out_at_once(cast: Cast, client: Client) -> None:
    attempt(client, cast.cleo.person.email)
    Membership.objects.filter(person=cast.cleo.person).update(ended_at=TODAY)

    assert client.get("/").status_code == 302


def test_signing_out_ends_the_session(cast: Cast, client: Client) -> None:
    attempt(client, cast.ada.person.email)

    client.post("/sign-out/")

    assert client.get("/").status_code == 302


def test_a_form_without_its_token_does_nothing(cast: Cast) -> None:
    answer = attempt(Client(enforce_csrf_checks=True), cast.ada.person.email)

    assert answer.status_code == 403


def test_nobody_signs_up(client: Client) -> None:
    assert client.get("/signup/").status_code == 404


@pytest.mark.parametrize("path", ["/sign-in/", "/", "/nowhere/", "/api/engagements"])
def test_every_answer_carries_the_policies(path: str, client: Client) -> None:
    answer = client.get(path)

    policy = answer["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


def test_private_answers_stay_out_of_caches(cast: Cast, client: Client) -> None:
    attempt(client, cast.ada.person.email)

    assert client.get("/")["Cache-Control"] == "private, no-store"


def test_a_foreign_host_name_is_refused(client: Client) -> None:
    assert client.get("/sign-in/", headers={"host": "evil.example"}).status_code == 400


def test_the_next_address_never_leads_to_another_site(cast: Cast, client: Client) -> None:
    answer = client.post(
        "/sign-in/?next=https://evil.example/",
        {"login": cast.ada.person.email, "password": PASSWORD, "next": "https://evil.example/"},
    )

    assert answer["Location"] == "/"
