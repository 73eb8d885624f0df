"""Measurements: the figures, the items behind them, and the working of one item."""

from datetime import UTC, datetime
from decimal import Decimal

from django.db.models import QuerySet
from ninja import Query
from pydantic import Field

from tallystick.actions.measure_service_levels import measure_service_levels
from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.values import Listed, OptionalLine, Out, SafePage, listed
from tallystick.engine.service_levels.measurement import Verdict
from tallystick.engine.service_levels.terms.goals import Direction, Unit
from tallystick.records.engagements import Engagement
from tallystick.records.measurements import Measurement
from tallystick.records.snapshots import measured
from tallystick.records.viewer import Viewer

operations = Operations(tags=["Service levels"])

FOLLOWED = ("engagement", "agreement", "measured_by", "supersedes", "superseded_by")


class UsedImport(Out):
    """An import that the figures were computed from."""

    id: str
    digest: str


class MeasurementOut(Out):
    """
    One service level in one window, with the way back to its inputs.

    The figure is `numerator` / `denominator` in `unit`; `value` is it, cut off after six decimals,
    and null where nothing was due. `attainment` is the same for a share, else null.
    """

    id: str
    engagement: str
    agreement: str
    agreement_digest: str
    service_level: str
    name: str
    window: str
    window_start: datetime
    window_end: datetime
    numerator: int
    denominator: int
    pending: int
    count: int
    excluded: int
    relieved: int
    unmeasured: int
    attainment: float | None = Field(ge=0, le=1)
    value: float | None = Field(ge=0)
    unit: Unit
    target: float = Field(ge=0)
    direction: Direction
    minimum: float | None = Field(ge=0)
    verdict: Verdict
    why: str
    reporting_only: bool
    imports: list[UsedImport]
    relief: list[str] = Field(description="The approved claims that it left out.")
    relief_digest: str = Field(description="Names those decisions; empty without any.")
    evidence_digest: str
    engine_version: str
    zone_data_version: str
    data_until: datetime
    measured_at: datetime
    measured_by: str
    supersedes: str | None
    superseded_by: str | None


class MeasurementsAsked(SafePage):
    """Which measurements."""

    service_level: OptionalLine = ""
    window: OptionalLine = Field("", description="A month, such as 2026-03.")
    verdict: Verdict | None = None
    superseded: bool = Field(False, description="Also those that a later one supersedes.")


class NewMeasurements(Out):
    """The measurements that are new; none if every window stands as it stood."""

    measurements: list[MeasurementOut]


def measurement_out(measurement: Measurement) -> MeasurementOut:
    """Return a measurement; read it through `with_way_back`, or each one costs queries."""
    plain = measured(measurement)
    later = getattr(measurement, "superseded_by", None)
    same = (
        "service_level", "window", "window_start", "window_end", "numerator", "denominator",
        "pending", "count", "excluded", "relieved", "unmeasured", "verdict", "why",
        "reporting_only", "relief_digest", "evidence_digest", "engine_version", "zone_data_version",
        "data_until", "measured_at",
    )  # fmt: skip
    names = measurement.agreement.level_names
    return MeasurementOut(
        id=measurement.public_id,
        engagement=measurement.engagement.public_id,
        agreement=measurement.agreement.public_id,
        agreement_digest=measurement.agreement.digest,
        name=names.get(measurement.service_level, measurement.service_level),
        attainment=_number(plain["attainment"]),
        value=_number(plain["value"]),
        unit=plain["unit"],
        target=float(plain["target"]),
        direction=plain["direction"],
        minimum=_number(plain["minimum"]),
        imports=[
            UsedImport(id=each.public_id, digest=each.digest) for each in measurement.imports.all()
        ],
        relief=[each.public_id for each in measurement.relief.all()],
        measured_by=measurement.measured_by.name,
        supersedes=measurement.supersedes.public_id if measurement.supersedes else None,
        superseded_by=later.public_id if later else None,
        **{name: getattr(measurement, name) for name in same},
    )


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def with_way_back(rows: QuerySet[Measurement]) -> QuerySet[Measurement]:
    """Return measurements read together with everything that they name."""
    return rows.select_related(*FOLLOWED).prefetch_related("imports", "relief")


def _narrowed(rows: QuerySet[Measurement], asked: MeasurementsAsked) -> QuerySet[Measurement]:
    if not asked.superseded:
        rows = rows.filter(superseded_by=None)
    if asked.service_level:
        rows = rows.filter(service_level=asked.service_level)
    if asked.window:
        rows = rows.filter(window=asked.window)
    if asked.verdict:
        rows = rows.filter(verdict=asked.verdict)
    return rows


@operations.reads(
    "/engagements/{engagement_id}/measurements", "measurements", Listed[MeasurementOut]
)
def measurements(
    request: ViewerRequest, engagement_id: str, asked: Query[MeasurementsAsked]
) -> Listed[MeasurementOut]:
    """Return the measurements of an engagement, the newest window first."""
    engagement = find(Engagement, request.viewer, engagement_id)
    rows = Measurement.objects.visible_to(request.viewer).filter(engagement=engagement)
    known = with_way_back(_narrowed(rows, asked)).order_by("-window_start", "service_level", "-id")
    return listed(known, asked, measurement_out)


@operations.acts("/engagements/{engagement_id}/measure", "measure", NewMeasurements)
def measure(request: ViewerRequest, engagement_id: str) -> NewMeasurements:
    """Measure every service level in every window that the service data reaches."""
    engagement = find(Engagement, request.viewer, engagement_id)
    made = measure_service_levels(engagement=engagement, by=request.viewer, as_of=datetime.now(UTC))
    return NewMeasurements(measurements=_known(made, request.viewer))


def _known(made: list[Measurement], viewer: Viewer) -> list[MeasurementOut]:
    rows = Measurement.objects.visible_to(viewer).filter(pk__in=[each.pk for each in made])
    return [measurement_out(each) for each in with_way_back(rows).order_by("window_start", "id")]
