"""Documents become agreements, or are refused with code, place and remedy."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tallystick.engine.service_levels.agreement import (
    AgreementRefused,
    VersionsOverlap,
    agreement_document,
    agreement_hash,
    check_versions,
    read_agreement,
)
from tallystick.engine.service_levels.schema import agreement_schema
from tallystick.engine.service_levels.terms.clock import Condition
from tallystick.engine.service_levels.terms.quantities import limit_text, read_limit
from tallystick.engine.values import State
from tests.engine.service_levels.builders import a_document, a_level_document, an_agreement
from tests.engine.service_levels.oracle_hours import NAMES
from tests.engine.service_levels.strategies import calendars

Document = dict[str, Any]


def a_calendar_document(**changes: Any) -> Document:
    """Return a document whose calendar `office` is changed."""
    return a_document(calendars={"office": {"hours": {"mon": ["09:00-17:00"]}} | changes})


def with_level(**changes: Any) -> Document:
    """Return a document whose only service level is changed."""
    return a_document(service_levels=[a_level_document(**changes)])


def in_states(*states: State) -> tuple[Condition, ...]:
    """Return the conditions that bare states make."""
    return tuple(Condition((state,)) for state in states)


def with_hours(hours: Any) -> Document:
    """Return a document whose calendar has these hours."""
    return a_calendar_document(hours=hours)


def without(key: str) -> Document:
    """Return a document that lacks a key."""
    return {name: value for name, value in a_document().items() if name != key}


REFUSED: list[tuple[Callable[[], Any], str, str]] = [
    (lambda: None, "agreement.not-a-document", ""),
    (lambda: ["a list"], "agreement.not-a-document", ""),
    (lambda: a_document(calender={}), "agreement.unknown-key", "calender"),
    (lambda: with_level(targt="95%"), "agreement.unknown-key", "service_levels[0].targt"),
    (
        lambda: a_calendar_document(holiday=[]),
        "agreement.unknown-key",
        "calendars.office.holiday",
    ),
    (lambda: without("client"), "agreement.missing-key", "client"),
    (lambda: without("zone"), "agreement.missing-key", "zone"),
    (lambda: a_document(agreement=2), "agreement.not-one-of", "agreement"),
    (lambda: a_document(id="Help Desk"), "agreement.not-a-slug", "id"),
    (lambda: a_document(id=2012), "agreement.not-text", "id"),
    (lambda: a_document(version="1"), "agreement.not-an-integer", "version"),
    (lambda: a_document(version=0), "agreement.out-of-range", "version"),
    (lambda: a_document(version=True), "agreement.not-an-integer", "version"),
    (lambda: a_document(title=" "), "agreement.empty", "title"),
    (lambda: a_document(title="x" * 301), "agreement.too-long", "title"),
    (lambda: a_document(zone="Europe/Rom"), "agreement.unknown-zone", "zone"),
    (lambda: a_document(zone="localtime"), "agreement.unknown-zone", "zone"),
    (lambda: a_document(zone=1), "agreement.unknown-zone", "zone"),
    (lambda: a_document(service_levels=[]), "agreement.empty", "service_levels"),
    (lambda: a_document(service_levels={}), "agreement.not-a-list", "service_levels"),
    (lambda: a_document(calendars={}), "agreement.empty", "calendars"),
    (lambda: a_document(calendars=[]), "agreement.not-keys", "calendars"),
    (
        lambda: a_document(calendars={"office": "always"}),
        "agreement.not-keys",
        "calendars.office",
    ),
    (
        lambda: a_document(calendars={"The Office": {"hours": "always"}}),
        "agreement.not-a-slug",
        "calendars.The Office",
    ),
    (
        lambda: a_document(in_force={"from": "2012-01-01", "until": "2012-01-01"}),
        "agreement.term-without-days",
        "in_force",
    ),
    (
        lambda: a_document(in_force={"from": "01/02/2012", "until": "2013-01-01"}),
        "agreement.date-unreadable",
        "in_force.from",
    ),
    (
        lambda: a_document(in_force={"from": "2012-01-01", "until": "9999-12-31"}),
        "agreement.date-out-of-range",
        "in_force.until",
    ),
    (
        lambda: a_calendar_document(zone="Mars/Base"),
        "agreement.unknown-zone",
        "calendars.office.zone",
    ),
    (
        lambda: a_calendar_document(holidays=["2012-02-30"]),
        "agreement.date-unreadable",
        "calendars.office.holidays[0]",
    ),
    (lambda: with_hours({}), "agreement.calendar-without-hours", "calendars.office.hours"),
    (
        lambda: with_hours({"mon-fri": []}),
        "agreement.calendar-without-hours",
        "calendars.office.hours",
    ),
    (lambda: with_hours("never"), "agreement.hours-unreadable", "calendars.office.hours"),
    (
        lambda: with_hours({"mon": "09:00-17:00"}),
        "agreement.hours-unreadable",
        "calendars.office.hours.mon",
    ),
    (
        lambda: with_hours({"mon": ["09:00-12:00", "9-17"]}),
        "agreement.hours-unreadable",
        "calendars.office.hours.mon[1]",
    ),
    (
        lambda: with_hours({"mon": ["09:00-24:01"]}),
        "agreement.hours-unreadable",
        "calendars.office.hours.mon[0]",
    ),
    (
        lambda: with_hours({"mon": [900]}),
        "agreement.hours-unreadable",
        "calendars.office.hours.mon[0]",
    ),
    (
        lambda: with_hours({"monday": ["09:00-17:00"]}),
        "agreement.unknown-day",
        "calendars.office.hours.monday",
    ),
    (
        lambda: with_hours({"mon-wed-fri": ["09:00-17:00"]}),
        "agreement.unknown-day",
        "calendars.office.hours.mon-wed-fri",
    ),
    (
        lambda: with_hours({"mon-fri": ["09:00-17:00"], "wed": ["09:00-12:00"]}),
        "agreement.day-twice",
        "calendars.office.hours.wed",
    ),
    (
        lambda: with_hours({"mon": ["09:00-13:00", "12:00-17:00"]}),
        "agreement.hours-overlap",
        "calendars.office.hours",
    ),
    (
        lambda: with_hours({"mon": ["22:00-06:00"], "tue": ["05:00-09:00"]}),
        "agreement.hours-overlap",
        "calendars.office.hours",
    ),
    (
        lambda: with_hours({"sun": ["22:00-06:00"], "mon": ["05:00-09:00"]}),
        "agreement.hours-overlap",
        "calendars.office.hours",
    ),
    (
        lambda: with_level(target="150%"),
        "agreement.target-out-of-range",
        "service_levels[0].target",
    ),
    (lambda: with_level(target="0%"), "agreement.target-out-of-range", "service_levels[0].target"),
    (lambda: with_level(target=0.95), "agreement.target-not-text", "service_levels[0].target"),
    (lambda: with_level(target=95), "agreement.target-not-text", "service_levels[0].target"),
    (
        lambda: with_level(target="0.95"),
        "agreement.target-without-side",
        "service_levels[0].target",
    ),
    (lambda: with_level(target="99,5%"), "agreement.target-unreadable", "service_levels[0].target"),
    (
        lambda: with_level(targets=[{"limit": 8}]),
        "agreement.limit-not-text",
        "service_levels[0].targets[0].limit",
    ),
    (
        lambda: with_level(targets=[{"limit": "2d"}]),
        "agreement.day-unsaid",
        "service_levels[0].targets[0]",
    ),
    (
        lambda: with_level(targets=[{"limit": ""}]),
        "agreement.limit-unreadable",
        "service_levels[0].targets[0].limit",
    ),
    (
        lambda: with_level(targets=[{"limit": "0h"}]),
        "agreement.limit-zero",
        "service_levels[0].targets[0].limit",
    ),
    (lambda: with_level(targets=[]), "agreement.empty", "service_levels[0].targets"),
    (
        lambda: with_level(targets=[{"limit": "1h"}, {"limit": "2h"}]),
        "agreement.unreachable-limit",
        "service_levels[0].targets[0]",
    ),
    (
        lambda: with_level(targets=[{"when": {"priority": [1]}, "limit": "1h"}]),
        "agreement.not-text",
        "service_levels[0].targets[0].when.priority[0]",
    ),
    (
        lambda: with_level(targets=[{"when": {"priority": []}, "limit": "1h"}]),
        "agreement.empty",
        "service_levels[0].targets[0].when.priority",
    ),
    (lambda: with_level(measure="speed"), "agreement.not-one-of", "service_levels[0].measure"),
    (lambda: with_level(window="fortnight"), "agreement.not-one-of", "service_levels[0].window"),
    (
        lambda: with_level(attribution="assigned"),
        "agreement.not-one-of",
        "service_levels[0].attribution",
    ),
    (
        lambda: with_level(calendar="ofice"),
        "agreement.unknown-calendar",
        "service_levels[0].calendar",
    ),
    (
        lambda: a_document(service_levels=[a_level_document(), a_level_document()]),
        "agreement.duplicate-service-level",
        "service_levels[1].id",
    ),
    (
        lambda: with_level(clock={"runs": ["new", "in-progress", "on-hold"]}),
        "agreement.state-twice",
        "service_levels[0].clock",
    ),
    (
        lambda: with_level(clock={"pauses": []}),
        "agreement.state-unplaced",
        "service_levels[0].clock",
    ),
    (
        lambda: with_level(clock={"runs": [], "pauses": ["on-hold", "new", "in-progress"]}),
        "agreement.clock-idle",
        "service_levels[0].clock",
    ),
    (
        lambda: with_level(clock={"runs": ["open"]}),
        "agreement.not-one-of",
        "service_levels[0].clock.runs[0]",
    ),
    (lambda: with_level(clock="always"), "agreement.not-keys", "service_levels[0].clock"),
]


@pytest.mark.parametrize(("document", "code", "place"), REFUSED)
def test_a_wrong_document_is_refused_with_code_place_and_remedy(
    document: Callable[[], Any], code: str, place: str
) -> None:
    with pytest.raises(AgreementRefused) as refused:
        read_agreement(document())

    assert (refused.value.code, refused.value.place) == (code, place)
    assert refused.value.message
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("document", "remedy"),
    [
        (a_document(calender={}), "Did you mean 'calendars'?"),
        (a_document(zone="Europe/Rom"), "Did you mean 'Europe/Rome'? Names look like Europe/Rome."),
        (with_level(calendar="ofice"), "Did you mean 'office'?"),
        (with_level(target=0.95), 'Write the target as text with its sign: "95%".'),
        (with_level(target=99.5), 'Write the target as text with its sign: "99.5%".'),
        (with_level(target=True), 'Write the target as text with its sign: "95%".'),
        (without("client"), "Add `client`."),
        (
            with_level(window="fortnight"),
            "Write day, week, month, quarter, year, or such as rolling-3-months.",
        ),
        (
            a_document(calendars={"office": {"xyz": 1}}),
            "Known are: country, day, holidays, hours, zone.",
        ),
        (a_document(zone="12345678"), "Check the spelling. Names look like Europe/Rome."),
    ],
)
def test_the_remedy_says_what_to_write(document: Document, remedy: str) -> None:
    with pytest.raises(AgreementRefused) as refused:
        read_agreement(document)

    assert refused.value.remedy == remedy


def test_a_refusal_carries_every_problem_found() -> None:
    document = a_document(zone="Nowhere", service_levels=[a_level_document(target="150%")])

    with pytest.raises(AgreementRefused) as refused:
        read_agreement(document)

    assert [problem.place for problem in refused.value.problems] == [
        "zone",
        "calendars.office.zone",
        "service_levels[0].target",
    ]


def test_braces_in_a_document_are_shown_as_written() -> None:
    with pytest.raises(AgreementRefused) as refused:
        read_agreement(a_document(zone="{remedy}"))

    assert "{remedy}" in refused.value.message


def test_a_calendar_takes_the_zone_of_the_agreement() -> None:
    agreement = an_agreement(zone="Europe/Rome")

    assert agreement.calendars["office"].zone == "Europe/Rome"


def test_a_target_is_an_exact_fraction() -> None:
    agreement = read_agreement(with_level(target="99.95%"))

    assert agreement.service_levels[0].target.value == Fraction(1999, 2000)


def test_the_default_response_clock_stops_as_someone_takes_the_item_up() -> None:
    clock = read_agreement(with_level(measure="response-time")).service_levels[0].clock

    assert (clock.runs, clock.pauses) == (in_states(State.NEW), in_states(State.ON_HOLD))


def test_a_stated_clock_replaces_the_default_list_by_list() -> None:
    stated = {"runs": ["on-hold", "new", "in-progress"], "pauses": []}

    clock = read_agreement(with_level(clock=stated)).service_levels[0].clock

    assert clock.runs == in_states(State.NEW, State.IN_PROGRESS, State.ON_HOLD)
    assert clock.stops == in_states(State.RESOLVED, State.CLOSED, State.CANCELLED)


@pytest.mark.parametrize(
    ("hours", "spelled"),
    [
        ("always", {day: ["00:00-24:00"] for day in NAMES}),
        ({"mon,wed": ["09:00-17:00"]}, {"mon": ["09:00-17:00"], "wed": ["09:00-17:00"]}),
        ({"sat-mon": ["9:00 - 12:00"]}, {d: ["09:00-12:00"] for d in ("mon", "sat", "sun")}),
        ({"fri": ["13:00-18:00", "08:00-12:00"]}, {"fri": ["08:00-12:00", "13:00-18:00"]}),
        ({"sun": ["22:00-06:00"]}, {"sun": ["22:00-06:00"]}),
        ({"mon": ["18:00-00:00"]}, {"mon": ["18:00-24:00"]}),
        ({"mon": ["08:00-08:00"]}, {"mon": ["08:00-08:00"]}),
    ],
)
def test_hours_have_one_spelling(hours: Any, spelled: dict[str, list[str]]) -> None:
    document = agreement_document(read_agreement(with_hours(hours)))

    assert document["calendars"]["office"]["hours"] == spelled


def test_what_is_left_out_and_has_no_default_stays_out() -> None:
    level = agreement_document(an_agreement())["service_levels"][0]

    assert "data_source" not in level
    assert level["attribution"] == "due"


@settings(deadline=None)
@given(place=calendars(), seconds=st.integers(1, 10**7), millipercent=st.integers(1, 100_000))
def test_an_agreement_survives_being_written_and_read(
    place: tuple[Document, Any], seconds: int, millipercent: int
) -> None:
    whole, rest = divmod(millipercent, 1000)
    level = a_level_document(targets=[{"limit": limit_text(seconds)}], target=f"{whole}.{rest:03}%")
    agreement = an_agreement(calendars={"office": place[0]}, service_levels=[level])

    again = read_agreement(agreement_document(agreement))

    assert again == agreement
    assert agreement_hash(again) == agreement_hash(agreement)


@given(seconds=st.integers(1, 10**9))
def test_a_limit_survives_being_written_and_read(seconds: int) -> None:
    assert read_limit(limit_text(seconds)) == seconds


def test_two_spellings_of_the_same_terms_have_one_hash() -> None:
    one = with_level(target="95.0%", targets=[{"limit": "90m"}])
    other = with_level(target="95 %", targets=[{"limit": "1h30m"}], attribution="due")

    assert agreement_hash(read_agreement(one)) == agreement_hash(read_agreement(other))


@pytest.mark.parametrize(
    "changed",
    [
        a_document(title="Help desk"),
        with_level(target="95.001%"),
        a_calendar_document(holidays=["2012-05-01"]),
    ],
)
def test_other_terms_have_another_hash(changed: Document) -> None:
    assert agreement_hash(read_agreement(changed)) != agreement_hash(an_agreement())


def test_the_hash_of_an_agreement_never_changes() -> None:
    # Signed versions are found by this hash: a new one means that old signatures are void.
    assert agreement_hash(an_agreement()) == (
        "sha256:4e59a319e1642f3d15842ec81593d0205f152e57b3d727b8fdfc2fcb255f735f"
    )


def test_the_schema_accepts_a_document_and_its_full_spelling() -> None:
    validator = Draft202012Validator(agreement_schema())

    assert list(validator.iter_errors(a_document())) == []
    assert list(validator.iter_errors(agreement_document(an_agreement()))) == []


def test_the_schema_knows_no_other_keys() -> None:
    validator = Draft202012Validator(agreement_schema())

    assert not validator.is_valid(a_document(calender={}))


def a_version(number: int, from_: str, until: str, **changes: Any) -> Any:
    """Return one version of an agreement, in force from one day until another."""
    return an_agreement(version=number, in_force={"from": from_, "until": until}, **changes)


def test_versions_that_follow_one_another_are_accepted() -> None:
    check_versions(
        [a_version(2, "2012-07-01", "2013-01-01"), a_version(1, "2012-01-01", "2012-07-01")]
    )


def test_versions_of_different_agreements_may_overlap() -> None:
    other = a_version(1, "2012-01-01", "2013-01-01", id="payroll")

    check_versions([a_version(1, "2012-01-01", "2013-01-01"), other])


@pytest.mark.parametrize(
    ("number", "from_", "place"),
    [
        (2, "2012-06-30", "helpdesk version 1: in_force.until"),
        (1, "2012-07-01", "helpdesk version 1: version"),
    ],
)
def test_versions_that_share_a_day_or_a_number_are_refused(
    number: int, from_: str, place: str
) -> None:
    versions = [a_version(number, from_, "2013-01-01"), a_version(1, "2012-01-01", "2012-07-01")]

    with pytest.raises(VersionsOverlap) as refused:
        check_versions(versions)

    assert (refused.value.code, refused.value.place) == ("agreement.overlapping-versions", place)
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("changes", "code", "place"),
    [
        ({"renewal": {"renews": "automatically"}}, "agreement.renewal-unclear", "renewal"),
        ({"renewal": {"months": 12}}, "agreement.renewal-unclear", "renewal"),
        (
            {"relief": {"grounds": ["client-caused", "client-caused"]}},
            "agreement.ground-twice",
            "relief.grounds",
        ),
        ({"relief": {"grounds": []}}, "agreement.empty", "relief.grounds"),
        ({"relief": {"claim_days": 0}}, "agreement.out-of-range", "relief.claim_days"),
        ({"statements": {"unanswered": "met"}}, "agreement.not-one-of", "statements.unanswered"),
        ({"time_zone_data": "2026"}, "agreement.zone-data-unreadable", "time_zone_data"),
    ],
)
def test_dealings_that_leave_something_open_are_refused(
    changes: dict[str, Any], code: str, place: str
) -> None:
    with pytest.raises(AgreementRefused) as refused:
        an_agreement(**changes)

    assert (refused.value.code, refused.value.place) == (code, place)
    assert refused.value.remedy


def test_dealings_that_are_not_stated_leave_the_hash_of_a_version_as_it_was() -> None:
    spelled = agreement_document(an_agreement())
    usual = agreement_document(an_agreement(statements={"issue_days": 10, "dispute_days": 20}))

    assert not {"statements", "relief", "renewal", "time_zone_data"} & set(spelled)
    assert usual == spelled
