"""Availability from one-minute probes, against a bare scan of the same file grouped by month."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.generated import FIRST, HOLIDAYS, SEED, agreement
from benchmarks.harness import Result, Sizes, at_most, side_by_side
from tallystick.engine.columnar import connect
from tallystick.engine.intake.manifest import write_told
from tallystick.engine.intake.probe_stream import probe_chunks
from tallystick.engine.intake.signals_store import FILE, read_signal_manifest
from tallystick.engine.service_levels.availability import Availability, measure_probes
from tallystick.engine.service_levels.terms import Calendar
from tallystick.engine.service_levels.terms.availability import AvailabilityTerms
from tallystick.engine.service_levels.windows import windows_of

# A third above what was measured when it was set, so that a slower way is noticed.
REACH = 2.0
MINUTES_OF_A_YEAR = 525_600
START = int(FIRST.timestamp())

# In a thousand minutes one is down, one is invalid and one is missing.
_PROBES = """
COPY (
    SELECT (i // {minutes})::INTEGER AS component,
           {start} + (i % {minutes}) * 60 + (hash(i + {seed}) % 40)::BIGINT AS since,
           since AS until,
           CASE hash(i * 7 + {seed}) % 1000 WHEN 0 THEN 2 WHEN 1 THEN 1 ELSE 0 END::TINYINT
               AS status,
           (-1)::BIGINT AS users, i + 2 AS line, 'sha256:made-up' AS origin
    FROM range({probes}) AS made(i) WHERE hash(i * 3 + {seed}) % 1000 > 0
) TO '{file}' (FORMAT parquet, COMPRESSION zstd)
"""
_COUNTS = "SELECT count(*) FROM read_parquet('{file}') GROUP BY component ORDER BY component"
_BARE = """
SELECT component, (since - {start}) // 2628000 AS month,
       count(*) FILTER (status = 0), count(*) FILTER (status = 2)
FROM read_parquet('{file}') GROUP BY component, month
"""


def write_probes(directory: Path, probes: int) -> None:
    """Write probes of as many components as have a year of minutes each, as an import does."""
    directory.mkdir(parents=True)
    components = max(1, probes // MINUTES_OF_A_YEAR)
    minutes = probes // components
    with connect() as connection:
        connection.execute(
            _PROBES.format(
                minutes=minutes,
                start=START,
                seed=SEED,
                probes=components * minutes,
                file=directory / FILE,
            )
        )
        counts = connection.execute(_COUNTS.format(file=directory / FILE)).fetchall()
    write_told(
        {
            "kind": "probes",
            "source": "bench",
            "components": [f"component-{number:04d}" for number in range(components)],
            "counts": [count for (count,) in counts],
            "first": START,
            "last": START + minutes * 60,
        },
        directory,
    )


def terms() -> AvailabilityTerms:
    """Return terms with a maintenance window in each month, of which notice was given."""
    return AvailabilityTerms.model_validate(
        {
            "from": "probes",
            "interval": "60s",
            "formula": "(T-M-D)/(T-M)",
            "maintenance": [
                {
                    "since": f"2024-{month:02d}-10T09:15",
                    "until": f"2024-{month:02d}-10T13:00",
                    "notice_given_on": f"2024-{month:02d}-02",
                }
                for month in range(1, 13)
            ],
        }
    )


def calendar() -> Calendar:
    """Return service hours from morning to evening on six days, with a break and holidays."""
    hours = {"mon-fri": ["06:00-12:30", "13:00-22:00"], "sat": ["08:00-14:00"]}
    return Calendar.model_validate({"zone": "Europe/Madrid", "hours": hours, "holidays": HOLIDAYS})


def measure(directory: Path) -> Availability:
    """Measure each month, of the service and of each component."""
    as_of = read_signal_manifest(directory).last
    return measure_probes(
        probe_chunks([directory], interval=60, as_of=as_of),
        terms(),
        calendar(),
        windows_of(agreement()),
        as_of,
    )


def scan(directory: Path) -> None:
    """Count the probes of each component and month by what they found."""
    with connect() as connection:
        connection.execute(_BARE.format(start=START, file=directory / FILE)).fetchnumpy()


def results(folder: Path, sizes: Sizes) -> Iterator[Result]:
    """Give the ratio."""
    directory = folder / "probes"
    write_probes(directory, sizes.probes)
    if not any(figure.down for figure in measure(directory).service):
        raise RuntimeError("no month has any downtime, so nothing was measured")
    ours, other = side_by_side(lambda: measure(directory), lambda: scan(directory), sizes.runs)
    yield at_most(
        "availability from probes / DuckDB scans and groups them",
        ours,
        other,
        REACH,
        unit="CPU seconds",
        note=f"{sizes.probes:,} one-minute probes from Parquet, by component and month. Ours knows "
        "service hours, holidays, maintenance, clock changes, gaps and calendar months, and the "
        "service as a whole; the scan knows twelfths of a year.",
    )
