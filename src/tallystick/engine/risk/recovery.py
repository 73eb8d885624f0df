"""The steps of a contingency plan, some of them done -> whether it keeps within its time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from tallystick.engine.refusals import Refusal

LONGEST = 60 * 24 * 366
"""Minutes of a step, or until service is to be back: a year."""


class RecoveryRefused(Refusal):
    """A step takes no time that can be planned, or an instant lies where it cannot."""

    code = "risk.recovery-refused"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a plan: its minutes, as planned, and when it was done; None if it is not."""

    name: str
    minutes: int
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StepClock:
    """When a step is planned to end, and whether that was, or is by now, too late."""

    step: Step
    planned_end: datetime
    late: bool


@dataclass(frozen=True, slots=True)
class Recovery:
    """
    How a recovery stands, in whole minutes (started ones count).

    `elapsed` runs from its start until now, or until its last step was done. `remaining` is what
    is planned of what is left, less what has gone into the step that is next. `ends_at` is when
    it was done, or will be if all goes on as planned, and `margin` how long before its objective
    (RTO) that is; below nothing it is too late.
    """

    steps: tuple[StepClock, ...]
    done: int
    elapsed: int
    remaining: int
    ends_at: datetime
    margin: int

    @property
    def finished(self) -> bool:
        """Return whether all steps are done."""
        return self.done == len(self.steps)

    @property
    def in_time(self) -> bool:
        """Return whether it keeps, or kept, within its objective."""
        return self.margin >= 0

    @property
    def late(self) -> tuple[StepClock, ...]:
        """Return the steps that ended, or still run, after their planned end."""
        return tuple(each for each in self.steps if each.late)


def recovery(
    steps: Sequence[Step], *, started_at: datetime, objective: int, as_of: datetime
) -> Recovery:
    """
    Return how a recovery stands against its objective, the minutes within which service is back.

    Steps follow one another; one that is done before its turn does not hold up the others. The
    next step began when the last one of those before it, or of all that are done, was done.

    Raises:
        RecoveryRefused: if there is no step, a step or the objective takes less than 0 minutes or
            more than a year, an instant has no zone, or a step was done before the start or
            after now.
    """
    _check(steps, started_at, objective, as_of)
    ends = [
        started_at + timedelta(minutes=each) for each in accumulate(one.minutes for one in steps)
    ]
    clocks = tuple(
        StepClock(step, end, (step.done_at or as_of) > end)
        for step, end in zip(steps, ends, strict=True)
    )
    left = [each.minutes for each in steps if each.done_at is None]
    since = max((each.done_at for each in steps if each.done_at), default=started_at)
    if left:
        ahead = max(since + timedelta(minutes=left[0]), as_of) + timedelta(minutes=sum(left[1:]))
    else:
        ahead = since
    until = as_of if left else since
    return Recovery(
        steps=clocks,
        done=len(steps) - len(left),
        elapsed=_minutes(until - started_at),
        remaining=_minutes(ahead - as_of) if left else 0,
        ends_at=ahead,
        margin=-_minutes(ahead - started_at - timedelta(minutes=objective)),
    )


def _minutes(time: timedelta) -> int:
    """Return minutes; a started one counts."""
    return -(-time // timedelta(minutes=1))


def _check(steps: Sequence[Step], started_at: datetime, objective: int, as_of: datetime) -> None:
    if not steps:
        raise _refused("There is no step.", "steps", "Write down what is done first.")
    for place, minutes in [
        ("objective", objective),
        *((f"steps[{number}].minutes", each.minutes) for number, each in enumerate(steps)),
    ]:
        if not 0 <= minutes <= LONGEST:
            raise _refused(
                f"{minutes} minutes cannot be planned.", place, "Take 0 minutes to a year."
            )
    instants = [
        ("as_of", as_of),
        ("started_at", started_at),
        *((f"steps[{n}].done_at", each.done_at) for n, each in enumerate(steps) if each.done_at),
    ]
    for place, instant in instants:
        if instant.tzinfo is None:
            raise _refused(f"The instant {instant} has no zone.", place, "Say in which zone.")
    for place, instant in instants:
        if not started_at <= instant <= as_of:
            raise _refused(
                f"The instant {instant.isoformat()} is not between the start and now.",
                place,
                "Give the instant at which it was done.",
            )


def _refused(problem: str, place: str, remedy: str) -> RecoveryRefused:
    return RecoveryRefused(problem, place=place, remedy=remedy)
