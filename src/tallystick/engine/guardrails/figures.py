"""Figures that documents give as text."""

import re
from decimal import Decimal
from fractions import Fraction

_NUMBER = re.compile(r"(?:[<>]=?)?\s*([+-]?\d{1,15}(?:\.\d{1,12})?)\s*%?", re.ASCII)


def number_in(text: str | None) -> Fraction | None:
    """Return the number that a target such as "4.5", ">= 95" or "95 %" names; None for words."""
    found = _NUMBER.fullmatch(text.strip()) if text else None
    return Fraction(found[1]) if found else None


def share_in(text: object) -> Fraction | None:
    """Return the share that "95%" names, or that a number from 0 to 1 is; None for all else."""
    if isinstance(text, bool) or not isinstance(text, str | int | float | Decimal):
        return None
    number = number_in(str(text))
    if number is None:
        return None
    share = number / 100 if str(text).strip().endswith("%") else number
    return share if 0 <= share <= 1 else None
