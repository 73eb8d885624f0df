"""The kernel, and the working it shows, against the cases worked by hand."""

from collections import Counter
from itertools import pairwise

import pytest

from tallystick.engine.service_levels.measure import measure
from tallystick.engine.service_levels.outcomes import Outcomes
from tallystick.engine.service_levels.tally import tally
from tallystick.engine.service_levels.working import Kind, Working, show_working
from tests.engine.service_levels.cases import (
    Case,
    cases,
    measured_answers,
    outcome_answers,
    spelled,
)

ALL = cases()
of_items = pytest.mark.parametrize(
    "case", [case for case in ALL if case.asks_items], ids=lambda case: case.name
)
of_windows = pytest.mark.parametrize(
    "case", [case for case in ALL if "measured" in case.stated], ids=lambda case: case.name
)
each_case = pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
SHOWN = 20
"""How many items of a case have their working added up."""


def measured(case: Case) -> Outcomes:
    """Return the outcomes of a case."""
    relieved = case.stated.get("relieved", [])
    return measure(case.spans, case.level, case.agreement, case.as_of, relieved)


def workings(case: Case, got: Outcomes) -> list[Working]:
    """Return the workings of the first items of a case, in the order of its outcomes."""
    agreement, level, spans = case.agreement, case.level, case.spans
    return [
        show_working(
            spans,
            got.id_of(row),
            level,
            agreement,
            case.as_of,
            relieved=case.stated.get("relieved", []),
            cycle=int(got.cycle[row]),
        )
        for row in range(min(len(got), SHOWN))
    ]


def test_the_cases_are_many_and_each_says_something_of_its_own() -> None:
    assert len(ALL) >= 300
    assert [name for name, times in Counter(case.name for case in ALL).items() if times > 1] == []


@of_items
def test_the_kernel_answers_as_worked_by_hand(case: Case) -> None:
    got = measured(case)

    expected = case.expected()
    answers = [outcome_answers(case, got, row) for row in range(len(got))]
    assert expected == [
        {key: answer[key] for key in asked} for answer, asked in zip(answers, expected, strict=True)
    ]


@of_windows
def test_the_windows_are_tallied_as_worked_by_hand(case: Case) -> None:
    got = tally(measured(case), case.level, case.agreement, case.as_of)

    answers = {each.window: measured_answers(each) for each in got}
    assert list(answers) == case.stated.get("windows", list(answers))
    for expected in case.stated["measured"]:
        answer = answers[expected["window"]]
        assert expected == {key: answer[key] for key in expected}


@each_case
def test_the_working_adds_up_to_what_the_kernel_answers(case: Case) -> None:
    got = measured(case)

    for row, shown in enumerate(workings(case, got)):
        sums = Counter[str]()
        for interval in shown.intervals:
            sums[interval.kind] += interval.seconds
        answer = outcome_answers(case, got, row)
        assert (spelled(sums[Kind.COUNTED]), spelled(sums[Kind.PAUSED])) == (
            answer["counted"],
            answer["paused"],
        )
        assert (shown.done, shown.due, shown.verdict) == (
            answer["done"],
            answer["due"],
            answer["verdict"],
        )
        assert all(one.until == other.since for one, other in pairwise(shown.intervals))
        assert shown.intervals[-1].until == case.as_of
