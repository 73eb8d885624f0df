"""Legal entity identifiers (ISO 17442)."""

import re

_SHAPE = re.compile(r"[A-Z0-9]{18}[0-9]{2}", re.ASCII)


def is_lei(text: str) -> bool:
    """Return whether a text is a sound identifier: 20 characters whose check digits agree."""
    # ISO 7064, MOD 97-10: letters count from A = 10, and the whole leaves 1.
    return bool(_SHAPE.fullmatch(text)) and int("".join(str(int(c, 36)) for c in text)) % 97 == 1
