"""The way out: the exit plan, who can do what, and on whom all depends."""

from typing import Self

from pydantic import Field, model_validator

from tallystick.engine.guardrails.documents import contradiction
from tallystick.engine.guardrails.fields import Amount, Day, DayCount, Name, Text
from tallystick.engine.guardrails.parts.part import Part, Side, refuse_twice


class ExitTask(Part):
    """A task of the exit with its least, likeliest and most days; `after` names tasks before it."""

    id: Name
    name: Text = None
    least: DayCount
    likely: DayCount
    most: DayCount
    after: list[Name] = Field(default=[], max_length=200)

    @model_validator(mode="after")
    def stand_in_order(self) -> Self:
        """Refuse days that do not rise."""
        if not self.least <= self.likely <= self.most:
            raise contradiction(
                f"{self.least}, {self.likely} and {self.most} days do not rise",
                at="likely",
                remedy="Give the least, the likeliest and the most days, in this order.",
            )
        return self


class ExitPlan(Part):
    """
    How the service is brought back or handed on.

    `notice_days` and `assistance_days` are what the contract gives: notice, then termination
    assistance. A task may only come after tasks that stand before it.
    """

    updated_on: Day | None = None
    tested_on: Day | None = None
    budget: Amount | None = None
    exit_manager: Text = None
    notice_days: DayCount | None = None
    assistance_days: DayCount | None = None
    tasks: list[ExitTask] = Field(default=[], max_length=200)
    data_format: Text = None
    intellectual_property: Text = None
    deletion: Text = None

    @model_validator(mode="after")
    def come_after_known_tasks(self) -> Self:
        """Refuse a task that comes after one that does not stand before it."""
        refuse_twice("tasks", self.tasks, lambda it: it.id)
        known: set[str] = set()
        for number, task in enumerate(self.tasks):
            for place, before in enumerate(task.after):
                if before not in known:
                    raise contradiction(
                        f"the task {task.id} comes after {before}, which does not stand before it",
                        at=f"tasks[{number}].after[{place}]",
                        remedy="Name a task that stands further up.",
                    )
            known.add(task.id)
        return self


class Knower(Part):
    """Somebody who can do it without help."""

    name: Name
    side: Side


class Capability(Part):
    """Something the service needs somebody to be able to do, and whether it is written down."""

    id: Name
    name: Text = None
    people: list[Knower] = Field(default=[], max_length=200)
    documentation_accepted_on: Day | None = None


class Weight(Part):
    """How much falls to one name: an amount, a number, or a share."""

    name: Name
    amount: Amount


class Concentration(Part):
    """How all that is outsourced spreads over suppliers, functions, parents and countries."""

    spend: list[Weight] = Field(default=[], max_length=2_000)
    function: list[Weight] = Field(default=[], max_length=2_000)
    parent: list[Weight] = Field(default=[], max_length=2_000)
    country: list[Weight] = Field(default=[], max_length=300)
