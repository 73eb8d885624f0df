"""Commands that are imported when they are asked for; Django is woken for those that need rows."""

import os
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click
import django


def wake() -> None:
    """Let Django set itself up, for what needs rows."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tallystick.site.settings")
    django.setup()


class LateGroup(click.Group):
    """A group whose commands lie in modules: `files` that never wake Django, and `records`."""

    def __init__(
        self, *arguments: Any, files: Mapping[str, str], records: Mapping[str, str], **more: Any
    ) -> None:
        super().__init__(*arguments, **more)
        self._files, self._records = files, records

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted({**self._files, **self._records})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command; wake Django for those that need rows."""
        module = self._files.get(cmd_name)
        if module is None and (module := self._records.get(cmd_name)):
            wake()
        if module is None:
            return None
        command: click.Command = import_module(module).command
        return command
