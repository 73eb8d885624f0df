"""Everything that the pages of an agreement's service levels are made of, in a few queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.credits import CreditNote
from tallystick.engine.service_levels.outcomes import Outcomes
from tallystick.engine.service_levels.outlook.level import LevelOutlook
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.records.agreements import Agreement, agreement_on
from tallystick.records.credit_notes import notes_of
from tallystick.records.engagements import Engagement
from tallystick.records.measurements import Measurement
from tallystick.records.outlooks import newest_of, outcomes_behind, outlook_of
from tallystick.web.lookup import ViewerRequest
from tallystick.web.standings import Standing, standings


@dataclass(frozen=True)
class LevelBook:
    """
    An engagement's agreement with its current measurements, oldest window first.

    A window counts as over once the data reaches past its end, `known_until`.
    """

    agreement: Agreement
    measurements: Sequence[Measurement]
    known_until: datetime

    @cached_property
    def terms(self) -> Terms:
        """Return the agreement's clauses."""
        return read_agreement(self.agreement.document)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Return the name of each service level by its id."""
        return {level.id: level.name for level in self.terms.service_levels}

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """Return how each level stands, by its id, in the agreement's order."""
        found = standings(self.agreement, self.measurements, self.known_until)
        return {each.level: each for each in found}

    @cached_property
    def notes(self) -> Sequence[CreditNote]:
        """Return the credit notes of the months that are over."""
        return notes_of(self.terms, self._own, self.known_until)

    @cached_property
    def _own(self) -> Sequence[Measurement]:
        return [each for each in self.measurements if each.agreement_id == self.agreement.pk]

    def measured(self, level: ServiceLevel) -> list[Measurement]:
        """Return the level's measurements under this agreement, oldest window first."""
        return [each for each in self._own if each.service_level == level.id]

    def newest(self, level: ServiceLevel) -> Measurement | None:
        """Return the level's measurement that was made last."""
        return newest_of(self.measured(level))

    def outcomes(self, level: ServiceLevel) -> Outcomes | None:
        """Return what became of the level's items; None where that is not known."""
        newest = self.newest(level)
        return outcomes_behind(newest, level, self.terms) if newest else None

    def outlook(self, level: ServiceLevel, outcomes: Outcomes | None) -> LevelOutlook | None:
        """Return the level's outlook; None where nothing was measured."""
        return outlook_of(level, self.terms, self.measured(level), outcomes)


def book_of(request: ViewerRequest, engagement: Engagement, now: datetime) -> LevelBook | None:
    """Return the book of the agreement in force, as the viewer may see it; None without one."""
    agreement = agreement_on(engagement, now.date())
    if agreement is None:
        return None
    measured = list(
        Measurement.objects.visible_to(request.viewer)
        .filter(engagement=engagement, superseded_by=None)
        .order_by("window_start", "id")
    )
    return LevelBook(agreement, measured, max((each.data_until for each in measured), default=now))
