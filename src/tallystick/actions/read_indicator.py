"""Read an indicator by hand: a figure that no measurement gives."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from tallystick.actions.check_indicators import check_indicators
from tallystick.actions.refusals import require
from tallystick.actions.risks_kept import tell
from tallystick.actions.state_indicator import MOST_THRESHOLD, IndicatorRefused
from tallystick.records.indicators import SignSource
from tallystick.records.risk_registers import AnyIndicator
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

MOST = 1_000


@transaction.atomic
def read_indicator(
    *, indicator: AnyIndicator, on: date, value: Decimal, by: Viewer, as_of: datetime
) -> AnyIndicator:
    """
    Keep a reading; that of the same day is replaced. It warns at once if it has to.

    Raises:
        NotPermitted, IndicatorRefused
    """
    require(by, Duty.MANAGE_RISKS)
    held = type(indicator)._default_manager.select_for_update(of=("self",)).get(pk=indicator.pk)
    _check(held, on, value, as_of)
    others = [pair for pair in held.readings if pair[0] != on.isoformat()]
    held.readings = sorted([*others, [on.isoformat(), f"{value:f}"]])
    held.save(update_fields=["readings"])
    tell(
        held,
        held.risk.engagement,
        f"Read the indicator “{held.name}”: {value:f} on {on}.",
        "read_indicator",
        {"on": on.isoformat(), "value": f"{value:f}"},
        by,
        as_of,
    )
    check_indicators(engagement=held.risk.engagement, as_of=as_of)
    held.refresh_from_db()
    return held


def _check(indicator: AnyIndicator, on: date, value: Decimal, as_of: datetime) -> None:
    if indicator.source != SignSource.HAND or indicator.ended_at is not None:
        raise IndicatorRefused(
            f"“{indicator.name}” is not read by hand{' any more' if indicator.ended_at else ''}.",
            place="value",
            remedy="Its values come from what is measured; or set a new indicator.",
        )
    if on > as_of.date():
        raise IndicatorRefused(
            f"{on} is still to come.", place="on", remedy="Give the day on which it was read."
        )
    if not value.is_finite() or abs(value) > MOST_THRESHOLD:
        raise IndicatorRefused(f"The value is {value}.", place="value", remedy="Write a number.")
    if len(indicator.readings) >= MOST:
        raise IndicatorRefused(
            f"{MOST:,} readings are kept.", place="value", remedy="Set a new indicator."
        )
