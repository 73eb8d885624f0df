"""What a dispute or a claim points at: an item behind a measurement, or a stretch of its window."""

from datetime import datetime

from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.availability import terms_of
from tallystick.engine.service_levels.evidence import read_evidence
from tallystick.records.measurements import Measurement
from tallystick.records.store import evidence_path


class PointRefused(Refusal):
    """What is pointed at is not behind the measurement."""

    code = "point.refused"

    def __init__(self, message: str, *, code: str, place: str, remedy: str) -> None:
        super().__init__(message, place=place, remedy=remedy)
        self.code = code


def known_item(measurement: Measurement, item: str, place: str = "item") -> None:
    """
    Check that an item stands behind a measurement.

    Raises:
        PointRefused
    """
    path = evidence_path(measurement.evidence)
    counted = measurement.evidence and path.exists()
    if not (counted and read_evidence(path, window=measurement.window, item=item, size=1)):
        raise PointRefused(
            f"No ticket {item!r} stands behind {measurement.service_level} in "
            f"{measurement.window}.",
            code="point.unknown-item",
            place=place,
            remedy="Give the id as the list of tickets behind the figure spells it.",
        )


def demand_time(
    measurement: Measurement,
    since: datetime | None,
    until: datetime | None,
    component: str,
    *,
    needed: bool,
) -> None:
    """
    Check a stretch of a component's time: in order, within the window, of a known component.

    Raises:
        PointRefused
    """
    if since is None and until is None and not needed and not component:
        return
    level = read_agreement(measurement.agreement.document).service_level(measurement.service_level)
    if level.availability is None:
        raise PointRefused(
            f"{level.name} counts tickets, not time.",
            code="point.no-time-here",
            place="since",
            remedy="Name the ticket instead, or leave the times out.",
        )
    if since is None or until is None or until <= since:
        raise PointRefused(
            "A stretch of time needs a start and a later end.",
            code="point.no-stretch",
            place="since" if since is None else "until",
            remedy="Give both, the end after the start.",
        )
    if since < measurement.window_start or until > measurement.window_end:
        raise PointRefused(
            f"The time does not lie within {measurement.window}.",
            code="point.outside-the-window",
            place="since" if since < measurement.window_start else "until",
            remedy="Give the part within the window; what lies in another is said there.",
        )
    parts = terms_of(level).components
    names = tuple(parts.names()) if parts else ()
    if component and names and component not in names:
        raise PointRefused(
            f"{level.name} has no component {component!r}.",
            code="point.unknown-component",
            place="component",
            remedy=f"Name one of {', '.join(names)}, or leave it empty for the whole service.",
        )
