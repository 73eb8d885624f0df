"""One version of what two parties agreed: the whole document."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StrictInt, model_validator

from tallystick.engine.service_levels.terms.base import Terms
from tallystick.engine.service_levels.terms.calendar import Calendar
from tallystick.engine.service_levels.terms.charges import Charges
from tallystick.engine.service_levels.terms.credit_checks import check_credits
from tallystick.engine.service_levels.terms.credits import CreditScheme
from tallystick.engine.service_levels.terms.dealings import ReliefTerms, Renewal, StatementTerms
from tallystick.engine.service_levels.terms.fields import (
    Day,
    Line,
    Slug,
    Zone,
    ZoneDataVersion,
)
from tallystick.engine.service_levels.terms.level import ServiceLevel
from tallystick.engine.service_levels.terms.problems import did_you_mean, problem
from tallystick.engine.service_levels.terms.quantities import Duration


class Term(Terms):
    """
    The local days on which an agreement is in force; the last is not included.

    `from` is the first of them, `until` the day after the last.
    """

    from_: Annotated[Day, Field(alias="from")]
    until: Day

    @model_validator(mode="after")
    def _end_after_start(self) -> Self:
        if self.until <= self.from_:
            raise problem(
                "agreement.term-without-days",
                f"the agreement ends on {self.until}, not after it starts on {self.from_}",
                "Give the day after the last one as `until`.",
            )
        return self


class Agreement(Terms):
    """
    One version of what the client and the provider agreed.

    `agreement` is the version of this format. `id` is the same in every version, and `version`
    counts them from 1. `title`, `client` and `provider` are texts for people. Windows begin and
    end in `zone`, such as Europe/Rome. `calendars` say when time counts, each under its name.
    `time_zone_data` is the release of the IANA time-zone database that both looked at, `2026a` say.
    Without `relief` nothing is relieved; without `renewal` the term just ends.
    """

    agreement: Literal[1]
    id: Slug
    version: Annotated[StrictInt, Field(ge=1, le=1_000_000)]
    title: Line
    client: Line
    provider: Line
    in_force: Term
    zone: Zone
    calendars: Annotated[dict[Slug, Calendar], Field(min_length=1)]
    service_levels: Annotated[tuple[ServiceLevel, ...], Field(min_length=1)]
    charges: Charges | None = None
    credits: CreditScheme | None = None
    renewal: Renewal | None = None
    statements: StatementTerms = StatementTerms()
    relief: ReliefTerms | None = None
    time_zone_data: ZoneDataVersion | None = None

    @model_validator(mode="before")
    @classmethod
    def _fill_zones(cls, value: Any) -> Any:
        if not isinstance(value, Mapping) or not isinstance(value.get("calendars"), Mapping):
            return value
        calendars = {
            name: {"zone": value.get("zone"), **calendar}
            if isinstance(calendar, Mapping)
            else calendar
            for name, calendar in value["calendars"].items()
        }
        return {**value, "calendars": calendars}

    @model_validator(mode="after")
    def _check_references(self) -> Self:
        seen: set[str] = set()
        for index, level in enumerate(self.service_levels):
            if level.id in seen:
                raise problem(
                    "agreement.duplicate-service-level",
                    f"two service levels have the id {level.id!r}",
                    "Give each service level its own id.",
                    at=f".service_levels[{index}].id",
                )
            seen.add(level.id)
            self._check_calendar(level, f".service_levels[{index}]")
        return self

    @model_validator(mode="after")
    def _check_credits(self) -> Self:
        check_credits(
            self.charges,
            self.credits,
            self.service_levels,
            from_=self.in_force.from_,
            until=self.in_force.until,
        )
        return self

    def _check_calendar(self, level: ServiceLevel, at: str) -> None:
        if level.calendar not in self.calendars:
            raise problem(
                "agreement.unknown-calendar",
                f"there is no calendar {level.calendar!r}",
                did_you_mean(level.calendar, list(self.calendars)),
                at=f"{at}.calendar",
            )
        for number, rule in enumerate(level.targets):
            stated = (rule.limit, rule.round_the_clock)
            if any(each and each.days for each in stated) and not self.calendar_of(level).day:
                raise problem(
                    "agreement.day-unsaid",
                    f"a limit is stated in days, and the calendar {level.calendar!r} does not say "
                    "how long a day is",
                    "Add `day: 8h` (or as many working hours as a day has), or `day: 24h`.",
                    at=f"{at}.targets[{number}]",
                )

    def service_level(self, name: str) -> ServiceLevel:
        """Return the service level with this id; KeyError if there is none."""
        for level in self.service_levels:
            if level.id == name:
                return level
        raise KeyError(name)

    def calendar_of(self, level: ServiceLevel) -> Calendar:
        """Return the calendar that a service level counts on."""
        return self.calendars[level.calendar]

    def seconds_of(self, limit: Duration, level: ServiceLevel) -> int:
        """Return a limit in seconds, its days as long as the level's calendar says."""
        return limit.on(self.calendar_of(level).day or 0)
