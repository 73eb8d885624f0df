"""Where an installation keeps its data, and the secret it signs sessions with."""

import os
import secrets
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parents[3]


def home_directory() -> Path:
    """Return TALLYSTICK_HOME; by default `var/` in a checkout, else a folder of the user's."""
    named = os.environ.get("TALLYSTICK_HOME")
    if named:
        return Path(named).expanduser().resolve()
    if (_CHECKOUT / "pyproject.toml").is_file():
        return _CHECKOUT / "var"
    return Path.home() / ".local" / "share" / "tallystick"


def secret_key(home: Path) -> str:
    """Return the installation's secret, made once and readable by its owner alone."""
    path = home / "secret-key"
    if not path.is_file():
        home.mkdir(parents=True, exist_ok=True)
        # O_EXCL: of two processes that start together one makes the key, the other reads it.
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(secrets.token_urlsafe(64))
        except FileExistsError:
            pass
    return path.read_text(encoding="utf-8")
