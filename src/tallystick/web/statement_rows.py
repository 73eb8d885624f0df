"""The service levels of a statement as rows: how each fared, and what changed since the last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from tallystick.engine.service_levels.credits import CreditNote
from tallystick.engine.service_levels.terms import MeasureKind
from tallystick.engine.service_levels.terms.goals import Direction, Goal, Unit
from tallystick.records.measurements import Measurement
from tallystick.records.service_data import Import
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer
from tallystick.web.charts import Sparkline, TrendChart, sparkline, trend_chart
from tallystick.web.components.figures import change, figure, goal_words, minimum_words
from tallystick.web.components.status import word_of
from tallystick.web.components.words import month
from tallystick.web.credit_tables import level_credit
from tallystick.web.standings import WINDOWS_SHOWN, attained, levels_of, not_met, point


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One service level of a statement; `before` is its measurement in the statement before."""

    name: str
    measurement: Measurement
    before: Measurement | None
    history: tuple[Measurement, ...]
    credit: str = ""
    counts_items: bool = True

    @property
    def value(self) -> Fraction | None:
        """Return the exact figure; None where there is none."""
        return attained(self.measurement)

    @property
    def text(self) -> str:
        """Return the figure in its unit."""
        return figure(self.value, self.goal)

    @property
    def goal(self) -> Goal:
        """Return what is expected."""
        return self.measurement.target

    @property
    def expected(self) -> str:
        """Return what is expected, in words."""
        return goal_words(self.goal)

    @property
    def minimum(self) -> str | None:
        """Return the minimum in words; None where there is none."""
        return minimum_words(self.measurement.least) or None

    @property
    def verdict(self) -> str:
        """Return the verdict."""
        return self.measurement.verdict

    @property
    def missed(self) -> int | None:
        """Return how many tickets missed; None where the figure is no share of them."""
        if self.goal.unit is not Unit.SHARE or not self.counts_items:
            return None
        others = self.measurement.denominator - self.measurement.numerator
        at_least = self.goal.direction is Direction.AT_LEAST
        return others if at_least else self.measurement.numerator

    @property
    def url(self) -> str:
        """Return the address of the measurement."""
        return reverse("measurement", args=[self.measurement.public_id])

    @property
    def missed_url(self) -> str:
        """Return the address of the tickets that missed; empty where none did."""
        # Under "at most", what the figure counts is what counts against it.
        at_least = self.goal.direction is Direction.AT_LEAST
        return f"{self.url}?verdict={'missed' if at_least else 'met'}" if self.missed else ""

    @property
    def change(self) -> Fraction | None:
        """Return by how much the figure changed; None where either has none, or another unit."""
        if self.before is None or self.before.unit != self.measurement.unit:
            return None
        old = attained(self.before)
        return None if old is None or self.value is None else self.value - old

    @property
    def change_text(self) -> str:
        """Return by how much the figure changed, in its unit; shares in points."""
        return change(self.change, self.goal.unit)

    @property
    def trend(self) -> Sparkline:
        """Return the last windows as a sparkline."""
        return sparkline([point(each) for each in self.history[-WINDOWS_SHOWN:]], self.goal)

    @property
    def chart(self) -> TrendChart:
        """Return all windows as a chart."""
        points = [point(each) for each in self.history]
        return trend_chart(points, self.goal, self.name, minimum=self.measurement.least)

    @property
    def sentence(self) -> str:
        """Say what changed since the statement before."""
        if self.before is None:
            return f"{self.name}: first stated here."
        now, then = word_of(self.verdict).lower(), word_of(self.before.verdict).lower()
        if self.change is None:
            return f"{self.name}: {now}, after {then}."
        old = figure(attained(self.before), self.goal)
        if self.change == 0:
            moved = f"{old}, as before"
        else:
            moved = f"{'up' if self.change > 0 else 'down'} from {old} to {self.text}"
        turned = "" if self.verdict == self.before.verdict else f", and now {now}"
        return f"{self.name}: {moved}{turned}."

    @property
    def turned(self) -> bool:
        """Return whether the verdict is another one than before."""
        return self.before is not None and self.verdict != self.before.verdict


def pinned(statement: Statement, viewer: Viewer) -> QuerySet[Measurement]:
    """Return the measurements that a statement is made of."""
    return Measurement.objects.visible_to(viewer).filter(statements=statement).order_by("id")


def pinned_imports(statement: Statement, viewer: Viewer) -> QuerySet[Import]:
    """Return the imports that a statement was computed from, newest first."""
    imports = Import.objects.visible_to(viewer).filter(measurements__statements=statement)
    return imports.distinct().order_by("-imported_at", "-id")


def totals(rows: Sequence[StatementRow]) -> dict[str, Any]:
    """Return what the levels of a statement add up to."""
    verdicts = [row.verdict for row in rows]
    return {
        "met": verdicts.count("met"),
        "missed": verdicts.count("missed"),
        "levels_met": f"{verdicts.count('met')} of {len(rows)}",
        "not_met": not_met(verdicts),
        "late": sum(row.missed or 0 for row in rows),
    }


def earlier_statement(statement: Statement, viewer: Viewer) -> Statement | None:
    """Return the statement before this one, if there is one."""
    return (
        Statement.objects.visible_to(viewer)
        .filter(
            engagement=statement.engagement,
            window_start__lt=statement.window_start,
            superseded_by=None,
        )
        .order_by("-window_start", "-id")
        .first()
    )


def statement_rows(
    statement: Statement, viewer: Viewer, before: Statement | None, note: CreditNote | None
) -> list[StatementRow]:
    """Return the levels of a statement in the agreement's order, with what they cost by a note."""
    now = {each.service_level: each for each in pinned(statement, viewer)}
    old = {each.service_level: each for each in pinned(before, viewer)} if before else {}
    past = list(_past(statement, viewer))
    return [
        StatementRow(
            each["name"],
            now[level],
            old.get(level),
            _history(past, now[level]),
            _credit(note, level),
            counts_items=each["measure"] != MeasureKind.AVAILABILITY,
        )
        for each in levels_of(statement.agreement)
        if (level := each["id"]) in now
    ]


def _credit(note: CreditNote | None, level: str) -> str:
    found = level_credit([note], level) if note else None
    return found.newest if found and found.is_due else ""


def _past(statement: Statement, viewer: Viewer) -> Iterable[Measurement]:
    return (
        Measurement.objects.visible_to(viewer)
        .filter(
            engagement=statement.engagement,
            superseded_by=None,
            window_start__lt=statement.window_start,
        )
        .order_by("window_start", "id")
    )


def _history(past: Sequence[Measurement], now: Measurement) -> tuple[Measurement, ...]:
    return (*(each for each in past if each.service_level == now.service_level), now)


def heading(statement: Statement) -> str:
    """Return what a statement is called."""
    return f"Statement of {month(statement.window)}"
