"""The measurements of one measuring: those with news are stored, each after the one before."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from tallystick import __version__
from tallystick.engine.canonical import canonical_bytes, digest
from tallystick.engine.service_levels.measurement import Fared
from tallystick.engine.service_levels.measurement import Measurement as Measured
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.engine.service_levels.terms.goals import goal_text
from tallystick.engine.service_levels.terms.level import Overdue
from tallystick.engine.service_levels.windows import Window, windows_of
from tallystick.engine.values import moment
from tallystick.engine.zone_data import zone_data_version
from tallystick.records.agreements import Agreement
from tallystick.records.measurements import Measurement
from tallystick.records.relief import ReliefClaim, of_level, relief_digest
from tallystick.records.service_data import Import
from tallystick.records.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that the figures depend on."""

    agreement: Agreement
    terms: Terms
    imports: list[Import]
    horizon: int
    relief: list[ReliefClaim] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """Return what names these inputs, the engine and its time-zone data included."""
        named = {
            "agreement": self.agreement.digest,
            "imports": [each.digest for each in self.imports],
            "engine": __version__,
            "zone_data": zone_data_version(),
            "horizon": self.horizon,
        }
        named |= {"relief": relief_digest(self.relief)} if self.relief else {}
        return digest(canonical_bytes(named))

    def relief_in(self, level: ServiceLevel, window: Window) -> list[ReliefClaim]:
        """Return the approved claims that touch a window: its own, and those that reach into it."""
        windows = windows_of(self.terms, level.window)
        names = [each.text for each in windows]
        last = windows.index(window)
        carried = level.overdue is not Overdue.ONCE
        first = 0 if carried else max(last - level.window.reach + 1, 0)
        return [
            each
            for each in of_level(self.relief, level.id)
            if each.window in names[first : last + 1]
        ]


def keep_measurements(
    inputs: Inputs,
    level: ServiceLevel,
    fared: Iterable[Fared],
    *,
    evidence: str = "",
    by: Viewer,
    as_of: datetime,
) -> list[Measurement]:
    """
    Store what is new of a level's measurements, each given with the digest of how it fared.

    `evidence` is where the items stand; without it, what lies behind is shown from the imports.
    """
    windows = {window.text: window for window in windows_of(inputs.terms, level.window)}
    held = {
        each.window: each
        for each in inputs.agreement.measurements.filter(service_level=level.id, superseded_by=None)
    }
    made = []
    for measured, how in ((each.measurement, each.digest) for each in fared):
        before, window = held.get(measured.window), windows[measured.window]
        if before is None or before.evidence_digest != how or _has_moved(before, window):
            relief = inputs.relief_in(level, window)
            row = _row(inputs, measured, window, evidence, how, by, as_of)
            row.supersedes = before
            row.relief_digest = relief_digest(relief)
            row.save()
            row.imports.set(inputs.imports)
            row.relief.set(relief)
            made.append(row)
    return made


def _has_moved(before: Measurement, window: Window) -> bool:
    # The local midnights of a window move if the clocks of its zone turn out to have been others.
    return (before.window_start, before.window_end) != (moment(window.start), moment(window.end))


def _row(
    inputs: Inputs,
    measured: Measured,
    window: Window,
    evidence: str,
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
        evidence=evidence,
        evidence_digest=fared,
        engine_version=__version__,
        zone_data_version=zone_data_version(),
        data_until=moment(inputs.horizon),
        measured_at=as_of,
        measured_by=by.person,
    )
