"""What one part of a draft says, in the words of an agreement's page."""

from typing import Any

from tallystick.engine.service_levels.terms import Agreement
from tallystick.web.agreement_words import calendar_words, level_words
from tallystick.web.agreement_words.dealings import dealing_facts
from tallystick.web.agreement_words.scheme import charge_facts, scheme_facts, termination_words
from tallystick.web.components.words import day
from tallystick.web.draft_outline import Part


def words_of(part: Part, terms: Agreement | None) -> dict[str, Any]:
    """Return the clause, the facts and the list that say a part; nothing of what does not read."""
    if terms is None:
        return {}
    if part.kind == "level":
        level = level_words(terms.service_levels[int(part.base[1])], terms)
        return {"clause": level}
    if part.kind == "calendar":
        said = calendar_words(str(part.base[1]), terms.calendars[str(part.base[1])])
        about = [
            ("A week", said.weekly),
            ("Time zone", said.zone),
            ("Holidays", said.holiday_count),
        ]
        return {"facts": [*said.hours, *about]}
    if part.kind == "credits":
        charges = charge_facts(terms.charges) if terms.charges else []
        currency = terms.charges.currency if terms.charges else ""
        scheme = scheme_facts(terms.credits, currency) if terms.credits else []
        return {"facts": [*charges, *scheme], "grounds": termination_words(terms)}
    if part.kind == "dealings":
        return {"facts": dealing_facts(terms)}
    term = terms.in_force
    return {
        "facts": [
            ("Between", f"{terms.client} and {terms.provider}"),
            ("In force", f"{day(term.from_)} up to {day(term.until)}, not included"),
            ("Time zone", terms.zone),
        ]
    }
