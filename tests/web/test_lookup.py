"""What a viewer may see is found; anything else does not exist."""

import pytest
from django.http import Http404

from tallystick.records.engagements import Engagement
from tallystick.web.lookup import find
from tests.cast import Cast, an_engagement

pytestmark = pytest.mark.django_db


def test_an_engagement_of_the_viewer_is_found(cast: Cast) -> None:
    engagement = an_engagement()

    found = find(Engagement, cast.cleo, engagement.public_id, "client")

    assert found == engagement


@pytest.mark.parametrize("key", ["nobody", "", "a\0b"])
def test_an_unknown_id_is_not_found(cast: Cast, key: str) -> None:
    with pytest.raises(Http404):
        find(Engagement, cast.ada, key)


def test_an_engagement_of_another_provider_is_not_found(cast: Cast) -> None:
    engagement = an_engagement()

    with pytest.raises(Http404):
        find(Engagement, cast.dan, engagement.public_id)


def test_a_record_can_be_found_by_another_key(cast: Cast) -> None:
    engagement = an_engagement(name="Payroll")

    found = find(Engagement, cast.ada, "Payroll", by="name")

    assert found == engagement
