"""Entries of a credit ledger -> each credit with what was given up and invoiced of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tallystick.engine.service_levels.dealings.balances import Entry, EntryKind

GIVEN_UP = frozenset({EntryKind.EARNED_BACK, EntryKind.WAIVED})


@dataclass(frozen=True, slots=True)
class Dated:
    """An entry with the day it was made; what is owed, with its window and service level."""

    entry: Entry
    entered_on: date
    window: str = ""
    service_level: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """What a service level owes for a window, since when, and how much of it was dealt with."""

    window: str
    service_level: str
    currency: str
    owed: Decimal
    owed_since: date
    given_up: Decimal
    invoiced: Decimal


def settled(entries: Iterable[Dated]) -> list[Settled]:
    """
    Return what is owed line by line, the longest owed first, in each currency by its code.

    Entries of one window and service level add up; where they come to less than nothing they
    count as given up. What was given up, and then what was invoiced, is taken off the line that
    is owed longest, for neither names one.
    """
    known = list(entries)
    currencies = sorted({each.entry.currency for each in known})
    return [
        line
        for code in currencies
        for line in _in_one([e for e in known if e.entry.currency == code])
    ]


def _in_one(entries: list[Dated]) -> list[Settled]:
    lines: dict[tuple[str, str], tuple[date, Decimal]] = {}
    for each in entries:
        if each.entry.kind is EntryKind.OWED:
            key = (each.window, each.service_level)
            since, owed = lines.get(key, (each.entered_on, Decimal(0)))
            lines[key] = (min(since, each.entered_on), owed + each.entry.amount)
    given_up = _sum(entries, GIVEN_UP) - sum(min(owed, Decimal(0)) for _, owed in lines.values())
    invoiced = _sum(entries, {EntryKind.INVOICED})
    found = []
    for (window, level), (since, owed) in sorted(lines.items(), key=lambda it: (it[1][0], it[0])):
        if owed <= 0:
            continue
        off = min(owed, max(given_up, Decimal(0)))
        paid = min(owed - off, invoiced)
        given_up, invoiced = given_up - off, invoiced - paid
        found.append(Settled(window, level, entries[0].entry.currency, owed, since, off, paid))
    return found


def _sum(entries: list[Dated], kinds: Iterable[EntryKind]) -> Decimal:
    wanted = set(kinds)
    return sum((e.entry.amount for e in entries if e.entry.kind in wanted), Decimal(0))
