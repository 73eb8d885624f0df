"""The service levels of an agreement: which is meant, what was measured of it, how each stands."""

from django.http import Http404
from pydantic import Field

from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.values import Out, cut
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.measurement import Verdict
from tallystick.engine.service_levels.outlook.level import LevelOutlook
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.engine.service_levels.terms.goals import Direction, Unit, goal_text
from tallystick.records.agreements import Agreement
from tallystick.records.measurements import Measurement
from tallystick.records.outlooks import outlook_of
from tallystick.records.viewer import Viewer

operations = Operations(tags=["Service levels"])


class LevelSummary(Out):
    """
    How a service level stands: its newest window that is over, and the one that is not.

    `value` is in `unit`, cut off after six decimals.
    """

    service_level: str
    name: str
    measure: str
    target: str = Field(description="As the agreement spells it.")
    unit: Unit
    direction: Direction
    newest: str | None = Field(description="The window.")
    value: float | None
    verdict: Verdict | None
    met: int = Field(description="Of the windows that are over and have a figure, those met.")
    windows: int = Field(description="How many those are.")
    running: str | None = Field(description="The window that is not over.")
    drifting: bool = Field(
        description="All met, and a signal on the wrong side reaches the newest."
    )


class Levels(Out):
    """Every service level of an agreement, in its order."""

    levels: list[LevelSummary]


def level_of(terms: Terms, name: str) -> ServiceLevel:
    """
    Return the service level that an address names.

    Raises:
        Http404: if the agreement has none of that id.
    """
    found = next((each for each in terms.service_levels if each.id == name), None)
    if found is None:
        raise Http404
    return found


def current_of(viewer: Viewer, agreement: Agreement, level: str = "") -> list[Measurement]:
    """Return an agreement's measurements that no later one supersedes, oldest first."""
    rows = Measurement.objects.visible_to(viewer).filter(agreement=agreement, superseded_by=None)
    rows = rows.filter(service_level=level) if level else rows
    return list(rows.order_by("window_start", "id"))


@operations.reads("/agreements/{agreement_id}/levels", "levels", Levels)
def levels(request: ViewerRequest, agreement_id: str) -> Levels:
    """Return how each service level of an agreement stands, in the agreement's order."""
    agreement = find(Agreement, request.viewer, agreement_id)
    terms = read_agreement(agreement.document)
    current = current_of(request.viewer, agreement)
    return Levels(levels=[_stands(level, terms, current) for level in terms.service_levels])


def _stands(level: ServiceLevel, terms: Terms, current: list[Measurement]) -> LevelSummary:
    own = [each for each in current if each.service_level == level.id]
    return _summary(level, outlook_of(level, terms, own, None))


def _summary(level: ServiceLevel, outlook: LevelOutlook | None) -> LevelSummary:
    charted = outlook.charted if outlook else ()
    newest = charted[-1] if charted else None
    value = newest.value if newest else None
    running = outlook.running if outlook else None
    return LevelSummary(
        service_level=level.id,
        name=level.name,
        measure=level.measure.value,
        target=goal_text(level.target),
        unit=level.target.unit,
        direction=level.target.direction,
        newest=newest.window if newest else None,
        value=None if value is None else cut(value),
        verdict=newest.verdict if newest else None,
        met=sum(each.verdict is Verdict.MET for each in charted),
        windows=len(charted),
        running=running.window if running else None,
        drifting=bool(outlook and outlook.drifting),
    )
