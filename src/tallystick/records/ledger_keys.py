"""The installation's key, which signs the heads of its ledgers: one file, its owner's alone."""

import base64
from pathlib import Path

from django.conf import settings

from tallystick.engine.ledger.notes import SigningKey
from tallystick.engine.refusals import Refusal


class KeyDamaged(Refusal):
    """The installation's key file holds no key; nothing is signed until it does."""

    code = "ledger.key-damaged"


def key_path() -> Path:
    """Return where the private key lies: 32 bytes in base64, mode 0600."""
    return Path(settings.HOME) / "ledger-key"


def stored_key() -> SigningKey | None:
    """
    Return the key; None before the first checkpoint is handed out.

    Raises:
        KeyDamaged
    """
    try:
        return SigningKey(base64.b64decode(key_path().read_text(encoding="ascii"), validate=False))
    except FileNotFoundError:
        return None
    except ValueError as problem:
        raise KeyDamaged(
            f"The installation's file {key_path().name} holds no key.",
            place=key_path().name,
            remedy="Let whoever runs the installation put the file back from a backup, or replace "
            "the key as the handbook says.",
        ) from problem
