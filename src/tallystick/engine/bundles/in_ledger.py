"""Does the ledger in a bundle hold, and does it say that this statement was issued so?"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallystick.engine.bundles.difference import Difference
from tallystick.engine.bundles.document import Document, stated_digest
from tallystick.engine.ledger.exports import read_line
from tallystick.engine.ledger.verifying import Handed, verify_export

ISSUED = frozenset({"issue_statement", "restate_statement"})
SIGNED = "sign_agreement"


@dataclass(frozen=True, slots=True)
class Told:
    """What an entry says: which act, of what, and its payload; None where that was erased."""

    action: str
    subject: str
    payload: dict[str, Any] | None


def ledger_differences(
    path: Path, document: Document, held: Sequence[Handed], trusted: str | None
) -> Iterator[Difference]:
    """
    Give what is wrong with the ledger itself, and with what it says of the statement.

    `held` are checkpoints that a party kept, `trusted` is the public key that it noted.
    """
    with path.open("rb") as lines:
        report = verify_export(lines, held, trusted)
    for fault in report.faults:
        place = f"ledger entry {fault.entry}" if fault.entry else "the ledger"
        yield Difference(fault.code, place, fault.sentence)
    if report.sound:
        with path.open("rb") as lines:
            yield from _unsaid(document, list(_told(lines)))


def _told(lines: Iterable[bytes]) -> Iterator[Told]:
    rest = iter(lines)
    next(rest, None)
    for line in rest:
        sealed = read_line(line)
        entry = json.loads(sealed.entry)
        content = json.loads(sealed.content) if sealed.content else None
        yield Told(entry["action"], entry["object"], content["payload"] if content else None)


def _unsaid(document: Document, entries: Sequence[Told]) -> Iterator[Difference]:
    issued = [
        each
        for each in entries
        if each.action in ISSUED and each.subject == document.statement.get("id")
    ]
    figures = stated_digest(document.figures, document.credits)
    if not any(_says(each, "figures", figures) for each in issued):
        yield Difference(
            "bundle.not-in-ledger",
            "the ledger",
            "No entry issued this statement with these figures and credits.",
        )
    signed = [each for each in entries if each.action == SIGNED]
    for signature in document.signatures:
        if not any(_says(each, "digest", signature.digest) for each in signed):
            yield Difference(
                "bundle.not-in-ledger",
                "the ledger",
                f"No entry tells that {signature.name} signed the agreement.",
            )


def _says(told: Told, name: str, value: str) -> bool:
    # What was erased cannot speak against the statement; its digest still stands in the chain.
    return told.payload is None or told.payload.get(name) == value
