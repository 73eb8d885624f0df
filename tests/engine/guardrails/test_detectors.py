"""Every built-in guardrail: one engagement that fires it and one that does not."""

from datetime import date
from typing import Any

import pytest
import yaml

from tallystick.engine.guardrails import BUILT_IN, Guardrail, Policy, check, read_snapshot
from tests.engine.guardrails.builders import CASES, JUNE, a_document, a_measurement, a_snapshot

by_code = pytest.mark.parametrize("guardrail", BUILT_IN, ids=lambda guardrail: guardrail.code)


def the_case(guardrail: Guardrail) -> dict[str, Any]:
    case: dict[str, Any] = yaml.safe_load((CASES / f"{guardrail.code}.yaml").read_text("utf-8"))
    return case


def places(guardrail: Guardrail, as_of: date, **changes: Any) -> list[str]:
    findings = check(read_snapshot(a_document(**changes)), [guardrail], as_of)
    return [found.place for found in findings]


def guardrail_of(code: str) -> Guardrail:
    return next(guardrail for guardrail in BUILT_IN if guardrail.code == code)


@by_code
def test_a_guardrail_fires_at_exactly_the_places_of_its_case(guardrail: Guardrail) -> None:
    case = the_case(guardrail)

    found = places(guardrail, case["as_of"], **case["fires"])

    assert found == case["finds"]


@by_code
def test_a_guardrail_keeps_silent_where_all_is_well(guardrail: Guardrail) -> None:
    case = the_case(guardrail)

    found = places(guardrail, case["as_of"], **case["passes"])

    assert found == []


@by_code
def test_a_finding_says_what_is_wrong_and_what_to_do(guardrail: Guardrail) -> None:
    case = the_case(guardrail)

    findings = check(a_snapshot(**case["fires"]), [guardrail], case["as_of"])

    assert all(each.sentence.endswith(".") and each.remedy.endswith(".") for each in findings)


def test_the_built_in_guardrails_stand_in_the_order_of_their_codes() -> None:
    codes = [guardrail.code for guardrail in BUILT_IN]

    assert codes == sorted(set(codes))


def test_the_sound_engagement_of_the_cases_is_sound() -> None:
    findings = check(a_snapshot(), BUILT_IN, JUNE)

    assert findings == []


def test_an_engagement_without_any_objective_is_found() -> None:
    found = places(guardrail_of("OBJ001"), JUNE, objectives=[])

    assert found == ["objectives"]


def test_an_engagement_in_delivery_without_an_agreement_is_found() -> None:
    found = places(guardrail_of("AGR003"), JUNE, agreement=None)

    assert found == ["agreement"]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [(date(2026, 12, 31), ["agreement.in_force"]), (date(2027, 1, 1), [])],
)
def test_an_agreement_holds_from_its_first_day(as_of: date, expected: list[str]) -> None:
    found = places(guardrail_of("AGR003"), as_of)

    assert found == expected


def test_a_weekend_does_not_count_towards_the_days_of_acknowledgement() -> None:
    objective = a_document()["objectives"][0] | {"acknowledged_on": None, "shared_on": "2027-06-01"}

    # Tuesday 1 June + 10 working days is Tuesday the 15th; the 16th is one too many.
    on_the_tenth = places(guardrail_of("OBJ002"), date(2027, 6, 15), objectives=[objective])
    a_day_later = places(guardrail_of("OBJ002"), date(2027, 6, 16), objectives=[objective])

    assert (on_the_tenth, a_day_later) == ([], ["objectives[0].acknowledged_on"])


def test_a_missed_month_within_a_fall_is_no_green_drift() -> None:
    series = [
        a_measurement("2027-02", 98),
        a_measurement("2027-03", 97),
        a_measurement("2027-04", 96),
        a_measurement("2027-05", 94),
    ]

    found = places(guardrail_of("DEL002"), JUNE, measurements=series)

    assert found == []


def test_three_measured_months_are_too_few_for_a_falling_trend() -> None:
    series = [
        a_measurement("2027-03", 99),
        a_measurement("2027-04", 98),
        a_measurement("2027-05", 97),
    ]

    found = places(guardrail_of("DEL002"), JUNE, measurements=series)

    assert found == []


def test_a_level_is_not_asked_for_before_its_agreement_has_run_two_months() -> None:
    agreement = a_document()["agreement"] | {"in_force": {"from": "2027-04-02"}}

    found = places(guardrail_of("DEL003"), JUNE, measurements=[], agreement=agreement)

    assert found == []


def test_a_policy_moves_a_threshold() -> None:
    series = [a_measurement("2027-04", 98), a_measurement("2027-05", 97)]
    snapshot = a_snapshot(measurements=[a_measurement("2027-03", 99), *series])

    findings = check(snapshot, BUILT_IN, JUNE, Policy(falling_windows=2))

    assert [found.code for found in findings] == ["DEL002"]


def test_lessons_below_the_threshold_of_the_policy_need_no_disposition() -> None:
    lesson = {"id": "a", "title": "First", "stage": "define", "match": "0.49"}
    snapshot = a_snapshot(stage="define", lessons=[lesson])

    findings = check(snapshot, BUILT_IN, JUNE, Policy.model_validate({"lesson_match": "0.5"}))

    assert findings == []


def test_a_share_just_below_the_target_is_never_shown_as_the_target() -> None:
    missed = a_measurement("2027-05", 94_999, 100_000)

    (finding,) = check(a_snapshot(measurements=[missed]), BUILT_IN, JUNE)

    assert "94.99 %" in finding.sentence
