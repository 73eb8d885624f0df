"""A mid-term or closing review waits for one party after the other, in the portfolio."""

from pathlib import Path

import pytest
from django.urls import reverse

from tallystick.actions.countersign_review import countersign_review
from tallystick.records.roles import Role
from tallystick.records.viewer import Viewer
from tests.actions.reviewing import a_pack, signed, written
from tests.cast import PASSWORD, TODAY, Cast, a_viewer
from tests.web.pages import page, text_of

pytestmark = pytest.mark.django_db


def waits(viewer: Viewer, sentence: str) -> bool:
    """Return whether the portfolio asks somebody for something."""
    return sentence in text_of(page(viewer, "home"))


def test_an_open_review_is_written_signed_and_countersigned(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)
    mia = a_viewer(Role.ACCOUNT_MANAGER)
    assert waits(cast.ben, "Write on the mid-term review")
    assert not waits(cast.ann, "mid-term review")
    assert not waits(cast.cleo, "mid-term review")

    written(pack, cast.ben)
    assert waits(cast.ada, "Sign the mid-term review")
    assert reverse("review_sign", args=[pack.public_id]) in text_of(page(cast.ada, "home"))
    assert not waits(mia, "mid-term review")

    review = signed(pack, cast.ada)
    assert not waits(cast.ada, "mid-term review")
    assert waits(mia, "Countersign the mid-term review")
    assert not waits(cast.cleo, "mid-term review")
    assert not waits(cast.dan, "mid-term review")

    countersign_review(review=review, read=review.digest, password=PASSWORD, by=mia, as_of=TODAY)
    assert not waits(mia, "mid-term review")
