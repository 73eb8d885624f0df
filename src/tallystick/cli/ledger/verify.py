"""`tallystick ledger verify`: an export and checkpoints -> what was changed; no database."""

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click

from tallystick.cli.files import a_file
from tallystick.cli.late import wake
from tallystick.cli.ledger.held import held_of, key_of
from tallystick.cli.plainly import plain
from tallystick.engine.ledger.bundles import opened
from tallystick.engine.ledger.report import Report
from tallystick.engine.ledger.verifying import Handed, verify_export


def _reports(export: Path | None, held: list[Handed], trusted: str | None) -> Iterator[Report]:
    if export is None:
        wake()
        # Records can be imported only now.
        yield from import_module("tallystick.records.ledger_check").check_stored(held, trusted)
        return
    with opened(export) as lines:
        yield verify_export(lines, held, trusted)


def _say(reports: list[Report]) -> None:
    for report in reports:
        click.echo("\n".join(map(plain, report.as_lines())))
    if not reports:
        click.echo("There is no ledger yet.")


@click.command(
    name="verify",
    epilog="""\b
Example:
  tallystick ledger verify examples/ledger/service-desk.jsonl \\
      --checkpoint examples/ledger/checkpoint.txt --key examples/ledger/key.txt""",
)
@click.argument("export", type=a_file(), required=False)
@click.option(
    "--checkpoint",
    "checkpoints",
    multiple=True,
    type=a_file(),
    help="A checkpoint that you were handed and kept; any number of them.",
)
@click.option("--key", help="The public key that you noted, or a file that holds it.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def command(
    export: Path | None, checkpoints: tuple[Path, ...], key: str | None, as_json: bool
) -> None:
    """
    Verify EXPORT, a .zip or .jsonl, without a server; without it, the installation's own ledgers.

    Names the first bad entry. Without --key the key in the export is believed: compare it with
    the one that you noted. Exit status: 0 sound, 1 broken, 2 the input was refused.
    """
    reports = list(_reports(export, held_of(checkpoints), key_of(key)))
    if as_json:
        values = [report.as_values() for report in reports]
        click.echo(json.dumps(values if export is None else values[0], indent=2))
    else:
        _say(reports)
    sys.exit(0 if all(report.sound for report in reports) else 1)
