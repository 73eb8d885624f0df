"""Objectives by program: the same wording, figures and seals as on the pages."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api.conftest import Program, Stage

pytestmark = pytest.mark.django_db

WORDING: dict[str, Any] = {
    "statement": "Halve the time from request to live",
    "measure": "Median of the change log",
    "unit": "working days",
    "direction": "lower",
    "baseline_value": "24",
    "baseline_on": "2026-01-01",
    "target": "12",
    "due_on": "2026-12-31",
    "profile": [{"on": "2026-07-01", "value": "20"}],
}


def stated(stage: Stage, **changes: Any) -> Any:
    """State an objective; return the answer."""
    path = f"/engagements/{stage.ids()['engagement_id']}/objectives/state"
    return stage.program().posts(path, **WORDING | changes)


def sent(program: Program, objective: str, content: bytes, **fields: Any) -> Any:
    """Send a file of values; return what becomes of it."""
    file = SimpleUploadedFile("values.csv", content)
    return program.client.post(
        f"/api/objectives/{objective}/values/import", {"file": file} | fields
    )


def test_what_was_stated_comes_back_with_its_version(stage: Stage) -> None:
    answer = stated(stage, goal="A shorter way to customers", weight=3)

    found = answer.json()
    assert answer.status_code == 201
    assert (found["weight"], found["profile"]) == (3, WORDING["profile"])
    (kept,) = found["versions"]
    assert kept["wording"]["target"] == "12"
    assert {each["fact"]: each["missing"] for each in found["smart"]}["time_bound"] == []


def test_an_amendment_tells_what_it_changes_for_whom_has_acknowledged(stage: Stage) -> None:
    objective = stated(stage).json()["id"]
    reader = stage.program("delivery lead")
    reader.posts(f"/objectives/{objective}/acknowledge")

    stated(stage, amends=objective, target="10")

    found = reader.get(f"/objectives/{objective}")
    assert not found["acknowledged"]
    assert found["changed_since_acknowledged"] == [
        {"part": "target", "before": "12", "after": "10"}
    ]


def test_a_brief_is_acknowledged_in_one_go(stage: Stage) -> None:
    ids = [stated(stage, statement=each).json()["id"] for each in ("Faster", "Cheaper")]
    path = f"/engagements/{stage.ids()['engagement_id']}/objectives/acknowledge"

    answer = stage.program("delivery lead").posts(path, read={each: 1 for each in ids})

    assert [each["objective"] for each in answer.json()["acknowledged"]] == ids


def test_what_was_amended_meanwhile_is_neither_written_over_nor_acknowledged(stage: Stage) -> None:
    first = stated(stage).json()["id"]
    stated(stage, amends=first, seen="1", target="11")

    over = stated(stage, amends=first, seen="1", target="10")
    word = stage.program("delivery lead").posts(f"/objectives/{first}/acknowledge?version=1")

    kept = stage.program().get(f"/objectives/{first}")
    assert [each.json()["code"] for each in (over, word)] == [
        "objective.changed", "objective.amended-meanwhile",
    ]  # fmt: skip
    assert (kept["version"], kept["target"]) == (2, "11")


def test_importance_is_told_to_nobody_before_both_have_rated(stage: Stage) -> None:
    objective = stated(stage).json()["id"]
    client, provider = stage.program(), stage.program("delivery lead")
    before = provider.get(f"/objectives/{objective}")

    mine = client.posts(f"/objectives/{objective}/importance", importance=5).json()
    sealed = provider.get(f"/objectives/{objective}")
    both = provider.posts(f"/objectives/{objective}/importance", importance=2).json()

    assert mine["importance"] == {"own": 5, "client": None, "provider": None, "gap": None}
    assert sealed == before
    assert both["importance"] == {"own": None, "client": 5, "provider": 2, "gap": 3}


def test_an_importance_off_the_scale_is_refused(stage: Stage) -> None:
    objective = stated(stage).json()["id"]

    answer = stage.program().posts(f"/objectives/{objective}/importance", importance=6)

    assert (answer.status_code, answer.json()["code"]) == (422, "objectives.rating-outside-scale")


def test_a_value_and_its_correction(stage: Stage) -> None:
    objective = stated(stage).json()["id"]
    program = stage.program("delivery lead")
    path = f"/objectives/{objective}/values/record"
    first = program.posts(path, on="2026-03-31", value="18").json()

    again = program.posts(path, on="2026-03-31", value="19")
    program.posts(path, on="2026-03-31", value="21", corrects=first["id"])

    assert again.json()["code"] == "actuals.day-taken"
    found = program.get(f"/objectives/{objective}")
    assert [each["value"] for each in found["values"]] == ["21"]
    assert [each["value"] for each in found["recorded"]] == ["18", "21"]
    assert found["fares"]["attained"] == 0.25


FILE = b"""Date;Value;Note
2026-02-28;23;
2026-03-31;many;
2026-04-30;22.5;The log was late
2026-04-30;22;
2196-05-31;20;
soon;20;
"""


def test_a_file_is_tried_out_and_every_row_gets_its_answer(stage: Stage) -> None:
    objective = stated(stage).json()["id"]
    program = stage.program("delivery lead")

    tried = sent(program, objective, FILE, dry_run="true").json()

    assert (tried["new"], tried["held"], tried["kept_out"]) == (2, 0, 4)
    assert [each["line"] for each in tried["rows_kept_out"]] == [3, 5, 6, 7]
    assert program.get(f"/objectives/{objective}")["values"] == []


def test_the_same_file_again_stores_nothing_twice(stage: Stage) -> None:
    objective = stated(stage).json()["id"]
    program = stage.program("delivery lead")
    stored = sent(program, objective, FILE).json()

    again = sent(program, objective, FILE)

    assert len(stored["stored"]) == 2
    assert (again.status_code, again.json()["code"]) == (422, "actuals.nothing-to-store")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "intake.empty-file"),
        (b"day,figures\n2026-01-01,3\n", "actuals.no-value-column"),
    ],
)
def test_a_file_without_values_is_refused(stage: Stage, content: bytes, code: str) -> None:
    objective = stated(stage).json()["id"]

    answer = sent(stage.program(), objective, content)

    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_a_service_level_feeds_an_objective_without_a_copy(stage: Stage) -> None:
    level = {"service_level": "resolution", "unit": "%", "direction": "higher"}
    figures = {"baseline_value": "20", "target": "95", "profile": []}
    objective = stated(stage, **level | figures).json()
    program = stage.program("delivery lead")

    by_hand = program.posts(
        f"/objectives/{objective['id']}/values/record", on="2026-03-31", value="1"
    )

    assert by_hand.json()["code"] == "actuals.fed-by-level"
    values = program.get(f"/objectives/{objective['id']}")["values"]
    assert {each["came_by"] for each in values} == {"service-level"}
    measured = program.get(
        f"/engagements/{stage.ids()['engagement_id']}/measurements?service_level=resolution"
    )
    shares = {
        each["window"]: 100 * each["numerator"] / each["denominator"]
        for each in measured["items"]
        if each["denominator"]
    }
    for each in values:
        assert float(each["value"]) == pytest.approx(shares[each["note"]], abs=1e-5)


@pytest.mark.parametrize(
    ("changes", "code", "place"),
    [
        ({"target": "24"}, "objectives.target-is-baseline", "target"),
        ({"target": "30"}, "objectives.target-backwards", "target"),
        ({"due_on": "2025-12-31"}, "objectives.due-before-baseline", "due_on"),
        ({"target": "soon"}, "objectives.figure-needed", "target"),
        ({"baseline_value": "slow"}, "objectives.figure-needed", "baseline_value"),
        ({"tolerance": "some"}, "objectives.figure-needed", "tolerance"),
        (
            {"profile": [{"on": "2028-01-01", "value": 1}]},
            "objectives.profile-refused",
            "profile.2028-01-01",
        ),
        ({"direction": "sideways"}, "objective.part-refused", "direction"),
        ({"weight": 101}, "objective.part-refused", "weight"),
        ({"service_level": "nothing"}, "objective.part-refused", "service_level"),
        ({"parent": "zzzzzzzzzzzz"}, "request.names-nothing", "parent"),
    ],
)
def test_what_cannot_be_is_refused_in_its_place(
    stage: Stage, changes: Any, code: str, place: str
) -> None:
    answer = stated(stage, **changes)

    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["place"]) == (422, code, place)


def test_an_objective_is_no_part_of_its_own_part(stage: Stage) -> None:
    above = stated(stage).json()["id"]
    below = stated(stage, parent=above).json()["id"]

    answer = stated(stage, amends=above, parent=below)

    assert answer.json()["place"] == "parent"


def test_starters_say_what_a_wish_can_be_measured_by(stage: Stage) -> None:
    found = stage.program().get("/objective-starters")["items"]

    assert {each["intent"] for each in found} >= {"cheaper", "faster"}
    assert stage.program("delivery lead").asks("/objective-starters").status_code == 404


# --- the business case

LINE = {"when": "after", "kind": "fees", "low": "90", "likely": "100", "high": "110"}


def written(stage: Stage, *lines: dict[str, Any], years: int = 2) -> Any:
    """Write a business case; return the answer."""
    path = f"/engagements/{stage.ids()['engagement_id']}/business-case/write"
    return stage.program().posts(path, years=years, rate="0", lines=list(lines))


def test_a_business_case_comes_back_computed(stage: Stage) -> None:
    answer = written(
        stage,
        LINE | {"currency": "EUR"},
        LINE | {"currency": "EUR", "kind": "transition", "year": 0},
        LINE | {"currency": "EUR", "when": "before", "likely": "200", "high": "300"},
    )

    found = answer.json()
    assert (answer.status_code, found["version"]) == (201, 2)
    assert found["total_cost"] == "300.00"
    held = stage.program().get(f"/engagements/{stage.ids()['engagement_id']}/business-case")
    assert held["case"] == found
    assert float(found["p10"]) < float(found["p50"]) < float(found["p90"])


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([{"currency": "EUR"}, {"currency": "USD"}], "business-case.currency-mix"),
        ([{"currency": "EUR", "low": "120"}], "business-case.line-refused"),
        ([{"currency": "EUR", "year": 9}], "business-case.line-refused"),
        ([{"currency": "EUR", "likely": "a lot"}], "business-case.part-refused"),
        ([{"currency": "gold"}], "business-case.part-refused"),
        ([{"currency": "EUR", "kind": "luck"}], "business-case.part-refused"),
        ([], "business-case.term-refused"),
    ],
)
def test_a_case_that_cannot_be_computed_is_refused(
    stage: Stage, lines: list[dict[str, Any]], code: str
) -> None:
    answer = written(stage, *(LINE | each for each in lines))

    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_a_provider_is_not_told_that_there_is_a_case(stage: Stage) -> None:
    path = f"/engagements/{stage.ids()['engagement_id']}/business-case"

    answer = stage.program("delivery lead").asks(path)

    assert answer.status_code == 404
