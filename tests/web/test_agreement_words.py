"""Every option of an agreement is said in plain words."""

from typing import Any

import pytest

from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.web.agreement_words import LevelWords, clauses, level_words
from tests.cast import an_agreement_document
from tests.web.levels import CREDITED, CREDITS, a_level


def words_for(document: dict[str, Any] | None = None, **level: Any) -> LevelWords:
    """Return the words for a level of an agreement."""
    stated = {"service_levels": [a_level(**level)]} | (document or {})
    terms = read_agreement(an_agreement_document(**stated))
    return level_words(terms.service_levels[0], terms)


PROMISES: list[tuple[dict[str, Any], str]] = [
    ({}, "At least 95% of the items are resolved within 8 h of working time, each month."),
    ({"target": "100%"}, "All items are resolved within 8 h of working time, each month."),
    (
        {"minimum": "90%"},
        "At least 95% of the items are resolved within 8 h of working time, each month. Below 90% "
        "it is missed; in between it is below expected.",
    ),
    (
        {"targets": [{"when": {"priority": ["P1"]}, "limit": "4h", "round_the_clock": "24h"}]},
        "At least 95% of the items with priority P1 are resolved within 4 h, and 24 h round the "
        "clock, each month.",
    ),
    (
        {"statistic": "p95", "targets": None, "target": "<= 8h", "window": "quarter"},
        "The 95th percentile of the working time until items are resolved is at most 8 h, each "
        "quarter.",
    ),
    (
        {"measure": "deadline", "targets": [{"due": {"working_days": 1, "at": "16:00"}}]},
        "At least 95% of the items are done by 16:00 of the next working day, each month.",
    ),
    (
        {"measure": "deadline", "targets": [{"due": {"from": "due_on"}}]},
        "At least 95% of the items are done by the date in “due_on”, each month.",
    ),
    (
        {
            "measure": "ratio",
            "targets": None,
            "good": {"reopened": ["yes"]},
            "target": "<= 5%",
            "applies_to": {"priority": ["P1", "P2"]},
        },
        "At most 5% of the items with priority P1 or P2 that are done were reopened, each month.",
    ),
    (
        {"measure": "ratio", "targets": None, "of": "defects", "target": "<= 0.2"},
        "At most 0.2 of defects for each item done, each month.",
    ),
    (
        {
            "measure": "score",
            "targets": None,
            "of": "satisfaction",
            "statistic": "mean",
            "target": ">= 4.2",
            "window": "rolling-3-months",
        },
        "The mean of satisfaction is at least 4.2, each month over the last 3 months.",
    ),
    (
        {"measure": "volume", "targets": None, "target": "<= 500"},
        "At most 500 items come, each month.",
    ),
    (
        {"measure": "backlog", "targets": None, "target": "<= 50", "window": "week"},
        "At most 50 items are open at the end, each week.",
    ),
]


@pytest.mark.parametrize(("level", "promise"), PROMISES)
def test_what_is_promised_is_one_sentence(level: dict[str, Any], promise: str) -> None:
    assert words_for(**level).promise == promise


FACTS: list[tuple[dict[str, Any], tuple[str, str]]] = [
    (
        {"clock": {"requires": [{"priority": ["P1"]}]}},
        ("Left out once no longer", "Priority P1"),
    ),
    ({"clock": {"resets": ["on-hold"]}}, ("Starts anew when", "On hold")),
    (
        {"clock": {"starts": "opened"}},
        ("Counts from", "The opening, also before the clock first ran"),
    ),
    (
        {"clock": {"cycles": "each"}},
        ("If reopened", "Each stretch from start to stop is judged by itself"),
    ),
    ({"clock": {"reopened": "failed"}}, ("If reopened", "The item is missed")),
    (
        {"clock": {"gap": "included"}},
        (
            "If reopened",
            "One clock over all: the time adds up; the time in between counts",
        ),
    ),
    (
        {"clock": {"limit_change": "fresh"}},
        ("If its limit changes", "The clock starts anew under the new limit"),
    ),
    (
        {"clock": {"same_instant": "strongest"}},
        ("Changes in one second", "The strongest holds: stop, then cancel, then pause, then run"),
    ),
    (
        {"attribution": "opened"},
        ("Window", "An item counts in the month in which it was opened"),
    ),
    (
        {"overdue": "each-window", "overdue_grace": 7},
        (
            "Open past its due",
            "Missed in every month until it is done, unless done within 7 days",
        ),
    ),
    (
        {"low_volume": {"measured_from": 5}},
        ("Few items", "Below 5 decided, not measured"),
    ),
    (
        {"low_volume": {"allowances": [{"up_to": 10, "may_miss": 1}]}},
        ("May be missed", "Up to 10, 1; above, the target holds"),
    ),
    (
        {"low_volume": {"one_miss_forgiven": True}},
        ("A single miss", "Forgiven where it alone would miss the target"),
    ),
    (
        {"rounding": {"decimals": 1, "mode": "half-up"}},
        ("Rounded first", "Half up to 1 decimal of per cent"),
    ),
    (
        {
            "measure": "availability",
            "targets": None,
            "availability": {
                "from": "outages",
                "formula": "(T-M-D)/(T-M)",
                "standing_maintenance": {"sat,sun": ["02:00-06:00"], "wed": ["22:00-23:00"]},
            },
        },
        (
            "Standing maintenance",
            "Wednesday 22:00 to 23:00 and Saturday to Sunday 02:00 to 06:00, left out without "
            "notice",
        ),
    ),
    ({"nothing_due": "met"}, ("Nothing decided", "Met")),
    (
        {"reporting_only_until": "2026-04-01"},
        ("Start-up", "Reported without consequence before 1 Apr 2026"),
    ),
    (CREDITED | CREDITS, ("Class", "May carry a credit")),
]


@pytest.mark.parametrize(("level", "fact"), FACTS)
def test_how_it_is_counted_is_said(level: dict[str, Any], fact: tuple[str, str]) -> None:
    document = {key: level[key] for key in ("charges", "credits") if key in level}
    stated = {key: value for key, value in level.items() if key not in document}

    assert fact in words_for(document, **stated).facts


CRITICAL = {"class": "critical-service-level"}
CONSEQUENCES: list[tuple[dict[str, Any], tuple[str, str]]] = [
    (
        CRITICAL | {"credit": {"allocation": "40%"}},
        ("Credit", "40% of the amount at risk, if missed"),
    ),
    (
        CRITICAL | {"credit": {"weight": 5}},
        ("Credit", "The amount at risk, by its weight of 5, if missed"),
    ),
    (
        CRITICAL | {"credit": {"steps": [{"below": "95%", "credit": "2%"}]}},
        ("Credit", "Of the month's charge, 2% below 95%, if below expected or missed"),
    ),
    (
        CRITICAL | {"credit": {"per_shortfall": {"each": "1%", "credit": "5%"}}},
        (
            "Credit",
            "5% of the month's charge for each full 1% that is missing to the target, if below "
            "expected or missed",
        ),
    ),
    (
        CRITICAL | {"credit": {"allocation": "40%", "event_group": "network"}},
        ("One event", "Of the levels in network that fail together, one is credited"),
    ),
    (
        CRITICAL | {"credit": {"allocation": "40%", "earn_back": "excluded"}},
        ("Earning back", "This credit is not returned"),
    ),
    (
        {"severity": {"bands": [{"below": "95%", "points": 1}, {"below": "90%", "points": 2}]}},
        (
            "Severity points",
            "1 point below 95% and 2 points below 90%; times 2 if it failed in the month before "
            "too",
        ),
    ),
    (
        {"repetition": {"times": 3, "within": 6}, "minimum": "90%"},
        ("Breach by repetition", "Below expected 3 times in any 6 months is a breach"),
    ),
    (
        {"ratchet": {"after": 6, "most": "10%", "to": "mean"}},
        (
            "Target may rise",
            "After 6 months better than the target, their mean is proposed, the rise being at "
            "most 10% of what is missing",
        ),
    ),
]


@pytest.mark.parametrize(("level", "fact"), CONSEQUENCES)
def test_what_follows_is_said(level: dict[str, Any], fact: tuple[str, str]) -> None:
    assert fact in words_for(CREDITS, **level).consequences


SCHEME: dict[str, Any] = {
    "at_risk": "10%",
    "categories": {"operations": "50%"},
    "repeats": [{"nth": 2, "times": "1.5"}],
    "yearly_cap": "50000.00",
    "monthly_cap": "12%",
    "earn_back": {"within": 3, "by": "average", "below_minimum": "excluded"},
    "persistent_failure": {"every": 10, "credit": "5%"},
    "not_measured": "counts-as-missed",
    "one_event": "all",
    "terminations": [
        {"consecutive": {"times": 3}},
        {"breaches": {"times": 4, "within": 12}, "service_level": "resolution"},
        {"at_cap": {"times": 2, "within": 6}},
        {"credit_share": {"share": "5%", "times": 2, "within": 6}},
        {"credit_sum": {"amount": "20000.00"}},
        {"missed_share": {"above": "20%"}},
        {"average": {"goal": "97%", "within": 6}, "service_level": "resolution"},
    ],
}


def said() -> Any:
    """Return everything that is said of an agreement with every rule for credits."""
    charges = CREDITS["charges"] | {"exceptions": [{"window": "2026-02", "amount": "80000.00"}]}
    document = an_agreement_document(service_levels=[a_level()], charges=charges, credits=SCHEME)
    return clauses(read_agreement(document))


def test_the_rules_of_all_credits_are_said() -> None:
    facts = dict(said()["scheme"])

    assert facts == {
        "At risk": "10% of the month's charge",
        "Pools": "operations 50% of the amount at risk",
        "From month 2 in a row on": "A credit is taken times 1.5",
        "Persistent failure": "Every 10 breaches within 12 months, all levels together, cost 5% "
        "of the year's charge",
        "One event, many levels": "All are credited",
        "Most for a month": "12% of the month's charge",
        "Most for a contract year": "50,000.00 EUR",
        "Earning back": "Returned if the mean of the next 3 months keeps the target, not below "
        "the minimum",
        "Not measured": "Counts as missed",
        "Rounded": "Half up, at the end of each line",
    }


def test_each_ground_for_termination_is_a_sentence() -> None:
    assert said()["terminations"] == [
        "The same level in breach in 3 months in a row.",
        "Resolution of incidents in breach 4 times in any 12 months.",
        "Credits at the monthly cap 2 times in any 6 months.",
        "Credits of 5% of the month's charge or more 2 times in any 6 months.",
        "Credits of 20,000.00 EUR or more in any 12 months.",
        "More than 20% of all measurements of 12 months in breach.",
        "Resolution of incidents: the mean of 6 months does not keep 97%.",
    ]


def test_charges_are_said_with_their_exceptions() -> None:
    assert ("February 2026", "80,000.00 EUR") in said()["charges"]
