"""`tallystick ledger erase`: take away what an entry tells, and leave the entry."""

from datetime import UTC, datetime

import click

from tallystick.actions.erase_content import erase_content
from tallystick.cli.ledger.named import NoSuchLedger, engagement_named
from tallystick.records.ledger import LedgerEntry, origin_of


@click.command(
    name="erase",
    epilog="""\b
Example:
  tallystick ledger erase "Service desk" 12 --reason "Erasure of personal data asked for." """,
)
@click.argument("engagement")
@click.argument("number", type=click.IntRange(min=1))
@click.option("--reason", required=True, help="Entered in the ledger, for both parties.")
def command(engagement: str, number: int, reason: str) -> None:
    """
    Erase what entry NUMBER of the ledger of ENGAGEMENT tells; the ledger still verifies.

    Copies that the parties exported keep it. Exit status: 0 done, 2 refused.
    """
    chain = engagement_named(engagement)
    entry = LedgerEntry.objects.filter(chain=origin_of(chain), seq=number).first()
    if entry is None:
        raise NoSuchLedger(
            f"there is no entry {number}", place="NUMBER", remedy="See the engagement's history."
        )
    done = erase_content(entry=entry, reason=reason, as_of=datetime.now(UTC))
    click.echo(f"Erased; entry {done.seq} says so.")
