"""Who measures, from which data, in which windows."""

from collections.abc import Mapping

from tallystick.engine.service_levels.lint.rule import Rule
from tallystick.engine.service_levels.lint.unsaid import level_leaves_out
from tallystick.engine.service_levels.terms import MeasureKind
from tallystick.engine.values import Severity

REMEDIES: Mapping[str, str] = {
    "measure": "Name what is measured, such as resolution-time or availability.",
    "data_source": "Name the system and export the figures are computed from.",
    "measured_by": "Name the party that measures.",
    "window": "Name the window over which the share is taken, such as month.",
    "calendar": "Name one of the agreement's calendars.",
}
"""The parts without which nobody can compute a service level, and what to write."""

WORDS: Mapping[str, str] = {part: part.replace("_", " ") for part in REMEDIES} | {
    "measured_by": "party that measures it"
}

_NO_INSTANT = frozenset({MeasureKind.AVAILABILITY, MeasureKind.BACKLOG})
_SOURCE = "ISO/IEC 20000-1:2018 8.3.3; COBIT 2019 APO09.04"

RULES = (
    Rule(
        "measuring.no-data-source",
        Severity.BLOCKER,
        "a service level does not say which data it is computed from",
        "Two parties who compute a figure from different data both compute honestly and never "
        "agree.",
        _SOURCE,
        level_leaves_out("data_source", "has no data source.", REMEDIES["data_source"]),
    ),
    Rule(
        "measuring.nobody-measures",
        Severity.BLOCKER,
        "a service level does not say which party measures it",
        "Who fails to measure is in default only where somebody has to measure.",
        f"{_SOURCE}; contract practice (First Data: failure to measure is a default)",
        level_leaves_out("measured_by", "has no party that measures it.", REMEDIES["measured_by"]),
    ),
    Rule(
        "measuring.window-unsaid",
        Severity.MAJOR,
        "a service level does not say over which window its figure is taken; it would be a month",
        "A bad week is lost in a quarter and breaks a month: the window decides the verdict.",
        _SOURCE,
        level_leaves_out("window", "has no window; it would be a month.", REMEDIES["window"]),
    ),
    Rule(
        "measuring.attribution-unsaid",
        Severity.MAJOR,
        "a service level of items does not say which instant puts an item into a window",
        "A ticket that is opened in March, due in April and solved in May can be counted in any of "
        "them; each party will find one that suits it.",
        "State of Texas DIR, service request levels; ServiceNow and Jira decide it differently",
        level_leaves_out(
            "attribution",
            "does not say which instant puts an item into a window.",
            "Write attribution: due, opened, done, resolved or closed.",
            lambda clause: clause.level.measure not in _NO_INSTANT,
        ),
    ),
)
