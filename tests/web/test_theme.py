"""The choice of theme."""

import pytest
from django.test import RequestFactory

from tallystick.web.theme import set_theme, theme_of


def test_a_choice_is_kept_and_leads_back() -> None:
    request = RequestFactory().post("/theme/", {"theme": "dark", "next": "/lessons/?q=a"})

    response = set_theme(request)

    assert response.cookies["theme"].value == "dark"
    assert response.headers["Location"] == "/lessons/?q=a"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:1"])
def test_a_choice_never_leads_to_another_site(elsewhere: str) -> None:
    request = RequestFactory().post("/theme/", {"theme": "dark", "next": elsewhere})

    assert set_theme(request).headers["Location"] == "/"


def test_an_unknown_theme_is_not_kept() -> None:
    request = RequestFactory().post("/theme/", {"theme": '"><script>'})

    assert "theme" not in set_theme(request).cookies


def test_reading_a_page_chooses_nothing() -> None:
    assert set_theme(RequestFactory().get("/theme/")).status_code == 405


@pytest.mark.parametrize(("cookie", "theme"), [("light", "light"), ("x", "system"), ("", "system")])
def test_an_unknown_cookie_means_the_systems_theme(cookie: str, theme: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie

    assert theme_of(request) == theme


def test_without_a_request_the_theme_is_the_systems() -> None:
    assert theme_of(None) == "system"
