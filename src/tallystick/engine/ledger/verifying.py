"""Entries, checkpoints and a key -> a report; no server, no database, no clock."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tallystick.engine.ledger.checkpoints import Head, origin_of, read_checkpoint
from tallystick.engine.ledger.entries import Sealed
from tallystick.engine.ledger.exports import Header, LineUnreadable, read_header, read_line
from tallystick.engine.ledger.merkle import Tree
from tallystick.engine.ledger.notes import VerifierKey, read_key
from tallystick.engine.ledger.report import Fault, Report, count
from tallystick.engine.ledger.walking import Walk, unlinked
from tallystick.engine.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Handed:
    """
    A checkpoint that somebody holds: its text, and where it was found, to name it by.

    `key` is the one that signed it, where that is another than the ledger's now.
    """

    note: str
    where: str
    key: VerifierKey | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """A checkpoint whose signature fits."""

    head: Head
    where: str

    @property
    def name(self) -> str:
        return f"the checkpoint of {count(self.head.size, 'entry', 'entries')} ({self.where})"


def verify_export(
    lines: Iterable[bytes], held: Sequence[Handed] = (), trusted: str | None = None
) -> Report:
    """
    Verify an export, line by line, against the checkpoints in it and those that a party holds.

    `trusted` is the public key that the party noted; without one the export's own is believed.
    What cannot be read is a fault of the report; nothing is raised for damage.

    Raises:
        KeyUnreadable: if `trusted` is no key.
    """
    rest = iter(lines)
    try:
        header = read_header(next(rest, b""))
        key = read_key(trusted or header.key, header.origin)
    except LineUnreadable as problem:
        return _nothing(Fault(problem.code, None, "The first line is not that of an export."))
    given = [*(Handed(note, "in the export") for note in header.checkpoints), *held]
    faults = _key_faults(header, key)
    report = verify(header.origin, _entries(rest), given, key)
    if report.sound and report.covered < report.head.size:
        sentence = f"No checkpoint covers the entries after entry {report.covered}."
        faults.append(Fault("ledger.head-unsigned", report.covered + 1, sentence))
    return report.with_faults(faults)


def verify(
    origin: str, entries: Iterable[Sealed], held: Sequence[Handed], key: VerifierKey | None
) -> Report:
    """Verify the entries of one ledger against checkpoints of it; without a key none is opened."""
    faults, known = _opened(origin, held, key)
    faults += _forks(known)
    walk = Walk(origin)
    walk.follow(iter(entries))
    tree = Tree(walk.leaves)
    if walk.fault:
        faults.append(_settled(walk.fault, walk, known))
    fitting, unfit = _compared(tree, walk, known)
    faults += unfit
    size = len(walk.leaves)
    return Report(
        head=Head(origin, size, tree.root(size)),
        covered=max(fitting, default=0),
        checkpoints=len(fitting),
        erased=walk.erased,
        flags=tuple(walk.flags),
        faults=tuple(faults),
    )


def _entries(lines: Iterator[bytes]) -> Iterator[Sealed]:
    return map(read_line, lines)


def _nothing(fault: Fault) -> Report:
    return Report(Head("", 0, Tree([]).root(0)), 0, 0, 0, (), (fault,))


def _key_faults(header: Header, key: VerifierKey) -> list[Fault]:
    if key.text == header.key:
        return []
    sentence = f"The export names another key ({header.key}) than the one you trust ({key.text})."
    return [Fault("ledger.other-key", None, sentence)]


def _opened(
    origin: str, held: Sequence[Handed], key: VerifierKey | None
) -> tuple[list[Fault], list[_Known]]:
    faults, known = [], []
    for each in held:
        if (other := origin_of(each.note)) != origin:
            sentence = f"The checkpoint ({each.where}) is of another ledger: {other[:200]}."
            faults.append(Fault("ledger.other-chain", None, sentence))
            continue
        try:
            known.append(_Known(read_checkpoint(each.note, each.key or key), each.where))
        except Refusal as problem:
            sentence = f"The checkpoint ({each.where}) proves nothing: {problem}."
            faults.append(Fault(problem.code, None, sentence))
    return faults, sorted(known, key=lambda one: one.head.size)


def _forks(known: Sequence[_Known]) -> list[Fault]:
    """Return a fault for each two checkpoints of one size with different roots."""
    return [
        Fault(
            "ledger.fork",
            None,
            f"FORK: {first.name} and {second.name} have different roots; two histories were shown.",
        )
        for first, second in pairwise(known)
        if first.head.size == second.head.size and first.head.root != second.head.root
    ]


def _settled(fault: Fault, walk: Walk, known: Sequence[_Known]) -> Fault:
    """Return the walk's fault; where the last link is broken, a checkpoint tells which side was."""
    if walk.claimed is None:
        return fault
    size = len(walk.leaves)
    mended = Tree([*walk.leaves[:-2], walk.claimed, walk.leaves[-1]]).root(size)
    signed = {each.head.root for each in known if each.head.size == size}
    return unlinked(size) if signed and mended not in signed else fault


def _compared(tree: Tree, walk: Walk, known: Sequence[_Known]) -> tuple[list[int], list[Fault]]:
    """Return the sizes of checkpoints that fit, and a fault for the first that does not."""
    size = len(walk.leaves)
    fitting: list[int] = []
    for each in known:
        if each.head.size <= size and tree.root(each.head.size) == each.head.root:
            fitting.append(each.head.size)
            continue
        # After another fault nobody knows what should have stood there.
        fault = _rolled_back(each, size) if each.head.size > size else _rewritten(each, fitting)
        return fitting, [] if walk.fault else [fault]
    return fitting, []


def _rolled_back(known: _Known, size: int) -> Fault:
    gone = _range(size + 1, known.head.size)
    sentence = f"ROLLED BACK: {known.name} was handed out, and here are {size}. Missing: {gone}."
    return Fault("ledger.rolled-back", size + 1, sentence)


def _rewritten(known: _Known, fitting: Sequence[int]) -> Fault:
    first = max(fitting, default=0) + 1
    among = _range(first, known.head.size)
    sentence = f"FORK: not what {known.name} signed. Changed among: {among}."
    return Fault("ledger.fork", first, sentence)


def _range(first: int, last: int) -> str:
    return f"entry {first}" if first == last else f"entries {first} to {last}"
