"""Conditions on attributes and states in plain words."""

from collections.abc import Sequence

from tallystick.engine.service_levels.terms.clock import Condition
from tallystick.engine.service_levels.terms.matches import Conditions, Match, match_document
from tallystick.web.components.words import words
from tallystick.web.counts import listed

_SIGNS = {"<": "below", "<=": "at most", ">": "above", ">=": "at least"}


def condition_words(name: str, match: Match) -> str:
    """Say what an attribute must be: "priority P1 or P2", "satisfaction at least 4"."""
    if not match.sign:
        return f"{words(name)} {either(match.values)}"
    number = str(match_document(match)).removeprefix(match.sign).strip()
    return f"{words(name)} {_SIGNS[match.sign]} {number}"


def conditions_words(conditions: Conditions) -> str:
    """Say what all of several attributes must be; empty for none."""
    return " and ".join(condition_words(*each) for each in conditions)


def either(kinds: Sequence[str]) -> str:
    """Return "a", "a or b", or "a, b or c"."""
    return listed(list(kinds)).replace(" and ", " or ") if len(kinds) > 1 else "".join(kinds)


def states_words(conditions: Sequence[Condition]) -> str:
    """Say in which states, or states with attributes, something holds; empty for none."""
    said = listed([_state_words(each) for each in conditions])
    return f"{said[:1].upper()}{said[1:]}"


def _state_words(condition: Condition) -> str:
    states = " or ".join(words(state) for state in condition.states)
    return " with ".join(filter(None, [states, conditions_words(condition.when)]))
