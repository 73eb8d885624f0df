"""Checkpoints by mail, against a real mail server."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from socket import socket
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tallystick.actions.mail_checkpoints import MailIsOff, mail_checkpoints
from tallystick.engine.ledger.verifying import Handed, verify_export
from tallystick.records.ledger import Checkpoint, LedgerEntry
from tallystick.records.ledger_exports import lines_under
from tallystick.records.organisations import Membership
from tallystick.site.mail import OFF, mail_settings
from tests.actions.test_measure_and_state import a_statement
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.django_db


class Kept:
    """A mail server's handler that keeps what it is handed."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take a mail."""
        content = envelope.original_content or b""
        mail = message_from_bytes(content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 taken"

    def to(self, address: str) -> list[str]:
        """Return the words of every mail to an address."""
        return [mail.get_content() for mail in self.mails if mail["To"] == address]


@pytest.fixture
def server(settings: Any) -> Iterator[Kept]:
    """Give a mail server that the installation is set to use."""
    kept = Kept()
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    for name, value in mail_settings(f"smtp://127.0.0.1:{port}", "tally@example.org").items():
        setattr(settings, name, value)
    yield kept
    controller.stop()


def test_each_who_signs_gets_the_heads_of_their_own_ledgers(
    server: Kept, cast: Cast, home: Path
) -> None:
    statement = a_statement(cast, home)

    sent = mail_checkpoints(as_of=TODAY)

    (words,) = server.to(cast.ada.person.email)
    head = Checkpoint.objects.filter(engagement=statement.engagement).latest("size")
    assert head.note in words.replace("\r\n", "\n")
    assert sent == len(server.mails)
    assert {mail["From"] for mail in server.mails} == {"tally@example.org"}
    # Neither evaluators nor another provider's people are told that there is a ledger.
    assert server.to(cast.eva.person.email) == []
    assert not any(statement.engagement.name in each for each in server.to(cast.dan.person.email))


def test_a_mailed_head_shows_what_is_missing_later(server: Kept, cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    mail_checkpoints(as_of=TODAY)
    (words,) = server.to(cast.ada.person.email)
    origin = "tallystick/engagement/" + statement.engagement.public_id
    note = f"{origin}\n" + words.replace("\r\n", "\n").split(f"{origin}\n", 1)[1]
    handed = Checkpoint.objects.filter(engagement=statement.engagement)
    entries = LedgerEntry.objects.filter(engagement=statement.engagement)
    lines = list(lines_under(handed.latest("size"), entries, handed))

    whole = verify_export(lines, [Handed(note, "the mail")])
    shorter = verify_export(lines[:-1], [Handed(note, "the mail")])

    assert whole.sound
    assert "ROLLED BACK" in shorter.faults[0].sentence


def test_who_has_left_by_then_gets_none(server: Kept, cast: Cast, home: Path) -> None:
    a_statement(cast, home)
    Membership.objects.filter(person=cast.ada.person).update(ended_at=TODAY - timedelta(hours=1))

    mail_checkpoints(as_of=TODAY)

    assert server.to(cast.ada.person.email) == []


def test_without_a_mail_server_nothing_is_sent(settings: Any, cast: Cast, home: Path) -> None:
    settings.EMAIL_BACKEND = mail_settings("", "")["EMAIL_BACKEND"]
    assert settings.EMAIL_BACKEND == OFF

    with pytest.raises(MailIsOff) as refused:
        mail_checkpoints(as_of=TODAY)

    assert refused.value.place == "TALLYSTICK_MAIL"


@pytest.mark.parametrize(
    ("address", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.org", 25, False, False),
        ("smtp+tls://me:p%40ss@mail.example.org", 587, True, False),
        ("smtps://me:p%40ss@mail.example.org:4650", 4650, False, True),
    ],
)
def test_the_address_says_how_the_server_is_spoken_to(
    address: str, port: int, tls: bool, ssl: bool
) -> None:
    found = mail_settings(address, "")

    assert found["EMAIL_PORT"] == port
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (tls, ssl)
    assert found["EMAIL_HOST_PASSWORD"] == ("p@ss" if "p%40ss" in address else "")
    assert found["DEFAULT_FROM_EMAIL"] == "tallystick@mail.example.org"


@pytest.mark.parametrize("address", ["http://mail.example.org", "mail.example.org", "smtp://"])
def test_another_kind_of_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="TALLYSTICK_MAIL is smtp"):
        mail_settings(address, "")
