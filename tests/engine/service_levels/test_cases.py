"""The kernel, and the working it shows, against the cases worked by hand."""

import pytest

from tallystick.engine.service_levels.measure import measure
from tallystick.engine.service_levels.windows import windows_of
from tallystick.engine.service_levels.working import Kind, show_working
from tests.engine.service_levels.cases import Case, cases, spelled

each_case = pytest.mark.parametrize("case", cases(), ids=lambda case: case.says)


def test_at_least_25_cases_are_worked_by_hand() -> None:
    assert len({case.says for case in cases()}) >= 25


@each_case
def test_the_kernel_answers_as_worked_by_hand(case: Case) -> None:
    got = measure(case.spans, case.level, case.agreement, case.as_of)

    window = int(got.window[0])
    assert case.answers == {
        "counted": spelled(int(got.counted[0])),
        "paused": spelled(int(got.paused[0])),
        "done": int(got.done[0]),
        "due": int(got.due[0]),
        "verdict": got.verdict_of(0),
        "reason": got.reason_of(0),
        "window": windows_of(case.agreement)[window].text if window >= 0 else "",
    }


@each_case
def test_the_working_answers_as_worked_by_hand(case: Case) -> None:
    got = show_working(case.spans, "it", case.level, case.agreement, case.as_of)

    assert case.answers == {
        "counted": spelled(sum(i.seconds for i in got.intervals if i.kind is Kind.COUNTED)),
        "paused": spelled(sum(i.seconds for i in got.intervals if i.kind is Kind.PAUSED)),
        "done": got.done,
        "due": got.due,
        "verdict": got.verdict,
        "reason": got.reason,
        "window": got.window,
    }
