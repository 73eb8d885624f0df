"""`tallystick`: one group of commands, each in its own file, woken when called."""

import sys
from typing import NoReturn

import click

from tallystick import __version__
from tallystick.cli.late import LateGroup
from tallystick.cli.plainly import plain
from tallystick.engine.memory import keep_freed_memory
from tallystick.engine.refusals import Refusal

EXIT_FINE, EXIT_MISSED, EXIT_REFUSED = 0, 1, 2
EXIT_STOPPED = 130
"""As a shell has it; 1 would read as a level missed."""

# Command -> module. The first group works on files alone and never wakes Django.
FILE_COMMANDS = {
    "measure": "tallystick.cli.measure",
    "store": "tallystick.cli.store",
    "measure-stored": "tallystick.cli.measure_stored",
    "verify": "tallystick.cli.verify",
    "check": "tallystick.cli.check",
    "explain": "tallystick.cli.explain",
    "agreement": "tallystick.cli.agreement",
    # Of its commands only `verify` does, on an export; the others wake Django themselves.
    "ledger": "tallystick.cli.ledger",
}
RECORD_COMMANDS = {
    "import": "tallystick.cli.importing",
    "admit": "tallystick.cli.admit",
    "setup": "tallystick.cli.setup",
    "serve": "tallystick.cli.serve",
    "worker": "tallystick.cli.worker",
    "demo": "tallystick.cli.demo.command",
}


class RefusingGroup(LateGroup):
    """The group of all commands; it turns refusals into exit 2."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a refusal is said on standard error and ends with status 2."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("\nStopped.", err=True)
            sys.exit(EXIT_STOPPED)
        except Refusal as refusal:
            say_refusal(refusal)


def say_refusal(refusal: Refusal) -> NoReturn:
    """Print code, place, what is wrong and what to do; exit 2."""
    place = f" at {refusal.place}" if refusal.place else ""
    said = f"refused [{refusal.code}]{place}: {refusal.message}"
    # A message of several lines is ours; what it quotes has none.
    click.echo("\n".join(map(plain, said.split("\n"))), err=True)
    if refusal.remedy:
        click.echo(f"  what to do: {refusal.remedy}", err=True)
    sys.exit(EXIT_REFUSED)


@click.group(
    cls=RefusingGroup,
    files=FILE_COMMANDS,
    records=RECORD_COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="tallystick")
def main() -> None:
    """
    The shared record of an IT outsourcing engagement.

    `agreement`, `measure`, `check`, `store`, `measure-stored`, `verify` and `ledger verify` work on
    files alone; the others on an installation, whose data lies in TALLYSTICK_HOME. Exit status: 0
    fine, 1 a level missed, a finding, a figure that differs or a broken ledger, 2 input refused.
    """
    keep_freed_memory()


if __name__ == "__main__":
    main()
