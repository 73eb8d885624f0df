"""`tallystick measure`: an agreement, a file and a mapping -> measurements; no database."""

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from tallystick.cli.files import a_file
from tallystick.cli.measured import FORMATS, answer_of, exit_status
from tallystick.cli.moments import read_moment
from tallystick.engine.documents import read_document
from tallystick.engine.intake.mapping import read_mapping
from tallystick.engine.intake.reading import Reading, read_service_data
from tallystick.engine.intake.spans import spans_of
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.evidence import write_evidence
from tallystick.engine.service_levels.measure import measure
from tallystick.engine.service_levels.measurement import Measurement
from tallystick.engine.service_levels.tally import tally
from tallystick.engine.service_levels.terms import Agreement, ServiceLevel
from tallystick.engine.service_levels.windows import read_window, windows_of
from tallystick.engine.values import Spans, seconds


@dataclass(frozen=True, slots=True)
class Measuring:
    """One call's inputs, read and validated."""

    agreement: Agreement
    reading: Reading
    spans: Spans
    as_of: int
    window: str | None
    evidence: Path | None

    def levels(self) -> list[Measurement]:
        """Return the measurements of every service level, in the agreement's order."""
        return [found for level in self.agreement.service_levels for found in self._level(level)]

    def _level(self, level: ServiceLevel) -> list[Measurement]:
        outcomes = measure(self.spans, level, self.agreement, self.as_of)
        if self.evidence is not None:
            for suffix in (".parquet", ".csv"):
                path = self.evidence / f"{level.id}{suffix}"
                write_evidence(outcomes, windows_of(self.agreement, level.window), path)
        chosen = read_window(self.window, self.agreement, level) if self.window else None
        return tally(outcomes, level, self.agreement, self.as_of, window=chosen)


def _horizon(spans: Spans) -> int:
    # What the file does not know of has not happened; so the answer never depends on today.
    return int(spans.since.max()) + 1 if len(spans.since) else seconds(datetime.now(UTC))


def _counts(reading: Reading) -> dict[str, Any]:
    return {
        "digest": reading.digest,
        "read": reading.read,
        "accepted": reading.accepted,
        "rejected": len(reading.rejected),
        "unchanged": reading.unchanged,
    }


def _say_rejected(reading: Reading) -> None:
    if not reading.rejected:
        return
    first = reading.rejected[0]
    click.echo(
        f"{len(reading.rejected)} of {reading.read} rows were rejected; the first is line "
        f"{first.line}: {first.reason.sentence}",
        err=True,
    )


@click.command(
    name="measure",
    epilog="""\b
Example:
  tallystick measure examples/agreements/volvo-incidents.yaml \\
      --data incidents.csv.gz --mapping examples/mappings/volvo-incidents.yaml \\
      --window 2012-03 --format json --evidence build/evidence""",
)
@click.argument("agreement", type=a_file())
@click.option("--data", required=True, type=a_file(), help="CSV or XLSX, plain or .gz.")
@click.option("--mapping", required=True, type=a_file(), help="What the columns mean (YAML).")
@click.option("--window", help="One month, such as 2012-03; by default every month of the term.")
@click.option(
    "--as-of",
    help="Judge open items at this instant, such as 2012-06-01T00:00Z; by default at the last "
    "change in the data.",
)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="table")
@click.option(
    "--evidence",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write one row per item and service level here, as Parquet and CSV.",
)
def command(
    agreement: Path,
    data: Path,
    mapping: Path,
    window: str | None,
    as_of: str | None,
    form: str,
    evidence: Path | None,
) -> None:
    """
    Measure the service levels of AGREEMENT from a file of service data.

    Exit status: 0 nothing missed, 1 a level missed, 2 the input was refused.
    """
    terms = read_agreement(read_document(agreement))
    reading = read_service_data(data, read_mapping(read_document(mapping)))
    spans = spans_of(reading.changes)
    instant = seconds(read_moment(as_of)) if as_of else _horizon(spans)
    measuring = Measuring(terms, reading, spans, instant, window, evidence)
    found = measuring.levels()
    _say_rejected(reading)
    click.echo(FORMATS[form](answer_of(terms, [_counts(reading)], found)))
    sys.exit(exit_status(found))
