"""An agreement -> the attributes that its service levels ask for, and where they do."""

from collections.abc import Collection, Iterator

from tallystick.engine.service_levels.kernel.conditions import unknown_attribute
from tallystick.engine.service_levels.kernel.judging import REOPENED
from tallystick.engine.service_levels.many import item_levels
from tallystick.engine.service_levels.terms import Agreement, ServiceLevel

Asked = tuple[str, str]
"""The name of an attribute, and the place in the agreement that asks for it."""


def attributes_asked(agreement: Agreement, carried: Collection[str]) -> frozenset[str]:
    """
    Return which of the attributes that data carry its measuring asks for.

    Raises:
        UnknownAttribute: if a level asks for an attribute that the data do not carry.
    """
    asked = [each for level in item_levels(agreement) for each in _asked_by(level, carried)]
    for name, place in asked:
        if name not in carried:
            raise unknown_attribute(name, place, carried)
    return frozenset(name for name, _ in asked)


def _asked_by(level: ServiceLevel, carried: Collection[str]) -> Iterator[Asked]:
    of = f"service level {level.id}:"
    for number, rule in enumerate(level.targets):
        yield from _named(rule.when, f"{of} targets[{number}].when")
        if rule.due and rule.due.from_:
            yield rule.due.from_, f"{of} targets[{number}].due.from"
    yield from _named(level.applies_to, f"{of} applies_to")
    for part in level.clock.parts:
        for condition in part:
            yield from _named(condition.when, f"{of} clock")
    for condition in level.clock.requires:
        yield from _named(condition.when, f"{of} clock.requires")
    for condition in level.clock.resets:
        yield from _named(condition.when, f"{of} clock.resets")
    # Whether an item was reopened is told by its history where the data do not say.
    own = REOPENED not in carried
    good = tuple(each for each in level.good if not (own and each[0] == REOPENED))
    yield from _named(good, f"{of} good")
    if level.of:
        yield level.of, f"{of} of"


def _named(conditions: tuple[tuple[str, object], ...], place: str) -> Iterator[Asked]:
    for name, _ in conditions:
        yield name, place
