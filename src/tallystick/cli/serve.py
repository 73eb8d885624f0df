"""`tallystick serve` and what `demo` shares with it: the server and its worker."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

import click

GRANIAN = (
    "--interface", "wsgi", "--workers", "1", "--blocking-threads", "4", "--backpressure", "64",
    "--log-level", "warning",
)  # fmt: skip


@contextmanager
def beside(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Python module as a process of its own, and end it with this one."""
    process = subprocess.Popen(  # noqa: S603  (our own modules)
        [sys.executable, "-m", *command],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tallystick.site.settings"},
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    # A service manager asks with SIGTERM; leaving in the usual way ends the children too.
    raise SystemExit(0)


def run_server(host: str, port: int) -> int:
    """Serve pages and API, with a worker beside, until interrupted; return the exit status."""
    signal.signal(signal.SIGTERM, _leave)
    address = ("--host", host, "--port", str(port), "tallystick.site.wsgi:application")
    with beside("tallystick.cli.main", "worker"), beside("granian", *GRANIAN, *address) as server:
        try:
            return server.wait()
        except KeyboardInterrupt:
            return 0


@click.command(name="serve", epilog="\b\nExample:\n  tallystick serve --host 127.0.0.1 --port 8000")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def command(host: str, port: int) -> None:
    """Serve the pages and the API, with a worker for imports beside them."""
    click.echo(f"Tallystick is at http://{host}:{port}/")
    sys.exit(run_server(host, port))
