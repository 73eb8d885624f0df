"""Lessons suggested to the engagement, lessons it logged, and guardrails raised from lessons."""

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from tallystick.engine.guardrails.fields import Day, Name, Share, Text
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.parts.part import Part
from tallystick.engine.guardrails.stages import Stage


class Answer(StrEnum):
    """An engagement's answer to a suggested lesson."""

    ADOPTED = "adopted"
    NOT_APPLICABLE = "not-applicable"
    DEFERRED = "deferred"


class SuggestedLesson(Part):
    """A lesson that matches this engagement, and the engagement's answer to it."""

    id: Name
    title: Name
    stage: Stage
    match: Share
    reason: Text = None
    disposition: Answer | None = None
    note: Text = None
    deferred_until: Day | None = None


class LoggedLesson(Part):
    """
    A lesson of the organisation: its cause, who acts on it, and when that was seen to work.

    `cause` is a code that issues and risks carry too.
    """

    id: Name
    title: Text = None
    cause: Text = None
    logged_on: Day
    owner: Text = None
    action: Text = None
    verified_on: Day | None = None


class RaisedGuardrail(Part):
    """A check that a lesson raised: a condition over this document, TRUE where all is well."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{1,29}$")]
    title: Name
    stage: Stage
    severity: Severity
    condition: str
    rationale: Text = None
    remedy: Name
    lesson: Text = None
