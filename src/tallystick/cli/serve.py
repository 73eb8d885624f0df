"""`tallystick serve` and what `demo` shares with it: the server and its worker."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

GRANIAN = (
    "--interface", "wsgi", "--workers", "1", "--blocking-threads", "4", "--backpressure", "64",
    "--log-level", "warning",
)  # fmt: skip


@contextmanager
def worker_beside() -> Iterator[None]:
    """Run the worker as a process of its own, and end it with this one."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "tallystick.cli.main", "worker"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tallystick.site.settings"},
    )
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(timeout=10)


def run_server(host: str, port: int) -> int:
    """Serve pages and API until interrupted; return the exit status."""
    with worker_beside():
        server = [sys.executable, "-m", "granian", *GRANIAN, "--host", host, "--port", str(port)]
        try:
            return subprocess.call([*server, "tallystick.site.wsgi:application"])  # noqa: S603
        except KeyboardInterrupt:
            return 0


@click.command(name="serve", epilog="\b\nExample:\n  tallystick serve --host 127.0.0.1 --port 8000")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def command(host: str, port: int) -> None:
    """Serve the pages and the API, with a worker for imports beside them."""
    click.echo(f"Tallystick is at http://{host}:{port}/")
    sys.exit(run_server(host, port))
