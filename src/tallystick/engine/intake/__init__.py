"""Raw rows -> typed histories of work items; each row is accepted or rejected with a reason."""

from tallystick.engine.intake.changes import Changes
from tallystick.engine.intake.docket import Reason, RejectedRow
from tallystick.engine.intake.limits import Limits
from tallystick.engine.intake.mapping import Mapping, mapping_schema, read_mapping
from tallystick.engine.intake.reading import Reading, read_service_data, write_rejected
from tallystick.engine.intake.spans import spans_of

__all__ = [
    "Changes",
    "Limits",
    "Mapping",
    "Reading",
    "Reason",
    "RejectedRow",
    "mapping_schema",
    "read_mapping",
    "read_service_data",
    "spans_of",
    "write_rejected",
]
