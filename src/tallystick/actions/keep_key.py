"""Keep the installation's key: made at first use, in a file that its owner alone reads."""

import base64
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from tallystick.actions.ledger_chain import append
from tallystick.engine.ledger.entries import OPERATOR, Act
from tallystick.engine.ledger.notes import SigningKey
from tallystick.records.ledger import INSTANCE, LedgerEntry
from tallystick.records.ledger_keys import key_path, stored_key

ACTION = "keep_key"


def keep_key(*, as_of: datetime) -> SigningKey:
    """Return the key that signs heads; one that is new is entered in the installation's chain."""
    key = stored_key() or _made(key_path())
    public = key.named(INSTANCE)
    subject = public.key_id.hex()
    known = LedgerEntry.objects.filter(chain=INSTANCE, action=ACTION, subject=subject)
    if not known.exists():
        act = Act(as_of, OPERATOR, "", ACTION, "Key", subject)
        sentence = f"Made the key {subject}, which signs the ledgers' checkpoints."
        told = {"sentence": sentence, "payload": {"key": public.text}, "by": "", "organisation": ""}
        append(act, told, chain=None, by=None)
    return key


def _made(path: Path) -> SigningKey:
    """Return a new key, or the one that another process made in the same moment."""
    key = SigningKey.generated()
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(base64.b64encode(key.private) + b"\n")
    # A link appears whole and never takes the place of a key that is there.
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    return stored_key() or key
