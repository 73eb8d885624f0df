"""`tallystick setup`: make the database and the browser assets of an installation."""

import click
from django.conf import settings
from django.core.management import call_command


def prepare() -> None:
    """Bring database and assets up to date; quick where they are."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("build_assets", verbosity=0)


@click.command(
    name="setup", epilog="\b\nExample:\n  TALLYSTICK_HOME=/srv/tallystick tallystick setup"
)
def command() -> None:
    """Make or bring up to date the database and the browser assets."""
    prepare()
    click.echo(f"Ready in {settings.HOME}.")
