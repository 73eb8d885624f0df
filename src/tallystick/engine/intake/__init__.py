"""Raw rows -> histories of items, signals of components; each row accepted, or rejected and why."""

from tallystick.engine.intake.changes import Changes
from tallystick.engine.intake.docket import Reason, RejectedRow
from tallystick.engine.intake.limits import Limits
from tallystick.engine.intake.mapping import Mapping, mapping_schema, read_mapping
from tallystick.engine.intake.reading import Reading, read_service_data, write_rejected
from tallystick.engine.intake.signal_reading import SignalReading, read_signals
from tallystick.engine.intake.spans import spans_of

__all__ = [
    "Changes",
    "Limits",
    "Mapping",
    "Reading",
    "Reason",
    "RejectedRow",
    "SignalReading",
    "mapping_schema",
    "read_mapping",
    "read_service_data",
    "read_signals",
    "spans_of",
    "write_rejected",
]
