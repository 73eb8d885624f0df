"""Conditions: what they answer, how they are declined, and that they end."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.guardrails import (
    RECIPES,
    ConditionFaulty,
    ConditionUnanswered,
    Recipe,
    compile_condition,
)
from tallystick.engine.refusals import Refusal
from tests.engine.guardrails.builders import a_document, a_measurement, a_snapshot


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("objectives.all(o, o.baseline != null)", True),
        ("objectives.exists(o, o.due_on > '2028-01-01')", False),
        ("agreement.service_levels.all(l, l.calendar in agreement.calendars)", True),
        ("agreement.calendars['office'].holidays.exists(h, h.startsWith('2028'))", True),
        ("agreement.calendars['office'].hours['mon-fri'].size() == 1", True),
        ("measurements.all(m, m.target <= 0.99)", True),
        ("measurements.filter(m, m.verdict == 'met').size() == 2", True),
        ("term_years.size() == 3 && term_years[0] == '2027'", True),
        ("stage == 'deliver' // a comment", True),
        ("double(objectives[0].target) < 5.0", True),
        ("timestamp(starts_on + 'T00:00:00Z').getFullYear() == 2027", True),
        ("has(agreement.credits)", False),
    ],
)
def test_a_condition_answers_yes_or_no(text: str, expected: bool) -> None:
    condition = compile_condition(text)

    assert condition.holds(a_snapshot()) is expected


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("", 1, 1, "no condition given"),
        ("1 +", 1, 4, "unexpected end"),
        ("true ? true : " * 140 + "true", 1, 1345, "cannot be read"),
        ("objectives.all(o, true", 1, 23, "missing ')'"),
        ("objectve.size() > 1", 1, 1, "Did you mean 'objectives'?"),
        ("objectives.all(o, o.basline != null)", 1, 21, "Did you mean 'baseline'?"),
        ("true &&\n objectives.foo == 1", 2, 13, "size on a list"),
        ("stage.foo == 1", 1, 7, "text and numbers have no fields"),
        ("objectives.map(o, o.id) == []", 1, 12, "'map' is not a function"),
        ("stage.matches('a+')", 1, 7, "'matches' is not a function"),
        ("siz(objectives) > 1", 1, 1, "Did you mean 'size'?"),
        ("all(objectives, true)", 1, 1, "'all' is not a function"),
        ("[objectives].all(o, true)", 1, 14, "not a field of the snapshot"),
        ("(objectives + objectives).all(o, true)", 1, 27, "not a field of the snapshot"),
        ("objectives.all(true)", 1, 16, "needs a name and a condition"),
        ("{'a': [1]}.a.all(x, true)", 1, 1, "cannot stand here"),
        ("objectives{a: 1} == 1", 1, 11, "a map cannot be written"),
        (".stage == 'define'", 1, 1, "cannot stand here"),
        ("stage == 'define", 1, 10, "Close every quote"),
        ("stage ==\n\x00", 2, 1, "cannot stand here"),
        ("x" * 2001, 1, 2001, "2,000 are allowed"),
        ("(" * 41 + "true" + ")" * 41, 1, 41, "nested too deeply"),
        ("(" * 30 + "true" + ")" * 30, 1, 26, "nested too deeply"),
        (
            "objectives.all(a, lessons.all(b, objectives.all(c, lessons.all(d, "
            "objectives.all(e, true)))))",
            1,
            78,
            "more than 4 loops",
        ),
    ],
)
def test_a_faulty_condition_is_refused_with_its_position(
    text: str, line: int, column: int, said: str
) -> None:
    with pytest.raises(ConditionFaulty) as refusal:
        compile_condition(text)

    assert refusal.value.code == "guardrail.condition-faulty"
    assert (refusal.value.line, refusal.value.column) == (line, column)
    assert said in f"{refusal.value.message} {refusal.value.remedy}"


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("size(objectives)", "", "answers a number, not yes or no"),
        ("objectives", "", "answers a list, not yes or no"),
        ("objectives.all(o, o.baseline.value != null)", "objectives[1].baseline", "is empty"),
        ("agreement.credits == 1", "credits", "reads the field 'credits', which is not there"),
        ("objectives[7].id == 'a'", "", "index out of bounds"),
        ("objectives[0].target > 1", "", "cannot be computed"),
        ("9223372036854775807 + 1 > 0", "", "overflow"),
        ("1 / 0 == 1", "", "division by zero"),
        ("int('x') == 1", "", "cannot be computed"),
    ],
)
def test_a_condition_without_an_answer_says_why(text: str, place: str, said: str) -> None:
    objectives = [*a_document()["objectives"], {"id": "o2", "target": "1"}]
    snapshot = a_snapshot(objectives=objectives)

    with pytest.raises(ConditionUnanswered) as refusal:
        compile_condition(text).holds(snapshot)

    assert refusal.value.code == "guardrail.condition-unanswered"
    assert refusal.value.place == place
    assert said in refusal.value.message


MANY = [a_measurement("2027-01", 1, service_level=f"level-{number}") for number in range(2_000)]


@pytest.mark.parametrize(
    "text",
    [
        "measurements.all(a, measurements.all(b, true))",
        "measurements.all(a, measurements == measurements && a in measurements)",
        "measurements.filter(a, true).size() > 0",
        "measurements.all(a, a.all(b, measurements.all(c, true)))",
        "measurements.all(a, [a, a].size() == 2 && measurements + measurements == [a])",
    ],
)
def test_a_condition_that_would_run_too_long_is_not_run(text: str) -> None:
    snapshot = a_snapshot(measurements=MANY)

    with pytest.raises(ConditionUnanswered, match="too long"):
        compile_condition(text).holds(snapshot)


def test_a_single_loop_over_many_measurements_runs() -> None:
    snapshot = a_snapshot(measurements=MANY)

    assert compile_condition("measurements.all(m, m.numerator == 1)").holds(snapshot)


def test_the_fields_that_a_condition_reads_can_be_listed() -> None:
    condition = compile_condition("objectives.all(o, o.baseline.value != null && stage != 'x')")

    assert condition.fields == ("objectives", "objectives.*.baseline.value", "stage")


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.slug)
def test_a_recipe_holds_for_a_sound_engagement(recipe: Recipe) -> None:
    condition = compile_condition(recipe.condition)

    assert condition.holds(a_snapshot())


def changed(path: str, value: Any) -> dict[str, Any]:
    """Return a sound document with one value replaced."""
    document = a_document()
    here: Any = document
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    for step in way:
        here = here[step]
    here[last] = value
    return document


@pytest.mark.parametrize(
    ("slug", "path", "value"),
    [
        ("objective-baselines", "objectives.0.baseline", None),
        ("objective-provider-owners", "objectives.0.provider_owner", None),
        ("objectives-acknowledged", "objectives.0.acknowledged_on", None),
        ("objectives-due-in-term", "objectives.0.due_on", "2030-01-01"),
        ("level-data-sources", "agreement.service_levels.0.data_source", None),
        ("level-measurers", "agreement.service_levels.0.measured_by", None),
        ("holidays-for-the-term", "agreement.calendars.office.holidays", ["2027-01-01"]),
        ("holidays-for-the-term", "agreement.service_levels.0.calendar", "night"),
        ("attainable-targets", "measurements", [a_measurement("2027-01", 9, 9, target=0.995)]),
        ("agreement-covers-the-term", "agreement.in_force.until", "2029-12-31"),
        (
            "declined-with-reason",
            "lessons",
            [
                {"id": "a", "title": "A", "stage": "define", "match": 1}
                | {"disposition": "not-applicable", "note": "no"}
            ],
        ),
    ],
)
def test_a_recipe_finds_the_mistake_it_is_named_for(slug: str, path: str, value: Any) -> None:
    recipe = next(recipe for recipe in RECIPES if recipe.slug == slug)
    snapshot = a_snapshot(**changed(path, value))

    assert not compile_condition(recipe.condition).holds(snapshot)


WORDS = """objectives measurements agreement stage o m . . ( ) [ ] , && || ! == != < + - ? : in null
true 1 0.5 'a' .all(o, .exists(m, .filter(o, .size() has( size( o.id m.numerator { } o.baseline
term_years // é"""
PIECES = st.sampled_from([*WORDS.split(), "\n"])


@given(pieces=st.lists(PIECES, max_size=25))
def test_any_text_is_answered_or_refused(pieces: list[str]) -> None:
    snapshot = a_snapshot()

    try:
        answer = compile_condition(" ".join(pieces)).holds(snapshot)
    except Refusal as refusal:
        answer = bool(refusal.message)

    assert isinstance(answer, bool)
