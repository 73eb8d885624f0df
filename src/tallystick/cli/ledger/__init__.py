"""`tallystick ledger`: checkpoints, exports, and their verification without the server."""

import click

from tallystick.cli.late import LateGroup


@click.group(
    name="ledger",
    cls=LateGroup,
    files={"verify": "tallystick.cli.ledger.verify"},
    records={
        "checkpoint": "tallystick.cli.ledger.checkpoint",
        "erase": "tallystick.cli.ledger.erase",
        "export": "tallystick.cli.ledger.export",
        "mail": "tallystick.cli.ledger.mail",
    },
    epilog="""\b
Example:
  tallystick ledger export "Service desk" -o ledger.zip
  tallystick ledger verify ledger.zip --checkpoint march.txt""",
)
def command() -> None:
    """Keep and verify the ledger, which shows what was changed in it."""
