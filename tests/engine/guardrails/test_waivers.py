"""Waivers: what they cover, until when, and what they never do."""

from datetime import date
from typing import Any

import pytest

from tallystick.engine.guardrails import SnapshotFaulty, check, guardrails_for
from tallystick.engine.guardrails.anchors import anchored
from tests.engine.guardrails.builders import JUNE, a_measurement, a_raised_guardrail, a_snapshot

NO_BASELINE = {"id": "pay-day", "statement": "Pay on the day"}


def a_waiver(**changes: Any) -> dict[str, Any]:
    """Return a waiver of OBJ001 that holds in June."""
    usual = {
        "code": "OBJ001",
        "reason": "The baseline is being measured.",
        "approver": "Ada",
        "expires_on": "2027-06-30",
    }
    return usual | changes


def found(as_of: date = JUNE, **changes: Any) -> list[tuple[str, str, bool]]:
    """Return code, place and whether it is waived, of each finding about objectives."""
    snapshot = a_snapshot(**changes)
    return [
        (each.code, each.place, each.waived)
        for each in check(snapshot, guardrails_for(snapshot), as_of)
    ]


def waived_places(**changes: Any) -> list[str]:
    """Return where an objective without anything is waived."""
    return [place for _, place, waived in found(objectives=[NO_BASELINE], **changes) if waived]


@pytest.mark.parametrize(
    "place", ["objectives[0].baseline", "objectives[pay-day].baseline"], ids=["number", "id"]
)
def test_a_waiver_of_a_place_covers_that_place_alone(place: str) -> None:
    assert waived_places(waivers=[a_waiver(place=place)]) == ["objectives[0].baseline"]


def test_a_waiver_without_a_place_covers_every_place_of_its_guardrail() -> None:
    codes = {
        (code, waived) for code, _, waived in found(objectives=[NO_BASELINE], waivers=[a_waiver()])
    }

    assert ("OBJ001", True) in codes
    assert ("OBJ001", False) not in codes


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({"expires_on": "2027-06-15"}, True),
        ({"expires_on": "2027-06-14"}, False),
        ({"expires_on": "2028-06-14"}, True),
        ({"expires_on": "2028-06-15"}, False),
        ({"granted_on": "2027-06-15"}, True),
        ({"granted_on": "2027-06-16"}, False),
    ],
    ids=["last-day", "after", "a-year", "too-far", "first-day", "before"],
)
def test_a_waiver_holds_from_its_first_day_to_its_last(
    changes: dict[str, str], holds: bool
) -> None:
    places = waived_places(waivers=[a_waiver(place="objectives[0].target", **changes)])

    assert places == (["objectives[0].target"] if holds else [])


def test_a_waived_blocker_blocks_nothing_and_comes_last() -> None:
    snapshot = a_snapshot(
        stage="define", objectives=[NO_BASELINE], waivers=[a_waiver(place="objectives[0].baseline")]
    )

    findings = check(snapshot, guardrails_for(snapshot), JUNE)

    last = findings[-1]
    assert (last.place, last.blocking) == ("objectives[0].baseline", False)
    assert (last.waived_until, last.waived_because) == (
        date(2027, 6, 30),
        "The baseline is being measured.",
    )
    assert findings[0].blocking


def test_of_two_waivers_the_one_that_lasts_longest_counts() -> None:
    waivers = [a_waiver(expires_on="2027-07-31", reason="Longer."), a_waiver()]
    snapshot = a_snapshot(objectives=[NO_BASELINE], waivers=waivers)

    findings = check(snapshot, guardrails_for(snapshot), JUNE)

    assert {each.waived_because for each in findings if each.code == "OBJ001"} == {"Longer."}


def test_an_expired_waiver_cannot_be_waived() -> None:
    waivers = [a_waiver(expires_on="2027-06-01"), a_waiver(code="WAI001")]

    assert ("WAI001", "waivers[0].expires_on", False) in found(waivers=waivers)


def test_a_guardrail_of_a_lesson_can_be_waived() -> None:
    rail = a_raised_guardrail(condition="objectives.all(o, o.source == 'elsewhere')")

    findings = found(guardrails=[rail], waivers=[a_waiver(code="NOR001")])

    assert findings == [("NOR001", "objectives", True)]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"granted_on": "2027-07-01"}, "the waiver ends on 2027-06-30, before it begins"),
        ({"granted_on": "2026-06-29"}, "the waiver lasts longer than 365 days"),
        ({"expires_on": None}, "expected a day"),
        ({"reason": ""}, "at least 1 character"),
        ({"approver": ""}, "at least 1 character"),
    ],
    ids=["backwards", "too-long", "endless", "without-reason", "nobody"],
)
def test_a_waiver_that_is_none_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(SnapshotFaulty, match=said) as refused:
        a_snapshot(waivers=[a_waiver(**changes)])

    assert refused.value.place.startswith("waivers[0]")


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("objectives[0].baseline", "objectives[o1].baseline"),
        ("measurements[1].attainment", "measurements[resolution 2027-05].attainment"),
        ("agreement.service_levels[0].name", "agreement.service_levels[resolution].name"),
        ("guardrails[0]", "guardrails[NOR001]"),
        ("objectives", "objectives"),
        ("objectives[7].baseline", "objectives[7].baseline"),
        ("nowhere[0].at.all[1]", "nowhere[0].at.all[1]"),
        ("a field, of words", "a field, of words"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_place_is_named_by_what_stands_there(place: str, expected: str) -> None:
    measurements = [a_measurement("2027-04", 99), a_measurement("2027-05", 99)]
    snapshot = a_snapshot(measurements=measurements, guardrails=[a_raised_guardrail()])

    assert anchored(snapshot, place) == expected
