"""A claim of too large a body is answered at both doors before a byte of it is read."""

import io
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, an_engagement

TEN_GIGABYTES = str(10 * 10**9)


class NeverRead(io.BytesIO):
    """A body that must not be touched."""

    def read(self, size: int | None = -1) -> bytes:
        """Fail."""
        raise AssertionError("the body was read")


def claim(client: Client, path: str, length: str) -> HttpResponse:
    """Post a body that claims a length and must not be read."""
    body: dict[str, Any] = {"wsgi.input": NeverRead(), "CONTENT_LENGTH": length}
    return client.generic("POST", path, content_type="multipart/form-data; boundary=x", **body)


@pytest.mark.django_db
def test_a_page_refuses_a_claim_of_ten_gigabytes_unread(cast: Cast, client: Client) -> None:
    client.force_login(cast.cleo.person)
    path = reverse("upload_new", args=[an_engagement().public_id])

    answer = claim(client, path, TEN_GIGABYTES)

    assert answer.status_code == 413
    assert "gzip" in answer.content.decode()


@pytest.mark.parametrize("length", [TEN_GIGABYTES, "9" * 5000, "-1", "many"])
def test_an_operation_refuses_such_a_claim_in_its_own_shape(client: Client, length: str) -> None:
    answer = claim(client, "/api/engagements/1/imports/file", length)

    problem = answer.json()
    assert answer.status_code == 413
    assert problem["code"] == "request.too-big"
    assert set(problem) == {"code", "message", "place", "remedy"}
    assert "gzip" in problem["remedy"]


@pytest.mark.parametrize(("most", "status"), [(2, 401), (1, 413)])
def test_a_body_of_the_largest_size_is_let_through(
    db: None, client: Client, settings: Any, most: int, status: int
) -> None:
    settings.MAX_UPLOAD_BYTES = most

    answer = client.post("/api/engagements/plan", "{}", content_type="application/json")

    assert answer.status_code == status
