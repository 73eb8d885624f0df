"""One item: its cycles, what looks wrong in its history, and when it was due."""

from pathlib import Path

import pytest

from tallystick.web.evidence_tables import odd_words
from tests.cast import Cast
from tests.web.levels import a_measured_level, of_month, tickets
from tests.web.pages import page, text_of

pytestmark = pytest.mark.django_db

REOPENED = (
    tickets(("2026-03-02", 2))
    + "N0,2026-03-03T08:00:00Z,Work,P1\nN0,2026-03-06T08:00:00Z,Done,P1\n"
)


def test_each_cycle_has_a_working_of_its_own(cast: Cast, home: Path) -> None:
    agreement = a_measured_level(cast, home, REOPENED, clock={"cycles": "each"})
    measurement = of_month(agreement).public_id

    first = page(cast.cleo, "item", measurement, id="N0", cycle="1")
    second = page(cast.cleo, "item", measurement, id="N0", cycle="2")

    assert [name for name, _, _ in first.context["cycles"]] == ["Cycle 1: met", "Cycle 2: missed"]
    assert first.context["working"].counted == 2 * 3600
    assert second.context["working"].counted == 24 * 3600
    assert "Dropped" in text_of(second)


@pytest.mark.parametrize("cycle", ["9", "x", "99999999999"])
def test_a_cycle_that_is_none_is_no_fault(cycle: str, cast: Cast, home: Path) -> None:
    agreement = a_measured_level(cast, home, REOPENED, clock={"cycles": "each"})

    answer = page(cast.cleo, "item", of_month(agreement).public_id, id="N0", cycle=cycle)

    assert answer.status_code in (200, 404)


def test_the_table_of_cycles_leads_to_each(cast: Cast, home: Path) -> None:
    agreement = a_measured_level(cast, home, REOPENED, clock={"cycles": "each"})

    shown = text_of(page(cast.cleo, "measurement", of_month(agreement).public_id))

    assert "?id=N0&amp;cycle=2" in shown
    assert "reopened" in shown


def test_what_looks_wrong_is_said(cast: Cast, home: Path) -> None:
    agreement = a_measured_level(cast, home, REOPENED)

    shown = text_of(page(cast.cleo, "item", of_month(agreement).public_id, id="N0"))

    assert "It was taken up again after it had been stopped." in shown


def test_a_due_instant_stands_instead_of_a_limit(cast: Cast, home: Path) -> None:
    text = tickets(("2026-03-02", 2), due_on="2026-03-02T09:00:00Z")
    agreement = a_measured_level(
        cast, home, text, measure="deadline", targets=[{"due": {"from": "due_on"}}]
    )

    answer = page(cast.cleo, "item", of_month(agreement).public_id, id="N0")

    assert answer.context["said"].startswith("Due by 2 Mar 2026, 10:00 CET, and done 1 h after it")
    assert "Limit" not in [label for label, _, _ in answer.context["stats"]]


def test_the_due_instant_is_marked_on_the_strip(cast: Cast, home: Path) -> None:
    agreement = a_measured_level(cast, home, REOPENED)

    strip = page(cast.cleo, "item", of_month(agreement).public_id, id="N0").context["strip"]

    assert [words[:3] for _, words in strip.instants] == ["Due"]


def test_the_value_that_a_score_counts_is_shown(cast: Cast, home: Path) -> None:
    agreement = a_measured_level(
        cast,
        home,
        tickets(("2026-03-02", 2), satisfaction="4"),
        measure="score",
        of="satisfaction",
        statistic="mean",
        targets=None,
        target=">= 4.2",
    )

    stats = page(cast.cleo, "item", of_month(agreement).public_id, id="N0").context["stats"]

    assert ("satisfaction", "4", "the value that counts") in stats


def test_no_irregularity_is_no_word() -> None:
    assert odd_words(0) == ""
