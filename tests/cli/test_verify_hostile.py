"""`verify` of a bundle that somebody made up: a clear word each time, and never a traceback."""

import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tallystick.actions.issue_statement import issue_statement
from tallystick.actions.measure_service_levels import measure_service_levels
from tallystick.engine.canonical import canonical_bytes, digest
from tallystick.engine.ledger.checkpoints import Head, sign_head
from tallystick.engine.ledger.entries import Sealed, payload_digest
from tallystick.engine.ledger.exports import (
    Header,
    entry_line,
    export_lines,
    read_header,
    read_line,
)
from tallystick.engine.ledger.merkle import Tree, leaf_hash
from tallystick.engine.ledger.notes import SigningKey
from tallystick.records.bundles import write_bundle
from tests.actions.test_import_service_data import import_text
from tests.cast import EVENT_LOG, TODAY
from tests.cli.bundles import Files, files_of, restated, rewritten, verified, with_its_digest
from tests.engine.service_levels.test_wrong_types import places, replaced
from tests.proposals import Table

pytestmark = pytest.mark.django_db

Change = Callable[[dict[str, Any]], None]
ODD = (None, True, -1, 99, 10**30, 1.5, "x", "\x1b[2J", [], [[[]]], {}, {"a": 1})
RUBBISH = (b"", b"\xff\xfe\x00", b"{", b"[]", b"null", b'"x"', b"[" * 100_000, b"9" * 10_000)


def told(result: Result) -> str:
    """Return what a command said; it ends as one that has decided, not as one that broke."""
    assert isinstance(result.exception, SystemExit), result.exc_info
    assert result.exit_code in {1, 2}
    return result.output + result.stderr


def swapping(name: str, data: bytes) -> Callable[[Files], None]:
    """Return what puts another file under a name."""
    return lambda files: files.update({name: data})


def changing(change: Change) -> Callable[[Files], None]:
    """Return what changes what a bundle says of itself."""
    return lambda files: restated(files, change)


def packed(folder: Path, members: Sequence[tuple[str, bytes]], packing: int = 0) -> Path:
    """Return a .zip of members, of which two may have one name."""
    path = folder / "made-up.zip"
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


# --- the .zip


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("agreement.json", "it holds 'agreement.json' twice"),
        ("Agreement.JSON", "it holds 'Agreement.JSON' twice"),
        ("data/0000/", "it holds 'data/0000/', which no bundle does"),
        ("data/0000", "it holds 'data/0000', which no bundle does"),
        ("data", "it cannot be unpacked"),
        ("x" * 300, "which no bundle does"),
        ("\x1b[31mred", "which no bundle does"),
        ("C:evil", "which no bundle does"),
    ],
)
def test_a_name_that_no_bundle_holds_is_refused(
    bundle: Path, tmp_path: Path, name: str, said: str
) -> None:
    result = verified(packed(tmp_path, [*files_of(bundle).items(), (name, b"x")]))

    assert result.exit_code == 2
    assert "refused [bundle.unreadable]" in told(result)
    assert said in told(result)


def test_a_bomb_is_refused_before_it_is_unpacked(bundle: Path, tmp_path: Path) -> None:
    bomb = ("data/0000/bomb", bytes(2**28))

    result = verified(packed(tmp_path, [*files_of(bundle).items(), bomb], zipfile.ZIP_DEFLATED))

    assert "it holds more than any bundle does" in told(result)


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_stream_of_any_packing_is_refused(
    bundle: Path, tmp_path: Path, packing: int
) -> None:
    path = packed(tmp_path, list(files_of(bundle).items()), packing)
    data = bytearray(path.read_bytes())
    for place in range(80, 400, 3):
        data[place] ^= 0x55
    path.write_bytes(data)

    assert "refused [bundle.unreadable]" in told(verified(path))


def test_an_encrypted_bundle_is_refused(bundle: Path) -> None:
    data = bytearray(bundle.read_bytes())
    for mark, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flag] |= 1
    bundle.write_bytes(data)

    assert "encrypted" in told(verified(bundle))


def test_a_bundle_cut_off_anywhere_is_refused(bundle: Path) -> None:
    whole = bundle.read_bytes()
    for size in range(0, len(whole) - 1, len(whole) // 40):
        bundle.write_bytes(whole[:size])

        assert "refused [bundle.unreadable]" in told(verified(bundle))


# --- what stands in it


def test_a_value_of_any_kind_in_the_document_is_refused_or_named(bundle: Path) -> None:
    document = json.loads(files_of(bundle)["bundle.json"])
    for at in places(document):
        for value in ODD:
            changed = json.dumps(replaced(document, at, value)).encode()
            result = verified(rewritten(bundle, swapping("bundle.json", changed)))

            assert result.exception is None or isinstance(result.exception, SystemExit), (at, value)


@pytest.mark.parametrize("rubbish", RUBBISH)
def test_rubbish_in_any_file_with_its_digest_is_refused_or_named(
    bundle: Path, rubbish: bytes
) -> None:
    told(verified(rewritten(bundle, swapping("bundle.json", rubbish))))
    for name in files_of(bundle).keys() - {"bundle.json"}:
        told(verified(with_its_digest(bundle, name, rubbish)))


def test_a_damaged_table_of_rows_is_not_computed_with(bundle: Path) -> None:
    rows = "data/0000/bucket-0000.parquet"
    data = bytearray(files_of(bundle)[rows])
    data[-20:] = bytes(20)

    said = told(verified(with_its_digest(bundle, rows, bytes(data))))

    assert "DIFFERENT [bundle.not-computable] at data: The figures cannot be computed: " in said


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("issued_at", "2026-07-01T09:00:00Z", "No entry issued this statement at 2026-07-01"),
        ("client", "Somebody Else", "The client is Nordwind Energy in the agreement, and Somebody"),
        ("provider", "Kestrel", "The provider is Baltic Desk in the agreement, and Kestrel was"),
        ("window", "2026-04", "No entry issued a statement of 2026-04 under this agreement."),
    ],
)
def test_another_head_of_the_statement_is_named(
    bundle: Path, name: str, value: str, said: str
) -> None:
    def changed(document: dict[str, Any]) -> None:
        document["statement"][name] = value

    assert said in told(verified(rewritten(bundle, changing(changed)), "--json"))


def test_a_file_of_service_data_that_nobody_imported_is_named(bundle: Path) -> None:
    def other(document: dict[str, Any]) -> None:
        document["imports"][0]["digest"] = "sha256:" + "0" * 64

    said = told(verified(rewritten(bundle, changing(other))))

    assert "No entry tells that export.csv (sha256:000" in said


@pytest.mark.parametrize("number", [-1, 1])
def test_an_import_that_the_bundle_lacks_is_refused(bundle: Path, number: int) -> None:
    def beyond(document: dict[str, Any]) -> None:
        document["figures"][-1]["imports"] = [number]

    said = told(verified(rewritten(bundle, changing(beyond))))

    assert "names an import it lacks" in said


def test_nothing_that_a_bundle_says_moves_the_cursor_or_adds_a_line(bundle: Path) -> None:
    def forged(document: dict[str, Any]) -> None:
        document["statement"]["engagement"] = "\x1b[2J\nidentical: 1 figures\n"

    changed = rewritten(rewritten(bundle, changing(forged)), swapping("README.txt", b"x"))
    said = told(verified(changed))

    assert "\x1b" not in said
    assert "\nidentical" not in said


# --- the signatures


@pytest.fixture
def signed(home: Path, tmp_path: Path) -> Path:
    """Return the bundle of a statement under an agreement that both parties signed here."""
    table = Table()
    agreement = table.agree()
    import_text(EVENT_LOG, table.engagement, table.cleo, home)
    measure_service_levels(engagement=table.engagement, by=table.ada, as_of=TODAY)
    statement = issue_statement(agreement=agreement, window="2026-03", by=table.ada, as_of=TODAY)
    path = tmp_path / "signed.zip"
    with path.open("wb") as out:
        write_bundle(statement, out)
    return path


def test_both_signatures_stand_in_the_ledger(signed: Path) -> None:
    result = verified(signed)

    assert result.exit_code == 0, result.output
    assert len(json.loads(files_of(signed)["bundle.json"])["signatures"]) == 2


def test_a_signature_that_is_left_out_or_given_to_another_is_named(signed: Path) -> None:
    left_out = rewritten(signed, changing(lambda document: document["signatures"].pop()))
    said = told(verified(left_out))
    assert "The bundle leaves out that Person 3 signed the agreement at " in said

    def another(document: dict[str, Any]) -> None:
        document["signatures"][0]["name"] = "Mallory"

    changed = rewritten(signed, changing(another))
    assert "No entry tells that Mallory signed the agreement." in told(verified(changed))


# --- the ledger


def chained_anew(entry: Change, content: Change) -> Callable[[Files], None]:
    """Change the last entry of a bundle's ledger, chain it and sign it with a key of one's own."""

    def change(files: Files) -> None:
        first, *lines = files["ledger.jsonl"].splitlines(keepends=True)
        *others, last = map(read_line, lines)
        said, content_said = json.loads(last.entry), json.loads(last.content or b"")
        content(content_said)
        content_bytes, salt = json.dumps(content_said).encode(), last.salt or b""
        said["payload"] = payload_digest(salt, content_bytes)
        entry(said)
        chain = [*others, Sealed(json.dumps(said).encode(), salt, content_bytes)]
        origin, key = read_header(first).origin, SigningKey(bytes(32))
        root = Tree([leaf_hash(each.entry) for each in chain]).root(len(chain))
        note = sign_head(Head(origin, len(chain), root), key)
        forged = Header(origin, key.named(origin).text, (note,))
        files["ledger.jsonl"] = b"".join(export_lines(forged, chain))
        told_of = digest(files["ledger.jsonl"])
        restated(files, lambda document: document["files"].update({"ledger.jsonl": told_of}))

    return change


def nothing(said: dict[str, Any]) -> None:
    """Change nothing."""


@pytest.mark.parametrize(
    ("entry", "content"),
    [
        (lambda said: said.pop("action"), nothing),
        (lambda said: said.pop("object"), nothing),
        (nothing, lambda said: said.pop("payload")),
        (nothing, lambda said: said.update(payload=True)),
        (nothing, lambda said: said.update(payload="x")),
    ],
)
def test_what_is_chained_and_no_entry_of_ours_is_named(
    bundle: Path, entry: Change, content: Change
) -> None:
    last = len(files_of(bundle)["ledger.jsonl"].splitlines()) - 1

    said = told(verified(rewritten(bundle, chained_anew(entry, content))))

    assert f"[ledger.line-unreadable] at ledger entry {last}: " in said


@pytest.mark.parametrize("change", [{"action": {}}, {"action": ["x"]}, {"object": 1}])
def test_an_entry_of_another_kind_issues_nothing(bundle: Path, change: dict[str, Any]) -> None:
    said = told(verified(rewritten(bundle, chained_anew(lambda it: it.update(change), nothing))))

    assert "No entry issued this statement with these figures and credits." in said


@pytest.mark.parametrize("note", [None, 1, {}, [], True])
def test_a_checkpoint_that_is_no_text_is_refused(bundle: Path, note: object) -> None:
    header, *lines = files_of(bundle)["ledger.jsonl"].splitlines(keepends=True)
    first = canonical_bytes(json.loads(header) | {"checkpoints": [note]}) + b"\n"

    changed = with_its_digest(bundle, "ledger.jsonl", b"".join([first, *lines]))

    assert "[ledger.line-unreadable] at the ledger: " in told(verified(changed))


def test_an_erased_issue_proves_nothing_and_the_command_says_so(bundle: Path) -> None:
    def erased(files: Files) -> None:
        lines = files["ledger.jsonl"].splitlines(keepends=True)
        entry = read_line(lines[-1]).entry
        lines[-1] = entry_line(Sealed(entry, None, None))
        files["ledger.jsonl"] = b"".join(lines)
        told_of = digest(files["ledger.jsonl"])
        restated(files, lambda document: document["files"].update({"ledger.jsonl": told_of}))

    result = verified(rewritten(bundle, erased))

    assert result.exit_code == 0
    assert "note: What the entry of the issue told was erased from the ledger" in result.output
