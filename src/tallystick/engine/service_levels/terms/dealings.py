"""How the parties deal with each other: renewal, statements and disputes, claims of relief."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StrictInt, model_validator

from tallystick.engine.service_levels.terms.base import Terms
from tallystick.engine.service_levels.terms.problems import problem

Days = Annotated[StrictInt, Field(ge=1, le=366)]
"""Days of the calendar, whether anybody works on them or not."""


class Renews(StrEnum):
    """What happens when the term ends and nobody has said anything."""

    NOT = "not"
    AUTOMATICALLY = "automatically"


class Renewal(Terms):
    """
    How the term ends: whether it renews, for how many `months`, and by when notice is given.

    Notice has to be there `notice_days` days before the first day on which the agreement is no
    longer in force.
    """

    renews: Renews = Renews.NOT
    months: Annotated[StrictInt, Field(ge=1, le=120)] | None = None
    notice_days: Days | None = None

    @model_validator(mode="after")
    def _say_for_how_long(self) -> Self:
        if (self.renews is Renews.AUTOMATICALLY) != (self.months is not None):
            raise problem(
                "agreement.renewal-unclear",
                "the agreement renews automatically, but not for how long"
                if self.months is None
                else "the agreement does not renew, yet says for how long",
                "Write `renews: automatically` together with `months: 12`, or neither.",
            )
        return self


class Silence(StrEnum):
    """What an unanswered statement counts as once the days for a dispute are over."""

    ATTESTED = "attested"
    DISPUTED = "disputed"


class StatementTerms(Terms):
    """
    When statements are issued, and how long either party may dispute one.

    A statement is due `issue_days` days after its window ends. From the day on which it is issued
    each party has `dispute_days` days to attest or dispute it; after them it counts as
    `unanswered` says.
    """

    issue_days: Days = 10
    dispute_days: Days = 20
    unanswered: Silence = Silence.ATTESTED


class Unanswered(StrEnum):
    """What a claim of relief counts as that nobody decided in time."""

    REJECTED = "rejected"
    APPROVED = "approved"


class ReliefGround(StrEnum):
    """Why a failure may not weigh against the provider (contract practice)."""

    CLIENT_CAUSED = "client-caused"
    THIRD_PARTY = "third-party"
    FORCE_MAJEURE = "force-majeure"
    EXCESS_VOLUME = "excess-volume"
    BAD_DATA = "bad-data"
    PLANNED_MAINTENANCE = "planned-maintenance"


class ReliefTerms(Terms):
    """
    Which failures may be relieved, and by when that is claimed and decided.

    A claim names one of the `grounds`. It is made within `claim_days` days after the window of the
    items ends, and evidenced and decided within `decide_days` days after it was made; after them it
    counts as `unanswered` says. An approved claim takes its items out of numerator and
    denominator; an open one changes nothing.
    """

    grounds: Annotated[tuple[ReliefGround, ...], Field(min_length=1)] = tuple(ReliefGround)
    claim_days: Days = 10
    decide_days: Days = 10
    unanswered: Unanswered = Unanswered.REJECTED

    @model_validator(mode="after")
    def _each_ground_once(self) -> Self:
        if len(set(self.grounds)) < len(self.grounds):
            raise problem(
                "agreement.ground-twice",
                "a ground of relief is named twice",
                "Name each ground once.",
                at=".grounds",
            )
        return self
