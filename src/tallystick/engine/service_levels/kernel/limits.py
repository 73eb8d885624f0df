"""Which rule of a service level holds for each unit, and the limit in seconds that it gives."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.kernel.conditions import rows_meeting
from tallystick.engine.service_levels.kernel.known import Known, Rows
from tallystick.engine.service_levels.terms import Agreement, ServiceLevel

NO_RULE = -1
NO_CAP = int(np.iinfo(np.int64).max)

Rules = NDArray[np.int16]


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """The seconds of each rule of a level; the last entry answers for NO_RULE."""

    seconds: NDArray[np.int64]
    round_the_clock: NDArray[np.int64]

    @property
    def any_round_the_clock(self) -> bool:
        """Return whether any rule has a cap on the time round the clock."""
        return bool((self.round_the_clock < NO_CAP).any())


def limits_of(level: ServiceLevel, agreement: Agreement) -> Limits:
    """Return the limits of a level's rules: 0 where a rule gives a due instant, NO_CAP for none."""
    seconds, caps = [], []
    for rule in level.targets:
        seconds.append(agreement.seconds_of(rule.limit, level) if rule.limit else 0)
        cap = rule.round_the_clock
        caps.append(agreement.seconds_of(cap, level) if cap else NO_CAP)
    return Limits(np.asarray([*seconds, 0], np.int64), np.asarray([*caps, NO_CAP], np.int64))


def rules_at(known: Known, level: ServiceLevel, rows: Rows | slice) -> Rules:
    """
    Return the first rule that matches in each of some rows, NO_RULE where none does.

    Raises:
        UnknownAttribute: if a rule asks for an attribute that the data does not carry.
    """
    size = len(range(known.rows)[rows]) if isinstance(rows, slice) else len(rows)
    rule = np.full(size, NO_RULE, dtype=np.int16)
    if not level.targets:
        rule[:] = 0
    for index, each in enumerate(level.targets):
        place = f"service level {level.id}: targets[{index}].when"
        rule[rows_meeting(known, each.when, rows, place) & (rule == NO_RULE)] = index
    if level.applies_to:
        place = f"service level {level.id}: applies_to"
        rule[~rows_meeting(known, level.applies_to, rows, place)] = NO_RULE
    return rule
