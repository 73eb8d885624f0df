"""Clauses that say one thing of several."""

from tallystick.engine.service_levels.terms.base import Terms
from tallystick.engine.service_levels.terms.problems import problem


def one_of(clause: Terms, *keys: str) -> str:
    """Return which of the keys is stated; raise the problem of none or more than one."""
    stated = [key for key in keys if getattr(clause, key) is not None]
    if len(stated) != 1:
        raise problem(
            "agreement.not-exactly-one",
            f"one of {', '.join(keys)} is to be stated, and {len(stated)} are",
            "State exactly one of them.",
        )
    return stated[0]
