"""What links to questions share: a token that is told once, and one answer."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Generic, TypeVar

from tallystick.engine.refusals import Refusal
from tallystick.records.answer_links import AnswerLink

MOST_LINKS = 500
"""Of one team in one round."""
LONGEST_LABEL = 80

L = TypeVar("L", bound=AnswerLink)


class LinkClosed(Refusal):
    """The link is unknown, used, revoked, or its survey is over."""

    code = "survey.link-closed"


class LinkSpent(Refusal):
    """The link was used or revoked."""

    code = "survey.link-spent"


class TooManyLinks(Refusal):
    """A team has more links than a survey needs."""

    code = "survey.too-many-links"


@dataclass(frozen=True)  # without slots: a generic one may not have them
class Made(Generic[L]):
    """A link as it was made; `token` is told this once."""

    link: L
    token: str


def new_token() -> str:
    """Return a random token of 256 bits."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """Return what is stored of a token. It is random and long: no salt, no slow hash needed."""
    return sha256(token.encode()).hexdigest()


def demand_few(links: int) -> None:
    """
    Let a team have so many links and no more.

    Raises:
        TooManyLinks
    """
    if links >= MOST_LINKS:
        raise TooManyLinks(
            f"The team has {MOST_LINKS} links.", remedy="Hand out those that are not used."
        )


def spend(link: L | None, as_of: datetime) -> L:
    """
    Mark a link as used, which must be open; nothing says when.

    Raises:
        LinkClosed
    """
    if link is None or link.standing_at(as_of) != "open":
        raise LinkClosed(
            "This link takes no answer any more.", remedy="Ask whoever sent it for a new one."
        )
    link.is_used = True
    link.save(update_fields=["is_used"])
    return link


def close_link(link: AnswerLink, as_of: datetime) -> None:
    """
    Revoke a link that is neither used nor revoked.

    Raises:
        LinkSpent
    """
    if link.is_used or link.revoked_at:
        raise LinkSpent(
            f"The link was {'used' if link.is_used else 'revoked'}.", remedy="Nothing needs doing."
        )
    link.revoked_at = as_of
    link.save(update_fields=["revoked_at"])
