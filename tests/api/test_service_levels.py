"""Credits, outlook, queues, distributions, calendars: what pages show, for programs."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tallystick.records.agreements import Agreement
from tests.actions.test_measure_and_state import an_agreement
from tests.api.books import Reader, a_credited_agreement, number
from tests.api.conftest import Program
from tests.cast import Cast, an_engagement
from tests.web.pages import text_of

pytestmark = pytest.mark.django_db

FILES = ("csv", "xlsx", "parquet")


@pytest.fixture
def agreement(cast: Cast, home: Path) -> Agreement:
    """Return an agreement with credits, measured."""
    return a_credited_agreement(cast, home)


@pytest.fixture
def program(cast: Cast) -> Program:
    """Return a program of the client."""
    return Reader.of(cast.ada).program()


# --- the same figures through every door


@pytest.mark.parametrize("who", ["ada", "cleo"])
def test_measurements_are_the_same_on_page_in_files_and_in_the_interface(
    who: str, cast: Cast, agreement: Agreement, tmp_path: Path
) -> None:
    reader = Reader.of(getattr(cast, who))
    engagement = agreement.engagement.public_id
    address = reverse("exports", args=[engagement])

    page = text_of(reader.client.get(address))
    told = reader.program().get(f"/engagements/{engagement}/measurements?limit=200")["items"]
    files = {kind: reader.rows(address, kind, tmp_path) for kind in FILES}

    assert len(told) > 4
    expected = [_figures(each) for each in told]
    assert all(f"{each['value']:g}" in page for each in told if each["value"] is not None)
    for rows in files.values():
        assert [_figures_of(row) for row in rows] == expected


def _figures(told: dict[str, Any]) -> tuple[Any, ...]:
    names = ("window", "service_level", "verdict", "numerator", "denominator", "pending", "value")
    return (*(told[name] for name in names), told["id"])


def _figures_of(row: dict[str, str]) -> tuple[Any, ...]:
    counts = (int(row[name]) for name in ("Numerator", "Denominator", "Pending"))
    first = (row["Window"], row["Service level"], row["Verdict"])
    return (*first, *counts, number(row["Value"]), row["Measurement"])


@pytest.mark.parametrize("who", ["ada", "cleo"])
def test_credits_are_the_same_on_page_in_files_and_in_the_interface(
    who: str, cast: Cast, agreement: Agreement, tmp_path: Path
) -> None:
    reader = Reader.of(getattr(cast, who))
    address = reverse("exports", args=[agreement.engagement.public_id])

    page = text_of(reader.client.get(address))
    notes = reader.program().get(f"/agreements/{agreement.public_id}/credits")["items"]
    files = {kind: reader.rows(address, kind, tmp_path, "credits") for kind in FILES}

    expected = [
        (note["window"], line["service_level"], line["formula"], Decimal(line["amount"]))
        for note in notes
        for line in note["lines"]
    ]
    assert ("2026-03", "response", "40% x (10% x 100,000.00) = 4,000.00 EUR", 4000) in expected
    assert all(formula in page for _, _, formula, _ in expected)
    for rows in files.values():
        taken = [
            (row["Month"], row["Service level"], row["Formula"], Decimal(row["Amount"]))
            for row in rows
        ]
        assert taken == expected


@pytest.mark.parametrize("who", ["ada", "cleo"])
def test_items_are_the_same_on_page_in_files_and_in_the_interface(
    who: str, cast: Cast, agreement: Agreement, tmp_path: Path
) -> None:
    reader = Reader.of(getattr(cast, who))
    measurement = agreement.measurements.get(
        service_level="resolution", window="2026-07", superseded_by=None
    )
    address = reverse("measurement", args=[measurement.public_id])

    told = reader.program().get(f"/measurements/{measurement.public_id}/items")["items"]
    files = {kind: reader.rows(address, kind, tmp_path) for kind in FILES}

    expected = {each["id"]: (each["verdict"], each["counted"]) for each in told}
    assert "=T6" in expected
    guarded = {("'" + name if name.startswith("=") else name): v for name, v in expected.items()}
    for kind, rows in files.items():
        taken = {row["Ticket"]: (row["Verdict"], int(row["Counted"])) for row in rows}
        assert taken == (expected if kind == "parquet" else guarded)


@pytest.mark.parametrize("kind", FILES)
def test_both_parties_get_the_same_bytes(kind: str, cast: Cast, agreement: Agreement) -> None:
    address = reverse("exports", args=[agreement.engagement.public_id])

    client, provider = (
        [Reader.of(who).bytes_of(address, kind, table) for table in ("", "credits")]
        for who in (cast.ada, cast.cleo)
    )

    assert client == provider


# --- credits


def test_the_lines_of_a_note_add_up_to_the_cent(agreement: Agreement, program: Program) -> None:
    notes = program.get(f"/agreements/{agreement.public_id}/credits")["items"]

    march = next(note for note in notes if note["window"] == "2026-03")
    assert march["total"] == "8000.00"
    assert sum(Decimal(line["amount"]) for line in march["lines"]) == Decimal(march["total"])
    assert march["year"]["credited"] == "8000.00"
    assert [note["window"] for note in notes] == sorted((n["window"] for n in notes), reverse=True)


def test_a_month_that_is_not_over_has_no_note(agreement: Agreement, program: Program) -> None:
    notes = program.get(f"/agreements/{agreement.public_id}/credits")["items"]

    assert "2026-07" not in {note["window"] for note in notes}


def test_an_agreement_without_credits_has_no_notes(
    cast: Cast, home: Path, program: Program
) -> None:
    other = a_credited_agreement(cast, home, charges=None, credits=None, service_levels=_bare())

    assert program.get(f"/agreements/{other.public_id}/credits")["items"] == []


def _bare() -> list[dict[str, Any]]:
    return [
        {
            "id": "resolution",
            "name": "Resolution",
            "measure": "resolution-time",
            "calendar": "office",
            "targets": [{"limit": "8h"}],
            "target": "95%",
        }
    ]


# --- outlook and queues


def test_the_levels_stand_in_the_order_of_the_agreement(
    agreement: Agreement, program: Program
) -> None:
    levels = program.get(f"/agreements/{agreement.public_id}/levels")["levels"]

    assert [each["service_level"] for each in levels] == ["response", "resolution"]
    assert levels[1] | {"running": ""} == {
        "service_level": "resolution",
        "name": "Resolution of incidents",
        "measure": "resolution-time",
        "target": "95%",
        "unit": "share",
        "direction": "at-least",
        "newest": "2026-06",
        "value": 0.0,
        "verdict": "missed",
        "met": 1,
        "windows": 3,
        "running": "",
        "drifting": False,
    }


def test_the_outlook_tells_budget_and_forecast(agreement: Agreement, program: Program) -> None:
    path = f"/agreements/{agreement.public_id}/levels/resolution/outlook"

    outlook = program.get(path)

    budget = outlook["budget"]
    assert budget["window"] == "2026-07"
    assert (budget["missed"], budget["pending"]) == (0, 2)
    assert budget["left"] == budget["allowed"] - budget["missed"]
    assert 0 <= outlook["forecast"]["chance"] <= 1
    assert [each["window"] for each in outlook["chart"]["points"]] == [
        "2026-03",
        "2026-05",
        "2026-06",
    ]
    assert outlook["chart"]["mean"] is None
    assert budget["gone_after_seconds"] is None
    prospect = outlook["prospect"]
    assert prospect["windows"] == 3
    assert prospect["share_from"] < prospect["items_kept"] / prospect["items"]
    assert prospect["items_kept"] / prospect["items"] < prospect["share_to"]


def test_the_queue_has_the_late_items_first(agreement: Agreement, program: Program) -> None:
    path = f"/agreements/{agreement.public_id}/levels/resolution/queue"

    both = program.get(f"{path}?left=1")
    late = program.get(f"{path}?urgency=breached")
    risky = program.get(f"{path}?urgency=at-risk&left=1&limit=1")

    assert [(each["id"], each["urgency"]) for each in both["items"]] == [
        ("T5", "breached"),
        ("=T6", "at-risk"),
        ("T7", "at-risk"),
    ]
    assert [each["id"] for each in late["items"]] == ["T5"]
    assert late["items"][0]["left"] < 0
    assert ([each["id"] for each in risky["items"]], risky["count"]) == (["=T6"], 2)


def test_a_distribution_adds_up_to_the_items(agreement: Agreement, program: Program) -> None:
    told = program.get(f"/agreements/{agreement.public_id}/levels/resolution/distribution")

    priority = next(each for each in told["attributes"] if each["attribute"] == "priority")
    assert {group["value"]: (group["kept"], group["missed"]) for group in priority["groups"]} == {
        "P1": (2, 1),
        "P2": (1, 1),
    }


def test_a_spread_has_every_decided_item(agreement: Agreement, program: Program) -> None:
    measurement = agreement.measurements.get(
        service_level="resolution", window="2026-03", superseded_by=None
    )

    spread = program.get(f"/measurements/{measurement.public_id}/spread")["spread"]

    assert sum(bar["count"] for bar in spread["bars"]) == spread["count"] == 3
    assert (spread["mark"], spread["beyond"]) == (8 * 3600, 1)
    assert set(spread["percentiles"]) == {"50", "90", "95"}


@pytest.mark.parametrize("part", ["outlook", "queue", "distribution"])
def test_an_unknown_level_is_not_found(part: str, agreement: Agreement, program: Program) -> None:
    answer = program.asks(f"/agreements/{agreement.public_id}/levels/none/{part}")

    assert answer.status_code == 404


def test_what_was_never_measured_has_an_empty_outlook(cast: Cast, program: Program) -> None:
    agreement = a_bare_agreement(cast)
    path = f"/agreements/{agreement.public_id}/levels/resolution"

    outlook = program.get(f"{path}/outlook")

    assert (outlook["as_of"], outlook["budget"], outlook["chart"]["points"]) == (None, None, [])
    assert program.get(f"{path}/queue") == {"items": [], "count": 0, "as_of": None}
    assert program.get(f"{path}/distribution")["attributes"] == []


def a_bare_agreement(cast: Cast) -> Agreement:
    """Return an agreement under which nothing was measured."""
    return an_agreement(an_engagement(name="Quiet"), cast)


# --- items


def test_an_item_tells_its_cycle_and_when_it_was_first_due(
    agreement: Agreement, program: Program
) -> None:
    measurement = agreement.measurements.get(
        service_level="resolution", window="2026-03", superseded_by=None
    )
    path = f"/measurements/{measurement.public_id}"

    item = next(e for e in program.get(f"{path}/items")["items"] if e["id"] == "T3")
    working = program.get(f"{path}/working?id=T3&cycle={item['cycle']}")

    shared = ("cycle", "first_due", "elapsed", "counted", "odd")
    assert [item[name] for name in shared] == [working[name] for name in shared]
    assert item["first_due"] == item["due"]
    assert item["over"] == item["counted"] - item["limit"] < 0
    assert program.asks(f"{path}/working?id=T3&cycle=7").status_code == 422


# --- calendars


def test_a_year_of_a_calendar_is_that_of_its_page(agreement: Agreement, cast: Cast) -> None:
    reader = Reader.of(cast.cleo)
    address = reverse("calendar", args=[agreement.public_id, "office"])

    told = reader.program().get(f"/agreements/{agreement.public_id}/calendars/office?year=2026")
    rows = reader.rows(f"{address}?year=2026", "csv", Path())

    assert [(each["day"], str(each["open_seconds"])) for each in told["days"]] == [
        (row["Day"], row["Open"]) for row in rows
    ]
    assert sum(each["open_seconds"] for each in told["days"]) == told["open_seconds"]
    assert [each["day"] for each in told["days"] if each["clock_moves"]] == [
        "2026-03-29",
        "2026-10-25",
    ]
