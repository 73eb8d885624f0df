"""Record that a risk came true: what happened, what it cost, and the issue that it became."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from tallystick.actions.identify_risk import RiskPartRefused
from tallystick.actions.raise_issue import IssueWording, raise_issue
from tallystick.actions.refusals import require
from tallystick.actions.risks_kept import locked_open, step
from tallystick.actions.texts import checked
from tallystick.engine.risk import TriageLevel
from tallystick.records.agreements import AgreementState
from tallystick.records.issued import can_be_answered
from tallystick.records.issues import Issue, IssueSeverity
from tallystick.records.risk_registers import AnyRisk
from tallystick.records.risks import Risk, RiskStatus, StepKind
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

MOST_COST = 10**15
_SEVERITIES: Mapping[str, IssueSeverity] = {
    TriageLevel.HIGH: IssueSeverity.HIGH,
    TriageLevel.LOW: IssueSeverity.LOW,
}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """
    What happened; `again` says that it may happen once more, so the risk stays open.

    A shared risk becomes an issue, of its own title and `words` unless `issue_title` or
    `issue_words` say it otherwise. One that the client keeps to itself becomes an issue only if
    both are given: of it the provider reads these, and nothing else.
    """

    on: date
    words: str
    cost: Decimal | None = None
    again: bool = False
    issue_title: str = ""
    issue_words: str = ""


@transaction.atomic
def record_occurrence(
    *, risk: AnyRisk, occurrence: Occurrence, by: Viewer, as_of: datetime
) -> AnyRisk:
    """
    Keep that a risk came true, and ask the other side about it once there is one.

    Raises:
        NotPermitted, RiskOver, RiskPartRefused, TextNeeded, TextTooLong, NobodyToAnswer,
        IssueRefused
    """
    require(by, Duty.MANAGE_RISKS)
    risk = locked_open(risk)
    words = checked(occurrence.words, "words", longest=4_000)
    _check(risk, occurrence, as_of)
    if not occurrence.again:
        risk.closed_on = occurrence.on
    risk.status = RiskStatus.OCCURRED
    risk.save(update_fields=["status", "closed_on"])
    issue = _issue(risk, occurrence, words, by, as_of)
    cost = None if occurrence.cost is None else f"{occurrence.cost:f}"
    step(
        risk,
        StepKind.OCCURRED,
        f"The risk “{risk.title}” came true on {occurrence.on}.",
        action="record_occurrence",
        note=words,
        on=occurrence.on,
        document={
            "cost": cost,
            "again": occurrence.again,
            "issue": issue.public_id if issue else None,
        },
        issue=issue,
        by=by,
        as_of=as_of,
    )
    return risk


def _issue(
    risk: AnyRisk, occurrence: Occurrence, words: str, by: Viewer, as_of: datetime
) -> Issue | None:
    """Raise the issue that a risk became; of a private one the provider reads what it is told."""
    title, told = occurrence.issue_title, occurrence.issue_words
    asked = bool(title.strip() or told.strip())
    if isinstance(risk, Risk):
        if not asked and not can_be_answered(risk.engagement):
            return None
        wording = _of_shared(risk, occurrence.cost, title or risk.title, told or words)
    elif asked:
        wording = IssueWording(
            title=checked(title, "issue_title", longest=160),
            what_happened=checked(told, "issue_words"),
        )
    else:
        return None
    return raise_issue(engagement=risk.engagement, wording=wording, by=by, as_of=as_of)


def _of_shared(risk: Risk, cost: Decimal | None, title: str, told: str) -> IssueWording:
    counted = cost is not None and risk.currency
    return IssueWording(
        title=checked(title, "issue_title", longest=160),
        what_happened=checked(told, "issue_words"),
        severity=_SEVERITIES.get(risk.level, IssueSeverity.MEDIUM),
        cause=risk.cause_code,
        cost=cost if counted else None,
        currency=risk.currency if counted else "",
        service_level=_in_force(risk),
        objective=risk.objective,
        risk=risk,
    )


def _in_force(risk: Risk) -> str:
    """Return the service level that the risk endangers, if the agreement still has it."""
    signed = risk.engagement.agreements.filter(state=AgreementState.IN_FORCE)
    known = {name for each in signed for name in each.level_names}
    return risk.service_level if risk.service_level in known else ""


def _check(risk: AnyRisk, occurrence: Occurrence, as_of: datetime) -> None:
    if not risk.identified_on <= occurrence.on <= as_of.date():
        raise RiskPartRefused(
            f"{occurrence.on} is not between {risk.identified_on}, when the risk was identified, "
            "and today.",
            place="on",
            remedy="Give the day on which it happened; what came before is a surprise, not a risk.",
        )
    if occurrence.cost is not None and not 0 <= occurrence.cost <= MOST_COST:
        raise RiskPartRefused(
            f"The cost is {occurrence.cost}.",
            place="cost",
            remedy="Write what it cost as a figure from 0 on.",
        )
