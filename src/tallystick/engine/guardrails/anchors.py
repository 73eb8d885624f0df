"""A place that stays what it is: the items of lists by their names, not by their numbers."""

import re
from typing import Any

from tallystick.engine.guardrails.snapshot import Measured, Snapshot

_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?", re.ASCII)


def anchored(snapshot: Snapshot, place: str) -> str:
    """
    Return a place of a snapshot with each number replaced by what its item is called.

    `objectives[0].baseline` becomes `objectives[pay-day].baseline`: the next measurement or
    lesson moves the numbers of a list, and a place kept over time must not move with them.
    A number whose item has no name, or is not there, stays.
    """
    here: Any = snapshot
    steps = []
    for step in place.split("."):
        found = _STEP.fullmatch(step)
        if found is None:
            return place
        here = getattr(here, found[1], None)
        if found[2] is None:
            steps.append(found[1])
            continue
        number = int(found[2])
        here = here[number] if isinstance(here, list) and number < len(here) else None
        steps.append(f"{found[1]}[{_name_of(here) or number}]")
    return ".".join(steps)


def _name_of(item: Any) -> str:
    if isinstance(item, Measured):
        return f"{item.service_level} {item.window}"
    named = (getattr(item, name, "") for name in ("id", "code", "subject", "level"))
    return str(next(filter(None, named), ""))
