"""Clauses about credits are read, or refused with code, place and remedy."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from tallystick.engine.service_levels.credits import CreditsRefused, credit_notes
from tallystick.engine.service_levels.measurement import Measurement
from tallystick.engine.service_levels.terms.base import Terms
from tallystick.engine.service_levels.terms.charges import Charges
from tallystick.engine.service_levels.terms.consequences import Ratchet, Repetition, Severity
from tallystick.engine.service_levels.terms.credit_checks import check_credits
from tallystick.engine.service_levels.terms.credits import CreditScheme
from tallystick.engine.service_levels.terms.level_credit import LevelCredit, Trigger
from tests.engine.service_levels.credit_builders import (
    TELUS,
    UK_SEVERITY,
    Level,
    a_level,
    a_scheme,
    a_term,
    measured,
    some_charges,
)

CREDIT = {"allocation": "40%"}
SHORTFALL = {"per_shortfall": {"each": "1%", "credit": "5%"}}


def charges(**changes: Any) -> Callable[[], Terms]:
    return lambda: Charges.model_validate({"currency": "EUR", "monthly": "100.00"} | changes)


def scheme(**clauses: Any) -> Callable[[], Terms]:
    return lambda: CreditScheme.model_validate(clauses)


def credit(**clauses: Any) -> Callable[[], Terms]:
    return lambda: LevelCredit.model_validate(clauses)


def steps(*stated: dict[str, Any]) -> Callable[[], Terms]:
    return credit(steps=list(stated))


def ground(**clauses: Any) -> Callable[[], Terms]:
    return scheme(terminations=[clauses])


REFUSED: list[tuple[Callable[[], Terms], str, str]] = [
    (charges(monthly=100000.0), "agreement.money-not-text", "monthly"),
    (charges(monthly=100000), "agreement.money-not-text", "monthly"),
    (charges(monthly=True), "agreement.money-not-text", "monthly"),
    (charges(monthly="-5.00"), "agreement.money-negative", "monthly"),
    (charges(monthly="100,000.00"), "agreement.money-unreadable", "monthly"),
    (charges(monthly="1e5"), "agreement.money-unreadable", "monthly"),
    (charges(monthly="NaN"), "agreement.money-unreadable", "monthly"),
    (charges(monthly="0.125"), "agreement.money-too-fine", ".monthly"),
    (charges(currency="JPY", monthly="10.50"), "agreement.money-too-fine", ".monthly"),
    (charges(monthly="0"), "agreement.nothing-charged", ".monthly"),
    (charges(currency="EURO"), "agreement.unknown-currency", "currency"),
    (charges(currency="eur"), "agreement.unknown-currency", "currency"),
    (charges(currency=978), "agreement.unknown-currency", "currency"),
    (
        charges(exceptions=[{"window": "2026-13", "amount": "1"}]),
        "agreement.month-unreadable",
        "exceptions.0.window",
    ),
    (
        charges(exceptions=[{"window": "2026-01", "amount": each} for each in ("1", "2")]),
        "agreement.charge-twice",
        ".exceptions",
    ),
    (charges(part_month="half"), "enum", "part_month"),
    (scheme(at_risk=0.1), "agreement.percent-not-text", "at_risk"),
    (scheme(at_risk=10), "agreement.percent-not-text", "at_risk"),
    (scheme(at_risk="0%"), "agreement.percent-out-of-range", "at_risk"),
    (scheme(at_risk="101%"), "agreement.percent-out-of-range", "at_risk"),
    (scheme(at_risk="-10%"), "agreement.percent-unreadable", "at_risk"),
    (scheme(pool="1001%"), "agreement.percent-out-of-range", "pool"),
    (scheme(monthly_cap="-1.00"), "agreement.money-negative", "monthly_cap"),
    (scheme(yearly_cap="120%"), "agreement.percent-out-of-range", "yearly_cap"),
    (scheme(cap="10%"), "agreement.unknown-key", ".cap"),
    (scheme(categories={"a": "50%"}), "agreement.nothing-at-risk", ".categories"),
    (
        scheme(repeats=[{"nth": 3, "times": 2}, {"nth": 2, "times": 2}]),
        "agreement.steps-out-of-order",
        ".repeats[1]",
    ),
    (scheme(repeats=[{"nth": 2, "times": 1.5}]), "agreement.number-unreadable", "repeats.0.times"),
    (scheme(repeats=[{"nth": 2, "times": "0"}]), "agreement.number-unreadable", "repeats.0.times"),
    (scheme(points={}), "agreement.not-exactly-one", "points"),
    (scheme(points=TELUS | {"per_point": "1%"}), "agreement.not-exactly-one", "points"),
    (
        scheme(points={"steps": list(reversed(TELUS["steps"]))}),
        "agreement.steps-out-of-order",
        "points.steps[1]",
    ),
    (ground(), "agreement.not-exactly-one", "terminations.0"),
    (
        ground(consecutive={"times": 3}, at_cap={"times": 1, "within": 2}),
        "agreement.not-exactly-one",
        "terminations.0",
    ),
    (
        ground(breaches={"times": 4, "within": 3}),
        "agreement.times-beyond-windows",
        "terminations.0.breaches.times",
    ),
    (
        ground(credit_sum={"amount": "1.00"}, service_level="a"),
        "agreement.key-without-use",
        "terminations.0.service_level",
    ),
    (
        ground(average={"goal": "97%", "within": 3}),
        "agreement.average-of-what",
        "terminations.0",
    ),
    (credit(), "agreement.not-exactly-one", ""),
    (credit(allocation="40%", weight=5), "agreement.not-exactly-one", ""),
    (credit(weight=-5), "agreement.number-unreadable", "weight"),
    (credit(weight=2.5), "agreement.number-unreadable", "weight"),
    (credit(allocation=0.4), "agreement.percent-not-text", "allocation"),
    (
        credit(weight=5, category="support"),
        "agreement.category-without-allocation",
        ".category",
    ),
    (credit(steps=[]), "too_short", "steps"),
    (
        steps({"below": "98%", "credit": "4%"}, {"below": "99%", "credit": "5%"}),
        "agreement.steps-out-of-order",
        ".steps[1]",
    ),
    (
        steps({"below": "99%", "credit": "4%"}, {"below": "98%", "credit": "2%"}),
        "agreement.steps-out-of-order",
        ".steps[1]",
    ),
    (
        steps({"below": "99%", "credit": "4%"}, {"above": "99.5%", "credit": "5%"}),
        "agreement.steps-out-of-order",
        ".steps[1]",
    ),
    (steps({"credit": "4%"}), "agreement.not-exactly-one", "steps.0"),
    (steps({"below": 0.99, "credit": "4%"}), "agreement.target-not-text", "steps.0.below"),
    (
        lambda: Severity.model_validate(UK_SEVERITY | {"below_minimum": 3}),
        "agreement.steps-out-of-order",
        ".below_minimum",
    ),
    (
        lambda: Repetition.model_validate({"times": 13}),
        "agreement.times-beyond-windows",
        ".times",
    ),
    (lambda: Ratchet.model_validate({"to": "sky"}), "literal_error", "to"),
]


@pytest.mark.parametrize(("build", "code", "place"), REFUSED)
def test_a_clause_that_is_wrong_is_refused_at_its_place(
    build: Callable[[], Terms], code: str, place: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        build()

    found = caught.value.errors()[0]
    at = ".".join(map(str, found["loc"])) + found.get("ctx", {}).get("at", "")
    assert (found["type"], at) == (code, place)


def check(
    levels: list[Level],
    scheme: CreditScheme | None,
    charges: Charges | None = None,
    *,
    charged: bool = True,
) -> Callable[[], None]:
    stated = charges or (some_charges() if charged else None)
    days = {"from_": date(2026, 1, 15), "until": date(2028, 1, 15)}
    return lambda: check_credits(stated, scheme, levels, **days)


def an_exception(window: str) -> Charges:
    return some_charges(exceptions=[{"window": window, "amount": "1.00"}])


AT_RISK = a_scheme(at_risk="10%")
POOLED = a_scheme(at_risk="10%", categories={"support": "100%"})
IN_SUPPORT = {"category": "support"}

UNFIT: list[tuple[Callable[[], None], str, str]] = [
    (
        check([a_level(credit=CREDIT)], AT_RISK, charged=False),
        "agreement.credits-without-charges",
        ".credits",
    ),
    (
        check([a_level("a"), a_level("b", credit=CREDIT)], None),
        "agreement.credit-without-scheme",
        ".service_levels[1].credit",
    ),
    (
        check([a_level(credit=CREDIT)], a_scheme()),
        "agreement.nothing-at-risk",
        ".service_levels[0].credit.allocation",
    ),
    (
        check([a_level(credit={"weight": 5})], a_scheme()),
        "agreement.nothing-at-risk",
        ".service_levels[0].credit.weight",
    ),
    (
        check([a_level(credit=CREDIT | {"category": "suport"})], POOLED),
        "agreement.unknown-category",
        ".service_levels[0].credit.category",
    ),
    (
        check([a_level(credit=CREDIT | IN_SUPPORT)], AT_RISK),
        "agreement.unknown-category",
        ".service_levels[0].credit.category",
    ),
    (
        check(
            [
                a_level(name, credit={"allocation": part} | IN_SUPPORT)
                for name, part in (("a", "60%"), ("b", "40.1%"))
            ],
            POOLED,
        ),
        "agreement.allocation-over-category",
        ".service_levels[1].credit.allocation",
    ),
    (
        check([a_level(name, credit={"allocation": "60%"}) for name in "ab"], AT_RISK),
        "agreement.allocation-over-pool",
        ".credits.pool",
    ),
    (
        check([], a_scheme(at_risk="10%", categories={"a": "60%", "b": "60%"})),
        "agreement.allocation-over-pool",
        ".credits.categories",
    ),
    (
        check([a_level("a", credit={"weight": 1}), a_level("b", credit=CREDIT)], AT_RISK),
        "agreement.allocation-over-pool",
        ".credits.pool",
    ),
    (
        check([a_level()], a_scheme(points={"per_point": "1%"})),
        "agreement.points-never-given",
        ".credits.points",
    ),
    (
        check([a_level()], a_scheme(terminations=[
            {"consecutive": {"times": 3}, "service_level": "availabilty"}
        ])),
        "agreement.unknown-service-level",
        ".credits.terminations[0].service_level",
    ),
    (
        check([a_level()], a_scheme(terminations=[
            {"average": {"goal": "<= 8h", "within": 3}, "service_level": "availability"}
        ])),
        "agreement.step-on-another-side",
        ".credits.terminations[0].average.goal",
    ),
    (
        check(
            [a_level(credit={"steps": [{"above": "99%", "credit": "5%"}]})],
            a_scheme(),
        ),
        "agreement.step-on-another-side",
        ".service_levels[0].credit.steps[0]",
    ),
    (
        check([a_level(target="<= 8h", severity=UK_SEVERITY)], None, charged=False),
        "agreement.step-on-another-side",
        ".service_levels[0].severity.bands[0]",
    ),
    (
        check([a_level(target=">= 4", credit=SHORTFALL)], a_scheme()),
        "agreement.shortfall-of-no-share",
        ".service_levels[0].credit.per_shortfall",
    ),
    (
        check([a_level(repetition={})], None, charged=False),
        "agreement.minimum-unsaid",
        ".service_levels[0].repetition",
    ),
    (
        check([a_level(severity=UK_SEVERITY | {"below_minimum": 5})], None, charged=False),
        "agreement.minimum-unsaid",
        ".service_levels[0].severity.below_minimum",
    ),
    (
        check([a_level(target=">= 4", ratchet={"most": "10%"})], None, charged=False),
        "agreement.perfection-unknown",
        ".service_levels[0].ratchet.most",
    ),
    (
        check([], a_scheme(), an_exception("2025-12")),
        "agreement.charge-outside-term",
        ".charges.exceptions[0].window",
    ),
    (
        check([], a_scheme(), an_exception("2028-02")),
        "agreement.charge-outside-term",
        ".charges.exceptions[0].window",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("run", "code", "place"), UNFIT)
def test_clauses_that_do_not_fit_each_other_are_refused(
    run: Callable[[], None], code: str, place: str
) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        run()

    context = caught.value.context or {}
    assert (caught.value.type, context["at"]) == (code, place)
    assert context["remedy"]


def test_clauses_that_fit_are_accepted() -> None:
    levels = [a_level("a", credit=CREDIT | IN_SUPPORT), a_level("b", severity="uk")]
    stated = a_scheme(
        at_risk="10%", pool="200%", categories={"support": "200%"}, points={"per_point": "1%"}
    )

    check(levels, stated, an_exception("2028-01"))()


@pytest.mark.parametrize(
    ("clauses", "trigger"),
    [
        (CREDIT, Trigger.MISSED),
        ({"weight": 5}, Trigger.MISSED),
        (SHORTFALL, Trigger.BELOW_EXPECTED),
        (SHORTFALL | {"trigger": "missed"}, Trigger.MISSED),
    ],
)
def test_the_trigger_follows_from_the_kind_unless_it_is_stated(
    clauses: dict[str, Any], trigger: Trigger
) -> None:
    assert LevelCredit.model_validate(clauses).trigger is trigger


@pytest.mark.parametrize(
    "terms",
    [
        some_charges(exceptions=[{"window": "2026-02", "amount": "80000.5"}]),
        a_scheme(
            at_risk="12.5%",
            categories={"support": "120%"},
            pool="200%",
            monthly_cap="5000.00",
            yearly_cap="10%",
            repeats=[{"nth": 2, "times": "1.5"}],
            rounding={"mode": "down", "decimals": 0},
            earn_back={"within": 3, "by": "average"},
            points=TELUS,
            persistent_failure={"every": 10, "credit": "5%"},
            terminations=[
                {"consecutive": {"times": 3}},
                {"average": {"goal": "97%", "within": 3}, "service_level": "portal"},
                {"credit_sum": {"amount": "500000.00"}},
            ],
        ),
        LevelCredit.model_validate({"steps": [{"above": "8h", "credit": "2%"}]}),
        LevelCredit.model_validate({"weight": "2.5", "event_group": "portal"}),
        Severity.model_validate(UK_SEVERITY),
        Ratchet.model_validate({"to": "mean", "most": "10%"}),
    ],
    ids=lambda terms: type(terms).__name__,
)
def test_a_clause_written_out_and_read_again_is_the_same(terms: Terms) -> None:
    document = terms.model_dump(mode="json", by_alias=True, exclude_none=True)

    assert type(terms).model_validate(document) == terms


def a_row(**changes: Any) -> Measurement:
    """Return a measurement of `availability` in January 2026."""
    return replace(measured(a_level(), ["98%"])[0], **changes)


@pytest.mark.parametrize(
    ("rows", "code", "place"),
    [
        ([a_row(), a_row()], "credits.measured-twice", "availability 2026-01"),
        ([a_row(service_level="x")], "credits.unknown-service-level", "x 2026-01"),
        ([a_row(window="2026-Q1")], "credits.window-not-a-month", "2026-Q1"),
        ([a_row(window="2025-12")], "credits.window-outside-term", "2025-12"),
        ([a_row(window="2029-01")], "credits.window-outside-term", "2029-01"),
    ],
)
def test_measurements_that_do_not_fit_are_refused(
    rows: list[Measurement], code: str, place: str
) -> None:
    with pytest.raises(CreditsRefused) as caught:
        credit_notes([a_level()], rows, charges=some_charges(), scheme=AT_RISK, term=a_term())

    assert (caught.value.code, caught.value.place) == (code, place)
