"""The statements of an engagement as a table: each month, how it fared, and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q
from django.http import QueryDict
from django.urls import reverse

from tallystick.engine.service_levels.measurement import Verdict
from tallystick.records.answers import SAID, standing_at
from tallystick.records.engagements import Engagement
from tallystick.records.reviews import Review
from tallystick.records.stated import standing_values
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer
from tallystick.web.standing_words import stands_as, stands_options, stands_words
from tallystick.web.tables import Column, Empty, Table


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A statement in the list; `stands` is a slug, `stands_words` who did what, and who is next."""

    statement: Statement
    standing: Mapping[str, Any]
    now: datetime
    met: int
    not_met: int

    @property
    def window(self) -> str:
        """Return the window that it states."""
        return self.statement.window

    @property
    def stands(self) -> str:
        """Return where it stands between the parties."""
        return "restated" if self._is_superseded else stands_as(self.standing)

    @property
    def stands_words(self) -> str:
        """Say who attests or disputes it, and who is waited for since when."""
        if self._is_superseded:
            return "A later statement took its place."
        again = "Restated. " if self.is_restatement else ""
        return again + stands_words(self.standing, self.now)

    @property
    def is_restatement(self) -> bool:
        """Return whether it took the place of an earlier one."""
        return self.statement.supersedes_id is not None

    @property
    def _is_superseded(self) -> bool:
        return hasattr(self.statement, "superseded_by")

    @property
    def issued_on(self) -> date:
        """Return the day on which both parties were handed it."""
        return self.statement.issued_at.date()

    @property
    def review(self) -> Review | None:
        """Return the review that was held of it."""
        found: Review | None = getattr(self.statement, "review", None)
        return found

    @property
    def review_on(self) -> date | None:
        """Return the day of its review; None while there is none."""
        return self.review.held_at.date() if self.review else None

    @property
    def url(self) -> str:
        """Return its address."""
        return reverse("statement", args=[self.statement.public_id])


_NOT_MET = (Verdict.MISSED, Verdict.BELOW_EXPECTED)

COLUMNS = (
    Column("window", "Month", template="statements/month_cell.html", link=lambda row: row.url),
    Column("statement__agreement__version", "Agreement", format=lambda number: f"Version {number}"),
    Column("met", "Levels met", numeric=True, searchable=False),
    Column("not_met", "Levels not met", numeric=True, searchable=False),
    Column("stands", "Stands", template="statements/stands_cell.html", options=stands_options()),
    Column("stands_words", "Who, and whose turn", sortable=False),
    Column("issued_on", "Issued", template="statements/day_cell.html", searchable=False),
    Column("review_on", "Review", template="statements/review_cell.html", searchable=False),
)


def statement_table(
    viewer: Viewer, engagement: Engagement, asked: QueryDict, now: datetime, more: str = ""
) -> Table:
    """Return the statements that a viewer sees; `more` says how to get the first one."""
    rows = (
        Statement.objects.visible_to(viewer)
        .filter(engagement=engagement)
        .select_related("agreement", "issued_by", "review", "superseded_by")
        .prefetch_related(*SAID)
        .annotate(
            met=Count("measurements", filter=Q(measurements__verdict="met")),
            not_met=Count("measurements", filter=Q(measurements__verdict__in=_NOT_MET)),
        )
        .order_by("-window_start", "-id")
    )
    text = "A statement sums up a month for both parties: each level against its target."
    data = reverse("service_data", args=[engagement.public_id])
    next_step = ("Open the service data", data) if more else ()
    return Table(
        COLUMNS,
        [_line(each, each.met, each.not_met, engagement, now) for each in rows],
        asked,
        caption="Statements",
        empty=Empty("No statement yet", text + more, *next_step),
        sort="-window",
    )


def _line(
    statement: Statement, met: int, not_met: int, engagement: Engagement, now: datetime
) -> StatementLine:
    standing = standing_values(standing_at(statement, now), engagement)
    return StatementLine(statement, standing, now, met, not_met)
