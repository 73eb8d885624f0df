"""The command line -> its reference page, from the help that the program prints."""

import click

from docpages.tables import NOTE, table
from tallystick.cli.main import FILE_COMMANDS, main
from tallystick.site.registry import COMMANDS

WIDTH = 96


def commands_page() -> str:
    """Return docs/reference/commands.md."""
    context = click.Context(
        main, info_name="tallystick", terminal_width=WIDTH, **main.context_settings
    )
    names = main.list_commands(context)
    summary = table(
        ("Command", "What it does", "Who runs it"),
        [_line(name, _command(context, name)) for name in names],
    )
    sections = "\n".join(_section(context, name) for name in names)
    return f"""{NOTE}
# Command line

`tallystick` is installed beside the environment's `python`; in a checkout it is
`.venv/bin/tallystick`. {_files()} work on files alone and wake no database (of `ledger`:
`verify`, given an export); the others work on the installation whose data lies in
[`TALLYSTICK_HOME`](settings.md).

{summary}
## Exit status

| Status | Meaning |
| --- | --- |
| 0 | done; nothing missed, no finding at or above the threshold |
| 1 | `measure`: a level missed; `check`, `agreement lint`: a finding; `ledger verify`: broken |
| 2 | refused, with [code](refusals.md), place and remedy on standard error; or a wrong call |

{sections}"""


def _files() -> str:
    names = [f"`{name}`" for name in sorted(FILE_COMMANDS)]
    return ", ".join(names[:-1]) + " and " + names[-1]


def _command(context: click.Context, name: str) -> click.Command:
    command = main.get_command(context, name)
    if command is None:
        raise LookupError(f"{name} is listed and is no command")
    return command


def _line(name: str, command: click.Command) -> tuple[str, str, str]:
    return f"[`{name}`](#{name})", command.get_short_help_str(WIDTH), COMMANDS[name]


def _section(context: click.Context, name: str) -> str:
    command = _command(context, name)
    inner = click.Context(command, parent=context, info_name=name, terminal_width=WIDTH)
    section = _help(name, inner)
    if isinstance(command, click.Group):
        for each in command.list_commands(inner):
            part = command.get_command(inner, each)
            if part is None:
                raise LookupError(f"{name} {each} is listed and is no command")
            called = click.Context(part, parent=inner, info_name=each, terminal_width=WIDTH)
            section += "\n" + _help(f"{name} {each}", called)
    return section


def _help(name: str, context: click.Context) -> str:
    return f"## {name}\n\n```text\n{context.command.get_help(context)}\n```\n"
