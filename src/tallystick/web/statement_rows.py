"""The service levels of a statement as rows: how each fared, and what changed since the last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import QuerySet
from django.urls import reverse

from tallystick.records.measurements import Measurement
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer
from tallystick.web.charts import Sparkline, TrendChart, sparkline, trend_chart
from tallystick.web.components.words import month, percent, words
from tallystick.web.standings import MONTHS_SHOWN, attained, levels_of, point


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One service level of a statement; `before` is its measurement in the statement before."""

    name: str
    measurement: Measurement
    before: Measurement | None
    history: tuple[Measurement, ...]

    @property
    def share(self) -> Fraction | None:
        """Return the exact share; None where nothing was due."""
        return attained(self.measurement)

    @property
    def target(self) -> Fraction:
        """Return the target as a share."""
        return self.measurement.target.value

    @property
    def verdict(self) -> str:
        """Return the verdict."""
        return self.measurement.verdict

    @property
    def missed(self) -> int:
        """Return how many tickets missed their limit."""
        return self.measurement.denominator - self.measurement.numerator

    @property
    def url(self) -> str:
        """Return the address of the measurement."""
        return reverse("measurement", args=[self.measurement.public_id])

    @property
    def missed_url(self) -> str:
        """Return the address of the tickets that missed; empty where none did."""
        return f"{self.url}?verdict=missed" if self.missed else ""

    @property
    def change(self) -> Fraction | None:
        """Return by how much the share changed; None where either has none."""
        old = attained(self.before) if self.before else None
        return None if old is None or self.share is None else self.share - old

    @property
    def trend(self) -> Sparkline:
        """Return the last months as a sparkline."""
        return sparkline([point(each) for each in self.history[-MONTHS_SHOWN:]], self.target)

    @property
    def chart(self) -> TrendChart:
        """Return all months as a chart."""
        return trend_chart([point(each) for each in self.history], self.target, self.name)

    @property
    def sentence(self) -> str:
        """Say what changed since the statement before."""
        if self.before is None:
            return f"{self.name}: first stated here."
        if self.change is None:
            return f"{self.name}: {words(self.verdict)}, after {words(self.before.verdict)}."
        old = percent(attained(self.before))
        if self.change == 0:
            moved = f"{old}, as before"
        else:
            moved = f"{'up' if self.change > 0 else 'down'} from {old} to {percent(self.share)}"
        turned = "" if self.verdict == self.before.verdict else f", and now {self.verdict}"
        return f"{self.name}: {moved}{turned}."

    @property
    def turned(self) -> bool:
        """Return whether the verdict is another one than before."""
        return self.before is not None and self.verdict != self.before.verdict


def change_words(change: Fraction | None) -> str:
    """Write a change of a share in percentage points, cut off towards zero."""
    if change is None:
        return "–"  # noqa: RUF001  (an en dash, as typeset tables have it)
    hundredths = int(abs(change) * 10_000)
    sign = "" if change == 0 else ("+" if change > 0 else "\u2212")
    return f"{sign}{hundredths // 100}.{hundredths % 100:02}"


def pinned(statement: Statement, viewer: Viewer) -> QuerySet[Measurement]:
    """Return the measurements that a statement is made of."""
    return Measurement.objects.visible_to(viewer).filter(statements=statement).order_by("id")


def earlier_statement(statement: Statement, viewer: Viewer) -> Statement | None:
    """Return the statement before this one, if there is one."""
    return (
        Statement.objects.visible_to(viewer)
        .filter(engagement=statement.engagement, window_start__lt=statement.window_start)
        .order_by("-window_start", "-id")
        .first()
    )


def statement_rows(
    statement: Statement, viewer: Viewer, before: Statement | None
) -> list[StatementRow]:
    """Return the levels of a statement in the agreement's order."""
    now = {each.service_level: each for each in pinned(statement, viewer)}
    old = {each.service_level: each for each in pinned(before, viewer)} if before else {}
    past = list(_past(statement, viewer))
    names = {level["id"]: level["name"] for level in levels_of(statement.agreement)}
    return [
        StatementRow(name, now[level], old.get(level), _history(past, now[level]))
        for level, name in names.items()
        if level in now
    ]


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
