"""The kernels, and the working they show, against the cases worked by hand."""

import pytest

from tallystick.engine.service_levels.availability import (
    Figure,
    measure_availability,
    measure_probes,
    show_availability,
)
from tallystick.engine.signals import SignalKind
from tests.engine.service_levels.availability.builders import chunks
from tests.engine.service_levels.availability.cases import Case, cases

each_case = pytest.mark.parametrize("case", cases(), ids=lambda case: case.says)
each_case_of_probes = pytest.mark.parametrize(
    "case",
    [case for case in cases() if case.signals.kind is SignalKind.PROBES],
    ids=lambda case: case.says,
)


def parts(figure: Figure) -> tuple[int, int, int, int]:
    """Return the four parts of a figure."""
    return figure.up, figure.down, figure.excused, figure.unmeasured


def test_at_least_40_cases_are_worked_by_hand() -> None:
    assert len({case.says for case in cases()}) >= 40


@each_case
def test_the_kernel_answers_as_worked_by_hand(case: Case) -> None:
    got = measure_availability(
        case.signals, case.terms, case.calendar, [case.window], case.as_of, excused=case.relief
    ).service[0]

    assert (parts(got), got.availability) == (case.parts, case.availability)


@pytest.mark.parametrize("size", [1, 100])
@each_case_of_probes
def test_a_stream_of_probes_answers_as_worked_by_hand(case: Case, size: int) -> None:
    stream = chunks(case.signals, case.terms.interval or 0, case.as_of, size)

    got = measure_probes(
        stream, case.terms, case.calendar, [case.window], case.as_of, excused=case.relief
    ).service[0]

    assert (parts(got), got.availability) == (case.parts, case.availability)


@each_case
def test_the_working_adds_up_to_what_was_worked_by_hand(case: Case) -> None:
    got = show_availability(
        case.signals, case.terms, case.calendar, case.window, case.as_of, excused=case.relief
    )

    sums = zip(*((i.up, i.down, i.excused, i.unmeasured) for i in got.intervals), strict=True)
    assert (tuple(map(sum, sums)) or (0, 0, 0, 0)) == case.parts
