"""Which items a service level covers, as of when, and how outcomes are put together."""

import numpy as np
import pytest

from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.kernel.conditions import UnknownAttribute
from tallystick.engine.service_levels.measure import measure
from tallystick.engine.service_levels.outcomes import (
    COLUMNS,
    NO_WINDOW,
    Outcomes,
    Reason,
    concatenate,
)
from tallystick.engine.service_levels.terms import Agreement
from tallystick.engine.service_levels.windows import windows_of
from tallystick.engine.values import FOREVER, Spans
from tests.engine.service_levels.builders import a_document, a_level_document, at, histories

NINE, TEN, NOON = (at(f"2012-03-05T{hour}:00+01:00") for hour in ("09", "10", "12"))
LATER = at("2012-06-01T00:00Z")
AN_HOUR = [(NINE, "new"), (TEN, "resolved")]


def measured(spans: Spans, as_of: int = LATER, **changes: object) -> Outcomes:
    """Return the outcomes under an agreement with one service level, changed."""
    agreement = an_agreement_with(**changes)
    return measure(spans, agreement.service_levels[0], agreement, as_of)


def an_agreement_with(**changes: object) -> Agreement:
    return read_agreement(a_document(service_levels=[a_level_document(**changes)]))


BY_PRIORITY = [
    {"when": {"priority": ["high"]}, "limit": "1h"},
    {"when": {"priority": ["high", "low"], "site": ["north"]}, "limit": "2h"},
    {"when": {"priority": ["low"]}, "limit": "4h"},
]


def test_the_first_limit_whose_attributes_all_match_wins() -> None:
    items = {name: AN_HOUR for name in ("high", "north", "low", "odd")}
    priority = ["high", "high", "low", "low", "low", "low", "odd", "odd"]
    site = ["north"] * 4 + ["south"] * 4

    got = measured(histories(items, {"priority": priority, "site": site}), targets=BY_PRIORITY)

    assert got.limit.tolist() == [3600, 7200, 14400, 0]


def test_an_item_that_no_limit_matches_is_excluded() -> None:
    spans = histories({"it": AN_HOUR}, {"priority": ["odd", "odd"], "site": ["", ""]})

    got = measured(spans, targets=BY_PRIORITY)

    assert (got.reason_of(0), got.due[0]) == (Reason.NO_LIMIT, FOREVER)


@pytest.mark.parametrize(
    ("priority", "limit"),
    [(["high", "low"], 14400), (["low", ""], 14400), (["", ""], 0), (["", "high"], 3600)],
)
def test_the_last_known_value_of_an_attribute_counts(priority: list[str], limit: int) -> None:
    spans = histories({"it": AN_HOUR}, {"priority": priority, "site": ["", ""]})

    assert measured(spans, targets=BY_PRIORITY).limit.tolist() == [limit]


def test_a_value_that_comes_after_the_instant_of_measuring_is_not_known() -> None:
    spans = histories({"it": AN_HOUR}, {"priority": ["low", "high"], "site": ["", ""]})

    assert measured(spans, TEN - 1, targets=BY_PRIORITY).limit.tolist() == [14400]


def test_letters_match_however_their_accents_are_encoded() -> None:
    spans = histories({"it": AN_HOUR}, {"priority": ["Cri\u0301tico", "Cri\u0301tico"]})
    rule = {"when": {"priority": ["Cr\u00edtico"]}, "limit": "1h"}

    assert measured(spans, targets=[rule]).limit.tolist() == [3600]


def test_an_attribute_that_the_data_lacks_is_refused() -> None:
    spans = histories({"it": AN_HOUR}, {"priorty": ["high", "high"]})

    with pytest.raises(UnknownAttribute) as refused:
        measured(spans, targets=BY_PRIORITY)

    assert refused.value.code == "measure.unknown-attribute"
    assert refused.value.place == "service level resolution: targets[0].when.priority"
    assert "'priorty'" in refused.value.remedy


NO_TARGETS: dict[str, object] = {"targets": []}


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"applies_to": {"site": ["north"]}}, "applies_to.site"),
        ({"targets": [{"due": {"from": "promised"}}]}, "targets[0].due.from.promised"),
        ({"clock": {"pauses": ["on-hold", {"site": ["north"]}]}}, "clock.site"),
        ({"clock": {"requires": [{"site": ["north"]}]}}, "clock.requires.site"),
        ({"clock": {"resets": [{"site": ["north"]}]}}, "clock.resets.site"),
        (NO_TARGETS | {"measure": "ratio", "good": {"site": ["north"]}}, "good.site"),
        (
            NO_TARGETS | {"measure": "score", "of": "stars", "statistic": "mean", "target": ">= 4"},
            "of.stars",
        ),
    ],
)
def test_wherever_an_absent_attribute_is_asked_for_the_place_is_named(
    changes: dict[str, object], place: str
) -> None:
    with pytest.raises(UnknownAttribute) as refused:
        measured(histories({"it": AN_HOUR}), **changes)

    assert refused.value.place == f"service level resolution: {place}"
    assert refused.value.remedy.startswith("Map a column to it. ")


def test_an_item_that_begins_later_is_left_out() -> None:
    spans = histories({"later": [(NOON, "new")], "known": AN_HOUR})

    got = measured(spans, as_of=TEN)

    assert [got.id_of(row) for row in range(len(got))] == ["known"]


def test_no_item_known_gives_no_outcomes() -> None:
    got = measured(histories({"it": AN_HOUR}), as_of=NINE - 1)

    assert (len(got), tuple(got.ids)) == (0, ("it",))


def test_no_data_gives_no_outcomes() -> None:
    assert len(measured(histories({}))) == 0


@pytest.mark.parametrize(
    ("attribution", "month"), [("opened", "2012-03"), ("done", "2012-04"), ("due", "2012-05")]
)
def test_the_agreement_says_which_instant_puts_an_item_into_a_month(
    attribution: str, month: str
) -> None:
    friday, monday = at("2012-03-30T16:00+02:00"), at("2012-04-02T10:00+02:00")
    spans = histories({"it": [(friday, "new"), (monday, "resolved")]})

    got = measured(spans, attribution=attribution, targets=[{"limit": "200h"}])

    assert windows_of(an_agreement_with())[got.window[0]].text == month


def test_an_open_item_is_in_no_month_where_the_end_decides() -> None:
    got = measured(histories({"it": [(NINE, "new")]}), attribution="done")

    assert got.window.tolist() == [NO_WINDOW]


def test_a_limit_that_no_calendar_year_holds_is_never_due() -> None:
    hours = {"office": {"hours": {"sun": ["02:00-02:01"]}}}
    document = a_document(
        calendars=hours, service_levels=[a_level_document(targets=[{"limit": "900h"}])]
    )
    agreement = read_agreement(document)

    got = measure(histories({"it": AN_HOUR}), agreement.service_levels[0], agreement, LATER)

    assert (got.due.tolist(), got.window.tolist()) == ([FOREVER], [-1])


def test_the_outcomes_of_buckets_put_together_are_those_of_the_whole() -> None:
    one = histories({"a": AN_HOUR, "later": [(LATER + 1, "new")]})
    other = histories({"b": [(NINE, "new")], "c": [(TEN, "new"), (NOON, "cancelled")]})

    got = concatenate([measured(one), measured(other)])

    whole = measured(
        histories(
            {
                "a": AN_HOUR,
                "later": [(LATER + 1, "new")],
                "b": [(NINE, "new")],
                "c": [(TEN, "new"), (NOON, "cancelled")],
            }
        )
    )
    assert got.ids == whole.ids
    assert all(np.array_equal(getattr(got, name), getattr(whole, name)) for name in COLUMNS)


def test_outcomes_with_uneven_columns_cannot_be_built() -> None:
    got = measured(histories({"it": AN_HOUR}))

    with pytest.raises(ValueError, match="equally long"):
        Outcomes(got.ids, *(getattr(got, name)[: name != "due"] for name in COLUMNS))
