"""Internal notes: what the client says to itself about an engagement."""

from datetime import UTC, datetime

from ninja import Query

from tallystick.actions.write_note import write_note
from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.values import In, Listed, Out, SafePage, Words, listed
from tallystick.records.engagements import Engagement
from tallystick.records.notes import InternalNote

operations = Operations(tags=["Internal notes"])


class NoteOut(Out):
    """A note that no provider ever sees."""

    id: str
    text: str
    written_at: datetime
    written_by: str


class Note(In):
    """A note to keep."""

    text: Words


def _out(note: InternalNote) -> NoteOut:
    return NoteOut(
        id=note.public_id,
        text=note.text,
        written_at=note.written_at,
        written_by=note.written_by.name,
    )


@operations.reads("/engagements/{engagement_id}/notes", "notes", Listed[NoteOut])
def notes(request: ViewerRequest, engagement_id: str, asked: Query[SafePage]) -> Listed[NoteOut]:
    """Return the client's notes on an engagement, the newest first."""
    engagement = find(Engagement, request.viewer, engagement_id)
    rows = InternalNote.objects.visible_to(request.viewer).filter(engagement=engagement)
    return listed(rows.select_related("written_by").order_by("-written_at", "-id"), asked, _out)


@operations.acts("/engagements/{engagement_id}/notes/write", "write_note", NoteOut, status=201)
def write(request: ViewerRequest, engagement_id: str, given: Note) -> NoteOut:
    """Keep a note in the client's own chain."""
    engagement = find(Engagement, request.viewer, engagement_id)
    note = write_note(
        engagement=engagement, text=given.text, by=request.viewer, as_of=datetime.now(UTC)
    )
    return _out(note)
