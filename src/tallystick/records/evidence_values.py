"""The evidence about bidders -> what guardrails ask of it."""

from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Any

from tallystick.records.bids import Bid
from tallystick.records.delivery_teams import overlap_of
from tallystick.records.evidence_rows import Evidence
from tallystick.records.references import Reference
from tallystick.records.selections import Selection

MOST_REFERENCES = 500
CENT = Decimal("0.01")


def evidence_values(
    selection: Selection, preferred: Bid | None, evidence: Evidence
) -> dict[str, Any]:
    """
    Return what a snapshot's `selection` part says of the evidence.

    References are those of every bid, of the preferred one first. Norms, pilot and overlap are
    of the preferred bid, and absent without one.
    """
    known = sorted(
        evidence.references,
        key=lambda each: (each.bid_id != (preferred and preferred.pk), each.called_on is None),
    )
    values: dict[str, Any] = {"references": [_reference(each) for each in known[:MOST_REFERENCES]]}
    if preferred is None:
        return values
    pilot = evidence.pilots.get(preferred.pk)
    overlap = overlap_of(
        evidence.teams.get(None), evidence.teams.get(preferred.pk), selection.engagement
    )
    return values | {
        "norms": _norms(preferred, evidence),
        # Of a pilot of which nothing was written down, nothing was learned.
        "pilot_on": pilot.held_on if pilot and pilot.seen else None,
        "overlap_hours": _decimal(overlap.median) if overlap else None,
    }


def supplier_values(preferred: Bid, evidence: Evidence) -> dict[str, Any]:
    """Return what a snapshot's `supplier` part says of the company behind the preferred bid."""
    supplier = preferred.supplier
    return {
        "our_share": supplier.our_share,
        "z_score": supplier.z_score,
        "lei": supplier.lei or None,
        "lei_valid_until": supplier.lei_valid_until,
        "certificates": [
            {"name": each.name, "valid_until": each.valid_until}
            for each in evidence.certificates.get(supplier.pk, [])
        ],
    }


def _reference(row: Reference) -> dict[str, Any]:
    return {
        # A company bids once, and sentences tell of bids by their suppliers.
        "bid": row.bid.supplier.name,
        "organisation": row.organisation,
        "source": row.source,
        "relationship": row.relationship,
        "called_on": row.called_on,
    }


def _norms(preferred: Bid, evidence: Evidence) -> dict[str, Any] | None:
    """Return the round; one with too few answers from either team tested nothing."""
    compared, survey = evidence.norms(preferred), evidence.survey
    if survey is None or compared is None or not compared.comparable:
        return None
    agreed = evidence.measures.get(preferred.pk, {})
    return {
        "surveyed_on": survey.closes_at.date(),
        "gaps": [
            {
                "dimension": each.item,
                "points": _decimal(each.points),
                "mitigation": agreed.get(each.item),
            }
            for each in compared.gaps
        ],
    }


def _decimal(figure: Fraction) -> Decimal:
    exact = Decimal(figure.numerator) / Decimal(figure.denominator)
    return exact.quantize(CENT, rounding=ROUND_FLOOR)
