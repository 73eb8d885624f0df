"""Does the ledger in a bundle hold, and does it say that this statement was issued so?"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallystick.engine.bundles.difference import Difference
from tallystick.engine.bundles.document import Document, Signed, stated_digest
from tallystick.engine.ledger.bundles import lines_of
from tallystick.engine.ledger.exports import LineUnreadable, read_line
from tallystick.engine.ledger.verifying import Handed, verify_export

ISSUED = frozenset({"issue_statement", "restate_statement"})
SIGNED, IMPORTED = "sign_agreement", "import_service_data"
LEDGER = "the ledger"


@dataclass(frozen=True, slots=True)
class Told:
    """
    What an entry says: when, which act, of what, and what it tells; None where that was erased.

    `at` is a moment to the second, as a bundle writes it.
    """

    at: str
    action: str
    subject: str
    content: dict[str, Any] | None

    def says(self, **values: str) -> bool:
        """Return whether the payload has these values."""
        # What was erased cannot speak against the statement; its digest still stands in the chain.
        if self.content is None:
            return True
        return all(self.content["payload"].get(name) == value for name, value in values.items())


def ledger_differences(
    path: Path, document: Document, held: Sequence[Handed], trusted: str | None
) -> Iterator[Difference]:
    """
    Give what is wrong with the ledger itself, and with what it says of the statement.

    `held` are checkpoints that a party kept, `trusted` is the public key that it noted.
    """
    with path.open("rb") as file:
        report = verify_export(lines_of(file), held, trusted)
    for fault in report.faults:
        place = f"ledger entry {fault.entry}" if fault.entry else LEDGER
        yield Difference(fault.code, place, fault.sentence)
    if not report.sound:
        return
    with path.open("rb") as file:
        try:
            entries = list(_told(lines_of(file)))
        except LineUnreadable as problem:
            yield Difference(problem.code, problem.place, f"{problem.message}.")
            return
    yield from _unissued(document, entries)
    yield from _unsigned(document, entries)
    yield from _unimported(document, entries)


def ledger_notes(path: Path, document: Document) -> Iterator[str]:
    """Say where a sound ledger cannot speak for the statement, because content was erased."""
    with path.open("rb") as file:
        issued = [
            each
            for each in _told(lines_of(file))
            if each.action in ISSUED and each.subject == document.statement.id
        ]
    if issued and all(each.content is None for each in issued):
        yield (
            "What the entry of the issue told was erased from the ledger: that these are the "
            "figures that were issued, it does not prove."
        )


def _told(lines: Iterable[bytes]) -> Iterator[Told]:
    rest = iter(lines)
    next(rest, None)
    for number, line in enumerate(rest, 1):
        sealed = read_line(line)
        entry = json.loads(sealed.entry)
        try:
            content = json.loads(sealed.content) if sealed.content else None
            if content is not None and not isinstance(content["payload"], dict):
                raise TypeError("a payload has names")
            # A sound chain still may hold what was never an entry of ours.
            said = str(entry["at"]), str(entry["action"]), str(entry["object"])
        except (ValueError, KeyError, TypeError, RecursionError) as problem:
            raise LineUnreadable(
                f"Entry {number} is chained and signed, and is no entry of Tallystick",
                place=f"ledger entry {number}",
            ) from problem
        yield Told(f"{said[0][:19]}Z", *said[1:], content)


def _unissued(document: Document, entries: Sequence[Told]) -> Iterator[Difference]:
    """Give what the entry that issued the statement does not say."""
    head = document.statement
    issued = [each for each in entries if each.action in ISSUED and each.subject == head.id]
    figures = stated_digest(document.figures, document.credits)
    if not any(each.says(figures=figures) for each in issued):
        yield _unsaid("No entry issued this statement with these figures and credits.")
    if not any(each.says(window=head.window, agreement=document.agreement) for each in issued):
        yield _unsaid(f"No entry issued a statement of {head.window} under this agreement.")
    if not any(each.at == head.issued_at for each in issued):
        yield _unsaid(f"No entry issued this statement at {head.issued_at}.")


def _unsigned(document: Document, entries: Sequence[Told]) -> Iterator[Difference]:
    """Give signatures that no entry tells of, and those that the bundle leaves out."""
    agreement = document.agreement
    told = [each for each in entries if each.action == SIGNED and each.says(digest=agreement)]
    for signature in document.signatures:
        if not any(each.content is None or _who(each) == _named(signature) for each in told):
            yield _unsaid(f"No entry tells that {signature.name} signed the agreement.")
    kept = {_named(each) for each in document.signatures}
    for each in told:
        if each.content is not None and _who(each) not in kept:
            who = _who(each)[0][:200]
            yield _unsaid(f"The bundle leaves out that {who} signed the agreement at {each.at}.")


def _named(signature: Signed) -> tuple[str, str, str]:
    return signature.name, signature.organisation, signature.at


def _who(told: Told) -> tuple[str, str, str]:
    content = told.content or {}
    return str(content.get("by")), str(content.get("organisation")), told.at


def _unimported(document: Document, entries: Sequence[Told]) -> Iterator[Difference]:
    """Give the files of service data that nobody imported, as far as the ledger tells."""
    imports = [each for each in entries if each.action == IMPORTED]
    for held in document.imports:
        if not any(each.says(digest=held.digest) for each in imports):
            yield _unsaid(f"No entry tells that {held.file_name} ({held.digest}) was imported.")


def _unsaid(sentence: str) -> Difference:
    return Difference("bundle.not-in-ledger", LEDGER, sentence)
