"""The service levels of an agreement: which is meant, what was measured of it, how each stands."""

from django.http import Http404

from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.outlook_values import Levels, LevelSummary, summary_out
from tallystick.api.routing import Operations
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.records.agreements import Agreement
from tallystick.records.measurements import Measurement
from tallystick.records.outlooks import outlook_of
from tallystick.records.viewer import Viewer

operations = Operations(tags=["Service levels"])


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
    return Levels(levels=[_summary(level, terms, current) for level in terms.service_levels])


def _summary(level: ServiceLevel, terms: Terms, current: list[Measurement]) -> LevelSummary:
    own = [each for each in current if each.service_level == level.id]
    return summary_out(level, outlook_of(level, terms, own, None))
