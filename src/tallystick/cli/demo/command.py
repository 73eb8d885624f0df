"""`tallystick demo`: set up, tell the demo's story once, serve it."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from django.conf import settings
from django.db import transaction

from tallystick.cli.demo.people import PASSWORD, PEOPLE
from tallystick.cli.demo.story import Story
from tallystick.cli.serve import run_server
from tallystick.cli.setup import prepare
from tallystick.engine.refusals import Refusal
from tallystick.records.organisations import Organisation


class NotADemo(Refusal):
    """The home holds somebody's real data."""

    code = "demo.home-in-use"


def marker() -> Path:
    """Return the file that tells a demo home from a real one; the sign-in page reads it too."""
    return Path(settings.HOME) / "demo"


def load_demo(as_of: datetime) -> None:
    """
    Tell the story into an empty home, whole or not at all.

    Raises:
        NotADemo: if the home has organisations of its own.
    """
    if marker().exists():
        return
    if Organisation.objects.exists():
        raise NotADemo(
            f"{settings.HOME} holds data that is not the demo's",
            place="TALLYSTICK_HOME",
            remedy="Set TALLYSTICK_HOME to an empty folder for the demo.",
        )
    click.echo("Telling the demo's story (a minute or two, once) ...")
    with transaction.atomic():
        story = Story(as_of)
        story.tell()
        story.cast.read_what_is_old(as_of)
    accounts = [
        {
            "role": role.value.replace("-", " "),
            "organisation": organisation,
            "email": email,
            "password": PASSWORD,
        }
        for _, email, organisation, role in PEOPLE
    ]
    marker().write_text(json.dumps(accounts), encoding="utf-8")


def _say_where(port: int) -> None:
    click.echo(f"\n  Tallystick is at http://localhost:{port}/\n")
    click.echo(f"  Sign in with the password: {PASSWORD}")
    for name, email, organisation, role in PEOPLE:
        click.echo(f"    {email:<30} {role.value.replace('-', ' ')}, {organisation} ({name})")
    click.echo("\n  Ctrl-C stops it; the same command starts it again.\n")


@click.command(name="demo", epilog="\b\nExample:\n  tallystick demo --port 8001")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--no-serve", is_flag=True, help="Set up and load only.")
def command(port: int, no_serve: bool) -> None:
    """Load a made-up client with two providers and serve it."""
    prepare()
    load_demo(datetime.now(UTC))
    if no_serve:
        return
    _say_where(port)
    sys.exit(run_server("127.0.0.1", port))
