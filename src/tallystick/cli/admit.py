"""`tallystick admit`: add a person to an organisation."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from tallystick.actions.admit_person import admit_person
from tallystick.records.roles import Role


@click.command(
    name="admit",
    epilog="""\b
Example:
  tallystick admit "Ada Moreno" ada@example.org --organisation "Nordwind Energy" \\
      --role sourcing-lead --password-file ada.txt""",
)
@click.argument("name")
@click.argument("email")
@click.option("--organisation", required=True, help="Made on first mention.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option(
    "--password-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Asked for when left out. Never an argument: those are seen by others on the machine.",
)
def command(
    name: str, email: str, organisation: str, role: str, password_file: Path | None
) -> None:
    """Admit NAME with EMAIL to an organisation, in a role."""
    if password_file:
        password = password_file.read_text(encoding="utf-8").strip("\r\n")
    elif sys.stdin.isatty():
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().strip("\r\n")
    person = admit_person(
        name=name,
        email=email,
        password=password,
        organisation=organisation,
        role=Role(role),
        as_of=datetime.now(UTC),
    )
    click.echo(f"{person.name} can sign in as {person.email} ({role} of {organisation}).")
