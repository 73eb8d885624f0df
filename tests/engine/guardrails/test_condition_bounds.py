"""No expression runs for ever, fills the memory, or reads what is not in the engagement."""

import tracemalloc

import pytest

from tallystick.engine.guardrails import ConditionFaulty, ConditionUnanswered, compile_condition
from tallystick.engine.guardrails.conditions.cost import MOST_STEPS
from tallystick.engine.guardrails.conditions.schema import known_names, top_level
from tests.engine.guardrails.builders import a_measurement, a_snapshot

LARGE = a_snapshot(
    measurements=[
        a_measurement(f"{2000 + number // 12}-{number % 12 + 1:02d}", 99) for number in range(480)
    ]
)
NESTED = "measurements.all(a, " * 4 + "a.window == a.window" + ")" * 4
MOST_MEMORY = 64_000_000


@pytest.mark.parametrize(
    "text",
    [
        NESTED.replace("(a, ", "(b, ", 1),
        "measurements.all(a, measurements.all(b, measurements.exists(c, c.window == a.window)))",
    ],
    ids=["four-deep", "three-deep"],
)
def test_an_expression_that_never_ends_is_not_begun(text: str) -> None:
    condition = compile_condition(text)

    with pytest.raises(ConditionUnanswered, match="would take too long") as refused:
        condition.holds(LARGE)

    assert refused.value.remedy == "Loop over fewer lists inside each other."


@pytest.mark.parametrize(
    "text",
    [
        "measurements.map(a, measurements.map(b, measurements.map(c, c.window))).size() > 0",
        "size(measurements.map(a, measurements.map(b, measurements))) > 0",
        "name + name + name == name",
        "'" + "x" * 3_000 + "' == name",
        "[1, 2, 3].map(a, [a, a].map(b, [b, b])) == []",
    ],
    ids=["lists-of-lists", "list-of-itself", "joined-text", "long-text", "literal"],
)
def test_an_expression_that_allocates_much_is_refused_or_stays_small(text: str) -> None:
    tracemalloc.start()
    try:
        answer = compile_condition(text).holds(LARGE)
    except (ConditionFaulty, ConditionUnanswered):
        answer = None
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert answer in {None, True, False}
    assert most < MOST_MEMORY


def test_an_expression_within_the_bounds_is_answered_on_a_large_engagement() -> None:
    condition = compile_condition("measurements.all(m, m.verdict == 'met')")

    assert condition.holds(LARGE)
    assert MOST_STEPS == 10_000_000


@pytest.mark.parametrize(
    ("text", "column", "near"),
    [
        ("objectivs.all(o, true)", 1, "objectives"),
        ("objectives.all(o, o.basline != null)", 21, "baseline"),
    ],
    ids=["top", "item"],
)
def test_an_expression_that_names_an_unknown_field_is_refused_at_its_place(
    text: str, column: int, near: str
) -> None:
    with pytest.raises(ConditionFaulty) as refused:
        compile_condition(text)

    assert (refused.value.line, refused.value.column) == (1, column)
    assert near in refused.value.remedy


@pytest.mark.parametrize(
    "text",
    [
        "notes.all(n, n.text == '')",
        "engagements.exists(e, e.name != name)",
        "other_clients.size() > 0",
        "objectives.all(o, o.engagement.client.name == '')",
        "scores.exists(s, s.value > 3)",
        "secrets == null",
        "lessons.all(l, l.published_by != null)",
    ],
    ids=["notes", "others", "clients", "relations", "scores", "secrets", "people"],
)
def test_an_expression_reads_nothing_beside_the_engagement_s_own_document(text: str) -> None:
    with pytest.raises(ConditionFaulty):
        compile_condition(text)


def test_the_document_holds_what_its_readers_may_read_and_nothing_of_others() -> None:
    assert set(known_names(top_level())) >= {"objectives", "agreement", "measurements"}
    assert not {"notes", "scores", "references", "engagements", "people"} & set(
        known_names(top_level())
    )
