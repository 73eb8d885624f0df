"""`tallystick worker`: background work, from the database's own queue."""

import click
from django.core.management import call_command

from tallystick.actions.signals import worker_began


@click.command(name="worker", epilog="\b\nExample:\n  tallystick worker")
def command() -> None:
    """Do background work (imports, the ladder's clock, daily findings) until interrupted."""
    worker_began.send(None)
    call_command("db_worker", interval=0.5, startup_delay=False, verbosity=0)
