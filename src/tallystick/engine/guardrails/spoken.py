"""Values as findings say them."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from tallystick.engine.guardrails.finding import AtStake
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.windows import percent

__all__ = ["a_stake", "called", "counted", "listed", "money", "percent", "plain"]


def plain(number: Decimal | float | Fraction) -> str:
    """Return a number with two decimals at most and no empty ones: 1.10 is "1.1"."""
    text = f"{float(number):,.2f}"
    return text.rstrip("0").rstrip(".")


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return words as a sentence lists them: "a, b and c"."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def called(title: str | None, key: str) -> str:
    """Return what something is called: its title in quotes, else its id."""
    return f"“{title}”" if title else key


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 bid", "2 bids"."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def a_stake(
    snapshot: Snapshot, amount: Decimal | None, currency: str | None = None
) -> AtStake | None:
    """Return an amount at stake in the engagement's currency; None for nothing."""
    if amount is None or amount <= 0:
        return None
    return AtStake(amount, currency or snapshot.currency)


def money(snapshot: Snapshot, amount: Decimal, currency: str | None = None) -> str:
    """Return an amount with its currency, if the engagement names one."""
    return str(AtStake(amount, currency or snapshot.currency))
