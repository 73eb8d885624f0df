"""The words of mails: what is unread, by engagement, with the reason for each line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from itertools import groupby

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.html import format_html, format_html_join

from tallystick.engine.one_line import on_one_line
from tallystick.records.inbox import Entry
from tallystick.records.mail import Mail
from tallystick.records.people import Person

MOST_LINES = 100
"""A mail tells so many; the inbox has the rest."""


@dataclass(frozen=True, slots=True)
class Links:
    """Whole addresses, which only a door can make: of a page, and of the link that ends mail."""

    page: Callable[[str, str], str]
    inbox: str
    preferences: str
    stop: Callable[[str], str]


def digest_message(
    mail: Mail, person: Person, entries: Sequence[Entry], token: str, links: Links, *, more: bool
) -> EmailMultiAlternatives:
    """Return a digest: plain text, the same as simple HTML, and a link to end mail."""
    groups = _groups(entries)
    count = f"{len(entries)}{'+' if more else ''}"
    stop = links.stop(token)
    message = EmailMultiAlternatives(
        subject=f"Tallystick: {count} new in your inbox",
        body=_text(person, groups, links, stop, more=more),
        to=[person.email],
        headers=headers_of(mail, stop),
    )
    message.attach_alternative(_html(person, groups, links, stop, more=more), "text/html")
    return message


def headers_of(mail: Mail, stop: str) -> dict[str, str]:
    """Return what says which mail this is, that nobody wrote it, and how to end it (RFC 8058)."""
    return {
        # The same until it is known not to have arrived: a mail that comes twice is known by it.
        "Message-ID": f"<{mail.public_id}.{mail.failed}@{domain_of_mail()}>",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def mail_is_off() -> bool:
    """Return whether no mail server is set: nothing is queued then, and nothing sent."""
    return bool(settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"))


def domain_of_mail() -> str:
    """Return the domain of the sender: names of mails and of events are made of it."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def _groups(entries: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    ordered = sorted(entries, key=lambda each: each.engagement)
    return [(name, list(of)) for name, of in groupby(ordered, key=lambda each: each.engagement)]


def _text(
    person: Person,
    groups: Sequence[tuple[str, list[Entry]]],
    links: Links,
    stop: str,
    *,
    more: bool,
) -> str:
    # Whatever somebody else has named stands on one line: it adds none to a mail of ours.
    lines = [f"Hello {on_one_line(person.name)},", "", "this is new in your inbox.", ""]
    for name, entries in groups:
        lines += [on_one_line(name) or "Of no single engagement", ""]
        for each in entries:
            lines += [
                f"- {each.words}: {each.title}",
                f"  because {on_one_line(each.notification.reason)}",
                f"  {links.page(each.route, each.key)}",
                "",
            ]
    if more:
        lines += ["There is more in your inbox.", ""]
    lines += [f"Your inbox: {links.inbox}", f"How often you get mail: {links.preferences}"]
    return "\n".join([*lines, f"No more mail: {stop}", ""])


def _html(
    person: Person,
    groups: Sequence[tuple[str, list[Entry]]],
    links: Links,
    stop: str,
    *,
    more: bool,
) -> str:
    parts = format_html_join(
        "",
        "<h2>{}</h2><ul>{}</ul>",
        (
            (
                name or "Of no single engagement",
                format_html_join(
                    "",
                    '<li>{}: <a href="{}">{}</a><br><small>because {}</small></li>',
                    (
                        (
                            each.words,
                            links.page(each.route, each.key),
                            each.title,
                            each.notification.reason,
                        )
                        for each in entries
                    ),
                ),
            )
            for name, entries in groups
        ),
    )
    return format_html(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Your inbox</title>'
        "</head><body><p>Hello {},</p><p>this is new in your inbox.</p>{}<p>{}</p>"
        '<p><a href="{}">Your inbox</a> · <a href="{}">How often you get mail</a> · '
        '<a href="{}">No more mail</a></p></body></html>',
        person.name,
        parts,
        "There is more in your inbox." if more else "",
        links.inbox,
        links.preferences,
        stop,
    )
