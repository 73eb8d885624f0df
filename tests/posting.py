"""A real mail server for tests, and what tests of mail share."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from socket import socket
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tallystick.actions.mail_words import Links
from tallystick.site.mail import mail_settings

LINKS = Links(
    page=lambda route, key: f"https://tally.example.org/{route}/{key}/",
    inbox="https://tally.example.org/inbox/",
    preferences="https://tally.example.org/inbox/mail/",
    stop=lambda token: f"https://tally.example.org/no-mail/{token}/",
)


class Kept:
    """A mail server's handler that keeps what it is handed, and refuses whom it is told to."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refused: set[str] = set()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        """Take an address, or refuse it."""
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take a mail."""
        mail = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 taken"

    def to(self, address: str) -> list[str]:
        """Return the plain words of every mail to an address."""
        return [text_of(mail) for mail in self.mails if mail["To"] == address]


def text_of(mail: EmailMessage) -> str:
    """Return a mail's plain text."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def a_free_port() -> int:
    """Return a port that nobody listens at."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def use(settings: Any, port: int) -> None:
    """Set the installation to a mail server at a port of this machine."""
    for name, value in mail_settings(f"smtp://127.0.0.1:{port}", "tally@example.org").items():
        setattr(settings, name, value)


@contextmanager
def a_server(kept: Kept, port: int) -> Iterator[Kept]:
    """Run a mail server for as long as the block lasts."""
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield kept
    finally:
        controller.stop()
