"""Claims for relief -> the items that are excused from a service level; only approved ones are."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.terms import Agreement
from tallystick.engine.service_levels.terms.problems import did_you_mean

KEYS = ("item", "state", "service_level", "reason")


class ReliefRefused(Refusal):
    """A list of claims for relief cannot be followed."""

    code = "relief.unreadable"

    def __init__(self, message: str, *, code: str, place: str, remedy: str) -> None:
        super().__init__(message, place=place, remedy=remedy)
        self.code = code


class ClaimState(StrEnum):
    """What became of a claim; one that is pending changes nothing yet."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that an item be left out of a service level, or of all where none is named."""

    item: str
    state: ClaimState
    service_level: str = ""
    reason: str = ""


def read_claims(document: Any) -> tuple[Claim, ...]:
    """
    Return the claims that a document (parsed YAML or JSON) lists.

    Raises:
        ReliefRefused: if it is no list of claims, or has two for the same item and level.
    """
    if not isinstance(document, list):
        raise ReliefRefused(
            "the file does not hold a list of claims",
            code="relief.unreadable",
            place="",
            remedy="Write one claim an entry: - {item: INC1, state: approved}.",
        )
    claims = tuple(_claim(each, f"[{number}]") for number, each in enumerate(document))
    seen: set[tuple[str, str]] = set()
    for number, claim in enumerate(claims):
        if (claim.item, claim.service_level) in seen:
            raise ReliefRefused(
                f"there are two claims for the item {claim.item!r}",
                code="relief.claimed-twice",
                place=f"[{number}]",
                remedy="Keep the one that holds.",
            )
        seen.add((claim.item, claim.service_level))
    return claims


def check_claims(claims: Iterable[Claim], agreement: Agreement, known: Collection[str]) -> None:
    """
    Check that every claim names a service level of the agreement, and an item of the data.

    Raises:
        ReliefRefused: a claim that excuses nothing is mistyped, or meant for another file.
    """
    levels = [level.id for level in agreement.service_levels]
    items = frozenset(known)
    for number, claim in enumerate(claims):
        if claim.service_level and claim.service_level not in levels:
            raise ReliefRefused(
                f"there is no service level {claim.service_level!r}",
                code="relief.unknown-service-level",
                place=f"[{number}].service_level",
                remedy=did_you_mean(claim.service_level, levels),
            )
        if claim.item not in items:
            raise ReliefRefused(
                f"no row of the data is about the item {claim.item!r}",
                code="relief.unknown-item",
                place=f"[{number}].item",
                remedy="Check the id; it is spelt as in the data.",
            )


def relieved_of(claims: Iterable[Claim], service_level: str) -> frozenset[str]:
    """Return the items whose relief from a service level was approved."""
    return frozenset(
        claim.item
        for claim in claims
        if claim.state is ClaimState.APPROVED and claim.service_level in {"", service_level}
    )


def _claim(value: Any, place: str) -> Claim:
    if not isinstance(value, Mapping):
        raise ReliefRefused(
            f"{str(value)[:80]!r} is not a claim",
            code="relief.unreadable",
            place=place,
            remedy="Write it with its keys: {item: INC1, state: approved}.",
        )
    for key in value:
        if key not in KEYS:
            raise ReliefRefused(
                f"there is no key {key!r} here",
                code="relief.unknown-key",
                place=f"{place}.{key}",
                remedy=did_you_mean(key, list(KEYS)),
            )
    return Claim(
        item=_item(value.get("item"), place),
        state=_state(value.get("state"), place),
        service_level=_text(value.get("service_level")),
        reason=_text(value.get("reason")),
    )


def _item(value: Any, place: str) -> str:
    # An id such as 007 is a number to YAML, and no longer the same.
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise ReliefRefused(
        "the claim does not name its item as text",
        code="relief.item-unsaid",
        place=f"{place}.item",
        remedy='Write the id in quotes: item: "1001".',
    )


def _state(value: Any, place: str) -> ClaimState:
    if value in tuple(ClaimState):
        return ClaimState(value)
    raise ReliefRefused(
        f"{value!r} is not what can become of a claim",
        code="relief.unknown-state",
        place=f"{place}.state",
        remedy=f"Write one of {', '.join(ClaimState)}.",
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()
