"""Tell people of something that happened: one entry in the inbox of each, with the reason."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tallystick.records.audience import ClientPrivate, Record
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


def announce(
    kind: NoticeKind,
    subject: Record,
    *,
    to: Iterable[Hearer],
    by: Viewer | None,
    as_of: datetime,
) -> int:
    """
    Tell people of one thing; return how many were not told of it before on this day.

    Never whoever did it, nor anybody who belongs to neither party, nor a provider before it
    knows of the engagement. The first reason given for a person is the one they read. What was
    told and read today is unread again; what still waits is not told twice.
    """
    return announce_all(kind, [(subject, to)], by=by, as_of=as_of)


@transaction.atomic
def announce_all(
    kind: NoticeKind,
    told: Iterable[tuple[Record, Iterable[Hearer]]],
    *,
    by: Viewer | None,
    as_of: datetime,
) -> int:
    """Tell of several things of a kind, each as `announce` does, with as many queries as one."""
    subjects, reasons = _reasons(kind, told, by)
    homes = dict(_homes({person for _, person in reasons}))
    day = as_of.date()
    known = _told_before(kind, day, reasons, as_of)
    rows = (
        Notification(
            kind=kind,
            day=day,
            subject=key,
            person_id=person,
            organisation_id=homes[person],
            engagement=_around(subjects[key]),
            reason=reason[:200],
            made_at=as_of,
        )
        for (key, person), reason in reasons.items()
        if _may_hear(subjects[key], homes.get(person)) and (key, person) not in known
    )
    # Two acts at once may tell the same: the row of the other one stands.
    return len(Notification.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True))


def _reasons(
    kind: NoticeKind, told: Iterable[tuple[Record, Iterable[Hearer]]], by: Viewer | None
) -> tuple[dict[str, Record], dict[tuple[str, int], str]]:
    subjects: dict[str, Record] = {}
    reasons: dict[tuple[str, int], str] = {}
    for subject, to in told:
        if type(subject).__name__ != NOTICES[kind].noun:
            raise ValueError(f"{kind} is about {NOTICES[kind].noun}, not {type(subject).__name__}")
        subjects[subject.public_id] = subject
        for each in to:
            if by is None or each.person.pk != by.person.pk:
                reasons.setdefault((subject.public_id, each.person.pk), each.reason)
    return subjects, reasons


def _told_before(
    kind: NoticeKind, day: date, reasons: Mapping[tuple[str, int], str], as_of: datetime
) -> set[tuple[str, int]]:
    """Return what people were told on this day; what they have read of it is unread again."""
    rows = Notification.objects.filter(
        kind=kind, day=day, subject__in={subject for subject, _ in reasons}
    )
    before = {
        (subject, person): (pk, read_at)
        for pk, subject, person, read_at in rows.values_list("pk", "subject", "person", "read_at")
    }
    again = [before[key][0] for key in reasons if key in before and before[key][1]]
    for start in range(0, len(again), BATCH):
        renewed = Notification.objects.filter(pk__in=again[start : start + BATCH])
        renewed.update(read_at=None, mail=None, made_at=as_of)
    return set(before)


def _speaker(post: Post, staffing: Staffing) -> Iterator[Hearer]:
    holder, speaker = staffing.holder(post), staffing.speaker(post)
    if holder is not None:
        yield Hearer(holder, f"you hold the post “{post.name}”")
    elif speaker is not None:
        yield Hearer(speaker, f"you stand in for the post “{post.name}”")


def _homes(people: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield each person who is there, with the organisation that they act for."""
    wanted = sorted(people)
    for start in range(0, len(wanted), BATCH):
        present = Membership.objects.filter(
            person__in=wanted[start : start + BATCH], ended_at=None, person__is_active=True
        )
        yield from present.values_list("person", "organisation")


def _around(subject: Record) -> Engagement | None:
    if isinstance(subject, Engagement):
        return subject
    around: Engagement | None = getattr(subject, "engagement", None)
    return around


def _may_hear(subject: Record, organisation: int | None) -> bool:
    if isinstance(subject, ClientPrivate):
        return organisation == subject.client_id
    engagement = _around(subject)
    if engagement is None or organisation is None:
        return organisation is not None
    # Before the award is made known the provider does not see the engagement.
    told = engagement.provider_id if engagement.award_is_known else None
    parties = {engagement.client_id, told}
    return organisation in parties
