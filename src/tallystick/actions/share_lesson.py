"""Let a provider read a lesson."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.records.lessons import Lesson
from tallystick.records.organisations import Organisation
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def share_lesson(*, lesson: Lesson, provider: Organisation, by: Viewer, as_of: datetime) -> Lesson:
    """
    Open a lesson to one provider; sharing again changes nothing.

    Raises:
        NotPermitted
    """
    require(by, Duty.SHARE_LESSON)
    lesson.shared_with.add(provider)
    enter(
        lesson,
        f"Shared the lesson “{lesson.title}” with {provider.name}.",
        action="share_lesson",
        payload={"provider": provider.public_id},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    return lesson
