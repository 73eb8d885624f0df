"""When time counts: the calendars of an agreement."""

from pydantic import ConfigDict

from tallystick.engine.service_levels.terms.base import Terms, may_be_absent
from tallystick.engine.service_levels.terms.fields import Holidays, Hours, Zone


class Calendar(Terms):
    """
    When time counts: weekly hours in a zone, less the shifts that start on a holiday.

    In a document, a calendar without a zone takes the agreement's.
    """

    model_config = ConfigDict(json_schema_extra=may_be_absent("zone"))

    zone: Zone
    hours: Hours
    holidays: Holidays = ()
