"""`tallystick store`: a file of service data -> a directory of buckets; no database."""

from pathlib import Path

import click

from tallystick.cli.files import a_file
from tallystick.engine.documents import read_document
from tallystick.engine.intake.mapping import read_mapping
from tallystick.engine.intake.staged import settle, staged
from tallystick.engine.refusals import Refusal


class AlreadyThere(Refusal):
    """Stored data are never written over."""

    code = "store.already-there"


@click.command(
    name="store",
    epilog="""\b
Example:
  tallystick store incidents.csv.gz --mapping examples/mappings/volvo-incidents.yaml \\
      --into build/incidents
  tallystick measure-stored examples/agreements/volvo-incidents.yaml build/incidents""",
)
@click.argument("data", type=a_file())
@click.option("--mapping", required=True, type=a_file(), help="What the columns mean (YAML).")
@click.option(
    "--into",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The directory to make; it must not be there.",
)
def command(data: Path, mapping: Path, into: Path) -> None:
    """
    Store DATA, a CSV, XLSX or Parquet file, in buckets that are measured one by one.

    Exit status: 0 stored, 2 the input was refused.
    """
    if into.exists():
        raise AlreadyThere(
            f"{into} is there already", place="--into", remedy="Name a directory that is not."
        )
    with staged(data, read_mapping(read_document(mapping)), into) as read:
        stored = settle(read, [], into)
    click.echo(
        f"{stored.read} rows read = {stored.accepted} accepted + {stored.rejected} rejected + "
        f"{stored.unchanged} unchanged; {stored.manifest.items} items in "
        f"{stored.manifest.buckets} buckets."
    )
