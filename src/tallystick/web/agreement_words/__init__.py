"""An agreement's clauses in plain words: what is promised, how it is counted, what follows."""

from collections.abc import Mapping

from tallystick.engine.service_levels.terms import Agreement
from tallystick.web.agreement_words.calendars import CalendarWords, calendar_words
from tallystick.web.agreement_words.conditions import condition_words
from tallystick.web.agreement_words.dealings import dealing_facts
from tallystick.web.agreement_words.levels import LevelWords, level_words
from tallystick.web.agreement_words.limits import rule_words
from tallystick.web.agreement_words.scheme import charge_facts, scheme_facts, termination_words

__all__ = [
    "CalendarWords",
    "LevelWords",
    "calendar_words",
    "clauses",
    "condition_words",
    "level_words",
    "rule_words",
]


def clauses(terms: Agreement) -> Mapping[str, object]:
    """Return everything that the page of an agreement says."""
    currency = terms.charges.currency if terms.charges else ""
    return {
        "calendars": [calendar_words(name, each) for name, each in terms.calendars.items()],
        "levels": [level_words(level, terms) for level in terms.service_levels],
        "charges": charge_facts(terms.charges) if terms.charges else [],
        "scheme": scheme_facts(terms.credits, currency) if terms.credits else [],
        "terminations": termination_words(terms),
        "dealings": dealing_facts(terms),
    }
