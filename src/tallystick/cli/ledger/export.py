"""`tallystick ledger export`: an engagement's ledger as a file that anyone can verify."""

from datetime import UTC, datetime
from pathlib import Path

import click

from tallystick.actions.hand_checkpoint import hand_checkpoint
from tallystick.cli.ledger.named import engagement_named
from tallystick.engine.ledger.bundles import write_bundle
from tallystick.records.ledger import Checkpoint, LedgerEntry
from tallystick.records.ledger_exports import lines_under


@click.command(
    name="export",
    epilog="""\b
Example:
  tallystick ledger export "Service desk" -o ledger.zip""",
)
@click.argument("engagement")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="A .jsonl has the lines alone; any other name becomes a .zip.",
)
def command(engagement: str, output: Path) -> None:
    """
    Write the ledger of ENGAGEMENT, named by id or name: what both of its parties see, no more.

    Exit status: 0 done, 2 refused.
    """
    chain = engagement_named(engagement)
    head = hand_checkpoint(engagement=chain, by=None, as_of=datetime.now(UTC))
    lines = lines_under(head, LedgerEntry.objects.all(), Checkpoint.objects.all())
    with output.open("wb") as out:
        if output.suffix == ".jsonl":
            out.writelines(lines)
        else:
            write_bundle(out, lines, head.note, head.key)
    click.echo(f"{head.size} entries, root {head.root}.")
