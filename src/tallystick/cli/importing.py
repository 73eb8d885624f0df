"""`tallystick import`: a file of service data into an engagement."""

from datetime import UTC, datetime
from pathlib import Path

import click

from tallystick.actions.import_service_data import import_service_data
from tallystick.cli.files import a_file
from tallystick.cli.moments import read_moment
from tallystick.engine.documents import read_document
from tallystick.engine.intake.mapping import Mapping, read_mapping
from tallystick.engine.refusals import Refusal
from tallystick.engine.signals import open_words
from tallystick.records.engagements import Engagement
from tallystick.records.held import Rehearsal, rehearse
from tallystick.records.people import Person, viewer_of
from tallystick.records.service_data import Import
from tallystick.records.signals import open_outages
from tallystick.records.viewer import Viewer


class NobodySuch(Refusal):
    """The person is unknown or belongs to no organisation."""

    code = "import.unknown-person"


class NoSuchEngagement(Refusal):
    """The engagement does not exist for this person."""

    code = "import.unknown-engagement"


def _viewer(email: str) -> Viewer:
    person = Person.objects.filter(email__iexact=email).first()
    viewer = viewer_of(person) if person else None
    if viewer is None:
        raise NobodySuch(
            f"nobody with the address {email} belongs to an organisation",
            place="--by",
            remedy="Name a person who can sign in.",
        )
    return viewer


def _engagement(name: str, viewer: Viewer) -> Engagement:
    visible = Engagement.objects.visible_to(viewer)
    found = visible.filter(public_id=name).first() or visible.filter(name__iexact=name).first()
    if found is None:
        raise NoSuchEngagement(
            f"{viewer.person.email} has no engagement {name!r}",
            place="--engagement",
            remedy="Give the name or the id from the engagement's address.",
        )
    return found


def _say(what: str, counts: Import | Rehearsal, without_end: int) -> None:
    click.echo(
        f"{what}: {counts.read} rows read = {counts.accepted} accepted + {counts.rejected} "
        f"rejected + {counts.unchanged} unchanged."
    )
    if without_end:
        click.echo(open_words(without_end))


def _rehearse(engagement: Engagement, data: Path, mapping: Mapping) -> None:
    run = rehearse(engagement, data, mapping)
    _say("Dry run", run, run.open_outages)
    for row in run.account.rejected[:10]:
        click.echo(f"  line {row.line}: {row.reason.sentence}")


def _commit(
    engagement: Engagement, data: Path, mapping: Mapping, complete_until: str | None, by: Viewer
) -> Import:
    return import_service_data(
        engagement=engagement,
        path=data,
        file_name=data.name,
        mapping=mapping,
        complete_until=read_moment(complete_until) if complete_until else None,
        by=by,
        as_of=datetime.now(UTC),
    )


@click.command(
    name="import",
    epilog="""\b
Example:
  tallystick import incidents.csv.gz --engagement "Service desk" \\
      --mapping examples/mappings/volvo-incidents.yaml --by ada@example.org --dry-run""",
)
@click.argument("data", type=a_file())
@click.option("--engagement", required=True, help="Its name, or the id in its address.")
@click.option("--mapping", required=True, type=a_file(), help="What the columns mean (YAML).")
@click.option(
    "--complete-until",
    help="When the export was drawn, such as 2026-04-02T06:00Z; by default its last change.",
)
@click.option("--by", required=True, help="The e-mail address of the person who imports.")
@click.option("--dry-run", is_flag=True, help="Read and compare; store nothing.")
def command(
    data: Path,
    engagement: str,
    mapping: Path,
    complete_until: str | None,
    by: str,
    dry_run: bool,
) -> None:
    """
    Import DATA, a CSV or XLSX file of service data, plain or .gz, or a Parquet file.

    The same file again changes nothing and says so. Exit status: 0 done, 2 refused.
    """
    viewer = _viewer(by)
    target = _engagement(engagement, viewer)
    meaning = read_mapping(read_document(mapping))
    if dry_run:
        _rehearse(target, data, meaning)
        return
    stored = _commit(target, data, meaning, complete_until, viewer)
    _say("Imported", stored, open_outages(stored))
    if stored.accepted == 0:
        click.echo("Nothing changed: every row that could be read was here already.")
