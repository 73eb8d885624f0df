"""What limits a month's credits: one event counts once, and caps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tallystick.engine.service_levels.credits.lines import CreditLine, LineKind, total_of
from tallystick.engine.service_levels.credits.money import Currency


@dataclass(frozen=True, slots=True)
class Pick:
    """The client's choice which level of an event group is credited in a month."""

    window: str
    event_group: str
    service_level: str


def one_event_lines(
    lines: Sequence[CreditLine],
    groups: Mapping[str, str],
    picks: Mapping[str, str],
    currency: Currency,
) -> list[CreditLine]:
    """
    Return the lines that take away all but one credit of each event group.

    `groups` gives the group of a service level, `picks` the level that the client chose for a
    group. Where it chose none, or one without a credit, the highest credit stands, and of equal
    ones the first by name.
    """
    reductions = []
    for group in sorted(set(groups.values())):
        hit = [line for line in lines if groups.get(line.service_level) == group and line.amount]
        if len(hit) < 2:
            continue
        chosen = [line for line in hit if line.service_level == picks.get(group)]
        kept = (chosen or sorted(hit, key=lambda line: (-line.amount, line.service_level)))[0]
        reason = "the client's choice" if chosen else "the highest"
        why = f"one event hit {len(hit)} levels of {group}: {kept.service_level} is {reason}"
        reductions += [_taken_off(line, why, currency) for line in hit if line is not kept]
    return reductions


def cap_line(
    kind: LineKind, lines: Sequence[CreditLine], left: Decimal, why: str, currency: Currency
) -> CreditLine | None:
    """Return the line that takes away what exceeds the amount left; None if nothing does."""
    total = total_of(lines)
    if total <= left:
        return None
    amount = left - total
    formula = f"{currency.text(left)} - {currency.text(total)}"
    return CreditLine(kind, amount, currency.result(formula, amount), why)


def _taken_off(line: CreditLine, why: str, currency: Currency) -> CreditLine:
    amount = -line.amount
    formula = currency.result(f"0 - {currency.text(line.amount)}", amount)
    return CreditLine(LineKind.ONE_EVENT, amount, formula, why, line.service_level)
