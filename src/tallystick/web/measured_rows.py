"""Measurements as rows of a table: each window of each level, with its figure in its unit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.http import QueryDict
from django.urls import reverse

from tallystick.records.measurements import Measurement
from tallystick.web.components.figures import figure, goal_words
from tallystick.web.components.status import word_of
from tallystick.web.components.words import month
from tallystick.web.standings import attained
from tallystick.web.tables import Column, Empty, Table

VERDICTS = tuple(
    (verdict, word_of(verdict))
    for verdict in ("met", "below-expected", "missed", "nothing-due", "not-measured")
)


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """A measurement in the table of all windows."""

    measurement: Measurement
    name: str

    @property
    def window(self) -> str:
        """Return the window."""
        return self.measurement.window

    @property
    def level(self) -> str:
        """Return the id of the service level."""
        return self.measurement.service_level

    @property
    def value(self) -> Fraction | None:
        """Return the exact figure; None where there is none."""
        return attained(self.measurement)

    @property
    def text(self) -> str:
        """Return the figure in its unit."""
        return figure(self.value, self.measurement.target)

    @property
    def expected(self) -> str:
        """Return what is expected."""
        return goal_words(self.measurement.target)

    @property
    def verdict(self) -> str:
        """Return the verdict."""
        return self.measurement.verdict

    @property
    def so_far(self) -> str:
        """Say that the verdict can still turn; empty once the data reaches past the window."""
        over = self.measurement.data_until >= self.measurement.window_end
        return "" if over else f"{word_of(self.verdict)} so far"

    @property
    def url(self) -> str:
        """Return the address of the measurement."""
        return reverse("measurement", args=[self.measurement.public_id])


def running_row(
    measurements: Iterable[Measurement], known_until: datetime, name: str
) -> MeasuredRow | None:
    """Return the newest window that is not over and has a figure, if there is one."""
    begun = [each for each in measurements if each.window_end > known_until]
    found = [each for each in begun if attained(each) is not None]
    return MeasuredRow(found[-1], name) if found else None


def measurements_table(
    measurements: Iterable[Measurement], names: Mapping[str, str], asked: QueryDict
) -> Table:
    """Return every measurement as a table, newest window first."""
    rows = [MeasuredRow(each, names.get(each.service_level, "")) for each in measurements]
    columns = (
        Column("window", "Window", format=month, link=lambda row: row.url),
        Column(
            "level",
            "Service level",
            format=lambda level: names.get(level, level),
            options=tuple(names.items()),
        ),
        Column("value", "Figure", numeric=True, template="service_levels/figure.html"),
        Column("expected", "Expected", numeric=True, sortable=False),
        Column("measurement__count", "Items", numeric=True),
        Column("measurement__pending", "Not decided", numeric=True),
        Column("verdict", "Verdict", template="service_levels/verdict.html", options=VERDICTS),
    )
    return Table(
        columns,
        rows,
        asked,
        caption="All measurements",
        empty=Empty("Nothing measured yet", "A measurement stands here for each level and window."),
        sort="-window",
    )
