"""A real server with the demo's data, and a real Chromium."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tallystick.cli.demo.people import PASSWORD

CHROMIUM_FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the system's Chromium; it asks nobody for anything."""
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    return {**browser_type_launch_args, "executable_path": chromium, "args": CHROMIUM_FLAGS}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_served(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with status {server.returncode}")
        try:
            with urllib.request.urlopen(f"{address}/sign-in/", timeout=2):  # noqa: S310  (our own)
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            # On a busy machine the first answer may take longer than that.
            time.sleep(0.1)
    raise RuntimeError("the server did not answer in 30 seconds")


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the site keeps its data; of one that runs already, TALLYSTICK_TEST_HOME."""
    running = os.environ.get("TALLYSTICK_TEST_HOME")
    return Path(running) if running else tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def site(home: Path) -> Iterator[str]:
    """
    Serve the demo from a home of its own, worker included; return its address.

    TALLYSTICK_TEST_SITE names one that runs already, to try a test again quickly.
    """
    if running := os.environ.get("TALLYSTICK_TEST_SITE"):
        yield running.rstrip("/")
        return
    environment = {
        **os.environ,
        "TALLYSTICK_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "tallystick.site.settings",
    }
    command = [sys.executable, "-m", "tallystick.cli.main"]
    subprocess.run([*command, "demo", "--no-serve"], env=environment, check=True)
    port = _free_port()
    # A group of its own, so that server and worker are ended together and nothing else is.
    server = subprocess.Popen(
        [*command, "serve", "--port", str(port)], env=environment, start_new_session=True
    )
    try:
        _wait_until_served(f"http://127.0.0.1:{port}", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)


@pytest.fixture
def faults() -> list[str]:
    """Collect what the browser complains of."""
    return []


SignIn = Callable[..., Page]


@pytest.fixture
def sign_in(browser: Browser, site: str, faults: list[str]) -> Iterator[SignIn]:
    """Return a function that signs a person in, in a browser context of their own."""
    contexts: list[BrowserContext] = []

    def enter(name: str, **options: Any) -> Page:
        context = browser.new_context(base_url=site, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda problem: faults.append(str(problem)))
        page.on(
            "console",
            lambda said: faults.append(said.text) if said.type in {"error", "warning"} else None,
        )
        page.goto("/sign-in/")
        page.get_by_label("Email").fill(name)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{site}/")
        return page

    yield enter
    for context in contexts:
        context.close()


@pytest.fixture
def uploads(tmp_path: Path) -> Path:
    """Return a folder for files to upload."""
    return tmp_path
