"""Waivers: a finding that somebody answers for, for a reason and until a day."""

from datetime import date, timedelta
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from tallystick.engine.guardrails.documents import contradiction
from tallystick.engine.guardrails.fields import Day, Name, Text

LONGEST = timedelta(days=365)
"""Nobody waives longer than this: what is accepted for good is a decision, not a waiver."""

Reason = Annotated[str, StringConstraints(min_length=1, max_length=1_000, strip_whitespace=True)]
"""A sentence or two that must be there."""


class Waiver(BaseModel):
    """
    An approved exception: the findings of a guardrail, at a place or everywhere, until a day.

    `place` is a finding's place as the check prints it, or with the id of an item in the place of
    its number, as in `objectives[pay-day].baseline`; nothing stands for all places.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Name
    place: Text = None
    reason: Reason
    approver: Name
    granted_on: Day | None = None
    expires_on: Day

    @model_validator(mode="after")
    def end_in_time(self) -> Self:
        """Refuse a waiver that ends before it begins, or too late."""
        if self.granted_on is None:
            return self
        if self.expires_on < self.granted_on:
            raise contradiction(
                f"the waiver ends on {self.expires_on}, before it begins on {self.granted_on}",
                at="expires_on",
                remedy="Give an expires_on that is not before granted_on.",
            )
        if self.expires_on - self.granted_on > LONGEST:
            raise contradiction(
                f"the waiver lasts longer than {LONGEST.days} days",
                at="expires_on",
                remedy=f"End it by {self.granted_on + LONGEST}, and look at it again then.",
            )
        return self

    def holds_on(self, day: date) -> bool:
        """Return whether it counts on a day; its last day counts, too far an end does not."""
        begun = self.granted_on is None or self.granted_on <= day
        return begun and day <= self.expires_on <= day + LONGEST

    def covers(self, code: str, *places: str) -> bool:
        """Return whether it is for findings of a guardrail at a place, in either spelling."""
        return self.code == code and (not self.place or self.place in places)
