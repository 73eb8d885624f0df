"""An installation of its own, on a database that several processes write to at once."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]
AWAKE = """
import sys, django
from django.core.management import call_command
django.setup()
"""


@dataclass(frozen=True, slots=True)
class Installation:
    """A home and a database; programs run in it as they would on a server."""

    environment: dict[str, str]

    def start(self, code: str) -> subprocess.Popen[str]:
        """Start Python code that has Django awake; it may wait for a line on its input."""
        pipe = subprocess.PIPE
        command = [sys.executable, "-c", AWAKE + code]
        return subprocess.Popen(
            command, env=self.environment, cwd=ROOT, stdin=pipe, stdout=pipe, text=True
        )

    def run(self, code: str) -> list[str]:
        """Run Python code to its end; return the lines that it printed."""
        return finished(self.start(code))


def finished(started: subprocess.Popen[str]) -> list[str]:
    """Tell a program that waits to go on, and return what it printed."""
    out, _ = started.communicate("go\n", timeout=300)
    assert started.returncode == 0, (started.returncode, out)
    return out.splitlines()


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """Give an empty home, with a database of its own on the server that the tests run on."""
    environment = {
        **os.environ,
        "TALLYSTICK_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "tallystick.site.settings",
    }
    server = os.environ.get("TALLYSTICK_DATABASE")
    if not server:
        yield Installation(environment)
        return
    name = f"installation_{os.getpid()}"
    environment["TALLYSTICK_DATABASE"] = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"'.encode())
        yield Installation(environment)
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
