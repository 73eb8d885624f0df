"""The inbox: notifications with what they are about, as one viewer may see it now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from operator import attrgetter
from string import Formatter
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from tallystick.engine.one_line import on_one_line
from tallystick.engine.service_levels.window_words import window_words
from tallystick.records.notices import NOTICES, Notice, NoticeKind
from tallystick.records.notifications import Notification

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tallystick.records.viewer import Viewer


class _Titles(Formatter):
    """Titles by the attributes of their subject; a window is told by its name."""

    def convert_field(self, value: Any, conversion: Any) -> Any:
        """Name a window for `!w`."""
        if conversion == "w":
            return window_words(str(value))
        return super().convert_field(value, conversion)


_TITLES = _Titles()


@dataclass(frozen=True, slots=True)
class Entry:
    """A notification with the words for it; `route` and `key` are the page that it leads to."""

    notification: Notification
    words: str
    title: str
    route: str
    key: str

    @property
    def engagement(self) -> str:
        """Return what the entry belongs to; empty for what concerns no single engagement."""
        around = self.notification.engagement
        return around.name if around else ""


MOST_COUNTED = 100
"""A count goes so far; whoever has more unread does not count them one by one."""


def inbox_of(viewer: Viewer, *, unread: bool = False) -> models.QuerySet[Notification]:
    """
    Return the notifications whose subject the viewer may see now, the newest first.

    Which kinds are there is asked first: a query that looks into every noun takes longer to
    write than to answer.
    """
    own = Notification.objects.visible_to(viewer)
    if unread:
        own = own.filter(read_at=None)
    present = set(own.order_by().values_list("kind", flat=True).distinct())
    seen = Q(pk__in=[])
    for noun, kinds in _kinds_by_noun(present).items():
        subjects = _rows(noun, viewer).filter(public_id=OuterRef("subject"))
        seen |= Q(kind__in=kinds) & Q(Exists(subjects))
    return own.filter(seen).select_related("engagement").order_by("-made_at", "-id")


def unread_of(viewer: Viewer) -> int:
    """Return how many entries are unread, up to a hundred; two queries, the usual case one."""
    return len(inbox_of(viewer, unread=True).order_by().values_list("pk")[:MOST_COUNTED])


def entries_of(notifications: Iterable[Notification], viewer: Viewer) -> list[Entry]:
    """
    Return notifications with their words; what the viewer may not see now is left out.

    One query for each noun among them, however many there are.
    """
    chosen = list(notifications)
    wanted: dict[str, set[str]] = defaultdict(set)
    for each in chosen:
        wanted[_notice(each).noun].add(each.subject)
    related: dict[str, set[str]] = defaultdict(set)
    for notice in NOTICES.values():
        related[notice.noun] |= set(notice.related)
    subjects: dict[tuple[str, str], Any] = {}
    for noun, ids in wanted.items():
        rows = _rows(noun, viewer).filter(public_id__in=ids).select_related(*sorted(related[noun]))
        subjects |= {(noun, row.public_id): row for row in rows}
    found = ((each, subjects.get((_notice(each).noun, each.subject))) for each in chosen)
    return [_entry(each, row) for each, row in found if row is not None]


def _entry(notification: Notification, subject: Any) -> Entry:
    notice = _notice(notification)
    # On one line: a mail in plain text says nothing that its writer did not mean to be a line.
    title = on_one_line(_TITLES.format(notice.title, subject))
    return Entry(
        notification=notification,
        words=notice.words,
        title=title[:1].upper() + title[1:],
        route=notice.route,
        key=attrgetter(notice.key)(subject),
    )


def _notice(notification: Notification) -> Notice:
    return NOTICES[NoticeKind(notification.kind)]


def _kinds_by_noun(present: Iterable[str]) -> dict[str, list[NoticeKind]]:
    kinds: dict[str, list[NoticeKind]] = defaultdict(list)
    for kind in map(NoticeKind, sorted(present)):
        kinds[NOTICES[kind].noun].append(kind)
    return kinds


def _rows(noun: str, viewer: Viewer) -> models.QuerySet[Any]:
    model: Any = apps.get_model("records", noun)
    rows: models.QuerySet[Any] = model.objects.visible_to(viewer)
    return rows
