"""The business case on its pages, for the client alone."""

from typing import Any

import pytest

from tallystick.engine.guardrails.stages import Stage
from tallystick.records.business_cases import BusinessCase
from tallystick.records.engagements import Engagement
from tallystick.records.findings import findings_of
from tests.cast import TODAY, Cast, an_engagement
from tests.web.pages import page, post, text_of

pytestmark = pytest.mark.django_db


def lines(*given: dict[str, str]) -> dict[str, str]:
    """Return lines as a browser sends them."""
    usual = {"when": "after", "low": "90", "likely": "100", "high": "110", "currency": "EUR"}
    return {
        f"{part}_{number}": value
        for number, each in enumerate(given)
        for part, value in (usual | each).items()
    }


def kept(cast: Cast, engagement: Engagement, **fields: Any) -> Any:
    """Write a case; return the answer."""
    usual = {"years": "2", "rate": "0.05"}
    return post(cast.ada, "business_case_write", engagement.public_id, **usual | fields)


def test_no_case_yet_says_what_one_is(cast: Cast) -> None:
    html = text_of(page(cast.ada, "business_case", an_engagement().public_id))

    assert "No business case yet" in html
    assert "Write it down" in html


def test_what_was_written_is_shown_with_its_worth(cast: Cast) -> None:
    engagement = an_engagement()

    kept(cast, engagement, **lines({"kind": "fees"}, {"when": "before", "kind": "fees"}))

    html = text_of(page(cast.ann, "business_case", engagement.public_id))
    assert "200 EUR" in html
    assert "Year 1" in html
    assert "P10" in html
    assert "Write it anew" not in html


def test_each_saving_is_a_version(cast: Cast) -> None:
    engagement = an_engagement()

    for _ in range(2):
        kept(cast, engagement, **lines({"kind": "fees"}))

    assert [each.version for each in BusinessCase.objects.order_by("id")] == [1, 2]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        (
            lines({"kind": "fees"}, {"kind": "tools", "currency": "USD"}),
            "The lines are in EUR, USD.",
        ),
        (lines({"kind": "fees", "likely": "much"}), "“much” is no number"),
        (lines({"kind": "fees", "low": "120"}), "do not rise from nothing"),
        (lines({"kind": ""}), "There is no kind"),
        ({}, "at least one line"),
        (lines({"kind": "fees"}) | {"rate": "five"}, "“five” is no number"),
    ],
)
def test_a_case_that_cannot_be_computed_is_shown_again(
    cast: Cast, fields: dict[str, str], says: str
) -> None:
    answer = kept(cast, an_engagement(), **fields)

    assert answer.status_code == 422
    assert says in text_of(answer)
    assert not BusinessCase.objects.exists()


def test_a_hollow_case_is_found(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.DEFINE, provider=None)
    kept(cast, engagement, **lines({"kind": "fees"}))

    found = [each.sentence for each in findings_of(engagement, TODAY) if each.code == "OBJ003"]

    assert "The business case has no line for transition, exit or risk." in found


def test_a_provider_finds_no_such_page(cast: Cast) -> None:
    engagement = an_engagement()
    kept(cast, engagement, **lines({"kind": "fees"}))

    for route in ("business_case", "business_case_write"):
        assert page(cast.cleo, route, engagement.public_id).status_code == 404
    assert "usiness case" not in text_of(page(cast.cleo, "objectives", engagement.public_id))
