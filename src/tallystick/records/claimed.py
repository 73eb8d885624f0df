"""Claims of relief as plain values: what is claimed, on which ground, and what it counts as."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from tallystick.records.evidence_files import file_values
from tallystick.records.relief import ReliefClaim

FOLLOWED = ("agreement", "claimed_by", "decision__decided_by")
"""What is read along with claims that are given as values."""


def claim_values(claim: ReliefClaim, names: Mapping[str, str], as_of: datetime) -> dict[str, Any]:
    """
    Return a claim as it stands at a moment; read `FOLLOWED` and `files` along with many.

    `names` has the service levels' names by their ids.
    """
    standing = claim.standing_at(as_of)
    decision = getattr(claim, "decision", None)
    same = (
        "service_level", "window", "ground", "what_happened", "items", "component", "since",
        "until", "claimed_at",
    )  # fmt: skip
    return {name: getattr(claim, name) for name in same} | {
        "id": claim.public_id,
        "name": names.get(claim.service_level, claim.service_level),
        "state": standing.state.value,
        "by_silence": standing.by_silence,
        "decide_until": standing.until,
        "reason": decision.reason if decision else "",
        "decided_at": decision.decided_at if decision else None,
        "decided_by": decision.decided_by.name if decision else "",
        "claimed_by": claim.claimed_by.name,
        "files": file_values(claim.files.all()),
    }


def claims_in(
    claims: Iterable[ReliefClaim], window: str, names: Mapping[str, str], as_of: datetime
) -> list[dict[str, Any]]:
    """Return the claims about one window, in the order in which they were made."""
    return [claim_values(each, names, as_of) for each in claims if each.window == window]
