"""The page that explains the interface to people."""

import pytest

from tests.api.conftest import Stage
from tests.api.test_schema import the_operations, the_schema

pytestmark = pytest.mark.django_db


def test_the_page_explains_every_operation(stage: Stage) -> None:
    text = stage.program("delivery lead").asks("/docs").content.decode()

    assert [name for name in the_operations() if f'id="{name}"' not in text] == []


def test_every_link_of_the_page_leads_to_a_shape(stage: Stage) -> None:
    text = stage.program().asks("/docs").content.decode()
    linked = {part.split('"')[0] for part in text.split('href="#')[1:]} - {"content"}

    assert len(linked) > 20
    assert [anchor for anchor in linked if f'id="{anchor}"' not in text] == []


def test_the_page_fetches_nothing_from_elsewhere(stage: Stage) -> None:
    answer = stage.program().asks("/docs")

    assert "://" not in answer.content.decode().replace("http://www.w3.org", "")


def test_the_served_description_is_the_one_that_is_tested(stage: Stage) -> None:
    served = stage.program().get("/openapi.json")

    assert served["paths"].keys() == the_schema()["paths"].keys()
