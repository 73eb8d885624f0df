"""`tallystick measure`: an agreement, files and mappings -> measurements; no database."""

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import click

from tallystick.cli.files import a_file, whole_folder
from tallystick.cli.measured import FORMATS, answer_of, exit_status
from tallystick.cli.moments import read_moment
from tallystick.cli.progress import Progress
from tallystick.cli.sources import Sources, read_sources
from tallystick.engine.documents import read_document
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.availability import (
    judged,
    measure_availability,
    show_availability,
    terms_of,
    write_intervals,
)
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
from tallystick.engine.service_levels.terms import Agreement, MeasureKind, ServiceLevel
from tallystick.engine.service_levels.windows import read_window, windows_of
from tallystick.engine.values import Spans, seconds

SUFFIXES = (".parquet", ".csv")


class NothingToMeasure(Refusal):
    """The files hold nothing that the agreement measures."""

    code = "measure.nothing-to-measure"


@dataclass(frozen=True, slots=True)
class Measuring:
    """One call's inputs, read and validated."""

    agreement: Agreement
    sources: Sources
    claims: tuple[Claim, ...]

    def levels(self, evidence: Path | None, progress: Progress) -> list[Measurement]:
        """Return the measurements of every level there are data for, in every window, in order."""
        found: list[Measurement] = []
        levels, since = measurable(self.agreement, self.sources), progress.clock()
        rows = sum(account.read for account in self.sources.accounts)
        for number, (level, as_of) in enumerate(levels):
            progress.levels(number, len(levels), rows, since)
            if level.measure is MeasureKind.AVAILABILITY:
                found += self._availability(level, as_of, evidence)
            elif self.sources.spans is not None:
                found += self._items(self.sources.spans, level, as_of, evidence)
        return found

    def _items(
        self, spans: Spans, level: ServiceLevel, as_of: int, evidence: Path | None
    ) -> list[Measurement]:
        relieved = relieved_of(self.claims, level.id)
        outcomes = measure(spans, level, self.agreement, as_of, relieved)
        if evidence is not None:
            for suffix in SUFFIXES:
                path = evidence / f"{level.id}{suffix}"
                write_evidence(outcomes, windows_of(self.agreement, level.window), path)
        return tally(outcomes, level, self.agreement, as_of)

    def _availability(
        self, level: ServiceLevel, as_of: int, evidence: Path | None
    ) -> list[Measurement]:
        terms, calendar = terms_of(level), self.agreement.calendar_of(level)
        signals = self.sources.signals[terms.from_]
        windows = windows_of(self.agreement, level.window)
        found = measure_availability(signals, terms, calendar, windows, as_of)
        if evidence is not None:
            begun = [window for window in windows if window.start < as_of]
            shown = [show_availability(signals, terms, calendar, each, as_of) for each in begun]
            for suffix in SUFFIXES:
                write_intervals(shown, evidence / f"{level.id}{suffix}")
        return [each.measurement for each in judged(found, level, self.agreement, as_of)]


def measurable(agreement: Agreement, sources: Sources) -> list[tuple[ServiceLevel, int]]:
    """
    Return the levels that there are data for, each with the instant up to which it is measured.

    Raises:
        NothingToMeasure: if there is none.
    """
    known = [(level, sources.horizon(level)) for level in agreement.service_levels]
    found = [(level, horizon) for level, horizon in known if horizon is not None]
    if not found:
        raise NothingToMeasure(
            "no service level is measured from what the files hold",
            place="--data",
            remedy="Give the kind of data that the agreement names, such as its probes.",
        )
    return found


def _in_window(
    found: Sequence[Measurement], text: str | None, agreement: Agreement
) -> list[Measurement]:
    if text is None:
        return list(found)
    names = {
        level.id: read_window(text, agreement, level).text for level in agreement.service_levels
    }
    return [each for each in found if each.window == names[each.service_level]]


def _claims(path: Path | None, agreement: Agreement, spans: Spans | None) -> tuple[Claim, ...]:
    if path is None:
        return ()
    claims = read_claims(read_document(path))
    check_claims(claims, agreement, spans.ids if spans else ())
    return claims


@click.command(
    name="measure",
    epilog="""\b
Example:
  tallystick measure examples/agreements/volvo-incidents.yaml \\
      --data incidents.csv.gz --mapping examples/mappings/volvo-incidents.yaml \\
      --window 2012-03 --format json --evidence build/evidence""",
)
@click.argument("agreement", type=a_file())
@click.option(
    "--data",
    required=True,
    multiple=True,
    type=a_file(),
    help="CSV or XLSX, plain or .gz; or Parquet. Give it again for another kind of data.",
)
@click.option(
    "--mapping",
    required=True,
    multiple=True,
    type=a_file(),
    help="What the columns mean (YAML); one for each --data, in the same order.",
)
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
    data: tuple[Path, ...],
    mapping: tuple[Path, ...],
    window: str | None,
    as_of: str | None,
    form: str,
    evidence: Path | None,
    relief: Path | None,
) -> None:
    """
    Measure the service levels of AGREEMENT from files of service data.

    Availability is measured from a file of its kind (probes, service states or outages), every
    other level from a file of items. A level without its kind of data is left out.

    Exit status: 0 nothing missed, 1 a level missed, 2 the input was refused.
    """
    terms = read_agreement(read_document(agreement))
    _in_window((), window, terms)
    progress = Progress()
    instant = seconds(read_moment(as_of)) if as_of else None
    sources = read_sources(data, mapping, instant, progress.rows)
    measuring = Measuring(terms, sources, _claims(relief, terms, sources.spans))
    with whole_folder(evidence) if evidence else nullcontext() as folder:
        every = measuring.levels(folder, progress)
    progress.end()
    found = _in_window(every, window, terms)
    notes = notes_up_to(terms, every, min(sources.horizons.values()))
    chosen = [note for note in notes if window in {None, note.window}]
    sources.say_rejected()
    click.echo(FORMATS[form](answer_of(terms, sources.counts, found, chosen)))
    sys.exit(exit_status(found))
