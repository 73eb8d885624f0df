"""What operations on objectives give: a wording, how it fares, its versions and its values."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self

from pydantic import Field

from tallystick.api.values import In, Out, cut
from tallystick.engine.objectives import Projection, importance_gap
from tallystick.engine.values import decimal_text
from tallystick.records.objective_actuals import ObjectiveActual
from tallystick.records.objective_figures import Fared, Value, as_decimal
from tallystick.records.objective_standing import (
    acknowledged,
    changes_since,
    smart_facts,
    smart_of,
    standing_of,
)
from tallystick.records.objectives import TEXTS, Acknowledgement, Objective


class PlannedValue(In):
    """The value that is planned for a day."""

    on: date
    value: Decimal = Field(max_digits=27, decimal_places=12)


class AcknowledgementOut(Out):
    """The provider's word on one version."""

    objective: str
    version: int
    acknowledged_at: datetime
    acknowledged_by: str

    @classmethod
    def of(cls, word: Acknowledgement) -> Self:
        """Return a word as operations give it."""
        return cls(
            objective=word.objective.public_id,
            version=word.version,
            acknowledged_at=word.acknowledged_at,
            acknowledged_by=word.acknowledged_by.name,
        )


class SmartFactOut(Out):
    """One of five facts; it holds if nothing is missing."""

    fact: str
    missing: list[str]


class ProjectionOut(Out):
    """Where the measure is heading if it goes on as it went; each band holds eight in ten."""

    value: list[float] = Field(description="On the due day: low, middle, high.")
    attained: list[float]
    reached: list[date | None] = Field(description="The target: one, five, nine in ten get there.")
    late: bool | None
    draws: int
    seed: int


class FaredOut(Out):
    """How an objective fares; `problem` says why nothing is computed, where that is so."""

    standing: str
    problem: str
    as_of: date | None
    value: str | None
    attained: float | None = Field(description="The part of the way from baseline to target.")
    planned: float | None
    index: float | None = Field(description="Attained over planned.")
    projection: ProjectionOut | None = Field(description="None in a list: read the objective.")


class ObjectiveOut(Out):
    """An objective as it stands, and the versions that the provider acknowledged."""

    id: str
    statement: str
    kind: str
    goal: str
    parent: str | None
    stakeholder: str
    weight: int
    measure: str
    unit: str
    direction: str
    baseline_value: str
    baseline_on: date | None
    baseline_method: str
    baseline_n: str
    benchmark: str
    benchmark_source: str
    target: str
    tolerance: str
    due_on: date | None
    profile: list[PlannedValue]
    source: str
    frequency: str
    service_level: str
    client_owner: str
    provider_owner: str
    assumptions: str
    version: int
    stated_at: datetime
    acknowledged: bool = Field(description="Whether the present version is.")
    acknowledgements: list[AcknowledgementOut]
    smart: list[SmartFactOut]
    fares: FaredOut


class WordingChange(Out):
    """A part of a wording that differs; empty where it was or is not there."""

    part: str
    before: Any
    after: Any


class ObjectiveVersionOut(Out):
    """One wording, as it was stated."""

    version: int
    wording: Mapping[str, Any]
    stated_at: datetime
    stated_by: str


class ObjectiveValueOut(Out):
    """A value that counts; `id` is that of what was recorded, none where a level is read."""

    id: str | None
    on: date
    value: str
    note: str
    came_by: str


class ActualOut(Out):
    """A value as it was recorded; it is never changed, but another one may correct it."""

    id: str
    on: date
    value: str
    note: str
    came_by: str
    corrects: str | None
    recorded_at: datetime
    recorded_by: str

    @classmethod
    def of(cls, actual: ObjectiveActual) -> Self:
        """Return a recorded value as operations give it."""
        return cls(
            id=actual.public_id,
            on=actual.on,
            value=decimal_text(Decimal(actual.value)),
            note=actual.note,
            came_by=actual.came_by,
            corrects=actual.corrects.public_id if actual.corrects else None,
            recorded_at=actual.recorded_at,
            recorded_by=actual.recorded_by.name,
        )


class ImportanceOut(Out):
    """
    How important both sides say it is, once both have; `own` is what you said since.

    What the other party says alone is not told, nor whether it has said anything.
    """

    own: int | None
    client: int | None
    provider: int | None
    gap: int | None


class ObjectiveWhole(ObjectiveOut):
    """An objective with every wording, every value that counts, and its importance."""

    versions: list[ObjectiveVersionOut]
    changed_since_acknowledged: list[WordingChange]
    values: list[ObjectiveValueOut] = Field(description="Those that count.")
    recorded: list[ActualOut] = Field(description="All that was recorded, corrected ones too.")
    importance: ImportanceOut


def objective_out(stored: Objective, seen: Fared) -> ObjectiveOut:
    """Return an objective as a list gives it."""
    return ObjectiveOut(**_plain(stored, seen, with_band=False))


def whole_out(stored: Objective, seen: Fared) -> ObjectiveWhole:
    """Return an objective with all that was read along of it."""
    return ObjectiveWhole(
        **_plain(stored, seen, with_band=True),
        versions=[
            ObjectiveVersionOut(
                version=each.version,
                wording=each.wording,
                stated_at=each.stated_at,
                stated_by=each.stated_by.name if each.stated_by else "",
            )
            for each in sorted(stored.versions.all(), key=lambda each: each.version)
        ],
        changed_since_acknowledged=[
            WordingChange(part=each.part, before=each.before, after=each.after)
            for each in changes_since(stored, acknowledged(stored))
        ],
        values=[_value(each) for each in (*seen.history, *seen.values)],
        recorded=[ActualOut.of(each) for each in stored.actuals.all()],
        importance=_importance(stored),
    )


def _plain(stored: Objective, seen: Fared, *, with_band: bool) -> dict[str, Any]:
    given = sorted(stored.acknowledgements.all(), key=lambda each: each.version)
    texts = {name: getattr(stored, name) for name in TEXTS}
    return texts | {
        "id": stored.public_id,
        "parent": stored.parent.public_id if stored.parent else None,
        "weight": stored.weight,
        "baseline_on": stored.baseline_on,
        "due_on": stored.due_on,
        "profile": [PlannedValue(on=on, value=Decimal(value)) for on, value in stored.profile],
        "version": stored.version,
        "stated_at": stored.stated_at,
        "acknowledged": any(each.version == stored.version for each in given),
        "acknowledgements": [AcknowledgementOut.of(each) for each in given],
        "smart": [
            SmartFactOut(fact=fact, missing=missing)
            for fact, missing in smart_facts(smart_of(stored, seen))
        ],
        "fares": _fares(seen, with_band),
    }


def _fares(seen: Fared, with_band: bool) -> FaredOut:
    heading = seen.projection if with_band else None
    come, last = seen.progress, seen.values[-1] if seen.values else None
    return FaredOut(
        standing=standing_of(seen),
        problem=seen.problem.message if seen.problem else "",
        as_of=last.on if last else None,
        value=_figure(last) if last else None,
        attained=cut(come.attained) if come else None,
        planned=cut(come.planned) if come else None,
        index=cut(come.index) if come and come.index is not None else None,
        projection=_projection(heading) if isinstance(heading, Projection) else None,
    )


def _projection(heading: Projection) -> ProjectionOut:
    value, attained, reached = heading.value, heading.attained, heading.reached
    return ProjectionOut(
        value=[value.low, value.middle, value.high],
        attained=[attained.low, attained.middle, attained.high],
        reached=[reached.p10, reached.p50, reached.p90],
        late=heading.late,
        draws=heading.draws,
        seed=heading.seed,
    )


def _figure(value: Value) -> str:
    return decimal_text(as_decimal(value.value))


def _value(each: Value) -> ObjectiveValueOut:
    return ObjectiveValueOut(
        id=each.row.public_id if each.row else None,
        on=each.on,
        value=_figure(each),
        note=each.note,
        came_by=each.came_by,
    )


def _importance(stored: Objective) -> ImportanceOut:
    shared = max(stored.shared_importances.all(), key=lambda each: each.round, default=None)
    # Read through `visible_to`: a forgotten condition would show nothing, not everything.
    sealed = [
        each
        for each in getattr(stored, "own_importances", ())
        if each.round > (shared.round if shared else 0)
    ]
    return ImportanceOut(
        own=sealed[-1].importance if sealed else None,
        client=shared.client if shared else None,
        provider=shared.provider if shared else None,
        gap=importance_gap(shared.client, shared.provider) if shared else None,
    )
