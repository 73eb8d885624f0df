"""The inbox: what one person was told, and why."""

from datetime import UTC, datetime

from django.urls import reverse
from ninja import Query
from pydantic import AwareDatetime, Field

from tallystick.actions.mark_read import mark_read
from tallystick.api.lookup import ViewerRequest
from tallystick.api.routing import Operations
from tallystick.api.values import Id, In, Listed, Out, SafePage
from tallystick.records.inbox import Entry, entries_of, inbox_of
from tallystick.records.notices import NoticeKind

operations = Operations(tags=["Inbox"])


class InboxEngagement(Out):
    """The engagement that an entry belongs to."""

    id: str
    name: str


class InboxEntry(Out):
    """An entry: what happened, what it is about, why you are told, and the page it leads to."""

    id: str
    kind: NoticeKind
    words: str
    title: str
    engagement: InboxEngagement | None
    reason: str
    made_at: datetime
    read_at: datetime | None
    address: str


class AskedInbox(SafePage):
    """Which entries."""

    unread: bool = Field(False, description="Only what is unread.")


class MarkRead(In):
    """Entries to mark as read; `up_to` marks whatever was told until then instead."""

    ids: list[Id] = Field(default_factory=list, max_length=200)
    up_to: AwareDatetime | None = None


class MarkedRead(Out):
    """How many entries were unread before."""

    marked: int


def _out(entry: Entry) -> InboxEntry:
    told = entry.notification
    around = told.engagement
    return InboxEntry(
        id=told.public_id,
        kind=NoticeKind(told.kind),
        words=entry.words,
        title=entry.title,
        engagement=InboxEngagement(id=around.public_id, name=around.name) if around else None,
        reason=told.reason,
        made_at=told.made_at,
        read_at=told.read_at,
        address=reverse(entry.route, args=[entry.key]),
    )


@operations.reads("/inbox", "inbox", Listed[InboxEntry])
def inbox(request: ViewerRequest, asked: Query[AskedInbox]) -> Listed[InboxEntry]:
    """Return what you were told, the newest first; what you may not see any more is left out."""
    rows = inbox_of(request.viewer, unread=asked.unread)
    page = rows[asked.offset : asked.offset + asked.limit]
    return Listed(
        items=[_out(each) for each in entries_of(page, request.viewer)], count=rows.count()
    )


@operations.acts("/inbox/read", "mark_read", MarkedRead)
def read(request: ViewerRequest, given: MarkRead) -> MarkedRead:
    """Mark entries of your own inbox as read."""
    now = datetime.now(UTC)
    if given.up_to is None:
        return MarkedRead(marked=mark_read(ids=given.ids, by=request.viewer, as_of=now))
    until = min(given.up_to, now)
    return MarkedRead(marked=mark_read(ids=None, by=request.viewer, as_of=until))
