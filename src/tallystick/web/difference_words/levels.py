"""One clause of a service level in words, to be compared with another version's."""

from collections.abc import Callable, Mapping

from tallystick.engine.service_levels.terms import Agreement, ServiceLevel
from tallystick.web.agreement_words.clocks import clock_facts
from tallystick.web.agreement_words.conditions import conditions_words
from tallystick.web.agreement_words.consequences import (
    credit_words,
    ratchet_words,
    repetition_words,
    severity_words,
)
from tallystick.web.agreement_words.levels import statistic_words, window_rule_words
from tallystick.web.agreement_words.limits import limit_row
from tallystick.web.components.figures import amount, goal_words
from tallystick.web.components.words import day, words
from tallystick.web.difference_words.values import NOTHING, value_words

Said = Callable[[ServiceLevel, Agreement], str]


def _limits(level: ServiceLevel) -> str:
    rows = [limit_row(rule, later=n > 0) for n, rule in enumerate(level.targets)]
    return "; ".join(f"{which}: {limit}" for which, limit in rows)


def _minimum(level: ServiceLevel) -> str:
    least = level.minimum
    return amount(least.value, least.unit) if least else ""


_SAID: Mapping[str, Said] = {
    "measure": lambda level, _: words(level.measure),
    "applies_to": lambda level, _: conditions_words(level.applies_to),
    "good": lambda level, _: conditions_words(level.good),
    "clock": lambda level, _: "; ".join(
        f"{label.lower()}: {said}" for label, said in clock_facts(level)
    ),
    "targets": lambda level, _: _limits(level),
    "statistic": lambda level, _: statistic_words(level.statistic).lower(),
    "target": lambda level, _: goal_words(level.target),
    "minimum": lambda level, _: _minimum(level),
    "window": lambda level, _: window_rule_words(level.window),
    "reporting_only_until": lambda level, _: (
        f"before {day(level.reporting_only_until)}" if level.reporting_only_until else ""
    ),
    "credit": lambda level, terms: credit_words(level.credit, terms) if level.credit else "",
    "severity": lambda level, _: severity_words(level.severity) if level.severity else "",
    "repetition": lambda level, _: repetition_words(level.repetition) if level.repetition else "",
    "ratchet": lambda level, _: ratchet_words(level.ratchet) if level.ratchet else "",
}


def level_value(field: str, level: ServiceLevel, terms: Agreement) -> str:
    """Return what a level says under a key; "nothing" where it says nothing."""
    if field in _SAID:
        return _SAID[field](level, terms) or NOTHING
    document = level.model_dump(mode="json", by_alias=True, exclude_none=True)
    return value_words(document.get(field))
