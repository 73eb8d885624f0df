"""The installation's key, which signs the heads of its ledgers: one file, its owner's alone."""

import base64
from pathlib import Path

from django.conf import settings

from tallystick.engine.ledger.notes import SigningKey


def key_path() -> Path:
    """Return where the private key lies: 32 bytes in base64, mode 0600."""
    return Path(settings.HOME) / "ledger-key"


def stored_key() -> SigningKey | None:
    """Return the key; None before the first checkpoint is handed out."""
    try:
        return SigningKey(base64.b64decode(key_path().read_text(encoding="ascii"), validate=False))
    except FileNotFoundError:
        return None
