"""Write an internal note: the provider never learns that it exists."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.sent_twice import sent_before
from tallystick.actions.texts import checked
from tallystick.records.engagements import Engagement
from tallystick.records.notes import InternalNote
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def write_note(*, engagement: Engagement, text: str, by: Viewer, as_of: datetime) -> InternalNote:
    """
    Keep a note in the client's private table and chain; one click too many keeps it once.

    Raises:
        NotPermitted, TextNeeded, TextTooLong
    """
    require(by, Duty.NOTE_INTERNALLY)
    text = checked(text, "text")
    rows = InternalNote.objects.filter(engagement=engagement)
    if kept := sent_before(rows, "written_at", "written_by", by=by, as_of=as_of, text=text):
        return kept
    note = InternalNote.objects.create(
        client=by.organisation,
        engagement=engagement,
        text=text,
        written_at=as_of,
        written_by=by.person,
    )
    enter(
        note,
        f"Wrote an internal note on {engagement.name}.",
        action="write_note",
        payload={"engagement": engagement.public_id},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    return note
