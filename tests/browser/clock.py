"""
The clock of a walk: what a worker does as time passes, at moments that a test names.

It is a process of its own in the home of the site that is walked on. The rounds are those that
`tallystick worker` does; there the clock of the machine names the moment.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path

import django

ROUNDS = {
    "indicators": ("tallystick.jobs.indicators", "check_all"),
    "ladder": ("tallystick.jobs.escalations", "climb_escalations"),
    "mail": ("tallystick.jobs.mail", "send"),
}
CHECKOUT, DONE = Path(__file__).parents[2], "done"


class Clock:
    """A process that does a round when it is told to, and says when it is done."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def strike(self, name: str, at: datetime) -> None:
        """Do a round as of a moment, and wait until it is done."""
        told, said = self.process.stdin, self.process.stdout
        assert told is not None
        assert said is not None
        told.write(f"{name} {at.isoformat()}\n")
        told.flush()
        assert said.readline().strip() == DONE, f"the round “{name}” failed"


@contextmanager
def a_clock(home: Path, **settings: str) -> Iterator[Clock]:
    """Run a clock in a home; `settings` are variables such as TALLYSTICK_MAIL."""
    environment = {
        **os.environ,
        **settings,
        "TALLYSTICK_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "tallystick.site.settings",
    }
    command, pipe = [sys.executable, "-m", "tests.browser.clock"], subprocess.PIPE
    with subprocess.Popen(
        command, env=environment, cwd=CHECKOUT, stdin=pipe, stdout=pipe, text=True
    ) as process:
        # It ends when nobody can tell it anything any more.
        yield Clock(process)


def main() -> None:
    """Do each round that is asked for, as of the moment that is named with it."""
    django.setup()
    rounds = {name: getattr(import_module(module), do) for name, (module, do) in ROUNDS.items()}
    for line in sys.stdin:
        name, at = line.split()
        rounds[name](as_of=datetime.fromisoformat(at))
        print(DONE, flush=True)


if __name__ == "__main__":
    main()
