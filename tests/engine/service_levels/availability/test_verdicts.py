"""Availability as measurements: windows, verdicts, what is not measured, and the working."""

from fractions import Fraction
from typing import Any

import pytest

from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.agreement import (
    agreement_document,
    agreement_hash,
    read_agreement,
)
from tallystick.engine.service_levels.availability import (
    Excuse,
    judged,
    measure_availability,
    show_measured,
    terms_of,
)
from tallystick.engine.service_levels.measurement import Fared, Verdict
from tallystick.engine.service_levels.terms import Agreement
from tallystick.engine.service_levels.windows import read_window, windows_of
from tallystick.engine.signals import SignalKind, Signals, no_signals
from tests.engine.service_levels.availability.builders import outages, states
from tests.engine.service_levels.builders import a_document, an_agreement, at

FORMULA = {"from": "outages", "formula": "(T-M-D)/(T-M)"}
AS_OF = at("2012-03-31T23:59+02:00")
HOUR = 3600


def a_service(**changes: Any) -> dict[str, Any]:
    """Return the document of an availability level round the clock."""
    usual = {
        "id": "up",
        "name": "Availability of the portal",
        "measure": "availability",
        "calendar": "always",
        "availability": FORMULA,
        "target": "99%",
    }
    return usual | changes


def an_agreement_on(**changes: Any) -> Agreement:
    """Return an agreement of one availability level."""
    return an_agreement(
        calendars={"always": {"hours": "always"}}, service_levels=[a_service(**changes)]
    )


def down(*hours: tuple[str, int]) -> Signals:
    """Return outages of the portal: when each began, and how many hours it lasted."""
    began = [(at(f"{since}T08:00+00:00"), length * HOUR) for since, length in hours]
    return outages([("portal", since, since + length, None, False) for since, length in began])


def measured(
    agreement: Agreement, signals: Signals, as_of: int = AS_OF, excused: list[Excuse] | None = None
) -> list[Fared]:
    """Return the measurements of the only level of an agreement."""
    (level,) = agreement.service_levels
    found = measure_availability(
        signals,
        terms_of(level),
        agreement.calendar_of(level),
        windows_of(agreement, level.window),
        as_of,
        excused=excused or [],
    )
    return judged(found, level, agreement, as_of)


def test_each_month_that_has_begun_is_judged_on_its_exact_seconds() -> None:
    found = measured(an_agreement_on(), down(("2012-02-10", 7)))

    said = [(each.measurement.window, each.measurement.verdict) for each in found]
    february = found[1].measurement
    assert said == [("2012-01", "met"), ("2012-02", "missed"), ("2012-03", "met")]
    assert february.value == Fraction(29 * 24 - 7, 29 * 24)
    assert (february.denominator, february.count) == (29 * 24 * HOUR, 29 * 24 * HOUR)


def test_a_minimum_rounding_and_start_up_hold_as_for_any_level() -> None:
    agreement = an_agreement_on(
        minimum="98%",
        rounding={"decimals": 1, "mode": "half-up"},
        reporting_only_until="2012-02-01",
    )

    january, february, _ = measured(agreement, down(("2012-01-10", 20), ("2012-02-10", 7)))

    assert january.measurement.verdict is Verdict.MISSED
    assert january.measurement.reporting_only
    assert february.measurement.verdict is Verdict.MET
    assert february.measurement.why == "rounded half-up to 1 decimal"


def test_a_rolling_window_is_the_sum_over_its_reach() -> None:
    agreement = an_agreement_on(window="rolling-2-months")

    found = measured(agreement, down(("2012-02-10", 7)))

    assert [each.measurement.verdict for each in found] == ["not-measured", "met", "met"]
    assert found[1].measurement.denominator == (31 + 29) * 24 * HOUR


def test_without_signals_nothing_is_measured_and_the_reason_is_told() -> None:
    found = measured(an_agreement_on(), no_signals(SignalKind.OUTAGES))

    first = found[0].measurement
    assert {each.measurement.verdict for each in found} == {Verdict.NOT_MEASURED}
    assert first.why == "there are no outages of the service"
    assert (first.denominator, first.unmeasured) == (0, 31 * 24 * HOUR)


def test_too_few_valid_data_are_not_measured_and_say_how_many_there_are() -> None:
    terms = {"from": "states", "formula": "(T-M-D)/(T-M)"}
    rows = [
        ("portal", at("2012-01-01T00:00+01:00"), "up"),
        ("portal", at("2012-01-24T06:00+01:00"), "unknown"),
        ("portal", at("2012-02-01T00:00+01:00"), "up"),
    ]

    january, february, _ = measured(an_agreement_on(availability=terms), states(rows))

    assert january.measurement.verdict is Verdict.NOT_MEASURED
    assert january.measurement.why == (
        "75% of the service hours have valid data, and 95% are needed"
    )
    assert february.measurement.verdict is Verdict.MET


def test_relief_leaves_its_stretch_out() -> None:
    since = at("2012-02-10T08:00+00:00")
    relief = Excuse(since, since + 7 * HOUR, "The client's power failed.")

    found = measured(an_agreement_on(), down(("2012-02-10", 7)), excused=[relief])

    february = found[1].measurement
    assert (february.verdict, february.excluded) == (Verdict.MET, 7 * HOUR)


def test_the_digest_tells_figures_that_changed_from_those_that_stand() -> None:
    before = measured(an_agreement_on(), down(("2012-02-10", 7)))
    after = measured(an_agreement_on(), down(("2012-02-10", 7), ("2012-03-10", 1)))

    same = [one.digest == other.digest for one, other in zip(before, after, strict=True)]
    assert same == [True, True, False]


def test_the_working_of_a_rolling_window_adds_up_to_its_measurement() -> None:
    agreement = an_agreement_on(window="rolling-2-months")
    signals = down(("2012-01-10", 3), ("2012-02-10", 7))
    (level,) = agreement.service_levels
    figure = measured(agreement, signals)[1].measurement

    shown = show_measured(
        signals, level, agreement, read_window("2012-02", agreement, level), AS_OF
    )

    assert (shown.figure.up, shown.figure.denominator) == (figure.numerator, figure.denominator)
    assert sum(each.down for each in shown.intervals) == 10 * HOUR


@pytest.mark.parametrize(
    ("changes", "code", "place"),
    [
        ({"availability": None}, "agreement.availability-unclear", "service_levels[0]"),
        (
            {"measure": "resolution-time", "targets": [{"limit": "8h"}]},
            "agreement.key-without-use",
            "service_levels[0].availability",
        ),
        (
            {"applies_to": {"priority": ["1"]}},
            "agreement.key-without-use",
            "service_levels[0].applies_to",
        ),
        (
            {"availability": {**FORMULA, "interval": "60s"}},
            "agreement.key-out-of-place",
            "service_levels[0].availability.interval",
        ),
    ],
)
def test_terms_stand_with_availability_and_nowhere_else(
    changes: dict[str, Any], code: str, place: str
) -> None:
    document = a_document(
        calendars={"always": {"hours": "always"}}, service_levels=[a_service(**changes)]
    )

    with pytest.raises(Refusal) as refused:
        read_agreement(document)

    assert (refused.value.code, refused.value.place) == (code, place)


def test_the_terms_are_in_the_hash_of_the_agreement() -> None:
    one = an_agreement_on()
    other = an_agreement_on(availability={**FORMULA, "minimum_outage": "5m"})
    again = read_agreement(agreement_document(one))

    assert agreement_hash(one) != agreement_hash(other)
    assert agreement_hash(one) == agreement_hash(again)
