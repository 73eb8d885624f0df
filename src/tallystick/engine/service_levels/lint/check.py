"""A document, and how its levels fared -> every ambiguity in it, the gravest first."""

from collections.abc import Iterable, Mapping
from typing import Any

from tallystick.engine.service_levels.agreement import AgreementRefused, Problem, read_agreement
from tallystick.engine.service_levels.lint import (
    availability,
    blanks,
    calendars,
    caps,
    clocks,
    credits,
    dealings,
    figures,
    limits,
    measuring,
    overlaps,
)
from tallystick.engine.service_levels.lint.rule import Finding, Rule
from tallystick.engine.service_levels.lint.wording import Wording
from tallystick.engine.service_levels.measurement import Measurement
from tallystick.engine.values import Severity

RULES: tuple[Rule, ...] = (
    *blanks.RULES,
    *measuring.RULES,
    *calendars.RULES,
    *limits.RULES,
    *clocks.RULES,
    *figures.RULES,
    *availability.RULES,
    *overlaps.RULES,
    *credits.RULES,
    *caps.RULES,
    *dealings.RULES,
)


def lint(document: Mapping[str, Any], measured: Iterable[Measurement] = ()) -> list[Finding]:
    """
    Return every ambiguity of a document, the gravest first.

    `measured` is how its levels fared on past data, oldest first; without it the rules about
    volumes are silent. A document that does not read as an agreement has what is refused of it
    as blockers, and no more until it does.
    """
    try:
        terms = read_agreement(document)
    except AgreementRefused as refused:
        return [_of(each) for each in refused.problems]
    wording = Wording(document, terms, tuple(measured))
    found = [finding for rule in RULES for finding in rule.findings(wording)]
    return sorted(found, key=lambda each: each.severity.rank)


def _of(problem: Problem) -> Finding:
    sentence = f"{problem.message[:1].upper()}{problem.message[1:]}."
    return Finding(
        code=problem.code,
        severity=Severity.BLOCKER,
        place=problem.place,
        sentence=sentence,
        remedy=problem.remedy,
        why="What does not read as an agreement cannot be measured, whatever was meant.",
        source="The format of an agreement",
    )
