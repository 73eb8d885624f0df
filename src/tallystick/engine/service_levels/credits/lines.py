"""What a credit note is made of: lines that show their formula, and what they add up to."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from tallystick.engine.service_levels.terms.goals import Goal, goal_text
from tallystick.engine.service_levels.terms.money import number_text


class LineKind(StrEnum):
    """Where a line comes from. The last four take away, the others give."""

    CREDIT = "credit"
    POINTS = "severity-points"
    PERSISTENT_FAILURE = "persistent-failure"
    ONE_EVENT = "one-event"
    MONTHLY_CAP = "monthly-cap"
    YEARLY_CAP = "yearly-cap"
    EARN_BACK = "earn-back"


@dataclass(frozen=True, slots=True)
class CreditLine:
    """
    An amount in the note's currency: above nothing it is the client's, below the provider's.

    `formula` is filled in and comes to `amount`; `why` says what led to it. `base` is what a
    level's credit is before `multiplier`. `service_level` is empty where a line is about the
    whole month. `returns` names the month whose credit an earned-back line returns.
    """

    kind: LineKind
    amount: Decimal
    formula: str
    why: str
    service_level: str = ""
    base: Decimal | None = None
    multiplier: Fraction = Fraction(1)
    returns: str = ""


def total_of(lines: Iterable[CreditLine]) -> Decimal:
    """Return what lines add up to."""
    return sum((line.amount for line in lines), Decimal(0))


@dataclass(frozen=True, slots=True)
class SeverityPoints:
    """The severity points of a service level in a month, and their formula."""

    service_level: str
    points: int
    formula: str
    why: str


@dataclass(frozen=True, slots=True)
class YearPosition:
    """
    Where a contract year stands after a month.

    `credited` is after caps, `returned` what was earned back in the same year (not below
    nothing). What is earned back does not open the cap again. `cap` is None if there is none.
    """

    year: int
    first: str
    last: str
    credited: Decimal
    returned: Decimal
    cap: Decimal | None
    cap_formula: str = ""


@dataclass(frozen=True, slots=True)
class TerminationRight:
    """A ground for termination that came about in a month, and the months that prove it."""

    kind: str
    window: str
    evidence: tuple[str, ...]
    why: str
    service_level: str = ""


@dataclass(frozen=True, slots=True)
class RatchetProposal:
    """A target that its level has exceeded for long enough, and the one proposed instead."""

    service_level: str
    window: str
    old: Goal
    new: Goal
    formula: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CreditNote:
    """The credits of a month. `at_cap` says that they reached the monthly cap."""

    window: str
    currency: str
    charge: Decimal
    charge_formula: str
    monthly_cap: Decimal
    monthly_cap_formula: str
    at_cap: bool
    lines: tuple[CreditLine, ...]
    points: tuple[SeverityPoints, ...]
    year: YearPosition
    terminations: tuple[TerminationRight, ...]
    ratchets: tuple[RatchetProposal, ...]

    @property
    def credited(self) -> Decimal:
        """Return the month's own credits after reductions: never negative, never above a cap."""
        return total_of(line for line in self.lines if line.kind is not LineKind.EARN_BACK)

    @property
    def returned(self) -> Decimal:
        """Return what is earned back in this month, of credits of earlier ones."""
        return -total_of(line for line in self.lines if line.kind is LineKind.EARN_BACK)

    @property
    def total(self) -> Decimal:
        """Return what all lines add up to; below nothing, the provider gets it."""
        return total_of(self.lines)

    @property
    def severity_points(self) -> int:
        """Return the month's severity points, all levels together."""
        return sum(each.points for each in self.points)


def note_values(note: CreditNote) -> dict[str, Any]:
    """
    Return the plain values that every door prints for a credit note.

    Amounts are decimals in `currency`; a multiplier and a target are text as in the agreement.
    """
    lines = [asdict(line) for line in note.lines]
    for line in lines:
        line |= {"kind": line["kind"].value, "multiplier": number_text(line["multiplier"])}
    ratchets = [
        asdict(each) | {"old": goal_text(each.old), "new": goal_text(each.new)}
        for each in note.ratchets
    ]
    totals = {
        "credited": note.credited,
        "returned": note.returned,
        "total": note.total,
        "severity_points": note.severity_points,
    }
    return asdict(note) | totals | {"lines": lines, "ratchets": ratchets}
