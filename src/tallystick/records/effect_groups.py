"""What lessons did, summed up: of the last year, and by what mistakes have in common."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tallystick.engine.lessons.recurrence import Fate, Mistake, Repeat, cost_of, median_days_to_use
from tallystick.records.effect import Effect

RECENT_QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Totals:
    """The last four quarters' mistakes and repeats; how many lessons are in use, since when."""

    mistakes: int
    repeats: int
    lessons: int
    applied: int
    prevented: int
    median_days: float | None
    cost: Mapping[str, Decimal]
    """What all sure repeats cost, by currency."""

    @property
    def rate(self) -> Fraction | None:
        """Return the repeat-mistake rate; None without mistakes."""
        return Fraction(self.repeats, self.mistakes) if self.mistakes else None


@dataclass(frozen=True, slots=True)
class Group:
    """Mistakes that have something in common; `name` is empty where it is not known."""

    name: str
    mistakes: int
    repeats: int
    cost: Mapping[str, Decimal]


def totals_of(effect: Effect) -> Totals:
    """Return what matters most."""
    recent = effect.quarters[-RECENT_QUARTERS:]
    return Totals(
        mistakes=sum(each.mistakes for each in recent),
        repeats=sum(each.repeats for each in recent),
        lessons=len(effect.tracks),
        applied=sum(each.fate is not Fate.UNUSED for each in effect.tracks),
        prevented=len(effect.prevented),
        median_days=median_days_to_use(effect.tracks),
        cost=cost_of(effect.repeats),
    )


def by_cause(effect: Effect) -> list[Group]:
    """Return the mistakes by cause, the most repeated first, those not decided last."""
    groups = _grouped(effect.mistakes, effect.repeats, lambda mistake: mistake.cause)
    return sorted(groups, key=lambda each: not each.name)


def by_provider(effect: Effect) -> list[Group]:
    """Return the mistakes that an engagement tells of by its provider."""
    known = [each for each in effect.mistakes if each.provider]
    return _grouped(known, effect.repeats, lambda mistake: mistake.provider)


def _grouped(
    mistakes: Iterable[Mistake], repeats: Iterable[Repeat], name_of: Callable[[Mistake], str]
) -> list[Group]:
    told: defaultdict[str, int] = defaultdict(int)
    for mistake in mistakes:
        told[name_of(mistake)] += 1
    again: defaultdict[str, list[Repeat]] = defaultdict(list)
    for repeat in repeats:
        if repeat.sure:
            again[name_of(repeat.mistake)].append(repeat)
    groups = [
        Group(name, number, len({each.mistake.id for each in again[name]}), cost_of(again[name]))
        for name, number in told.items()
    ]
    return sorted(groups, key=lambda each: (-each.repeats, -each.mistakes, each.name))
