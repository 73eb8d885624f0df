"""How the items of a measurement are spread, and how they fared by each attribute of the data."""

from pydantic import Field

from tallystick.api.levels import current_of, level_of
from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.values import Out, cut
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.outlook.by_attribute import Group, by_attribute
from tallystick.engine.service_levels.outlook.spread import Measured, Spread, spread_of
from tallystick.records.agreements import Agreement
from tallystick.records.held import histories_behind
from tallystick.records.measurements import Measurement
from tallystick.records.outlooks import (
    newest_of,
    outcomes_behind,
    outcomes_of,
    recent_outcomes,
)

operations = Operations(tags=["Service levels"])

MOST_VALUES = 200
"""An attribute with nearly as many values as items, such as a description, tells nothing."""


class GroupOut(Out):
    """Items with one value of an attribute; an empty value where the data has none."""

    value: str
    kept: int
    missed: int
    counted: int
    share: float | None = Field(description="Kept, of those decided.")
    mean: float | None = Field(description="Of those counted: seconds, or millionths of a number.")


class AttributeOut(Out):
    """The groups of an attribute, those with most items first."""

    attribute: str
    groups: list[GroupOut]


class BarOut(Out):
    """How many figures lie between two edges; `until` is null for the bar with the tail."""

    since: float
    until: float | None
    count: int


class SpreadOut(Out):
    """The figures of decided items as bars that touch; `mark` is the limit or the target."""

    measured: Measured
    count: int
    bars: list[BarOut]
    percentiles: dict[str, float] = Field(description="By the per cent, nearest rank: 50, 90, 95.")
    mark: float
    beyond: int


class SpreadOfItems(Out):
    """How the items of a measurement are spread; null where they have no figure of their own."""

    service_level: str
    window: str
    spread: SpreadOut | None


class Distribution(Out):
    """How items fared by each attribute, in the last twelve windows that are over."""

    service_level: str
    windows: list[str]
    attributes: list[AttributeOut]


def _group(each: Group) -> GroupOut:
    same = ("value", "kept", "missed", "counted")
    return GroupOut(
        share=None if each.share is None else cut(each.share),
        mean=None if each.mean is None else cut(each.mean),
        **{name: getattr(each, name) for name in same},
    )


def _spread(found: Spread) -> SpreadOut:
    return SpreadOut(
        measured=found.measured,
        count=found.count,
        bars=[
            BarOut(
                since=float(bar.since),
                until=None if bar.until is None else float(bar.until),
                count=bar.count,
            )
            for bar in found.bars
        ],
        percentiles={str(rank * 100): float(figure) for rank, figure in found.percentiles},
        mark=float(found.mark),
        beyond=found.beyond,
    )


@operations.reads("/measurements/{measurement_id}/spread", "spread", SpreadOfItems)
def spread(request: ViewerRequest, measurement_id: str) -> SpreadOfItems:
    """Return how the figures of a measurement's items are spread, with percentiles."""
    measurement = find(Measurement, request.viewer, measurement_id, "agreement")
    terms = read_agreement(measurement.agreement.document)
    level = terms.service_level(measurement.service_level)
    whole = outcomes_behind(measurement, level, terms)
    own = None if whole is None else outcomes_of(measurement, whole, level, terms)
    found = None if own is None else spread_of(level, own)
    return SpreadOfItems(
        service_level=level.id,
        window=measurement.window,
        spread=None if found is None else _spread(found),
    )


@operations.reads(
    "/agreements/{agreement_id}/levels/{level_id}/distribution", "distribution", Distribution
)
def distribution(request: ViewerRequest, agreement_id: str, level_id: str) -> Distribution:
    """Return how the items of a service level fared, by each attribute of the service data."""
    agreement = find(Agreement, request.viewer, agreement_id)
    terms = read_agreement(agreement.document)
    level = level_of(terms, level_id)
    newest = newest_of(current_of(request.viewer, agreement, level_id))
    outcomes = outcomes_behind(newest, level, terms) if newest else None
    if newest is None or outcomes is None:
        return Distribution(service_level=level.id, windows=[], attributes=[])
    windows, recent = recent_outcomes(newest, outcomes, level, terms)
    found = by_attribute(recent, histories_behind(newest), value=bool(level.of))
    return Distribution(
        service_level=level.id,
        windows=[window.text for window in windows],
        attributes=[
            AttributeOut(attribute=name, groups=[_group(each) for each in groups])
            for name, groups in found.items()
            if 0 < len(groups) <= MOST_VALUES
        ],
    )
