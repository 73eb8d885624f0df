"""Pages for what does not work: the same each time, and drawn without the database."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from tallystick.actions.refusals import NotPermitted
from tallystick.engine.refusals import Refusal
from tallystick.web import errors
from tests.web.gallery.site import ada


class NoRows(Refusal):
    """A refusal with all its parts."""

    code = "intake.no-rows"


def a_request(path: str = "/", viewer: Any = None) -> HttpRequest:
    """Return a request that touches neither session nor database."""
    request = RequestFactory().get(path)
    request.viewer = viewer  # type: ignore[attr-defined]
    return request


def test_what_is_absent_and_what_is_hidden_read_alike() -> None:
    absent = errors.not_found(a_request("/absent/", ada()))
    hidden = errors.not_found(a_request("/engagements/abc/", ada()), PermissionError("hidden"))

    assert absent.content == hidden.content


@pytest.mark.parametrize("viewer", [None, ada()], ids=["signed out", "signed in"])
def test_an_error_page_carries_no_token(viewer: Any) -> None:
    pages = [
        errors.not_found(a_request("/", viewer)),
        errors.bad_request(a_request("/", viewer), ValueError()),
        errors.csrf_failure(a_request("/", viewer)),
        errors.server_error(a_request("/", viewer)),
    ]

    assert [page.status_code for page in pages] == [404, 400, 403, 500]
    assert not any(b"csrf" in page.content for page in pages)


def test_a_refusal_says_what_where_and_what_to_do() -> None:
    refusal = NoRows("The file has no rows.", place="march.csv", remedy="Export it again.")

    page = errors.refusal_page(a_request("/", ada()), refusal)

    text = page.content.decode()
    assert page.status_code == 422
    for part in ("The file has no rows.", "march.csv", "Export it again.", "intake.no-rows"):
        assert part in text


def test_what_a_role_may_not_do_is_forbidden() -> None:
    page = errors.refusal_page(a_request("/", ada()), NotPermitted("Not your duty."))

    assert page.status_code == 403


def test_a_refusal_is_escaped() -> None:
    page = errors.refusal_page(a_request("/", ada()), NoRows("<script>", place="<img>"))

    assert b"<script>" not in page.content
    assert b"<img>" not in page.content
