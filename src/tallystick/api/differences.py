"""The difference between two versions of an agreement, place by place and line by line."""

from typing import Any

import yaml
from pydantic import Field

from tallystick.api.values import Out
from tallystick.engine.service_levels.agreement import agreement_document, read_agreement
from tallystick.engine.service_levels.difference import ChangeKind, differences, side_by_side
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.records.agreements import Agreement


class ChangeOut(Out):
    """One place at which two documents differ; what is absent on a side is null there."""

    path: list[str] = Field(description="Keys; an entry of a list with ids is named by its id.")
    kind: ChangeKind
    old: Any
    new: Any


class LineOut(Out):
    """A row of the two documents side by side; `skipped` stands for so many equal lines."""

    old_number: int | None
    old: str | None
    new_number: int | None
    new: str | None
    skipped: int


class DifferenceOut(Out):
    """What a version changes; without `base` there is nothing to compare with."""

    base: str | None = Field(description="The id of the version it is compared with.")
    base_digest: str | None
    changes: list[ChangeOut]
    lines: list[LineOut] = Field(description="The documents as YAML, line by line.")


def difference_values(terms: Terms, base: Agreement | None) -> DifferenceOut:
    """Return what some terms change in a version."""
    if base is None:
        return DifferenceOut(base=None, base_digest=None, changes=[], lines=[])
    old, new = agreement_document(read_agreement(base.document)), agreement_document(terms)
    changes = [
        ChangeOut(path=list(each.path), kind=each.kind, old=each.old, new=each.new)
        for each in differences(old, new)
    ]
    lines = [
        LineOut(
            old_number=each.old_number,
            old=each.old,
            new_number=each.new_number,
            new=each.new,
            skipped=each.skipped,
        )
        for each in side_by_side(_lines(old), _lines(new))
    ]
    return DifferenceOut(base=base.public_id, base_digest=base.digest, changes=changes, lines=lines)


def _lines(document: dict[str, Any]) -> list[str]:
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True).splitlines()
