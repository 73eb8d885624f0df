"""Measure every service level of an engagement, in every window its data reaches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import tzdata
from django.db import transaction

from tallystick import __version__
from tallystick.actions.evidence_kept import kept_evidence
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.engine.canonical import canonical_bytes, digest
from tallystick.engine.intake.buckets import bucket_count, read_buckets
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.fingerprints import digest_of
from tallystick.engine.service_levels.many import Added, measure_buckets
from tallystick.engine.service_levels.measurement import Measurement as Measured
from tallystick.engine.service_levels.tally import measurements_of
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.engine.service_levels.terms.goals import goal_text
from tallystick.engine.service_levels.windows import Window, windows_of
from tallystick.engine.values import moment, seconds
from tallystick.records.agreements import Agreement, AgreementState
from tallystick.records.engagements import Engagement
from tallystick.records.held import directories_of, horizon_of, imports_of
from tallystick.records.measurements import Measurement
from tallystick.records.roles import Duty
from tallystick.records.service_data import Import
from tallystick.records.viewer import Viewer


class NothingImported(Refusal):
    """There is no service data."""

    code = "measurement.nothing-imported"


class NoAgreement(Refusal):
    """There is nothing to measure against."""

    code = "measurement.no-agreement"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that the figures depend on."""

    agreement: Agreement
    terms: Terms
    imports: list[Import]
    horizon: int

    @property
    def digest(self) -> str:
        """Return what names these inputs, the engine and its time-zone data included."""
        named = {
            "agreement": self.agreement.digest,
            "imports": [each.digest for each in self.imports],
            "engine": __version__,
            "zone_data": tzdata.IANA_VERSION,
            "horizon": self.horizon,
        }
        return digest(canonical_bytes(named))


@transaction.atomic
def measure_service_levels(
    *, engagement: Engagement, by: Viewer, as_of: datetime
) -> list[Measurement]:
    """
    Measure up to the last change that the data knows; return the measurements that are new.

    A window whose items fared as they did before keeps its measurement; any other gets a new
    one that supersedes it. Nothing is overwritten.

    Raises:
        NotPermitted, NothingImported, NoAgreement
    """
    require(by, Duty.MEASURE)
    engagement = Engagement.objects.select_for_update(of=("self",)).get(pk=engagement.pk)
    imports = imports_of(engagement)
    agreements = list(engagement.agreements.filter(state=AgreementState.IN_FORCE))
    _demand_something_to_measure(imports, agreements)
    horizon = min(seconds(horizon_of(imports) or as_of), seconds(as_of))
    made = [
        measurement
        for agreement in agreements
        for measurement in _measure(
            Inputs(agreement, read_agreement(agreement.document), imports, horizon),
            by,
            as_of,
        )
    ]
    if made:
        _enter(engagement, made, by, as_of)
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
            remedy="Import an export of the ticket system first.",
        )


def _measure(inputs: Inputs, by: Viewer, as_of: datetime) -> Iterable[Measurement]:
    directories = directories_of(inputs.imports)
    with kept_evidence(inputs.agreement, inputs.terms, inputs.digest) as kept:
        found = measure_buckets(
            partial(read_buckets, directories, sources=False),
            bucket_count(directories),
            inputs.terms,
            inputs.horizon,
            keep=kept.keep,
        )
        made = [
            measurement
            for name, added in found.items()
            for measurement in _store(inputs, name, added, kept.relative(name), by, as_of)
        ]
        kept.settle({each.service_level for each in made})
    return made


def _store(
    inputs: Inputs, name: str, added: Added, relative: str, by: Viewer, as_of: datetime
) -> list[Measurement]:
    level = inputs.terms.service_level(name)
    places = {
        window.text: (index, window)
        for index, window in enumerate(windows_of(inputs.terms, level.window))
    }
    held = {
        each.window: each
        for each in inputs.agreement.measurements.filter(service_level=name, superseded_by=None)
    }
    made = []
    for each in measurements_of(added.summary, level, inputs.terms, inputs.horizon):
        index, window = places[each.window]
        fared = _fared(added, level, index)
        before = held.get(each.window)
        if before is None or before.evidence_digest != fared:
            row = _row(inputs, each, window, relative, fared, by, as_of)
            row.supersedes = before
            row.save()
            row.imports.set(inputs.imports)
            made.append(row)
    return made


def _fared(added: Added, level: ServiceLevel, index: int) -> str:
    """Return the digest of what became of the items behind a window, those of a rolling one."""
    first = max(index - level.window.reach + 1, 0)
    return digest_of(added.prints[first : index + 1].sum(axis=0, keepdims=True), 0)


def _row(
    inputs: Inputs,
    measured: Measured,
    window: Window,
    relative: str,
    fared: str,
    by: Viewer,
    as_of: datetime,
) -> Measurement:
    return Measurement(
        engagement=inputs.agreement.engagement,
        agreement=inputs.agreement,
        service_level=measured.service_level,
        window=window.text,
        window_start=moment(window.start),
        window_end=moment(window.end),
        numerator=measured.numerator,
        denominator=measured.denominator,
        pending=measured.pending,
        count=measured.count,
        excluded=measured.excluded,
        relieved=measured.relieved,
        unmeasured=measured.unmeasured,
        unit=measured.target.unit,
        goal=goal_text(measured.target),
        minimum=goal_text(measured.minimum) if measured.minimum else "",
        verdict=measured.verdict,
        why=measured.why,
        reporting_only=measured.reporting_only,
        evidence=relative,
        evidence_digest=fared,
        engine_version=__version__,
        zone_data_version=tzdata.IANA_VERSION,
        data_until=moment(inputs.horizon),
        measured_at=as_of,
        measured_by=by.person,
    )


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
