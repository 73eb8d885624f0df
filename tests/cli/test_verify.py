"""`verify`: a statement is computed again from its bundle; whatever was altered is named."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tallystick.actions.issue_statement import issue_statement
from tallystick.engine.bundles.document import read_document
from tallystick.engine.canonical import canonical_bytes, digest
from tallystick.records.bundles import write_bundle
from tallystick.records.ledger import Checkpoint
from tallystick.records.statements import Statement
from tests.cast import TODAY, Cast
from tests.cli.bundles import Files, restated, rewritten, verified
from tests.web.levels import CREDITED, CREDITS, a_measured_level

pytestmark = pytest.mark.django_db


def test_an_untouched_bundle_is_identical(bundle: Path) -> None:
    result = verified(bundle)

    assert result.exit_code == 0, result.output
    assert "identical: 1 figures and their credits" in result.output


def test_it_needs_no_database_no_home_and_no_settings(bundle: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tallystick.cli.main", "verify", str(bundle), "--json"]
    nowhere = tmp_path / "nowhere"
    nowhere.mkdir()
    bare = {"PATH": os.environ["PATH"], "TALLYSTICK_HOME": str(nowhere / "home")}

    done = subprocess.run(command, cwd=nowhere, env=bare, capture_output=True, check=False)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["identical"] is True
    assert list(nowhere.iterdir()) == []


def test_both_parties_fetch_the_same_bytes(statement: Statement, bundle: Path, cast: Cast) -> None:
    fetched = []
    for viewer in (cast.ben, cast.cleo):
        client = Client()
        client.force_login(viewer.person)
        answer = client.get(reverse("statement_bundle", args=[statement.public_id]))
        fetched.append(b"".join(answer.streaming_content))  # type: ignore[attr-defined]

    assert fetched == [bundle.read_bytes()] * 2


def test_a_stranger_gets_no_bundle(statement: Statement, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.dan.person)

    answer = client.get(reverse("statement_bundle", args=[statement.public_id]))

    assert answer.status_code == 404


def test_a_stated_figure_that_does_not_come_out_is_named(bundle: Path) -> None:
    def better(document: dict[str, Any]) -> None:
        (figure,) = (each for each in document["figures"] if each["stated"])
        figure["values"]["numerator"] += 1

    result = verified(rewritten(bundle, lambda files: restated(files, better)))

    assert result.exit_code == 1
    assert "DIFFERENT [bundle.figure-differs] at resolution, 2026-03: " in result.output
    assert "The numerator is 2, and 3 was stated." in result.output


def test_a_stated_credit_that_does_not_come_out_is_named(bundle: Path) -> None:
    def dearer(document: dict[str, Any]) -> None:
        document["credits"]["total"] = "9000.00"

    result = verified(rewritten(bundle, lambda files: restated(files, dearer)))

    assert result.exit_code == 1
    assert "[bundle.credit-differs] at 2026-03: The credits are 4000.00 EUR, and " in result.output


def test_other_terms_than_those_of_the_statement_are_named(bundle: Path) -> None:
    def laxer(files: Files) -> None:
        terms = json.loads(files["agreement.json"])
        terms["service_levels"][0]["target"] = "10%"
        files["agreement.json"] = canonical_bytes(terms)
        restated(
            files, lambda it: it["files"].update({"agreement.json": digest(canonical_bytes(terms))})
        )

    result = verified(rewritten(bundle, laxer))

    assert result.exit_code == 1
    assert "[bundle.agreement-altered] at agreement.json" in result.output


def test_every_single_file_that_is_altered_or_left_out_is_named(bundle: Path) -> None:
    with zipfile.ZipFile(bundle) as archive:
        names = [name for name in archive.namelist() if name != "bundle.json"]
    for name in names:

        def flip(files: Files, name: str = name) -> None:
            data = bytearray(files[name])
            data[len(data) // 2] ^= 1
            files[name] = bytes(data)

        assert f"[bundle.file-altered] at {name}" in verified(rewritten(bundle, flip)).output
        if name == "README.txt":
            continue

        def drop(files: Files, name: str = name) -> None:
            del files[name]

        left = verified(rewritten(bundle, drop))
        assert left.exit_code == 1
        assert f"[bundle.file-missing] at {name}" in left.output


def test_a_row_that_was_changed_with_its_digest_still_gives_other_figures(
    bundle: Path, statement: Statement, cast: Cast, home: Path
) -> None:
    other = a_measured_level(
        cast,
        home,
        called="Other desk",
        document=CREDITS,
        **CREDITED | {"targets": [{"limit": "1h"}]},
    )
    issued = issue_statement(agreement=other, window="2026-03", by=cast.ben, as_of=TODAY)
    path = bundle.with_name("other.zip")
    with path.open("wb") as out:
        write_bundle(issued, out)
    with zipfile.ZipFile(path) as archive:
        terms = archive.read("agreement.json")

    def swapped(files: Files) -> None:
        files["agreement.json"] = terms
        restated(
            files,
            lambda it: (
                it.update(agreement=digest(terms))
                or it["files"].update({"agreement.json": digest(terms)})
            ),
        )

    result = verified(rewritten(bundle, swapped))

    assert result.exit_code == 1
    assert "[bundle.figure-differs]" in result.output


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../escape", "which no bundle does"),
        ("data/../../escape", "which no bundle does"),
        ("/etc/passwd", "which no bundle does"),
        ("other/0000/file", "which no bundle does"),
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(bundle: Path, name: str, said: str) -> None:
    result = verified(rewritten(bundle, lambda files: files.update({name: b"x"})))

    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip at all", b"PK\x03\x04" + b"\x00" * 50])
def test_what_is_no_bundle_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "file.zip"
    path.write_bytes(data)

    result = verified(path)

    assert result.exit_code == 2
    assert "refused [bundle.unreadable]" in result.stderr


def test_a_bundle_of_a_later_version_is_refused(bundle: Path) -> None:
    def later(files: Files) -> None:
        restated(files, lambda document: document.update(bundle=2))

    result = verified(rewritten(bundle, later))

    assert result.exit_code == 2
    assert "bundle.json is not as this version writes it" in result.stderr


def test_the_document_reads_back_as_it_was_written(bundle: Path) -> None:
    with zipfile.ZipFile(bundle) as archive:
        data = archive.read("bundle.json")

    assert read_document(data).bundle == 1
    assert canonical_bytes(json.loads(data)) == data


def test_the_ledger_is_verified_with_what_a_party_kept(
    bundle: Path, statement: Statement, tmp_path: Path
) -> None:
    kept = Checkpoint.objects.filter(engagement=statement.engagement).order_by("-size").first()
    assert kept is not None
    (tmp_path / "kept.txt").write_text(kept.note)
    (tmp_path / "key.txt").write_text(kept.key)
    with_both = ("--checkpoint", str(tmp_path / "kept.txt"), "--key", str(tmp_path / "key.txt"))

    assert verified(bundle, *with_both).exit_code == 0

    def shortened(files: Files) -> None:
        lines = files["ledger.jsonl"].splitlines(keepends=True)
        files["ledger.jsonl"] = b"".join(lines[:-1])
        told = digest(files["ledger.jsonl"])
        restated(files, lambda it: it["files"].update({"ledger.jsonl": told}))

    result = verified(rewritten(bundle, shortened), *with_both)
    assert result.exit_code == 1
    assert "DIFFERENT [ledger.rolled-back] at ledger entry" in result.output


def test_figures_that_the_ledger_did_not_issue_are_named(bundle: Path) -> None:
    def renamed(document: dict[str, Any]) -> None:
        document["statement"]["id"] = "zzzzzzzzzzzz"

    result = verified(rewritten(bundle, lambda files: restated(files, renamed)))

    assert result.exit_code == 1
    assert "[bundle.not-in-ledger] at the ledger: No entry issued this statement" in result.output


def test_a_signature_that_the_ledger_does_not_tell_of_is_named(bundle: Path) -> None:
    def signed(document: dict[str, Any]) -> None:
        document["signatures"] = [
            {
                "name": "Mallory",
                "organisation": "Baltic Desk",
                "at": "2026-01-01T00:00:00Z",
                "digest": document["agreement"],
            }
        ]

    result = verified(rewritten(bundle, lambda files: restated(files, signed)))

    assert "No entry tells that Mallory signed the agreement." in result.output
