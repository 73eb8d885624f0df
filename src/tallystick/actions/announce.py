"""Tell people of something that happened: one entry in the inbox of each, with the reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tallystick.engine.guardrails.stages import Stage
from tallystick.records.audience import Record
from tallystick.records.engagements import Engagement
from tallystick.records.notices import NOTICES, NoticeKind
from tallystick.records.notifications import Notification
from tallystick.records.organisations import Membership, Organisation
from tallystick.records.people import Person
from tallystick.records.posts import Post, Staffing
from tallystick.records.roles import MAY, Duty, Side
from tallystick.records.viewer import Viewer

BATCH = 500


@dataclass(frozen=True, slots=True)
class Hearer:
    """Somebody to tell, and why: the reason completes “because …”."""

    person: Person
    reason: str


def hearers(people: Iterable[Person | None], reason: str) -> list[Hearer]:
    """Return people to tell, all for one reason; nobody where there is none."""
    return [Hearer(each, reason) for each in people if each is not None]


def holders(posts: Iterable[Post]) -> list[Hearer]:
    """Return who speaks for each post today: the holder, or whoever stands in."""
    known = list(posts)
    staffing = Staffing({each.engagement for each in known})
    return [each for post in known for each in _speaker(post, staffing)]


def who_may(duty: Duty, engagement: Engagement, *sides: Side) -> list[Hearer]:
    """Return whose role carries a duty, on the sides of an engagement; on both if none is named."""
    wanted = sides or tuple(Side)
    parties: list[Organisation | None] = [
        engagement.client if side is Side.CLIENT else engagement.provider for side in wanted
    ]
    rows = Membership.objects.filter(
        organisation__in=[each for each in parties if each],
        ended_at=None,
        role__in=[role.value for role in MAY[duty]],
    ).select_related("person")
    return [Hearer(each.person, f"your role may {duty}") for each in rows.order_by("id")]


@transaction.atomic
def announce(
    kind: NoticeKind,
    subject: Record,
    *,
    to: Iterable[Hearer],
    engagement: Engagement | None = None,
    by: Viewer | None,
    as_of: datetime,
) -> int:
    """
    Tell people of one thing; return how many were not told of it before on this day.

    Never whoever did it, nor anybody who belongs to neither party, nor a provider before it
    knows of the engagement. The first reason given for a person is the one they read. What was
    told and read today is unread again; what still waits is not told twice. `engagement` is the
    subject's own where it has one.
    """
    if type(subject).__name__ != NOTICES[kind].noun:
        raise ValueError(f"{kind} is about {NOTICES[kind].noun}, not {type(subject).__name__}")
    around: Engagement | None = engagement or getattr(subject, "engagement", None)
    reasons = {each.person.pk: each.reason for each in reversed(list(to))}
    if by:
        reasons.pop(by.person.pk, None)
    present = list(_present(reasons, around))
    told = {"kind": kind.value, "subject": subject.public_id, "day": as_of.date()}
    again = Notification.objects.filter(**told, person__in=[person for person, _ in present])
    known = set(again.values_list("person", flat=True))
    again.exclude(read_at=None).update(read_at=None, mail=None, made_at=as_of)
    rows = (
        Notification(
            **told,
            person_id=person,
            organisation_id=organisation,
            engagement=around,
            reason=reasons[person][:200],
            made_at=as_of,
        )
        for person, organisation in present
        if person not in known
    )
    # Two acts at once may tell the same: the row of the other one stands.
    return len(Notification.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True))


def _speaker(post: Post, staffing: Staffing) -> Iterator[Hearer]:
    holder, speaker = staffing.holder(post), staffing.speaker(post)
    if holder is not None:
        yield Hearer(holder, f"you hold the post “{post.name}”")
    elif speaker is not None:
        yield Hearer(speaker, f"you stand in for the post “{post.name}”")


def _present(people: Iterable[int], engagement: Engagement | None) -> Iterator[tuple[int, int]]:
    """Yield person and organisation of those who are there and may know of the engagement."""
    wanted = list(people)
    for start in range(0, len(wanted), BATCH):
        rows = Membership.objects.filter(
            person__in=wanted[start : start + BATCH], ended_at=None, person__is_active=True
        )
        if engagement:
            rows = rows.filter(organisation__in=_parties(engagement))
        yield from rows.order_by("id").values_list("person", "organisation")


def _parties(engagement: Engagement) -> list[int]:
    parties = [engagement.client_id]
    # Before the award is made known the provider does not see the engagement.
    if engagement.provider_id and Stage(engagement.stage).reached(Stage.AGREE):
        parties.append(engagement.provider_id)
    return parties
