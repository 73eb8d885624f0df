"""Say whether a suggested lesson was of use; suggestions are ranked by it."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.records.engagements import Engagement
from tallystick.records.lesson_evidence import LessonFeedback
from tallystick.records.lessons import Lesson
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def rate_lesson(
    *, lesson: Lesson, engagement: Engagement, useful: bool, by: Viewer, as_of: datetime
) -> LessonFeedback:
    """
    Keep one person's word on a lesson in an engagement; a later word replaces it.

    Raises:
        NotPermitted
    """
    require(by, Duty.PUBLISH_LESSON)
    feedback, _ = LessonFeedback.objects.update_or_create(
        lesson=lesson,
        engagement=engagement,
        given_by=by.person,
        defaults={"client": by.organisation, "useful": useful, "given_at": as_of},
    )
    enter(
        feedback,
        f"Found the lesson “{lesson.title}” {'useful' if useful else 'of no use'} for "
        f"{engagement.name}.",
        action="rate_lesson",
        payload={
            "lesson": lesson.public_id,
            "engagement": engagement.public_id,
            "useful": useful,
        },
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    return feedback
