"""Mail both parties the signed heads of their ledgers, out of the operator's reach."""

from collections import defaultdict
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from tallystick.actions.hand_checkpoint import hand_checkpoint
from tallystick.engine.refusals import Refusal
from tallystick.records.engagements import Engagement
from tallystick.records.ledger import Checkpoint, LedgerEntry
from tallystick.records.organisations import Membership
from tallystick.records.people import viewer_of
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

WORDS = """These are the signed heads of the ledgers that you share, as they stand now.

Keep this mail where whoever runs the server cannot change it. With any of the blocks below you can
show later whether something was changed, left out or rolled back:

    tallystick ledger verify EXPORT --checkpoint THIS-BLOCK.txt --key KEY.txt

The key is {key}
"""


class MailIsOff(Refusal):
    """The installation has no mail server."""

    code = "mail.off"


def mail_checkpoints(*, as_of: datetime) -> int:
    """
    Send each person who signs for a party the heads of its engagements; return how many mails.

    Who may see what is asked when it is sent, not before.

    Raises:
        MailIsOff: if no mail server is set.
        LedgerRewritten: if a ledger contradicts what was handed out before.
    """
    if settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        raise MailIsOff(
            "This installation sends no mail.",
            place="TALLYSTICK_MAIL",
            remedy="Name a mail server in it: smtp+tls://user:password@host:587.",
        )
    handed = [hand_checkpoint(engagement=each, by=None, as_of=as_of) for each in _engagements()]
    messages = [
        _message(viewer, [each for each in handed if each.pk in seen])
        for viewer, seen in _seen_by(handed).items()
    ]
    return get_connection().send_messages(messages) or 0


def _engagements() -> list[Engagement]:
    begun = LedgerEntry.objects.exclude(engagement=None).values("engagement")
    return list(Engagement.objects.filter(pk__in=begun).exclude(provider=None).order_by("pk"))


def _seen_by(handed: list[Checkpoint]) -> dict[Viewer, set[int]]:
    """Return which checkpoints each signatory may see now; whoever sees none gets no mail."""
    keys = [each.pk for each in handed]
    found: dict[Viewer, set[int]] = defaultdict(set)
    current = Membership.objects.filter(ended_at=None).select_related("person").order_by("pk")
    for membership in current:
        viewer = viewer_of(membership.person)
        if viewer is None or not viewer.may(Duty.SIGN_AGREEMENT):
            continue
        seen = set(
            Checkpoint.objects.visible_to(viewer).filter(pk__in=keys).values_list("pk", flat=True)
        )
        if seen:
            found[viewer] = seen
    return found


def _message(viewer: Viewer, handed: list[Checkpoint]) -> EmailMessage:
    blocks = [
        f"{each.engagement.name if each.engagement else ''}\n\n{each.note}" for each in handed
    ]
    return EmailMessage(
        subject=f"Ledger checkpoints of {viewer.organisation.name}",
        body="\n".join([WORDS.format(key=handed[0].key), *blocks]),
        to=[viewer.person.email],
    )
