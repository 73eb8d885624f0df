"""What people are told of: each kind of notice with its words, its record and its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class NoticeKind(StrEnum):
    """What happened; the value is stored."""

    STATEMENT_ISSUED = "statement-issued"
    AGREEMENT_PROPOSED = "agreement-proposed"
    AGREEMENT_SIGNED = "agreement-signed"
    DISPUTE_RAISED = "dispute-raised"
    DISPUTE_REPLIED = "dispute-replied"
    DISPUTE_CLOSED = "dispute-closed"
    RELIEF_CLAIMED = "relief-claimed"
    RELIEF_DECIDED = "relief-decided"
    OBJECTIVE_STATED = "objective-stated"
    IMPORTANCE_ASKED = "importance-asked"
    REVIEW_OPENED = "review-opened"
    REVIEW_SIGNED = "review-signed"
    AWARD_PROPOSED = "award-proposed"
    AWARD_DECIDED = "award-decided"
    GATE_PASSED = "gate-passed"
    BLOCKER_FOUND = "blocker-found"
    LESSON_SHARED = "lesson-shared"
    SURVEY_OPENED = "survey-opened"
    ISSUE_RAISED = "issue-raised"
    ISSUE_TURN = "issue-turn"
    ISSUE_CLIMBED = "issue-climbed"
    ISSUE_RESOLVED = "issue-resolved"
    DECISION_ASKED = "decision-asked"
    DECISION_MADE = "decision-made"
    ACTION_GIVEN = "action-given"
    OBJECTIVE_ECHO = "objective-echo"
    AGREEMENT_ECHO = "agreement-echo"
    PLAN_ACTIVATED = "plan-activated"
    PRIVATE_PLAN_ACTIVATED = "private-plan-activated"
    INDICATOR_TRIPPED = "indicator-tripped"
    PRIVATE_INDICATOR_TRIPPED = "private-indicator-tripped"


@dataclass(frozen=True, slots=True)
class Notice:
    """
    How a kind of notice is said and where it leads.

    `noun` is the record it is about; `title` names one row of it, by its attributes, `!w` a window
    by its words; `route` is the page, and `key` the attribute that the page's address is made of.
    What a title or a key reads of other rows is named in `related`.
    """

    words: str
    noun: str
    title: str
    route: str
    key: str = "public_id"
    related: tuple[str, ...] = ()


_ENGAGEMENT = "engagement.public_id"


def _turn(words: str, title: str) -> Notice:
    return Notice(words, "Escalation", title, "issue", "issue.public_id", ("issue",))


def _activated(noun: str) -> Notice:
    words = "A contingency plan was activated"
    return Notice(words, noun, "{0.plan.title}", "plan_run", related=("plan",))


def _tripped(noun: str) -> Notice:
    words, title = "An early-warning indicator has tripped", "{0.name}: {0.risk.title}"
    return Notice(words, noun, title, "risk", "risk.public_id", ("risk",))


NOTICES: Mapping[NoticeKind, Notice] = {
    NoticeKind.STATEMENT_ISSUED: Notice(
        "A statement was issued", "Statement", "Statement of {0.window!w}", "statement"
    ),
    NoticeKind.AGREEMENT_PROPOSED: Notice(
        "An agreement waits for signatures", "Agreement", "{0.title}", "agreement"
    ),
    NoticeKind.AGREEMENT_SIGNED: Notice(
        "An agreement was signed",
        "Signature",
        "{0.agreement.title}",
        "agreement",
        "agreement.public_id",
        ("agreement",),
    ),
    NoticeKind.DISPUTE_RAISED: Notice(
        "A point was disputed",
        "Dispute",
        "Statement of {0.statement.window!w}",
        "dispute",
        related=("statement",),
    ),
    NoticeKind.DISPUTE_REPLIED: Notice(
        "A disputed point was replied to",
        "DisputeReply",
        "Statement of {0.dispute.statement.window!w}",
        "dispute",
        "dispute.public_id",
        ("dispute__statement",),
    ),
    NoticeKind.DISPUTE_CLOSED: Notice(
        "A disputed point was closed",
        "DisputeClosing",
        "Statement of {0.dispute.statement.window!w}",
        "dispute",
        "dispute.public_id",
        ("dispute__statement",),
    ),
    NoticeKind.RELIEF_CLAIMED: Notice(
        "Relief was claimed",
        "ReliefClaim",
        "{0.level_name} in {0.window!w}",
        "relief_claim",
        related=("agreement",),
    ),
    NoticeKind.RELIEF_DECIDED: Notice(
        "A claim of relief was decided",
        "ReliefDecision",
        "{0.claim.level_name} in {0.claim.window!w}",
        "relief_claim",
        "claim.public_id",
        ("claim__agreement",),
    ),
    NoticeKind.OBJECTIVE_STATED: Notice(
        "An objective waits to be acknowledged",
        "ObjectiveVersion",
        "{0.wording[statement]}",
        "objective",
        "objective.public_id",
        ("objective",),
    ),
    NoticeKind.IMPORTANCE_ASKED: Notice(
        "An objective waits for its importance", "Objective", "{0.statement}", "objective"
    ),
    NoticeKind.REVIEW_OPENED: Notice(
        "A review was opened", "EvidencePack", "{0.kind} review", "evidence_pack"
    ),
    NoticeKind.REVIEW_SIGNED: Notice(
        "A review was signed",
        "ReviewSignature",
        "{0.review.kind} review",
        "evidence_pack",
        "review.pack.public_id",
        ("review__pack",),
    ),
    NoticeKind.AWARD_PROPOSED: Notice(
        "An award waits for a decision",
        "Award",
        "Award for {0.selection.engagement.name}",
        "ranking",
        "selection.public_id",
        ("selection__engagement",),
    ),
    NoticeKind.AWARD_DECIDED: Notice(
        "An award was decided",
        "Award",
        "Award for {0.selection.engagement.name}",
        "award_record",
        related=("selection__engagement",),
    ),
    NoticeKind.GATE_PASSED: Notice(
        "A gate was passed",
        "GatePassage",
        "End of {0.stage}",
        "engagement",
        _ENGAGEMENT,
        ("engagement",),
    ),
    NoticeKind.BLOCKER_FOUND: Notice(
        "A finding blocks the gate", "Engagement", "Gate of {0.name}", "gate"
    ),
    NoticeKind.LESSON_SHARED: Notice(
        "A lesson was shared with you",
        "SharedLesson",
        "{0.title}",
        "lesson",
    ),
    NoticeKind.SURVEY_OPENED: Notice("A survey was opened", "Survey", "Survey", "survey"),
    NoticeKind.ISSUE_RAISED: Notice("An issue was raised", "Issue", "{0.title}", "issue"),
    NoticeKind.ISSUE_TURN: _turn("An issue waits for your side", "{0.issue.title}"),
    NoticeKind.ISSUE_CLIMBED: _turn("An issue was escalated", "{0.issue.title}, level {0.level}"),
    NoticeKind.ISSUE_RESOLVED: Notice(
        "A resolved issue waits to be closed", "Issue", "{0.title}", "issue"
    ),
    NoticeKind.DECISION_ASKED: Notice(
        "A question waits for your decision", "Decision", "{0.question}", "decision"
    ),
    NoticeKind.DECISION_MADE: Notice(
        "A question was decided", "Decision", "{0.question}", "decision"
    ),
    NoticeKind.ACTION_GIVEN: Notice(
        "You were given an action", "ActionItem", "{0.task}", "action_item"
    ),
    NoticeKind.OBJECTIVE_ECHO: Notice(
        "An objective waits for the delivery team's word",
        "Objective",
        "{0.statement}",
        "echo",
        _ENGAGEMENT,
        ("engagement",),
    ),
    NoticeKind.AGREEMENT_ECHO: Notice(
        "An agreement waits for the delivery team's word",
        "Agreement",
        "{0.title}",
        "echo",
        _ENGAGEMENT,
        ("engagement",),
    ),
    NoticeKind.PLAN_ACTIVATED: _activated("PlanRun"),
    NoticeKind.PRIVATE_PLAN_ACTIVATED: _activated("PrivatePlanRun"),
    NoticeKind.INDICATOR_TRIPPED: _tripped("Indicator"),
    NoticeKind.PRIVATE_INDICATOR_TRIPPED: _tripped("PrivateIndicator"),
}
