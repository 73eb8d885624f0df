"""Monthly exports, one after the other: imported, measured, stated and reviewed as time goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tallystick.actions.hold_review import Verdict, hold_review
from tallystick.actions.import_service_data import import_service_data
from tallystick.actions.issue_statement import issue_statement
from tallystick.actions.measure_service_levels import measure_service_levels
from tallystick.cli.demo.dealings import both_attest, corrected
from tallystick.cli.demo.documents import MAPPING, PROBES
from tallystick.cli.demo.months import Month
from tallystick.cli.demo.probes import Monitor, Weather
from tallystick.cli.demo.tickets import Change, Desk, Performance, as_csv
from tallystick.engine.intake.mapping import read_mapping
from tallystick.engine.values import seconds
from tallystick.records.agreements import Agreement
from tallystick.records.findings import proposed_findings
from tallystick.records.reviews import FindingDecision, Review
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer

DRAWN_ON = 3
"""The day of the next month on which an export is drawn."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A stretch of months of one agreement, and how each of them went."""

    agreement: Agreement
    desk: Desk
    course: Mapping[Month, Performance]
    provider: Viewer
    manager: Viewer
    monitor: Monitor | None = None

    def run(self, *, reviewed_until: Month, disputed: Month | None = None) -> list[Statement]:
        """
        Live through the months; return the statements, those from then on unreviewed.

        The statement of the `disputed` month is corrected before its review.
        """
        changes: list[Change] = []
        statements = []
        for month, performance in self.course.items():
            changes += self.desk.month(month, performance)
            self._import(month, changes)
            if self.monitor:
                self._import_probes(month, self.monitor)
            statement = self._state(month)
            if month == disputed:
                statement = corrected(statement, self.provider, self.manager, month)
            statements.append(statement)
            if month.first < reviewed_until.first:
                self.review(statement, month)
                both_attest(statement, self.provider, self.manager, _review_moment(month))
        return statements

    def _import(self, month: Month, changes: list[Change]) -> None:
        drawn = month.plus(1).at(DRAWN_ON, 6)
        since, until = seconds(month.start), seconds(drawn)
        export = [change for change in changes if since <= change.at < until]
        self._bring(f"tickets-{month.text}.csv", as_csv(export), MAPPING, drawn)

    def _import_probes(self, month: Month, monitor: Monitor) -> None:
        drawn = month.plus(1).at(DRAWN_ON, 6)
        self._bring(f"probes-{month.text}.csv", monitor.export(month, Weather()), PROBES, drawn)

    def _bring(self, name: str, text: str, mapping: dict[str, Any], drawn: datetime) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_text(text, encoding="utf-8")
            import_service_data(
                engagement=self.agreement.engagement,
                path=path,
                file_name=path.name,
                mapping=read_mapping(mapping),
                complete_until=drawn,
                by=self.provider,
                as_of=drawn + timedelta(hours=3),
            )

    def _state(self, month: Month) -> Statement:
        as_of = month.plus(1).at(DRAWN_ON, 11)
        measure_service_levels(engagement=self.agreement.engagement, by=self.manager, as_of=as_of)
        return issue_statement(
            agreement=self.agreement, window=month.text, by=self.manager, as_of=as_of
        )

    def review(self, statement: Statement, month: Month) -> Review:
        """Hold the review a week after the statement; what was found is confirmed."""
        found = proposed_findings(statement)
        return hold_review(
            statement=statement,
            verdicts={finding.key: Verdict(FindingDecision.CONFIRMED) for finding in found},
            summary=_summary(len(found), month),
            by=self.manager,
            as_of=_review_moment(month),
        )


def _review_moment(month: Month) -> datetime:
    return month.plus(1).at(10, 14)


def _summary(count: int, month: Month) -> str:
    if count == 0:
        return f"A quiet {month.first:%B}. Nothing to decide."
    return (
        f"{count} finding{'s' if count > 1 else ''} of {month.first:%B} discussed with both teams."
    )
