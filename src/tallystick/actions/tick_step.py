"""Tick a step of a plan that is being carried out, or take the tick back."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.refusals import require
from tallystick.actions.risks_kept import locked, tell
from tallystick.engine.refusals import Refusal
from tallystick.records.risk_registers import AnyRun
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class RunOver(Refusal):
    """A run that has ended does not change any more."""

    code = "plan.run-over"


class NoSuchStep(Refusal):
    """The plan has no step of this number."""

    code = "plan.no-such-step"


def locked_run(run: AnyRun) -> AnyRun:
    """
    Return a run that goes on, held until the transaction ends.

    Raises:
        RunOver
    """
    found = locked(run, "plan__engagement")
    if found.ended_at is not None:
        raise RunOver(
            "This run has ended.", place="step", remedy="Begin the plan anew if it is needed."
        )
    return found


@transaction.atomic
def tick_step(*, run: AnyRun, step: int, done: bool, by: Viewer, as_of: datetime) -> AnyRun:
    """
    Say that the step of a number, from 0, is done, or that it is not.

    A step that is ticked already keeps its first tick.

    Raises:
        NotPermitted, RunOver, NoSuchStep
    """
    require(by, Duty.MANAGE_RISKS)
    run = locked_run(run)
    if not 0 <= step < len(run.steps):
        raise NoSuchStep(
            f"There is no step {step}.", place="step", remedy="Give a number from 0 on."
        )
    key = str(step)
    if done == (key in run.done):
        return run
    if done:
        run.done[key] = {
            "at": as_of.isoformat(),
            "by": by.person.public_id,
            "name": by.person.name,
        }
    else:
        del run.done[key]
    run.save(update_fields=["done"])
    tell(
        run,
        run.plan.engagement,
        f"{'Did' if done else 'Took back'} step {step + 1} of “{run.plan.title}”: "
        f"{run.steps[step]['name']}.",
        "tick_step",
        {"step": step, "done": done},
        by,
        as_of,
    )
    return run
