"""A file and a mapping -> a SignalReading: what it tells of components, row by row."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tallystick.engine.intake.columns import Cells
from tallystick.engine.intake.limits import Limits
from tallystick.engine.intake.mapping import Mapping
from tallystick.engine.intake.parquet_cells import ROWS_AT_ONCE
from tallystick.engine.intake.reading import (
    Account,
    Progress,
    Told,
    WrongShape,
    each_part,
    fields_of,
    together,
    with_cells,
)
from tallystick.engine.intake.signal_rows import accept_signals
from tallystick.engine.intake.signal_sets import put_signals_together
from tallystick.engine.signals import Signals


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalReading(Account):
    """What a file of probes, states or outages says, read through a mapping."""

    signals: Signals


def read_signals(
    path: Path | str,
    mapping: Mapping,
    limits: Limits | None = None,
    progress: Progress | None = None,
    complete_until: int | None = None,
) -> SignalReading:
    """
    Read a file of probes, service states or outages, of any format that `read_service_data` reads.

    Rows after the instant `complete_until`, if it is known, are rejected.

    Raises:
        Refusal: as `read_service_data` does.
    """
    kind = mapping.form.signals
    if kind is None:
        raise WrongShape(
            f"the mapping is of {mapping.shape}, which tells of items, not of components",
            place="shape",
            remedy="Use a mapping of the shape probes, service-states or outages.",
        )
    path, limits = Path(path), limits or Limits()
    read = _reader(complete_until)
    with TemporaryDirectory(prefix="tallystick-") as folder:
        scratch = Path(folder) / "reading"
        parts = [*each_part(path, mapping, scratch, limits, progress, ROWS_AT_ONCE, read)]
    account = with_cells(together(parts), path, mapping, limits)
    signals = put_signals_together(kind, [part.signals for part in parts])
    return SignalReading(signals=signals, **fields_of(account))


def _reader(complete_until: int | None) -> Callable[[Cells, Told], SignalReading]:
    def reading(cells: Cells, told: Told) -> SignalReading:
        mapping = told.mapping
        accepted = accept_signals(cells, told.plan, mapping, told.digest, complete_until)
        return SignalReading(
            digest=told.digest,
            source=mapping.source,
            shape=mapping.shape,
            history=mapping.history,
            header=told.plan.header,
            delimiter=told.delimiter,
            read=cells.read,
            accepted=accepted.accepted,
            unchanged=accepted.repeated,
            rejected=accepted.rejected,
            signals=accepted.signals,
        )

    return reading
