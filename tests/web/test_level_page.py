"""One service level in depth: figures in any unit, queues, attributes, outlook and credits."""

import csv
import io
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from tallystick.records.agreements import Agreement
from tallystick.records.store import evidence_path
from tallystick.web.tables import Table
from tests.cast import Cast
from tests.web.levels import CREDITED, CREDITS, a_measured_level, of_month, tickets
from tests.web.pages import page, queries_for, signed_in, text_of

pytestmark = pytest.mark.django_db

SCORES = tickets(("2026-03-02", 2), ("2026-03-03", 3), satisfaction="4")
KINDS: list[tuple[dict[str, Any], str]] = [
    ({"statistic": "mean", "targets": None, "target": "<= 8h"}, "15 h 40 min"),
    ({"statistic": "p95", "targets": None, "target": "<= 8h"}, "43 h"),
    ({"measure": "volume", "targets": None, "target": "<= 500"}, "3"),
    ({"measure": "ratio", "targets": None, "good": {"reopened": ["no"]}}, "100.00%"),
]


def level_page(cast: Cast, agreement: Agreement, level: str = "resolution", **query: str) -> Any:
    """Open the page of a level as the provider."""
    return page(cast.cleo, "service_level", agreement.engagement.public_id, level, **query)


def first_cells(table: Table) -> list[str]:
    """Return the first cell of each row, without markup."""
    return [strip_tags(cells[0].text).strip() for cells in table.rows]


@pytest.mark.parametrize(("level", "figure"), KINDS)
def test_a_figure_stands_in_its_own_unit(
    level: dict[str, Any], figure: str, cast: Cast, home: Path
) -> None:
    agreement = a_measured_level(cast, home, **level)

    row = page(cast.cleo, "measurement", of_month(agreement).public_id).context["stats"][0]
    shown = level_page(cast, agreement)

    assert row[:2] == ("Figure", figure)
    assert figure in str(shown.context["card"].chart)


def test_a_mean_has_a_spread_and_no_queue(cast: Cast, home: Path) -> None:
    agreement = a_measured_level(cast, home, statistic="mean", targets=None, target="<= 8h")

    shown = level_page(cast, agreement).context

    assert shown["spread"].title == "Working time of items"
    assert shown["queues"] == []
    assert shown["prospect"] == []


def test_a_score_is_spread_over_its_values(cast: Cast, home: Path) -> None:
    agreement = a_measured_level(
        cast,
        home,
        SCORES,
        measure="score",
        of="satisfaction",
        statistic="mean",
        targets=None,
        target=">= 4.2",
    )

    shown = level_page(cast, agreement).context

    assert shown["spread"].title == "Values of satisfaction"
    assert "2 on the wrong side of 4.2" in shown["spread"].summary


APRIL = (
    "number,at,state,priority\n"
    "A1,2026-04-07T08:00:00Z,New,P1\nA1,2026-04-10T08:00:00Z,Done,P1\n"
    "A2,2026-04-08T08:00:00Z,New,P1\nA2,2026-04-08T09:00:00Z,Done,P1\n"
    "A3,2026-05-04T08:00:00Z,New,P1\n"
)


def test_the_items_that_missed_in_the_newest_month_are_listed(cast: Cast, home: Path) -> None:
    agreement = a_measured_level(cast, home, APRIL)

    missed = level_page(cast, agreement).context["breached"]

    assert missed.caption == "Missed in April 2026"
    assert first_cells(missed) == ["A1"]


def test_under_at_most_the_items_that_count_against_it_are_listed(cast: Cast, home: Path) -> None:
    reopened = APRIL.replace(
        "A3", "A2,2026-04-09T08:00:00Z,Work,P1\nA2,2026-04-09T09:00:00Z,Done,P1\nA3"
    )
    agreement = a_measured_level(
        cast,
        home,
        reopened,
        measure="ratio",
        targets=None,
        good={"reopened": ["yes"]},
        target="<= 5%",
    )

    against = level_page(cast, agreement).context["breached"]

    assert against.caption == "Counted against it in April 2026"
    assert first_cells(against) == ["A2"]


def test_open_items_stand_in_the_queue_of_their_urgency(cast: Cast, home: Path) -> None:
    # The newest change is on 6 May, 16:00 in Berlin; N1 has had 5 of its 6 hours by then.
    text = tickets(("2026-05-04", -1), ("2026-05-06", -1), ("2026-05-06", 6))
    agreement = a_measured_level(cast, home, text, targets=[{"limit": "6h"}])

    risk, overdue = level_page(cast, agreement).context["queues"]

    assert (first_cells(risk), first_cells(overdue)) == (["N1"], ["N0"])
    # Data is complete up to the second after its newest change.
    assert risk.rows[0][1].text == "59 min 59 s"


def test_a_queue_can_be_downloaded(cast: Cast, home: Path) -> None:
    text = tickets(("2026-05-04", -1), ("2026-05-06", 6))
    agreement = a_measured_level(cast, home, text)

    answer = level_page(cast, agreement, **{"overdue-format": "csv"})

    rows = list(csv.DictReader(io.StringIO(text_of(answer).removeprefix("\ufeff"))))
    assert [row["Ticket"] for row in rows] == ["N0"]


def test_each_attribute_has_its_table(cast: Cast, home: Path) -> None:
    agreement = a_measured_level(cast, home)

    shown = level_page(cast, agreement).context["attributes"]

    assert [name for name, _ in shown] == ["Priority"]
    rows = [[cell.text for cell in cells] for cells in shown[0][1].rows]
    assert rows == [["P2", "2", "1", "50.00%"], ["P1", "1", "1", "100.00%"]]


def test_few_items_are_told_as_the_trap_that_they_are(cast: Cast, home: Path) -> None:
    agreement = a_measured_level(cast, home)

    assert "Zero-miss trap: of the usual 3 items" in text_of(level_page(cast, agreement))


def test_the_credit_history_shows_every_formula(cast: Cast, home: Path) -> None:
    agreement = a_measured_level(cast, home, document=CREDITS, **CREDITED)

    shown = text_of(level_page(cast, agreement))

    assert "40% x (10% x 100,000.00) = 4,000.00 EUR" in shown
    assert "40% of the amount at risk, if missed" in shown


def test_a_level_that_was_not_measured_shows_its_clause(cast: Cast, home: Path) -> None:
    agreement = a_measured_level(cast, home, tickets(("2025-03-02", 1)))
    agreement.measurements.all().delete()

    shown = text_of(level_page(cast, agreement))

    assert "Not measured yet" in shown
    assert "At least 95% of the items are resolved within 8 h of working time" in shown


def test_evidence_that_is_gone_is_said_to_be(cast: Cast, home: Path) -> None:
    agreement = a_measured_level(cast, home)
    shutil.rmtree(evidence_path(of_month(agreement).evidence))

    pages = [
        text_of(level_page(cast, agreement)),
        text_of(page(cast.cleo, "measurement", of_month(agreement).public_id)),
        text_of(page(cast.cleo, "service_levels", agreement.engagement.public_id)),
    ]

    assert ["not in this installation" in each for each in pages] == [True, True, True]


@pytest.mark.parametrize("level", ["absent", "%00"])
def test_a_level_that_the_agreement_does_not_state_is_absent(
    level: str, cast: Cast, home: Path
) -> None:
    agreement = a_measured_level(cast, home)

    assert level_page(cast, agreement, level).status_code == 404


def test_another_provider_finds_no_level(cast: Cast, home: Path) -> None:
    agreement = a_measured_level(cast, home)

    answer = page(cast.dan, "service_level", agreement.engagement.public_id, "resolution")

    assert answer.status_code == 404


def test_both_parties_see_the_same_figures(cast: Cast, home: Path) -> None:
    agreement = a_measured_level(cast, home, document=CREDITS, **CREDITED)
    engagement = agreement.engagement.public_id

    seen = [
        text_of(page(who, "service_level", engagement, "resolution")).partition("<main")[2]
        for who in (cast.ben, cast.cleo)
    ]

    stats = [
        text.partition('class="stats"')[2].partition("What the agreement says")[0] for text in seen
    ]
    assert stats[0] == stats[1] != ""


def test_the_queries_do_not_grow_with_the_tickets(cast: Cast, home: Path) -> None:
    costs = []
    for count in (5, 50):
        days = [(f"2026-03-{n % 27 + 1:02}", n % 10) for n in range(count)]
        agreement = a_measured_level(
            cast, home, tickets(*days), CREDITS, called=f"Desk {count}", **CREDITED
        )
        path = reverse("service_level", args=[agreement.engagement.public_id, "resolution"])
        costs.append(queries_for(signed_in(cast.cleo), path))

    assert costs[0] == costs[1]
