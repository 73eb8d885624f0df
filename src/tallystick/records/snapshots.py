"""An engagement's rows -> the snapshot that guardrails look at; for the client's eyes."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tallystick.engine.guardrails.snapshot import Snapshot, read_snapshot
from tallystick.engine.lessons.lesson import LessonText
from tallystick.engine.lessons.match import EngagementText, Match, match_lessons
from tallystick.engine.service_levels.measurement import Measurement as Measured
from tallystick.engine.service_levels.measurement import as_values
from tallystick.records.agreements import Agreement, AgreementState
from tallystick.records.engagements import Engagement
from tallystick.records.guardrails import Guardrail
from tallystick.records.lessons import Disposition, Lesson, LessonState
from tallystick.records.measurements import Measurement
from tallystick.records.objectives import Objective

SUGGESTED = 12
"""How many matching lessons an engagement is asked to answer at a stage."""


def lesson_text(lesson: Lesson) -> LessonText:
    """Return a stored lesson as the engine searches and matches it."""
    return LessonText(
        id=lesson.public_id,
        title=lesson.title,
        context=lesson.context,
        what_happened=lesson.what_happened,
        root_cause=lesson.root_cause,
        effect=lesson.effect,
        preventive_action=lesson.preventive_action,
        stages=tuple(lesson.stages),
        service_types=tuple(lesson.service_types),
        practices=tuple(lesson.practices),
    )


def matches_for(engagement: Engagement) -> list[Match]:
    """Return the client's lessons that fit an engagement at its present stage, best first."""
    lessons = Lesson.objects.filter(client=engagement.client_id).exclude(
        # A retired lesson no longer holds; an observation has no cause to learn from yet.
        state__in=[LessonState.OBSERVATION, LessonState.RETIRED]
    )
    objectives = engagement.objectives.values_list("statement", flat=True)
    about = EngagementText(
        service_type=engagement.service_type,
        texts=(engagement.name, engagement.scope, *objectives),
    )
    texts = [lesson_text(lesson) for lesson in lessons]
    return match_lessons(texts, about, engagement.stage, limit=SUGGESTED)


def current_measurements(agreement: Agreement | None) -> list[Measurement]:
    """Return an agreement's measurements that no later one supersedes, oldest window first."""
    if agreement is None:
        return []
    return list(agreement.measurements.filter(superseded_by=None).order_by("window_start", "id"))


def newest_agreement(engagement: Engagement) -> Agreement | None:
    """Return the version that is, or was last, in force."""
    return (
        engagement.agreements.filter(state=AgreementState.IN_FORCE)
        .order_by("-in_force_from")
        .first()
    )


def snapshot_of(engagement: Engagement) -> Snapshot:
    """Return the engagement as guardrails see it, in a fixed number of queries."""
    return read_snapshot(snapshot_document(engagement))


def snapshot_document(engagement: Engagement) -> dict[str, Any]:
    """Return the snapshot as plain values, the form that `tallystick check` reads."""
    agreement = newest_agreement(engagement)
    return {
        "engagement": 1,
        "id": engagement.public_id,
        "name": engagement.name,
        "stage": engagement.stage,
        "service_type": engagement.service_type,
        "client": engagement.client.name,
        "provider": engagement.provider.name if engagement.provider else None,
        "starts_on": engagement.starts_on,
        "ends_on": engagement.ends_on,
        "objectives": _objectives(engagement),
        "agreement": agreement.document if agreement else None,
        "measurements": [measured(each) for each in current_measurements(agreement)],
        "lessons": _lessons(engagement),
        "guardrails": [_guardrail(rail) for rail in _guardrails(engagement)],
    }


def measured(measurement: Measurement) -> dict[str, Any]:
    """Return a measurement as `tallystick measure --format json` prints it."""
    return as_values(
        Measured(
            service_level=measurement.service_level,
            window=measurement.window,
            numerator=measurement.numerator,
            denominator=measurement.denominator,
            pending=measurement.pending,
            target=Fraction(measurement.target_percent) / 100,
        )
    )


def _objectives(engagement: Engagement) -> list[dict[str, Any]]:
    stored = engagement.objectives.prefetch_related("acknowledgements").order_by("id")
    return [_objective(objective) for objective in stored]


def _objective(objective: Objective) -> dict[str, Any]:
    words = ("statement", "measure", "unit", "target", "source", "client_owner", "provider_owner")
    given = {word: getattr(objective, word) or None for word in words}
    baseline = {
        "value": objective.baseline_value or None,
        "on": objective.baseline_on,
        "method": objective.baseline_method or None,
    }
    answers = {each.version: each.acknowledged_at for each in objective.acknowledgements.all()}
    return given | {
        "id": objective.public_id,
        "baseline": baseline if baseline["value"] else None,
        "due_on": objective.due_on,
        "shared_on": _shared_on(objective),
        "acknowledged_on": _day(answers.get(objective.version)),
    }


def _shared_on(objective: Objective) -> date | None:
    # Before there is a provider nobody can acknowledge anything.
    return objective.stated_at.date() if objective.engagement.provider_id else None


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _lessons(engagement: Engagement) -> list[dict[str, Any]]:
    matches = matches_for(engagement)
    answers = {each.lesson.public_id: each for each in _dispositions(engagement)}
    titles = dict(
        Lesson.objects.filter(public_id__in=[match.lesson_id for match in matches]).values_list(
            "public_id", "title"
        )
    )
    return [
        {
            "id": match.lesson_id,
            "title": titles[match.lesson_id],
            "stage": engagement.stage,
            "match": Decimal(str(match.score)),
            "reason": " ".join(match.reasons),
        }
        | _answer(answers.get(match.lesson_id))
        for match in matches
    ]


def _dispositions(engagement: Engagement) -> Iterable[Disposition]:
    return engagement.dispositions.select_related("lesson")


def _answer(disposition: Disposition | None) -> dict[str, Any]:
    if disposition is None:
        return {"disposition": None}
    return {
        "disposition": disposition.answer,
        "note": disposition.note,
        "deferred_until": disposition.deferred_until,
    }


def _guardrails(engagement: Engagement) -> Iterable[Guardrail]:
    return (
        Guardrail.objects.filter(client=engagement.client_id)
        .select_related("lesson")
        .order_by("code")
    )


def _guardrail(rail: Guardrail) -> dict[str, Any]:
    return {
        "code": rail.code,
        "title": rail.title,
        "stage": rail.stage,
        "severity": rail.severity,
        "condition": rail.condition,
        "rationale": rail.rationale,
        "remedy": rail.remedy,
        "lesson": rail.lesson.title,
    }
