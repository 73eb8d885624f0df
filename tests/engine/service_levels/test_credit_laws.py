"""What must hold of all credit notes, whatever the agreement and the figures."""

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engine.service_levels.credits import CreditNote, LineKind, Pick, note_values
from tests.engine.service_levels.credit_builders import (
    UK_SEVERITY,
    Level,
    a_level,
    a_scheme,
    notes_of,
    some_charges,
)
from tests.engine.service_levels.formulas import comes_to

FIGURES = [
    "94%", "95.5%", "96%", "96.5%", "97%", "97.9%", "98%", "98.5%", "99%", "99.5%", "100%",
    "2/3", "29/30", "98%*", "-", "?", "",
]  # fmt: skip
CREDITS: list[dict[str, Any]] = [
    {"allocation": "30%"},
    {"allocation": "37.5%", "category": "operations"},
    {"weight": "1.5"},
    {"steps": [{"below": "99%", "credit": "2%"}, {"below": "97%", "credit": "9.99%"}]},
    {"per_shortfall": {"each": "1%", "credit": "5%"}},
    {"per_shortfall": {"each": "0.7%", "credit": "1%", "count": "exact"}},
]
months = st.lists(st.sampled_from(FIGURES), min_size=1, max_size=18)


@st.composite
def levels(draw: st.DrawFn) -> dict[Level, list[str]]:
    """Return one to four service levels with their figures."""
    names = draw(st.lists(st.sampled_from("abcd"), min_size=1, max_size=4, unique=True))
    return {draw(a_credited_level(name)): draw(months) for name in names}


@st.composite
def a_credited_level(draw: st.DrawFn, name: str) -> Level:
    """Return a service level with a credit, and perhaps points and repetition."""
    options = {
        "trigger": draw(st.sampled_from(["missed", "below-expected"])),
        "earn_back": draw(st.sampled_from(["allowed", "excluded"])),
    }
    if draw(st.booleans()):
        options["event_group"] = draw(st.sampled_from(["portal", "desk"]))
    clauses: dict[str, Any] = {"credit": draw(st.sampled_from(CREDITS)) | options}
    if draw(st.booleans()):
        clauses |= {"minimum": "97%", "repetition": {"times": 2, "within": 6}}
    if draw(st.booleans()):
        clauses["severity"] = UK_SEVERITY
    return a_level(name, **clauses)


@st.composite
def schemes(draw: st.DrawFn) -> dict[str, Any]:
    """Return the clauses of a scheme, each there or not."""
    optional = {
        "monthly_cap": st.sampled_from(["3%", "1234.56"]),
        "yearly_cap": st.sampled_from(["1%", "4000.00"]),
        "one_event": st.sampled_from(["highest", "all"]),
        "repeats": st.just([{"nth": 2, "times": "1.5"}, {"nth": 3, "times": 2}]),
        "rounding": st.fixed_dictionaries(
            {
                "mode": st.sampled_from(["half-up", "half-even", "down"]),
                "decimals": st.integers(0, 3),
            }
        ),
        "earn_back": st.fixed_dictionaries(
            {"within": st.integers(1, 3), "by": st.sampled_from(["each", "average"])}
        ),
        "points": st.just({"per_point": "0.5%"}),
        "persistent_failure": st.just({"every": 3, "credit": "0.5%"}),
        "not_measured": st.sampled_from(["no-credit", "counts-as-missed"]),
    }
    stated = draw(st.fixed_dictionaries({}, optional=optional))
    return stated | {"at_risk": "10%", "categories": {"operations": "100%"}, "pool": "500%"}


charges = st.decimals("0.01", "1000000", places=2).map(
    lambda amount: some_charges(monthly=str(amount))
)


def earned_back(notes: tuple[CreditNote, ...], window: str, level: str) -> Decimal:
    """Return what was given back of a level's credit of a month."""
    found = (
        line.amount
        for note in notes
        for line in note.lines
        if line.returns == window and line.service_level == level
    )
    return -sum(found, Decimal(0))


@given(levels=levels(), scheme=schemes(), charges=charges)
def test_credits_never_exceed_a_cap_and_are_never_negative(
    levels: dict[Level, list[str]], scheme: dict[str, Any], charges: Any
) -> None:
    notes = notes_of(levels, a_scheme(**scheme), charges=charges)

    for note in notes:
        assert 0 <= note.credited <= note.monthly_cap
        assert note.year.cap is None or note.year.credited <= note.year.cap


@given(levels=levels(), scheme=schemes(), charges=charges)
def test_each_line_is_what_its_formula_comes_to_and_all_add_up(
    levels: dict[Level, list[str]], scheme: dict[str, Any], charges: Any
) -> None:
    notes = notes_of(levels, a_scheme(**scheme), charges=charges)

    for note in notes:
        shown = [comes_to(line.formula) for line in note.lines]
        assert shown == [line.amount for line in note.lines]
        assert sum(filter(None, shown), Decimal(0)) == note.total == note.credited - note.returned


@given(levels=levels(), scheme=schemes(), charges=charges)
def test_no_more_is_earned_back_than_was_credited(
    levels: dict[Level, list[str]], scheme: dict[str, Any], charges: Any
) -> None:
    notes = notes_of(levels, a_scheme(**scheme), charges=charges)

    for note in notes:
        back = {level.id: earned_back(notes, note.window, level.id) for level in levels}
        given = {line.service_level: line.amount for line in note.lines if line.base is not None}
        assert sum(back.values(), Decimal(0)) <= note.credited
        assert all(back[name] <= given.get(name, 0) for name in back)


@given(levels=levels(), scheme=schemes(), data=st.data())
def test_the_order_of_service_levels_does_not_matter(
    levels: dict[Level, list[str]], scheme: dict[str, Any], data: st.DataObject
) -> None:
    shuffled = dict(data.draw(st.permutations(list(levels.items()))))

    assert notes_of(shuffled, a_scheme(**scheme)) == notes_of(levels, a_scheme(**scheme))


@given(levels=levels(), scheme=schemes(), known=st.integers(1, 17))
def test_a_later_month_never_changes_an_earlier_note(
    levels: dict[Level, list[str]], scheme: dict[str, Any], known: int
) -> None:
    so_far = {level: figures[:known] for level, figures in levels.items()}

    before = notes_of(so_far, a_scheme(**scheme))
    after = notes_of(levels, a_scheme(**scheme))

    assert after[: len(before)] == before


@given(
    credit=st.sampled_from(CREDITS[3:]),
    better=st.integers(0, 1000),
    worse=st.integers(0, 1000),
)
def test_more_shortfall_never_lowers_the_credit_of_a_table(
    credit: dict[str, Any], better: int, worse: int
) -> None:
    high, low = max(better, worse), min(better, worse)
    level = a_level(credit=credit)

    costs = [notes_of({level: [f"{each}/1000"]}, a_scheme())[0].total for each in (high, low)]

    assert costs[0] <= costs[1]


@given(levels=levels(), scheme=schemes())
@settings(max_examples=50)
def test_start_up_months_never_cost_anything(
    levels: dict[Level, list[str]], scheme: dict[str, Any]
) -> None:
    start_up = {
        level: [f"{figure.removesuffix('*')}*" if figure else "" for figure in figures]
        for level, figures in levels.items()
    }

    notes = notes_of(start_up, a_scheme(**scheme))

    assert [note.lines for note in notes if note.lines] == []


@given(levels=levels(), scheme=schemes(), pick=st.sampled_from("abcd"))
def test_of_an_event_group_one_credit_stands(
    levels: dict[Level, list[str]], scheme: dict[str, Any], pick: str
) -> None:
    single = scheme | {"one_event": "highest"}
    groups = {level.id: level.credit.event_group for level in levels if level.credit}

    notes = notes_of(levels, a_scheme(**single), picks=[Pick("2026-01", "portal", pick)])

    for note in notes:
        kinds = (LineKind.CREDIT, LineKind.ONE_EVENT)
        left: dict[str, Decimal] = {}
        for line in note.lines:
            if line.kind in kinds:
                left[line.service_level] = left.get(line.service_level, 0) + line.amount
        stand = [groups[name] for name, amount in left.items() if amount and groups[name]]
        assert len(stand) == len(set(stand))


@given(levels=levels(), scheme=schemes())
@settings(max_examples=25)
def test_the_values_for_doors_hold_no_float(
    levels: dict[Level, list[str]], scheme: dict[str, Any]
) -> None:
    def floats(value: Any) -> list[float]:
        if isinstance(value, dict):
            return floats(list(value.values()))
        if isinstance(value, list | tuple):
            return [found for each in value for found in floats(each)]
        return [value] if isinstance(value, float) else []

    values = [note_values(note) for note in notes_of(levels, a_scheme(**scheme))]

    assert floats(values) == []
