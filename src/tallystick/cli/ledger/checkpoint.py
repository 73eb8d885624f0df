"""`tallystick ledger checkpoint`: the signed head of an engagement's ledger."""

from datetime import UTC, datetime
from pathlib import Path

import click

from tallystick.actions.hand_checkpoint import hand_checkpoint
from tallystick.cli.ledger.named import engagement_named


@click.command(
    name="checkpoint",
    epilog="""\b
Example:
  tallystick ledger checkpoint "Service desk" -o march.txt""",
)
@click.argument("engagement", required=False)
@click.option("--instance", is_flag=True, help="The installation's own ledger instead.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="By default printed."
)
def command(engagement: str | None, instance: bool, output: Path | None) -> None:
    """
    Hand out the signed head of the ledger of ENGAGEMENT, named by id or name.

    Exit status: 0 done, 2 refused.
    """
    if instance == bool(engagement):
        raise click.UsageError("Name an engagement, or give --instance.")
    chain = engagement_named(engagement) if engagement else None
    handed = hand_checkpoint(engagement=chain, by=None, as_of=datetime.now(UTC))
    if output is None:
        click.echo(handed.note, nl=False)
    else:
        output.write_bytes(handed.note.encode())
