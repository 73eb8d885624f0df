"""When time counts: the calendars of an agreement."""

from pydantic import ConfigDict

from tallystick.engine.service_levels.terms.base import Terms, may_be_absent
from tallystick.engine.service_levels.terms.fields import Country, DayLength, Holidays, Hours, Zone


class Calendar(Terms):
    """
    When time counts: weekly hours in a zone, less the shifts that start on a holiday.

    `hours` are shifts by day, or `always`; `holidays` are local days. In a document, a calendar
    without a `zone` takes the agreement's. `day` is how long a day is
    where a limit is stated in days: as many working hours, or 24h. `country` is where the
    holidays come from (ISO 3166-1).
    """

    model_config = ConfigDict(json_schema_extra=may_be_absent("zone"))

    always_spelled = frozenset({"holidays"})

    zone: Zone
    hours: Hours
    holidays: Holidays = ()
    day: DayLength | None = None
    country: Country | None = None
