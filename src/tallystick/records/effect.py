"""A client's lessons and the mistakes after them -> what the lessons did; for the client."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from tallystick.engine.guardrails.snapshot import Answer
from tallystick.engine.lessons.causes import LessonKind
from tallystick.engine.lessons.recurrence import (
    Known,
    Mistake,
    Quarter,
    Repeat,
    Track,
    quarters_of,
    repeats_of,
    track_of,
)
from tallystick.records.engagements import Engagement
from tallystick.records.guardrails import Guardrail
from tallystick.records.kept_findings import KeptFinding
from tallystick.records.lessons import Disposition, Lesson, LessonState
from tallystick.records.recurrences import Recurrence
from tallystick.records.reviews import FindingDecision, ReviewFinding
from tallystick.records.template_items import TemplateItem
from tallystick.records.viewer import Viewer

Row = TypeVar("Row", Disposition, Guardrail, TemplateItem)


@dataclass(frozen=True, slots=True)
class Effect:
    """
    Every lesson with how it did, the mistakes, which of them repeat one, and the quarters.

    `prevented` are findings of guardrails that lessons raised, which were mended.
    """

    lessons: Mapping[str, Lesson]
    findings: Mapping[str, ReviewFinding]
    tracks: list[Track]
    mistakes: list[Mistake]
    repeats: list[Repeat]
    quarters: list[Quarter]
    applied_in: Mapping[str, list[str]]
    prevented: list[KeptFinding]

    @property
    def waiting(self) -> list[Repeat]:
        """Return the close matches that wait for a person's word, the newest first."""
        waiting = [each for each in self.repeats if not each.sure]
        return sorted(waiting, key=lambda each: each.mistake.on, reverse=True)


def effect_of(viewer: Viewer, today: date) -> Effect:
    """Return what the viewer's lessons did until a day, in a fixed number of queries."""
    lessons = list(
        Lesson.objects.visible_to(viewer)
        .select_related("finding__review__engagement__provider")
        .order_by("published_at", "id")
    )
    findings = list(
        ReviewFinding.objects.visible_to(viewer)
        .filter(decision=FindingDecision.CONFIRMED)
        .select_related("review__engagement__provider")
        .order_by("review__held_at", "id")
    )
    rows = _Rows.of(viewer)
    known = [rows.known(each) for each in lessons if each.state != LessonState.OBSERVATION]
    mistakes = [*_told(lessons), *_found(lessons, findings)]
    repeats = repeats_of(known, mistakes, _judged(viewer))
    by_lesson: defaultdict[str, list[Repeat]] = defaultdict(list)
    for repeat in repeats:
        by_lesson[repeat.lesson].append(repeat)
    first = min((each.on for each in mistakes), default=today)
    return Effect(
        lessons={each.public_id: each for each in lessons},
        findings={each.public_id: each for each in findings},
        tracks=[track_of(each, by_lesson[each.id]) for each in known],
        mistakes=mistakes,
        repeats=repeats,
        quarters=quarters_of(mistakes, repeats, first, today),
        applied_in=rows.applied_in(lessons),
        prevented=_prevented(viewer, rows.rails.values()),
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """What tells that a lesson was applied, by the lesson's key."""

    adopted: Mapping[int, list[Disposition]]
    rails: Mapping[int, list[Guardrail]]
    items: Mapping[int, list[TemplateItem]]
    engagements: list[Engagement]

    @classmethod
    def of(cls, viewer: Viewer) -> "_Rows":
        adopted = Disposition.objects.visible_to(viewer).filter(answer=Answer.ADOPTED)
        return cls(
            adopted=_by_lesson(adopted.select_related("engagement").order_by("answered_at", "id")),
            rails=_by_lesson(Guardrail.objects.visible_to(viewer).order_by("raised_at", "id")),
            items=_by_lesson(TemplateItem.objects.visible_to(viewer).order_by("added_at", "id")),
            engagements=list(Engagement.objects.visible_to(viewer).order_by("planned_at", "id")),
        )

    def known(self, lesson: Lesson) -> Known:
        """Return a lesson as the engine follows it."""
        told_on = lesson.published_at.date()
        rails = self.rails.get(lesson.pk, [])
        applied = [
            *(each.answered_at.date() for each in self.adopted.get(lesson.pk, [])),
            *(each.raised_at.date() for each in rails),
            *(each.added_at.date() for each in self.items.get(lesson.pk, [])),
        ]
        came_from = lesson.finding.code if lesson.finding else ""
        return Known(
            id=lesson.public_id,
            cause=lesson.cause,
            told_on=told_on,
            applied_on=tuple(sorted(applied)),
            faced_on=tuple(
                each.planned_at.date()
                for each in self.engagements
                if each.planned_at.date() >= told_on and _applies(lesson, each)
            ),
            guardrail=rails[0].code if rails else came_from,
        )

    def applied_in(self, lessons: Iterable[Lesson]) -> dict[str, list[str]]:
        """Return the names of the engagements that adopted each lesson, by its public id."""
        return {
            each.public_id: [given.engagement.name for given in self.adopted.get(each.pk, [])]
            for each in lessons
        }


def _by_lesson(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.lesson_id].append(row)
    return found


def _applies(lesson: Lesson, engagement: Engagement) -> bool:
    return not lesson.service_types or engagement.service_type in lesson.service_types


def _prevented(viewer: Viewer, rails: Iterable[Iterable[Guardrail]]) -> list[KeptFinding]:
    """Return what guardrails raised from lessons found in an engagement, and was mended there."""
    codes = [rail.code for each in rails for rail in each]
    mended = KeptFinding.objects.visible_to(viewer).filter(
        code__in=codes, closed_at__isnull=False, closed_because=""
    )
    return list(mended.select_related("engagement").order_by("-closed_at", "-id"))


def _told(lessons: Iterable[Lesson]) -> Iterable[Mistake]:
    """Give the mistakes that lessons tell of; what went well is none."""
    for lesson in lessons:
        if lesson.kind == LessonKind.POSITIVE:
            continue
        provider = lesson.finding.review.engagement.provider if lesson.finding else None
        yield Mistake(
            id=lesson.public_id,
            on=lesson.published_at.date(),
            cause=lesson.cause,
            guardrail=lesson.finding.code if lesson.finding else "",
            provider=provider.name if provider else "",
            cost=lesson.effect_amount,
            currency=lesson.effect_currency,
        )


def _found(lessons: Iterable[Lesson], findings: Iterable[ReviewFinding]) -> Iterable[Mistake]:
    """Give the confirmed findings that no lesson tells of already."""
    told = {lesson.finding_id for lesson in lessons}
    for finding in findings:
        if finding.pk not in told:
            provider = finding.review.engagement.provider
            yield Mistake(
                id=finding.public_id,
                on=finding.review.held_at.date(),
                guardrail=finding.code,
                provider=provider.name if provider else "",
            )


def _judged(viewer: Viewer) -> dict[tuple[str, str], bool]:
    words = Recurrence.objects.visible_to(viewer).select_related("lesson", "later", "finding")
    return {
        (each.lesson.public_id, mistake.public_id): each.repeats
        for each in words
        if (mistake := each.later or each.finding)
    }
