"""`tallystick measure-stored`: an agreement and stored buckets -> measurements; no database."""

import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from tallystick.cli.files import a_file
from tallystick.cli.measured import FORMATS, answer_of, exit_status
from tallystick.cli.moments import read_moment
from tallystick.engine.documents import read_document
from tallystick.engine.intake.buckets import (
    Wanted,
    attributes_of,
    bucket_count,
    read_buckets,
    read_manifest,
)
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.asked import attributes_asked
from tallystick.engine.service_levels.credits.agreed import notes_up_to
from tallystick.engine.service_levels.many import Added, measure_buckets
from tallystick.engine.service_levels.tally import measurements_of
from tallystick.engine.service_levels.terms import Agreement
from tallystick.engine.values import seconds


class SparkMissing(Refusal):
    """Apache Spark is an extra."""

    code = "measure.spark-missing"


class NothingStored(Refusal):
    """A directory holds no buckets."""

    code = "measure.nothing-stored"


def _horizon(directories: Sequence[Path]) -> int:
    known = [read_manifest(each).last_at for each in directories]
    last = max((instant for instant in known if instant is not None), default=None)
    if last is None:
        raise NothingStored(
            "no row is stored there",
            place=str(directories[0]),
            remedy="Store a file of service data first: tallystick store.",
        )
    return last + 1


def _check(directories: Sequence[Path]) -> None:
    for each in directories:
        if not (each / "manifest.json").is_file():
            raise NothingStored(
                f"{each} holds no buckets",
                place=str(each),
                remedy="Name a directory that `tallystick store` made.",
            )


def _on_spark(
    master: str, directories: Sequence[Path], agreement: Agreement, as_of: int
) -> dict[str, Added]:
    try:
        from tallystick.engine.spark.measuring import Work, measure_on_spark  # noqa: PLC0415
        from tallystick.engine.spark.session import open_session  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        raise SparkMissing(
            f"the package {missing.name} is not installed",
            place="--spark",
            remedy="Run `make setup-spark`; it needs Java 17.",
        ) from missing
    session = open_session(master)
    try:
        paths = tuple(str(each.resolve()) for each in directories)
        return measure_on_spark(session, [Work(paths, agreement, as_of)])[0]
    finally:
        session.stop()


@click.command(
    name="measure-stored",
    epilog="""\b
Example:
  tallystick measure-stored agreement.yaml build/january build/february --format csv
  tallystick measure-stored agreement.yaml build/january --spark spark://master:7077""",
)
@click.argument("agreement", type=a_file())
@click.argument(
    "directories",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option("--as-of", help="Judge open items at this instant; by default at the last change.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="table")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=os.cpu_count() or 1,
    help="Buckets measured at one time; each is in memory.",
)
@click.option("--spark", help="Measure on Apache Spark: local[2], or the address of a master.")
def command(
    agreement: Path,
    directories: tuple[Path, ...],
    as_of: str | None,
    form: str,
    workers: int,
    spark: str | None,
) -> None:
    """
    Measure AGREEMENT on DIRECTORIES that `tallystick store` made, oldest first.

    A later directory supersedes the items that it contains. Exit status as of `measure`.
    """
    _check(directories)
    terms = read_agreement(read_document(agreement))
    instant = seconds(read_moment(as_of)) if as_of else _horizon(directories)
    if spark:
        added = _on_spark(spark, directories, terms, instant)
    else:
        asked = attributes_asked(terms, attributes_of(directories))
        read = partial(read_buckets, directories, wanted=Wanted(asked, sources=False))
        count = bucket_count(directories)
        added = measure_buckets(read, count, terms, instant, fingerprints=False, workers=workers)
    found = [
        each
        for name, part in added.items()
        for each in measurements_of(part.summary, terms.service_level(name), terms, instant)
    ]
    click.echo(FORMATS[form](answer_of(terms, [], found, notes_up_to(terms, found, instant))))
    sys.exit(exit_status(found))
