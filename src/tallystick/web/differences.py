"""The difference between two versions, as a page shows it: in words, and line by line."""

from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from tallystick.engine.service_levels.agreement import agreement_document, read_agreement
from tallystick.engine.service_levels.difference import Line, side_by_side
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.records.agreements import Agreement
from tallystick.web.difference_words import Clause, changed_clauses


@dataclass(frozen=True, slots=True)
class Difference:
    """What a version changes; `base` is None for one before which both have signed nothing."""

    base: Agreement | None
    clauses: Sequence[Clause]
    lines: Sequence[Line]


def difference_to(terms: Terms, base: Agreement | None) -> Difference:
    """Return what some terms change in a version."""
    if base is None:
        return Difference(None, (), ())
    before = read_agreement(base.document)
    lines = side_by_side(document_lines(before), document_lines(terms))
    return Difference(base, changed_clauses(before, terms), lines)


def document_lines(terms: Terms) -> list[str]:
    """Return a document as the lines of its YAML file."""
    spelled = yaml.safe_dump(agreement_document(terms), sort_keys=False, allow_unicode=True)
    return spelled.splitlines()
