"""An engagement's rows -> the snapshot that guardrails look at; for the client's eyes."""

from datetime import date
from decimal import Decimal
from typing import Any

from tallystick.engine.guardrails.snapshot import Snapshot, read_snapshot
from tallystick.engine.lessons.match import EngagementText, Match, match_lessons
from tallystick.engine.service_levels.measurement import as_values
from tallystick.engine.service_levels.terms.goals import Unit
from tallystick.records.engagements import Engagement
from tallystick.records.guardrails import Guardrail
from tallystick.records.lesson_index import scope_over
from tallystick.records.lessons import Disposition
from tallystick.records.measurements import Measurement
from tallystick.records.snapshot_held import held_values
from tallystick.records.snapshot_objectives import case_values, fared_values, objective_values
from tallystick.records.snapshot_rows import LessonRows, Rows, lesson_rows, rows_of
from tallystick.records.waivers import Waiver

SUGGESTED = 12
"""How many matching lessons an engagement is asked to answer at a stage."""


def matches_for(engagement: Engagement) -> list[Match]:
    """Return the client's lessons that fit an engagement at its present stage, best first."""
    # A lesson matches the engagement, whichever version of its agreement holds.
    return matches_of(engagement, lesson_rows(engagement))


def matches_of(engagement: Engagement, rows: Rows | LessonRows) -> list[Match]:
    """Return what `matches_for` does, from rows that were read before."""
    statements = (objective.statement for objective in rows.objectives)
    about = EngagementText(
        service_type=engagement.service_type,
        texts=(engagement.name, engagement.scope, *statements),
    )
    scope = scope_over(engagement.client.public_id, rows.lessons)
    return match_lessons(scope, about, engagement.stage, SUGGESTED, rows.feedback)


def snapshot_of(engagement: Engagement, on: date) -> Snapshot:
    """Return the engagement as guardrails see it on a day, in a fixed number of queries."""
    return read_snapshot(snapshot_document(engagement, on))


def snapshot_document(engagement: Engagement, on: date) -> dict[str, Any]:
    """Return the snapshot as plain values, the form that `tallystick check` reads."""
    return document_of(engagement, rows_of([engagement], on)[engagement.pk], on)


def document_of(engagement: Engagement, rows: Rows, on: date) -> dict[str, Any]:
    """Return what `snapshot_document` does, from rows that were read before."""
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
        "objectives": [
            objective_values(each, rows.opened_on) | fared_values(each, rows.values[each.pk], on)
            for each in rows.objectives
        ],
        "business_case": case_values(rows.business_case),
        "agreement": rows.agreement.document if rows.agreement else None,
        "measurements": [_fared(each) for each in rows.measurements],
        "lessons": _lessons(engagement, rows),
        **held_values(engagement, rows),
        "guardrails": [_guardrail(rail) for rail in rows.guardrails],
        "waivers": [_waiver(waiver) for waiver in rows.waivers],
    }


def measured(measurement: Measurement) -> dict[str, Any]:
    """Return a measurement as `tallystick measure --format json` prints it."""
    return as_values(measurement.measured)


_IN_A_SNAPSHOT = (
    "service_level", "window", "numerator", "denominator", "attainment", "verdict", "unit",
)  # fmt: skip


def _fared(measurement: Measurement) -> dict[str, Any]:
    """Return a measurement as it stands in a snapshot; a target that is no share is left out."""
    plain = measured(measurement)
    target = plain["target"] if plain["unit"] == Unit.SHARE else None
    return {name: plain[name] for name in _IN_A_SNAPSHOT} | {"target": target}


def _lessons(engagement: Engagement, rows: Rows) -> list[dict[str, Any]]:
    answers = {each.lesson_id: each for each in rows.dispositions}
    lessons = {lesson.public_id: lesson for lesson in rows.lessons}
    return [
        {
            "id": match.lesson_id,
            "title": lessons[match.lesson_id].title,
            "stage": engagement.stage,
            "match": Decimal(str(match.score)),
            "reason": " ".join(match.reasons),
        }
        | _answer(answers.get(lessons[match.lesson_id].pk))
        for match in matches_of(engagement, rows)
    ]


def _answer(disposition: Disposition | None) -> dict[str, Any]:
    if disposition is None:
        return {"disposition": None}
    return {
        "disposition": disposition.answer,
        "note": disposition.note,
        "deferred_until": disposition.deferred_until,
    }


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


def _waiver(waiver: Waiver) -> dict[str, Any]:
    return {
        "code": waiver.code,
        "place": waiver.place or None,
        "reason": waiver.reason,
        "approver": waiver.approver.name,
        "granted_on": waiver.granted_at.date(),
        "expires_on": waiver.expires_on,
    }
