"""`tallystick ledger mail`: the signed heads of all ledgers, to those who sign for each party."""

from datetime import UTC, datetime

import click

from tallystick.actions.mail_checkpoints import mail_checkpoints


@click.command(
    name="mail",
    epilog="""\b
Example, for once a day:
  TALLYSTICK_MAIL=smtp+tls://tally:secret@mail.example.org tallystick ledger mail""",
)
def command() -> None:
    """
    Mail both parties the signed heads of the ledgers that they share.

    Off unless TALLYSTICK_MAIL names a mail server. Exit status: 0 sent, 2 refused.
    """
    sent = mail_checkpoints(as_of=datetime.now(UTC))
    click.echo(f"{sent} mail{'s' * (sent != 1)} sent.")
