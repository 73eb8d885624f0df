"""The working of one item as rows: what each stretch of its life did to the clock, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from tallystick.engine.service_levels.working import Interval, Kind, Working
from tallystick.engine.values import FOREVER, moment
from tallystick.records.measurements import Measurement
from tallystick.records.service_data import Import
from tallystick.records.viewer import Viewer
from tallystick.web.charts import Strip, interval_strip
from tallystick.web.components.words import duration, moment_html
from tallystick.web.tables import Column, Empty, Table


@dataclass(frozen=True, slots=True)
class Stretch:
    """One interval with the file it is known from."""

    interval: Interval
    source: Import | None

    @property
    def counted(self) -> int | None:
        """Return the working seconds that weigh against the limit; None if none do."""
        return self.interval.seconds if self.interval.kind is Kind.COUNTED else None

    @property
    def source_words(self) -> str:
        """Name the file and the line that brought the state."""
        name = self.source.file_name if self.source else "File"
        return f"{name}, line {self.interval.line}"

    @property
    def source_url(self) -> str:
        """Return the address of the import; empty where it is not known."""
        return reverse("import", args=[self.source.public_id]) if self.source else ""


def stretches_of(working: Working, measurement: Measurement, viewer: Viewer) -> list[Stretch]:
    """Return the intervals of an item, each with the import that its state came from."""
    origins = {interval.origin for interval in working.intervals}
    known = Import.objects.visible_to(viewer).filter(
        engagement=measurement.engagement, digest__in=origins
    )
    # Of two imports of one file the first brought the rows.
    by_digest: Mapping[str, Import] = {each.digest: each for each in known.order_by("-id")}
    return [Stretch(each, by_digest.get(each.origin)) for each in working.intervals]


def counted_sum(stretches: Sequence[Stretch]) -> int:
    """Return what the counted intervals add up to, in seconds."""
    return sum(stretch.counted or 0 for stretch in stretches)


def strip_of(working: Working, zone: str) -> Strip:
    """Return the item's life as a strip, up to where its clock stopped for good."""
    lived = [each for each in working.intervals if each.since < working.done]
    due = [("First due", working.first_due)] if working.first_due != working.due else []
    return interval_strip(
        lived or working.intervals,
        "How the time counts",
        zone,
        instants=[*due, ("Due", working.due)],
    )


def working_table(stretches: Sequence[Stretch], zone: str, asked: QueryDict) -> Table:
    """Return the intervals as a table, in the order of the item's life."""
    moments: dict[str, Any] = {"format": partial(moment_html, zone=zone), "plain": _plain}
    columns = (
        Column("interval__since", "From", sortable=False, **moments),
        Column("interval__until", "To", sortable=False, **moments),
        Column("interval__state", "State", sortable=False, template="service_levels/status.html"),
        Column(
            "interval__kind", "The clock", sortable=False, template="service_levels/status.html"
        ),
        Column("interval__seconds", "Length", sortable=False, numeric=True, format=duration),
        Column("counted", "Counted", sortable=False, numeric=True, format=duration),
        Column("interval__why", "Why", sortable=False),
        Column("source_words", "Known from", sortable=False, link=lambda row: row.source_url),
    )
    return Table(
        columns,
        stretches,
        asked,
        caption="Every interval",
        empty=Empty("No interval", "Nothing happened to this ticket."),
        filtering=False,
    )


def _plain(instant: int) -> object:
    return None if instant == FOREVER else moment(instant)
