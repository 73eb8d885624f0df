"""A competition's rows -> the `selection` part of a snapshot, for the client's eyes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tallystick.records.bids import Bid, is_compliant
from tallystick.records.evidence_values import evidence_values, supplier_values
from tallystick.records.ranked import sure_of
from tallystick.records.scores import Evaluator
from tallystick.records.selection_rows import SelectionRows
from tallystick.records.selections import Criterion, CriterionEdit, CriterionKind

MOST, MOST_EDITS, MOST_SCORES = 200, 2_000, 20_000
"""What a snapshot holds at most."""

_LEAVES = (CriterionKind.JUDGED, CriterionKind.MEASURED, CriterionKind.PRICE)


def selection_values(rows: SelectionRows) -> dict[str, Any]:
    """Return the competition as guardrails see it; prices not before the bids are opened."""
    selection = rows.selection
    approver = selection.single_source_approved_by
    names = _names(rows.evaluators)
    bids = rows.bids[:MOST]
    return {
        "opened_on": _day(selection.opened_at),
        "single_source_reason": selection.single_source_reason or None,
        "single_source_approved_by": approver.name if approver else None,
        "should_cost": selection.should_cost,
        "preferred": _preferred(rows),
        "criteria": _criteria(rows.criteria),
        "criteria_edits": [_edit(each) for each in rows.edits[:MOST_EDITS]],
        "bids": _bids(rows, bids),
        "evaluators": [
            {"name": names[each.pk], "interests_declared_on": _day(each.declared_at)}
            for each in rows.evaluators[:MOST]
        ],
        "scores": [
            {
                "bid": each.bid.supplier.name,
                "criterion": each.criterion.name,
                "evaluator": names[each.evaluator_id],
                "score": each.value,
                "evidence": each.evidence or None,
            }
            for each in rows.scores[:MOST_SCORES]
        ],
        "moderated_on": _day(rows.consensus[-1].moderated_at) if rows.consensus else None,
        "sensitivity": _sensitivity(rows),
        **evidence_values(selection, _preferred_bid(rows), rows.evidence),
    }


def competing_supplier(rows: SelectionRows) -> dict[str, Any] | None:
    """Return what is known of the company behind the preferred bid; None without one."""
    preferred = _preferred_bid(rows)
    return supplier_values(preferred, rows.evidence) if preferred else None


def _preferred_bid(rows: SelectionRows) -> Bid | None:
    name = _preferred(rows)
    return next((each for each in rows.bids if each.supplier.name == name), None)


def _criteria(criteria: Sequence[Criterion]) -> list[dict[str, Any]]:
    known = {each.pk: each for each in criteria}
    return [
        {
            "id": each.name,
            "weight": _weight(each, known),
            "price": each.kind == CriterionKind.PRICE,
        }
        for each in criteria
        if each.kind in _LEAVES
    ]


def _weight(criterion: Criterion, known: Mapping[int, Criterion]) -> Decimal:
    """Return the part of 100 that a leaf has in the whole: the product of the parts above it."""
    share = Fraction(100)
    here: Criterion | None = criterion
    while here is not None:
        share *= Fraction(here.weight or 0) / 100
        here = known.get(here.parent_id) if here.parent_id else None
    return round(Decimal(share.numerator) / share.denominator, 6)


def _edit(edit: CriterionEdit) -> dict[str, Any]:
    return {
        "criterion": edit.criterion.name,
        "what": edit.what,
        "on": edit.edited_at.date(),
        # What came before the opening is not kept as an edit: this one came after it.
        "after_opening": True,
        "before": edit.before[:MOST] or None,
        "after": edit.after[:MOST] or None,
    }


def _bids(rows: SelectionRows, bids: Sequence[Bid]) -> list[dict[str, Any]]:
    opened = rows.selection.opened_at is not None
    musts = [each for each in rows.criteria if each.kind == CriterionKind.KNOCK_OUT]
    return [
        {
            # A company bids once, and sentences tell of bids by their ids.
            "id": each.supplier.name,
            "supplier": each.supplier.name,
            "price": each.price if opened else None,
            "compliant": is_compliant(each, musts) if opened else None,
        }
        for each in bids
    ]


def _names(evaluators: Sequence[Evaluator]) -> dict[int, str]:
    """Return what evaluators are called; two of one name are told apart by their ids."""
    said = Counter(each.person.name for each in evaluators)
    return {
        each.pk: each.person.name
        if said[each.person.name] == 1
        else f"{each.person.name} ({each.public_id})"
        for each in evaluators
    }


def _preferred(rows: SelectionRows) -> str | None:
    if rows.award:
        return rows.award.bid.supplier.name
    return str(rows.ranking.document["bids"][0]["supplier"]) if rows.ranking else None


def _sensitivity(rows: SelectionRows) -> dict[str, Any] | None:
    if rows.ranking is None:
        return None
    document = rows.ranking.document
    first, points = sure_of(document)
    place = next(each for each in document["bids"] if each["supplier"] == _preferred(rows))
    if place is not document["bids"][0]:
        # Another is first as it is: nothing has to change for that.
        first, points = place["ranks"][0], Fraction(0)
    shown = None if points is None else round(Decimal(points.numerator) / points.denominator, 4)
    return {"rank_one_share": Decimal(f"{min(first, 1):.6f}"), "flip_points": shown}


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
