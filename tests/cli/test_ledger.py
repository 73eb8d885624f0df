"""`tallystick ledger`: hand out, export, verify without a server, erase."""

import json
import subprocess
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from click.testing import CliRunner, Result

from tallystick.cli.main import main
from tallystick.engine.canonical import canonical_bytes
from tallystick.engine.ledger.bundles import LONGEST_LINE, opened
from tallystick.engine.ledger.notes import SigningKey
from tallystick.records.engagements import Engagement
from tallystick.records.ledger import Checkpoint, LedgerEntry
from tests.actions.test_ledger import acts
from tests.cast import Cast, an_engagement

pytestmark = pytest.mark.django_db


def run(*arguments: str | Path) -> Result:
    """Run a command of the ledger."""
    return CliRunner().invoke(main, ["ledger", *map(str, arguments)])


@pytest.fixture
def engagement(cast: Cast, home: Path) -> Engagement:
    """Return an engagement with two acts, and a private one of its client's."""
    engagement = an_engagement()
    acts(cast, engagement, "Planned it.", "Measured it.")
    acts(cast, engagement.client, "Noted a secret.")
    return engagement


@pytest.mark.parametrize("name", ["ledger.zip", "ledger.jsonl"])
def test_an_export_is_sound_and_holds_the_shared_chain_alone(
    engagement: Engagement, home: Path, name: str
) -> None:
    exported = run("export", "service desk", "-o", home / name)

    verified = run("verify", home / name)

    assert exported.exit_code == 0, exported.output
    assert verified.exit_code == 0, verified.output
    assert f"tallystick/engagement/{engagement.public_id}: 2 entries" in verified.output
    assert b"secret" not in _lines(home / name)


def _lines(path: Path) -> bytes:
    if path.suffix == ".zip":
        return ZipFile(path).read("ledger.jsonl")
    return path.read_bytes()


def test_the_same_head_is_exported_to_the_same_bytes(engagement: Engagement, home: Path) -> None:
    for name in ("first.zip", "second.zip"):
        run("export", engagement.public_id, "-o", home / name)

    assert (home / "first.zip").read_bytes() == (home / "second.zip").read_bytes()


def test_a_backup_put_back_is_found_by_a_checkpoint_that_left_the_building(
    engagement: Engagement, cast: Cast, home: Path
) -> None:
    run("export", "Service desk", "-o", home / "old.zip")
    acts(cast, engagement, "Stated it.")
    run("checkpoint", "Service desk", "-o", home / "kept.txt")

    verified = run("verify", home / "old.zip", "--checkpoint", home / "kept.txt")

    assert verified.exit_code == 1
    assert (
        "BROKEN [ledger.rolled-back]: ROLLED BACK: the checkpoint of 3 entries (kept.txt) was "
        "handed out, and here are 2. Missing: entry 3." in verified.output
    )


def test_the_report_is_there_as_json(engagement: Engagement, home: Path) -> None:
    run("export", "Service desk", "-o", home / "ledger.jsonl")
    lines = (home / "ledger.jsonl").read_bytes().splitlines(keepends=True)
    (home / "cut.jsonl").write_bytes(b"".join([lines[0], lines[2]]))

    verified = run("verify", home / "cut.jsonl", "--json")

    report = json.loads(verified.stdout)
    assert verified.exit_code == 1
    assert (report["sound"], report["faults"][0]["entry"]) == (False, 1)
    assert report["faults"][0]["code"] == "ledger.entry-missing"


def test_a_damaged_bundle_is_not_believed(engagement: Engagement, home: Path) -> None:
    run("export", "Service desk", "-o", home / "ledger.zip")
    whole = (home / "ledger.zip").read_bytes()
    end = ZipFile(home / "ledger.zip").getinfo("checkpoint.txt").header_offset

    believed = []
    # What stands before says how the lines are packed; whatever it says, they come out as signed.
    for place in range(63, end, 11):
        changed = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        (home / "bad.zip").write_bytes(changed)
        if "BROKEN" not in run("verify", home / "bad.zip").output:
            believed.append(lines_in(home / "bad.zip"))

    # One bit only tells whether a block of packed bytes is the last.
    assert all(lines == lines_in(home / "ledger.zip") for lines in believed)
    assert len(believed) <= 1


def lines_in(path: Path) -> list[bytes]:
    """Return the lines that come out of an export."""
    with opened(path) as lines:
        return list(lines)


@pytest.mark.parametrize("text", ["", "words\n", "PK", "PK\x03\x04"])
def test_what_is_no_export_is_said_to_be_none(home: Path, text: str) -> None:
    (home / "not.zip").write_text(text)

    verified = run("verify", home / "not.zip")

    assert verified.exit_code == 1
    assert "The first line is not that of an export." in verified.output


def test_a_key_that_was_noted_is_the_one_that_is_trusted(
    engagement: Engagement, home: Path
) -> None:
    run("export", "Service desk", "-o", home / "ledger.zip")
    key = Checkpoint.objects.get().key
    (home / "key.txt").write_text(key + "\n")
    other = "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg="

    codes = [
        run("verify", home / "ledger.zip", "--key", each).exit_code
        for each in (key, str(home / "key.txt"), other, "words")
    ]

    assert codes == [0, 0, 1, 2]


def test_the_installation_s_own_ledgers_are_verified_without_a_file(
    engagement: Engagement, home: Path
) -> None:
    run("checkpoint", "Service desk")

    verified = run("verify")

    assert verified.exit_code == 0, verified.output
    assert "tallystick/instance: 1 entry" in verified.output
    assert verified.output.count("Sound:") == 3


def test_an_erasure_is_told_and_the_ledger_still_verifies(
    engagement: Engagement, home: Path
) -> None:
    erased = run("erase", "Service desk", "1", "--reason", "Asked for.")

    assert erased.output == "Erased; entry 3 says so.\n"
    assert "What 1 entry told was erased." in run("verify").output
    newest = LedgerEntry.objects.filter(engagement=engagement).order_by("-seq")[0]
    assert newest.sentence == "Erased what entry 1 told: Asked for."


@pytest.mark.parametrize(
    "arguments",
    [("export", "Nowhere", "-o", "x.zip"), ("checkpoint", "Nowhere"), ("checkpoint",),
     ("erase", "Service desk", "99", "--reason", "x")],
)  # fmt: skip
def test_what_is_not_there_is_refused(engagement: Engagement, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_name_that_two_clients_use_is_refused(engagement: Engagement, cast: Cast) -> None:
    an_engagement(client=cast.dan.organisation)

    assert "several engagements" in run("checkpoint", "Service desk").output


def test_verification_of_an_export_wakes_no_django(engagement: Engagement, home: Path) -> None:
    run("export", "Service desk", "-o", home / "ledger.jsonl")
    code = (
        "import sys; from tallystick.cli.main import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit as end: print(end.code, 'django.conf' in sys.modules and "
        "sys.modules['django.conf'].settings.configured, 'tallystick.site.settings' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, "ledger", "verify", str(home / "ledger.jsonl")],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.splitlines()[-1] == "0 False False"


def test_an_export_that_unpacks_to_more_than_any_ledger_is_not_read(home: Path) -> None:
    with ZipFile(home / "bomb.zip", "w", ZIP_DEFLATED) as archive:
        archive.writestr("ledger.jsonl", bytes(2**28))

    verified = run("verify", home / "bomb.zip")

    assert (verified.exit_code, "not that of an export" in verified.output) == (1, True)


def test_a_line_without_an_end_is_cut_off(home: Path) -> None:
    (home / "endless.jsonl").write_bytes(b"[" + b" " * (LONGEST_LINE + 10))

    with opened(home / "endless.jsonl") as lines:
        assert [len(line) for line in lines] == [LONGEST_LINE + 1]


def test_nothing_that_an_export_says_moves_the_cursor(home: Path) -> None:
    line = {"checkpoints": [], "key": "x", "kind": "tallystick-ledger", "origin": "\x1b[2J", "v": 1}
    key = SigningKey(bytes(32)).named("\x1b[2J").text
    (home / "red.jsonl").write_bytes(canonical_bytes(line | {"key": key}) + b"\n")

    verified = run("verify", home / "red.jsonl")

    assert (verified.exit_code, "\x1b" in verified.output) == (0, False)
