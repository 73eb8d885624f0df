"""Service levels as cards of one page: figure, trend, budget, forecast and credit of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from tallystick.engine.service_levels.outcomes import Outcomes
from tallystick.engine.service_levels.outlook.level import LevelOutlook, has_items
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.web.charts import TrendChart, trend_chart
from tallystick.web.credit_tables import LevelCredit, level_credit
from tallystick.web.level_books import LevelBook
from tallystick.web.measured_rows import MeasuredRow, running_row
from tallystick.web.outlook_words import Said, budget_said, burn_said, drift_said, forecast_said
from tallystick.web.standings import Standing, point
from tallystick.web.tables import Column, Empty, Table

WINDOWS_CHARTED = 26
"""As many windows as a card has room for: half a year of weeks, two years of months."""


@dataclass(frozen=True, slots=True)
class Card:
    """One service level on the page of all; `so_far` is its window that is not over."""

    level: Standing
    url: str
    so_far: MeasuredRow | None
    chart: TrendChart | None
    drift: str
    budget: Said | None
    forecast: Said | None
    burn: Said | None
    credit: LevelCredit | None
    evidence_gone: bool
    stands_on_items: bool

    @property
    def name(self) -> str:
        """Return the level's name."""
        return self.level.name

    @property
    def wants_a_look(self) -> bool:
        """Return whether the newest window was not met, or the level drifts."""
        return bool(self.drift) or self.level.verdict in ("missed", "below-expected")

    @property
    def misses_left(self) -> str:
        """Return how many more misses the window that is not over can bear; empty if not known."""
        return self.budget.figure if self.budget else ""

    @property
    def chance(self) -> str:
        """Return the chance that the window that is not over is met; empty if not known."""
        return self.forecast.short if self.forecast else ""

    @property
    def credited(self) -> str:
        """Return what the level cost in this contract year, before caps; empty if it has none."""
        return self.credit.year if self.credit else ""

    @property
    def drifts(self) -> str:
        """Say whether the level is green but drifting."""
        return "Green but drifting" if self.drift else ""


def card_of(book: LevelBook, level: ServiceLevel) -> Card:
    """Return a level with the windows that are over, and what may come of the one that is not."""
    outcomes = book.outcomes(level)
    return card_of_outlook(book, level, outcomes, book.outlook(level, outcomes))


def card_of_outlook(
    book: LevelBook,
    level: ServiceLevel,
    outcomes: Outcomes | None,
    outlook: LevelOutlook | None,
    *,
    most: int = WINDOWS_CHARTED,
) -> Card:
    """Return the card of a level whose outlook is known, with `most` windows in its chart."""
    credited = level.credit is not None or level.severity is not None
    return Card(
        level=book.standings[level.id],
        url=level_url(book, level),
        so_far=running_row(book.measured(level), book.known_until, level.name),
        chart=chart_of(book, level, outlook, most),
        drift=drift_said(outlook) if outlook else "",
        budget=budget_said(outlook, level) if outlook else None,
        forecast=forecast_said(outlook) if outlook else None,
        burn=burn_said(outlook) if outlook else None,
        credit=level_credit(book.notes, level.id) if credited else None,
        evidence_gone=outlook is not None and outcomes is None and has_items(level),
        stands_on_items=has_items(level),
    )


def level_url(book: LevelBook, level: ServiceLevel) -> str:
    """Return the address of a level's own page."""
    return reverse("service_level", args=[book.agreement.engagement.public_id, level.id])


def chart_of(
    book: LevelBook, level: ServiceLevel, outlook: LevelOutlook | None, most: int
) -> TrendChart | None:
    """Return the last windows of a level as a chart, the one that is not over too; None if none."""
    points = [point(each) for each in book.standings[level.id].measurements]
    if so_far := running_row(book.measured(level), book.known_until, level.name):
        points.append((so_far.window, so_far.value, "pending"))
    if not points:
        return None
    # Values of the control chart stand for this agreement's windows, the last of those shown.
    earlier = sum(value is not None for _, value, _ in points) - bool(so_far)
    fits = outlook is not None and len(outlook.charted) == earlier
    control = outlook.chart if outlook and fits else None
    return trend_chart(
        points[-most:],
        level.target,
        "Window by window",
        minimum=level.minimum,
        control=control,
        skipped=sum(value is not None for _, value, _ in points[:-most]),
    )


LEVEL_COLUMNS = (
    Column("name", "Service level", link=lambda row: row.url),
    Column("level__text", "Figure", numeric=True, sortable=False),
    Column("level__goal_text", "Expected", numeric=True, sortable=False),
    Column("level__verdict", "Verdict", template="engagements/cells/verdict.html"),
    Column("misses_left", "Misses left", numeric=True, sortable=False),
    Column("chance", "Chance", numeric=True, sortable=False),
    Column("credited", "Credits, year to date", numeric=True, sortable=False),
    Column("drifts", "Trend", sortable=False, template="service_levels/drift.html"),
)


def levels_table(cards: Sequence[Card], asked: QueryDict) -> Table:
    """Return all levels as a table: each in one row, as it stands and what may come."""
    return Table(
        LEVEL_COLUMNS,
        cards,
        asked,
        caption="How each level stands",
        empty=Empty("No service level", "The agreement states none."),
        name="levels",
        filtering=False,
    )
