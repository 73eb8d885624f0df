"""When a clock runs, waits and stops: the states that say so."""

from collections import Counter
from typing import Self

from pydantic import model_validator

from tallystick.engine.service_levels.terms.base import Terms
from tallystick.engine.service_levels.terms.fields import States
from tallystick.engine.service_levels.terms.problems import problem
from tallystick.engine.values import STATES


class Clock(Terms):
    """Which states let the clock run, pause it, and stop it; each state stands once."""

    runs: States
    pauses: States
    stops: States

    @model_validator(mode="after")
    def _place_each_state_once(self) -> Self:
        placed = Counter([*self.runs, *self.pauses, *self.stops])
        if twice := [state.value for state in STATES if placed[state] > 1]:
            raise problem(
                "agreement.state-twice",
                f"the clock has {', '.join(twice)} in more than one place",
                "Keep each state in one of runs, pauses and stops.",
            )
        if absent := [state.value for state in STATES if not placed[state]]:
            raise problem(
                "agreement.state-unplaced",
                f"the clock does not say what happens in {', '.join(absent)}",
                "Put each state into runs, pauses or stops.",
            )
        if not self.runs or not self.stops:
            raise problem(
                "agreement.clock-idle",
                "the clock never " + ("stops" if self.runs else "runs"),
                "Name at least one state in runs and one in stops.",
            )
        return self
