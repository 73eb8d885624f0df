"""Measure every service level of an engagement, in every window its data reaches."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial

from django.db import transaction

from tallystick.actions.check_indicators import check_indicators
from tallystick.actions.evidence_kept import kept_evidence
from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter
from tallystick.actions.measurements_kept import Inputs, keep_measurements
from tallystick.actions.refusals import require
from tallystick.engine.bundles.recompute import availability_from
from tallystick.engine.intake.buckets import Wanted, attributes_of, bucket_count, read_buckets
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.asked import attributes_asked
from tallystick.engine.service_levels.availability import (
    availability_levels,
    judged,
    terms_of,
)
from tallystick.engine.service_levels.many import fared_of, measure_buckets
from tallystick.engine.signals import SignalKind
from tallystick.records.agreements import Agreement, AgreementState
from tallystick.records.engagements import Engagement
from tallystick.records.held import directories_of, imports_of, until_of
from tallystick.records.measurements import Measurement
from tallystick.records.relief import approved_at, excuses_of, items_of, of_level
from tallystick.records.roles import Duty
from tallystick.records.service_data import Import
from tallystick.records.viewer import Viewer

Held = Mapping[SignalKind | None, list[Import]]
"""The imports of items, under None, and those of each kind of signals."""


class NothingImported(Refusal):
    """There is no service data."""

    code = "measurement.nothing-imported"


class NoAgreement(Refusal):
    """There is nothing to measure against."""

    code = "measurement.no-agreement"


@transaction.atomic
def measure_service_levels(
    *, engagement: Engagement, by: Viewer, as_of: datetime
) -> list[Measurement]:
    """
    Measure up to the last change that the data knows; return the measurements that are new.

    Availability is measured from the signals of its kind, every other level from items. What was
    relieved by then is left out. A window that fared as it did before keeps its measurement; any
    other gets a new one that supersedes it. Nothing is overwritten.

    Raises:
        NotPermitted, NothingImported, NoAgreement
    """
    require(by, Duty.MEASURE)
    engagement = held_engagement(engagement.pk)
    held = {kind: imports_of(engagement, kind) for kind in (None, *SignalKind)}
    agreements = list(engagement.agreements.filter(state=AgreementState.IN_FORCE))
    _demand_something_to_measure([each for some in held.values() for each in some], agreements)
    made = [
        measurement
        for agreement in agreements
        for measurement in _measure(agreement, held, by, as_of)
    ]
    if made:
        _enter(engagement, made, by, as_of)
        keep_findings_in([engagement], as_of, by=by)
        check_indicators(engagement=engagement, as_of=as_of)
    return made


def _demand_something_to_measure(imports: list[Import], agreements: list[Agreement]) -> None:
    if not agreements:
        raise NoAgreement(
            "No agreement is in force, so there is nothing to measure against.",
            place="agreement",
            remedy="Record the agreement first.",
        )
    if not imports:
        raise NothingImported(
            "No service data has been imported.",
            place="service data",
            remedy="Import an export of the ticket system or of the monitoring first.",
        )


def _measure(
    agreement: Agreement, held: Held, by: Viewer, as_of: datetime
) -> Iterator[Measurement]:
    terms = read_agreement(agreement.document)
    relief = approved_at(agreement, as_of)
    every = [each for imports in held.values() for each in imports]
    if held[None]:
        inputs = Inputs(agreement, terms, held[None], until_of(held[None], as_of), relief)
        yield from _measure_items(inputs, by, as_of)
    for level in availability_levels(terms):
        imports = held[terms_of(level).from_]
        inputs = Inputs(agreement, terms, imports, until_of(imports or every, as_of), relief)
        excused = excuses_of(of_level(relief, level.id))
        found = availability_from(directories_of(imports), level, terms, inputs.horizon, excused)
        fared = judged(found, level, terms, inputs.horizon)
        yield from keep_measurements(inputs, level, fared, by=by, as_of=as_of)


def _measure_items(inputs: Inputs, by: Viewer, as_of: datetime) -> list[Measurement]:
    directories, made = directories_of(inputs.imports), []
    asked = attributes_asked(inputs.terms, attributes_of(directories))
    with kept_evidence(inputs.agreement, inputs.terms, inputs.digest) as kept:
        found = measure_buckets(
            partial(read_buckets, directories, wanted=Wanted(asked, sources=False)),
            bucket_count(directories),
            inputs.terms,
            inputs.horizon,
            relieved_of=_relieved(inputs),
            keep=kept.keep,
        )
        for name, added in found.items():
            level = inputs.terms.service_level(name)
            fared = fared_of(added, level, inputs.terms, inputs.horizon)
            evidence = kept.relative(name)
            made += keep_measurements(inputs, level, fared, evidence=evidence, by=by, as_of=as_of)
        kept.settle({each.service_level for each in made})
    return made


def _relieved(inputs: Inputs) -> dict[str, frozenset[str]]:
    """Return the items that are relieved of each level; a claim is made under one."""
    sources = {each.source for each in inputs.imports}
    return {
        level.id: items_of(of_level(inputs.relief, level.id), sources)
        for level in inputs.terms.service_levels
    }


def _enter(engagement: Engagement, made: list[Measurement], by: Viewer, as_of: datetime) -> None:
    windows = sorted({each.window for each in made})
    span = windows[0] if len(windows) == 1 else f"{windows[0]} to {windows[-1]}"
    enter(
        made[-1],
        f"Measured {span}: {len(made)} new measurements.",
        action="measure_service_levels",
        payload={
            each.public_id: f"{each.service_level} {each.window} "
            f"{each.numerator}/{each.denominator}"
            for each in made
        },
        chain=engagement,
        by=by,
        as_of=as_of,
    )
