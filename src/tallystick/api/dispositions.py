"""Dispositions: an engagement's answers to the lessons that match it."""

from datetime import UTC, date, datetime
from typing import Annotated

from ninja import Query
from pydantic import Field

from tallystick.actions.answer_lesson import answer_lesson
from tallystick.api.lookup import ViewerRequest, find, named_colleague
from tallystick.api.routing import Operations
from tallystick.api.values import Id, In, Listed, OptionalWords, Out, SafePage, listed
from tallystick.engine.guardrails.snapshot import Answer
from tallystick.engine.lessons.match import Match
from tallystick.records.engagements import Engagement
from tallystick.records.lessons import Disposition, Lesson
from tallystick.records.snapshots import matches_for
from tallystick.records.viewer import Viewer

operations = Operations(tags=["Lessons"])


class DispositionOut(Out):
    """
    A lesson that matches the engagement at its present stage, or was answered before.

    `match` and `reasons` are null and empty where it matches no more; `answer` is null while
    the gate waits for one.
    """

    lesson: str
    title: str
    match: float | None = Field(ge=0, le=1)
    reasons: list[str]
    answer: Answer | None
    note: str
    embodied: str = Field(description="What embodies an adopted lesson; else empty.")
    deferred_until: date | None
    owner: str | None
    answered_at: datetime | None
    answered_by: str | None


class Reply(In):
    """
    Adopted (say how, and what embodies it), not applicable (say why), or deferred (say why, until
    when, and who looks at it again).
    """

    answer: Answer
    note: Annotated[OptionalWords, Field(max_length=2_000)] = ""
    embodied: Annotated[str, Field(max_length=140)] = Field(
        "",
        description="Kind and id: `objective:`, `service-level:`, `guardrail:`, `template-item:`.",
    )
    deferred_until: date | None = None
    owner: Id | None = None


def _out(lesson: Lesson, match: Match | None, given: Disposition | None) -> DispositionOut:
    return DispositionOut(
        lesson=lesson.public_id,
        title=lesson.title,
        match=match.score if match else None,
        reasons=match.reasons if match else [],
        answer=Answer(given.answer) if given else None,
        note=given.note if given else "",
        embodied=f"{given.embodied_in}:{given.embodied_id}" if given and given.embodied_in else "",
        deferred_until=given.deferred_until if given else None,
        owner=given.owner.name if given and given.owner else None,
        answered_at=given.answered_at if given else None,
        answered_by=given.answered_by.name if given else None,
    )


def _given(engagement: Engagement, viewer: Viewer) -> dict[str, Disposition]:
    rows = Disposition.objects.visible_to(viewer).filter(engagement=engagement)
    known = rows.select_related("lesson", "answered_by", "owner").order_by("answered_at", "id")
    return {each.lesson.public_id: each for each in known}


@operations.reads(
    "/engagements/{engagement_id}/dispositions", "dispositions", Listed[DispositionOut]
)
def dispositions(
    request: ViewerRequest, engagement_id: str, asked: Query[SafePage]
) -> Listed[DispositionOut]:
    """Return the lessons that match, best first, then those that were answered before."""
    engagement = find(Engagement, request.viewer, engagement_id)
    matches = {match.lesson_id: match for match in matches_for(engagement)}
    given = _given(engagement, request.viewer)
    keys = [*matches, *(key for key in given if key not in matches)]
    visible = Lesson.objects.visible_to(request.viewer).filter(public_id__in=keys)
    lessons = {lesson.public_id: lesson for lesson in visible}
    return listed(keys, asked, lambda key: _out(lessons[key], matches.get(key), given.get(key)))


@operations.acts(
    "/engagements/{engagement_id}/lessons/{lesson_id}/answer", "answer_lesson", DispositionOut
)
def answer(
    request: ViewerRequest, engagement_id: str, lesson_id: str, given: Reply
) -> DispositionOut:
    """Give a lesson its disposition; a later answer replaces it, the history keeps both."""
    engagement = find(Engagement, request.viewer, engagement_id)
    lesson = find(Lesson, request.viewer, lesson_id)
    owner = named_colleague(request.viewer, given.owner, place="owner") if given.owner else None
    disposition = answer_lesson(
        engagement=engagement,
        lesson=lesson,
        answer=given.answer,
        note=given.note,
        embodied=given.embodied,
        deferred_until=given.deferred_until,
        owner=owner,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    match = next((m for m in matches_for(engagement) if m.lesson_id == lesson.public_id), None)
    return _out(lesson, match, disposition)
