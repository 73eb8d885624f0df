"""A document that leaves nothing open fires no rule; each rule fires on its own mistake alone."""

from typing import Any

import pytest

from tallystick.engine.service_levels.lint import RULES, lint
from tallystick.engine.service_levels.templates.texts import TEMPLATES
from tests.engine.service_levels.lint.documents import (
    Spoil,
    filled_in,
    given,
    several,
    without,
)

DESK, APPLICATION, INFRASTRUCTURE, SOFTWARE = (
    "service-desk",
    "application-support",
    "infrastructure-operations",
    "software-development",
)


def level_of_the_same(**changes: Any) -> Spoil:
    """Return what adds the desk's backlog once more, for some of its items."""

    def spoil(document: dict[str, Any]) -> None:
        document["service_levels"].append({**document["service_levels"][3], **changes})

    return spoil


NO_CREDITS = several(*(without(f"service_levels.{number}.credit") for number in range(3)))

MISTAKES: list[tuple[str, str, Spoil]] = [
    ("document.blank", DESK, given("client", "<name of the client>")),
    ("measuring.no-data-source", DESK, without("service_levels.0.data_source")),
    ("measuring.nobody-measures", DESK, without("service_levels.1.measured_by")),
    ("measuring.window-unsaid", DESK, without("service_levels.0.window")),
    ("measuring.attribution-unsaid", DESK, without("service_levels.2.attribution")),
    ("calendar.no-holidays", DESK, given("in_force.until", "2028-02-01")),
    ("calendar.zone-of-another-country", DESK, given("calendars.desk.country", "ES")),
    ("calendar.unused", DESK, given("calendars.nights", {"hours": "always"})),
    ("calendar.zone-data-unsaid", DESK, without("time_zone_data")),
    (
        "limits.some-without-limit",
        DESK,
        given("service_levels.1.targets.2.when", {"priority": ["P3"]}),
    ),
    ("limits.change-unsaid", DESK, without("service_levels.1.clock.limit_change")),
    ("limits.day-of-another-length", SOFTWARE, given("calendars.working-days.day", "24h")),
    (
        "clocks.pause-without-bound",
        DESK,
        several(
            given("service_levels.1.clock.runs", ["new", "in-progress"]),
            given("service_levels.1.clock.pauses", ["on-hold"]),
        ),
    ),
    ("clocks.reopening-unsaid", DESK, without("service_levels.0.clock.cycles")),
    (
        "clocks.unfinished-counts-nowhere",
        DESK,
        given("service_levels.0.attribution", "done"),
    ),
    ("figures.rounding-unsaid", DESK, without("service_levels.2.rounding")),
    ("figures.empty-window-unsaid", DESK, without("service_levels.0.nothing_due")),
    ("figures.zero-miss-trap", DESK, given("service_levels.0.target", "100%")),
    (
        "availability.maintenance-excuses-all",
        APPLICATION,
        several(
            given("service_levels.4.availability.from", "states"),
            given("service_levels.4.availability.maintenance_state", "excused"),
        ),
    ),
    (
        "availability.notice-unsaid",
        APPLICATION,
        without("service_levels.4.availability.notice_days"),
    ),
    (
        "availability.gaps-unsaid",
        APPLICATION,
        without("service_levels.4.availability.least_measured"),
    ),
    (
        "availability.components-unsaid",
        APPLICATION,
        without("service_levels.4.availability.components"),
    ),
    ("levels.overlap", DESK, level_of_the_same(id="backlog-p1", applies_to={"priority": ["P1"]})),
    ("levels.one-event", DESK, without("credits.one_event")),
    (
        "credits.critical-without-credit",
        DESK,
        several(
            given("service_levels.3.class", "critical-service-level"),
            given("service_levels.3.minimum", "<= 300"),
        ),
    ),
    ("credits.critical-without-minimum", DESK, without("service_levels.0.minimum")),
    ("credits.nothing-at-stake", DESK, NO_CREDITS),
    ("credits.trigger-unsaid", DESK, without("service_levels.0.credit.trigger")),
    ("credits.not-measured-unsaid", DESK, without("credits.not_measured")),
    ("credits.termination-unsaid", DESK, without("credits.terminations")),
    ("credits.part-month-unsaid", DESK, given("in_force.from", "2027-01-15")),
    ("credits.beyond-cap", DESK, given("credits.monthly_cap", "6%")),
    ("credits.cap-never-reached", DESK, given("credits.monthly_cap", "30%")),
    (
        "credits.cap-unsaid",
        DESK,
        several(
            NO_CREDITS,
            given("service_levels.0.credit", {"steps": [{"below": "95%", "credit": "5%"}]}),
            without("credits.at_risk"),
            without("credits.monthly_cap"),
        ),
    ),
    ("dealings.issue-unsaid", DESK, without("statements.issue_days")),
    ("dealings.dispute-unsaid", DESK, without("statements.dispute_days")),
    ("dealings.silence-unsaid", DESK, without("statements.unanswered")),
    ("dealings.relief-unsaid", DESK, without("relief")),
    ("dealings.relief-in-part", DESK, without("relief.grounds")),
    ("dealings.renewal-unsaid", DESK, without("renewal")),
    ("dealings.notice-unsaid", DESK, without("renewal.notice_days")),
    ("dealings.notice-beyond-term", DESK, given("renewal.notice_days", 365)),
]
BY_HISTORY = {"figures.out-of-reach"}
"""What only past data can tell; see test_history."""

TOGETHER = {
    # Levels lose their credit and stay critical.
    "credits.nothing-at-stake": {"credits.critical-without-credit"},
    "credits.cap-unsaid": {"credits.critical-without-credit", "credits.cap-never-reached"},
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_filled_in_template_leaves_nothing_open(name: str) -> None:
    assert lint(filled_in(name)) == []


@pytest.mark.parametrize(("code", "name", "spoil"), MISTAKES, ids=[code for code, *_ in MISTAKES])
def test_a_mistake_fires_its_rule_and_no_other(code: str, name: str, spoil: Spoil) -> None:
    document = filled_in(name)
    spoil(document)

    found = {finding.code for finding in lint(document)}

    assert found == {code} | TOGETHER.get(code, set())


def test_every_rule_has_its_mistake() -> None:
    assert {code for code, *_ in MISTAKES} | BY_HISTORY == {rule.code for rule in RULES}


def test_codes_are_unique() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(("code", "name", "spoil"), MISTAKES, ids=[code for code, *_ in MISTAKES])
def test_a_finding_says_where_what_and_why(code: str, name: str, spoil: Spoil) -> None:
    document = filled_in(name)
    spoil(document)

    for finding in lint(document):
        assert finding.place
        assert finding.sentence.endswith(".")
        assert finding.remedy.endswith(".")
        assert finding.why
        assert finding.source


def test_the_gravest_come_first() -> None:
    document = filled_in(DESK)
    several(without("time_zone_data"), without("service_levels.3.data_source"))(document)

    assert [finding.severity for finding in lint(document)] == ["blocker", "minor"]


def test_what_is_refused_is_a_blocker_by_the_code_of_the_refusal() -> None:
    document = filled_in(DESK)
    without("charges")(document)

    (found,) = lint(document)

    assert (found.code, found.severity) == ("agreement.credits-without-charges", "blocker")


@pytest.mark.parametrize(
    ("group", "code"),
    [(None, "levels.one-event"), ("tickets", None)],
)
def test_only_the_highest_stands_where_levels_share_a_group(group: str | None, code: str) -> None:
    document = filled_in(DESK)
    for number in (0, 1):
        document["service_levels"][number]["credit"]["event_group"] = group

    assert {finding.code for finding in lint(document)} == ({code} if code else set())


def test_a_limit_for_each_value_that_a_level_is_about_leaves_no_item_without() -> None:
    document = filled_in(DESK)
    level = document["service_levels"][1]
    level["targets"] = [{"when": {"priority": ["P1"]}, "limit": "4h"}]
    level["applies_to"] = {"priority": ["P1"]}
    level["clock"].pop("limit_change")

    assert lint(document) == []


def test_levels_that_share_no_item_do_not_overlap() -> None:
    document = filled_in(DESK)
    document["service_levels"][3]["applies_to"] = {"priority": ["P2"]}
    level_of_the_same(id="backlog-p1", applies_to={"priority": ["P1"]})(document)

    assert lint(document) == []
