"""Let a provider read a lesson, in words that may leave out names and amounts."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.lesson_steps import as_it_stands
from tallystick.actions.lesson_wording import LessonWording, checked_wording
from tallystick.actions.refusals import require
from tallystick.actions.tellings import tell_lesson
from tallystick.records.lessons import Lesson, SharedLesson
from tallystick.records.organisations import Organisation
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

_READ = (
    "title", "kind", "context", "what_happened", "root_cause", "cause", "effect", "warning_signs",
    "preventive_action", "stages", "service_types", "practices", "contract_models", "sizes",
)  # fmt: skip
"""What a provider reads; amounts, evidence and whether it was a risk are the client's own."""


@transaction.atomic
def share_lesson(
    *,
    lesson: Lesson,
    provider: Organisation,
    wording: LessonWording,
    with_author: bool = False,
    by: Viewer,
    as_of: datetime,
) -> SharedLesson:
    """
    Give one provider a text of a lesson; sharing again replaces the text that it reads.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, EffectUnreadable
    """
    require(by, Duty.SHARE_LESSON)
    lesson = as_it_stands(lesson)
    told = checked_wording(wording).fields()
    read = {name: told[name] for name in _READ}
    author = lesson.author if with_author else None
    before = SharedLesson.objects.filter(lesson=lesson, organisation=provider).first()
    shared, _ = SharedLesson.objects.update_or_create(
        lesson=lesson,
        organisation=provider,
        defaults=read
        | {
            "client": by.organisation,
            "author": author,
            "version": before.version + 1 if before else 1,
            "shared_at": as_of,
            "shared_by": by.person,
        },
    )
    enter(
        lesson,
        f"Shared the lesson “{lesson.title}” with {provider.name}.",
        action="share_lesson",
        payload=read | {"provider": provider.public_id, "with_author": author is not None},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    tell_lesson(shared, by, as_of)
    return shared
