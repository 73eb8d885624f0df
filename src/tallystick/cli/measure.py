"""`tallystick measure`: an agreement, a file and a mapping -> measurements; no database."""

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from tallystick.cli.files import a_file, whole_folder
from tallystick.cli.measured import FORMATS, answer_of, exit_status
from tallystick.cli.moments import read_moment
from tallystick.cli.progress import Progress
from tallystick.engine.documents import read_document
from tallystick.engine.intake.mapping import read_mapping
from tallystick.engine.intake.reading import Reading, read_service_data
from tallystick.engine.intake.spans import spans_of
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.credits.agreed import notes_up_to
from tallystick.engine.service_levels.evidence import write_evidence
from tallystick.engine.service_levels.measure import measure
from tallystick.engine.service_levels.measurement import Measurement
from tallystick.engine.service_levels.relief import (
    Claim,
    check_claims,
    read_claims,
    relieved_of,
)
from tallystick.engine.service_levels.tally import tally
from tallystick.engine.service_levels.terms import Agreement, ServiceLevel
from tallystick.engine.service_levels.windows import read_window, windows_of
from tallystick.engine.values import Spans, seconds


@dataclass(frozen=True, slots=True)
class Measuring:
    """One call's inputs, read and validated."""

    agreement: Agreement
    spans: Spans
    as_of: int
    claims: tuple[Claim, ...]

    def levels(self, evidence: Path | None, progress: Progress) -> list[Measurement]:
        """Return the measurements of every service level in every window, in order."""
        found: list[Measurement] = []
        levels, since = self.agreement.service_levels, progress.clock()
        for number, level in enumerate(levels):
            progress.levels(number, len(levels), len(self.spans.since), since)
            found += self._level(level, evidence)
        return found

    def _level(self, level: ServiceLevel, evidence: Path | None) -> list[Measurement]:
        relieved = relieved_of(self.claims, level.id)
        outcomes = measure(self.spans, level, self.agreement, self.as_of, relieved)
        if evidence is not None:
            for suffix in (".parquet", ".csv"):
                path = evidence / f"{level.id}{suffix}"
                write_evidence(outcomes, windows_of(self.agreement, level.window), path)
        return tally(outcomes, level, self.agreement, self.as_of)


def _in_window(
    found: Sequence[Measurement], text: str | None, agreement: Agreement
) -> list[Measurement]:
    if text is None:
        return list(found)
    names = {
        level.id: read_window(text, agreement, level).text for level in agreement.service_levels
    }
    return [each for each in found if each.window == names[each.service_level]]


def _claims(path: Path | None, agreement: Agreement, spans: Spans) -> tuple[Claim, ...]:
    if path is None:
        return ()
    claims = read_claims(read_document(path))
    check_claims(claims, agreement, spans.ids)
    return claims


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
@click.option("--data", required=True, type=a_file(), help="CSV or XLSX, plain or .gz; or Parquet.")
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
@click.option(
    "--relief",
    type=a_file(),
    help="Claims for relief (YAML); the items of approved ones count nowhere.",
)
def command(
    agreement: Path,
    data: Path,
    mapping: Path,
    window: str | None,
    as_of: str | None,
    form: str,
    evidence: Path | None,
    relief: Path | None,
) -> None:
    """
    Measure the service levels of AGREEMENT from a file of service data.

    Exit status: 0 nothing missed, 1 a level missed, 2 the input was refused.
    """
    terms = read_agreement(read_document(agreement))
    _in_window((), window, terms)
    progress = Progress()
    reading = read_service_data(data, read_mapping(read_document(mapping)), progress=progress.rows)
    spans = spans_of(reading.changes)
    instant = seconds(read_moment(as_of)) if as_of else _horizon(spans)
    measuring = Measuring(terms, spans, instant, _claims(relief, terms, spans))
    with whole_folder(evidence) if evidence else nullcontext() as folder:
        every = measuring.levels(folder, progress)
    progress.end()
    found = _in_window(every, window, terms)
    notes = notes_up_to(terms, every, instant)
    chosen = [note for note in notes if window in {None, note.window}]
    _say_rejected(reading)
    click.echo(FORMATS[form](answer_of(terms, [_counts(reading)], found, chosen)))
    sys.exit(exit_status(found))
