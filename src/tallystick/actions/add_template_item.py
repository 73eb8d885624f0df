"""Put a line into a template because of a lesson: every engagement planned later starts from it."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.lesson_steps import (
    FOLLOWED_BY_NOBODY,
    as_it_stands,
    count_as_applied,
)
from tallystick.actions.refusals import require
from tallystick.actions.texts import SHORT, checked
from tallystick.engine.lessons.checklists import TITLES, Checklist
from tallystick.engine.refusals import Refusal
from tallystick.records.lessons import Lesson
from tallystick.records.organisations import Organisation
from tallystick.records.roles import Duty
from tallystick.records.template_items import TemplateItem
from tallystick.records.viewer import Viewer


class LessonNotUsable(Refusal):
    """An observation or a retired lesson changes no template."""

    code = "template.lesson-not-usable"


class LineTaken(Refusal):
    """The template has this line already."""

    code = "template.line-taken"


@transaction.atomic
def add_template_item(
    *, lesson: Lesson, checklist: Checklist, text: str, by: Viewer, as_of: datetime
) -> TemplateItem:
    """
    Add a line to a template; the lesson counts as applied from then on.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, LessonNotUsable, LineTaken
    """
    require(by, Duty.RAISE_GUARDRAIL)
    # One at a time for a client: no line is put in twice.
    Organisation.objects.select_for_update(of=("self",)).get(pk=by.organisation.pk)
    lesson = as_it_stands(lesson)
    if lesson.state in FOLLOWED_BY_NOBODY:
        raise LessonNotUsable(
            "An observation and a retired lesson change no template.",
            remedy="Give it a root cause and a prevention, or take it up again, first.",
        )
    text = checked(text, "text", longest=SHORT)
    present = TemplateItem.objects.filter(
        client=by.organisation, checklist=checklist, removed_at=None
    )
    if present.filter(text__iexact=text).exists():
        raise LineTaken(
            f"{TITLES[checklist]} have this line already.",
            place="text",
            remedy="Word it otherwise, or leave it.",
        )
    item = TemplateItem.objects.create(
        client=by.organisation,
        lesson=lesson,
        checklist=checklist,
        text=text,
        added_at=as_of,
        added_by=by.person,
    )
    count_as_applied(lesson, f"Put into {TITLES[checklist].lower()}.", by=by, as_of=as_of)
    enter(
        item,
        f"Put “{text}” into {TITLES[checklist].lower()}.",
        action="add_template_item",
        payload={"lesson": lesson.public_id, "checklist": checklist, "text": text},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    return item
