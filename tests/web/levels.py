"""What the tests of service-level pages share: agreements of every kind, measured."""

from pathlib import Path
from typing import Any

from tallystick.actions.measure_service_levels import measure_service_levels
from tallystick.engine.intake.mapping import read_mapping
from tallystick.records.agreements import Agreement
from tallystick.records.measurements import Measurement
from tests.actions.test_import_service_data import import_text
from tests.actions.test_measure_and_state import an_agreement
from tests.cast import EVENT_LOG, EVENT_LOG_MAPPING, TODAY, Cast, an_engagement

CREDITS: dict[str, Any] = {
    "charges": {"currency": "EUR", "monthly": "100000.00"},
    "credits": {"at_risk": "10%", "terminations": [{"breaches": {"times": 1, "within": 12}}]},
}
CREDITED: dict[str, Any] = {
    "class": "critical-service-level",
    "minimum": "80%",
    "credit": {"allocation": "40%"},
}


def a_level(**changes: Any) -> dict[str, Any]:
    """Return the document of a resolution level of eight hours."""
    usual = {
        "id": "resolution",
        "name": "Resolution of incidents",
        "measure": "resolution-time",
        "calendar": "office",
        "targets": [{"limit": "8h"}],
        "target": "95%",
    }
    return {key: value for key, value in (usual | changes).items() if value is not None}


def a_measured_level(
    cast: Cast,
    home: Path,
    text: str = EVENT_LOG,
    document: Any = None,
    called: str = "Service desk",
    **level: Any,
) -> Agreement:
    """Return an agreement on one level, whose data is imported and measured."""
    engagement = an_engagement(name=called)
    stated = {"service_levels": [a_level(**level)]} | (document or {})
    agreement = an_agreement(engagement, cast, **stated)
    carried = text.partition("\n")[0].split(",")[3:]
    mapping = read_mapping(EVENT_LOG_MAPPING | {"attributes": {name: name for name in carried}})
    import_text(text, engagement, cast.cleo, home, mapping=mapping)
    measure_service_levels(engagement=engagement, by=cast.ben, as_of=TODAY)
    return agreement


def of_month(agreement: Agreement, window: str = "2026-03") -> Measurement:
    """Return the current measurement of a window."""
    return agreement.measurements.get(window=window, superseded_by=None)


def tickets(*resolved: tuple[str, int], **more: str) -> str:
    """Return an export of (day, hours until done) tickets, opened at nine in Berlin in winter."""
    head = ",".join(["number", "at", "state", "priority", *more])
    rest = "".join(f",{value}" for value in more.values())
    rows = [head]
    for n, (day, hours) in enumerate(resolved):
        rows.append(f"N{n},{day}T08:00:00Z,New,P1{rest}")
        if hours >= 0:
            rows.append(f"N{n},{day}T{8 + hours:02}:00:00Z,Done,P1{rest}")
    return "\n".join(rows) + "\n"
