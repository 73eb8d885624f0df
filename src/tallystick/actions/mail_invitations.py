"""The words and the calendar part of an invitation."""

from email.mime.text import MIMEText
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from tallystick.actions.mail_words import Links, domain_of_mail, headers_of
from tallystick.engine.icalendars import Dated, Shown, invitation
from tallystick.engine.one_line import on_one_line
from tallystick.records.mail import Mail
from tallystick.records.people import Person


def invitation_message(
    mail: Mail, person: Person, dated: Dated, token: str, links: Links
) -> EmailMultiAlternatives:
    """Return an invitation, a change of one or its cancellation, as calendar programs read it."""
    page, stop = links.page(dated.route, dated.page_key), links.stop(token)
    what = "Cancelled" if dated.cancelled else "Invitation"
    title = on_one_line(f"{dated.title}, {dated.context}")
    message = EmailMultiAlternatives(
        subject=f"{what}: {title}",
        body=f"{title}\n\n{page}\n\nNo more mail: {stop}\n",
        to=[person.email],
        headers=headers_of(mail, stop),
    )
    organizer = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    shown = Shown(dated, page)
    content = invitation(shown, domain_of_mail(), organizer, (person.name, person.email))
    part = MIMEText(content.decode(), "calendar", "utf-8")
    part.set_param("method", "CANCEL" if dated.cancelled else "REQUEST")
    part.add_header("Content-Disposition", "attachment", filename="invitation.ics")
    message.attach(part)
    return message
