"""Levels that one event hits together, and levels that count the same items twice."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from tallystick.engine.service_levels.lint.rule import Rule, Spot
from tallystick.engine.service_levels.lint.wording import Clause, Wording
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.engine.service_levels.terms.credits import OneEvent
from tallystick.engine.service_levels.terms.matches import Match
from tallystick.engine.values import Severity


def _all_of(one: ServiceLevel, other: ServiceLevel) -> bool:
    """Return whether each item of one level is an item of another too."""
    return all(any(_inside(mine, its) for its in _scopes(other)) for mine in _scopes(one))


def _scopes(level: ServiceLevel) -> list[Mapping[str, Match]]:
    """Return what the items of a level have in common, by each of its limits if it has any."""
    about = dict(level.applies_to)
    return [about | dict(rule.when) for rule in level.targets] or [about]


def _inside(mine: Mapping[str, Match], its: Mapping[str, Match]) -> bool:
    return all(name in mine and _narrower(mine[name], match) for name, match in its.items())


def _narrower(mine: Match, match: Match) -> bool:
    listed = not mine.sign and not match.sign
    return mine == match or (listed and set(mine.values) <= set(match.values))


def _grouped(one: ServiceLevel, other: ServiceLevel) -> bool:
    groups = [each.credit.event_group for each in (one, other) if each.credit]
    return len(groups) == 2 and groups[0] is not None and groups[0] == groups[1]


def _counts_alike(one: ServiceLevel, other: ServiceLevel) -> bool:
    return (
        one.availability is None
        and (one.measure, one.statistic, one.of, one.good)
        == (other.measure, other.statistic, other.of, other.good)
        and not _grouped(one, other)
    )


def _overlap(wording: Wording) -> Iterator[Spot]:
    for one, other in combinations(list(wording.clauses), 2):
        if not _counts_alike(one.level, other.level):
            continue
        pairs = ((other, one), (one, other))
        inside = next((pair for pair in pairs if _all_of(pair[0].level, pair[1].level)), None)
        if inside:
            small, large = inside
            yield Spot(
                f"{small.place}.applies_to",
                f"Every item of {small.level.id} counts in {large.level.id} as well: one late item "
                "can break both.",
                f"Say in `applies_to` which items {large.level.id} leaves to {small.level.id}, or "
                "put both into one `event_group`.",
            )


def _several_hit(wording: Wording) -> Iterator[Spot]:
    scheme = wording.terms.credits
    credited = [clause for clause in wording.clauses if clause.level.credit]
    if scheme is None or len(credited) < 2:
        return
    names = ", ".join(clause.level.id for clause in credited)
    if not wording.says("credits", "one_event"):
        yield Spot(
            "credits.one_event",
            f"It is not said what one event costs that breaks several of {names}.",
            "Write one_event: highest and an `event_group` at the levels that fail together, or "
            "one_event: all.",
        )
    elif scheme.one_event is OneEvent.HIGHEST and not any(map(_group_of, credited)):
        yield Spot(
            "credits.one_event",
            f"Only the highest of several credits stands, and none of {names} is in an event "
            "group: each of them is paid.",
            "Give an `event_group` to the levels that one event breaks together, or write "
            "one_event: all.",
        )


def _group_of(clause: Clause) -> str | None:
    return clause.level.credit.event_group if clause.level.credit else None


RULES = (
    Rule(
        "levels.overlap",
        Severity.MAJOR,
        "two levels measure the same, and every item of one is an item of the other; not where "
        "both are in one event group",
        "The client credits the late ticket twice; the provider says it failed once.",
        "State contract: of several levels that one event breaks, the client picks one",
        _overlap,
    ),
    Rule(
        "levels.one-event",
        Severity.MAJOR,
        "several levels have a credit, and nothing says which of them stand when one event breaks "
        "more than one",
        "One outage makes tickets late, answers slow and the service unavailable: three credits, "
        "or one?",
        "State contract: of several levels that one event breaks, the client picks one",
        _several_hit,
    ),
)
