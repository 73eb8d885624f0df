"""Raise an issue: what went wrong, and from which level of the ladder the other side is asked."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.issue_turns import Next, begin_turn
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.sent_twice import sent_before
from tallystick.actions.texts import checked
from tallystick.engine.lessons.causes import Cause
from tallystick.engine.refusals import Refusal
from tallystick.records.agreements import AgreementState
from tallystick.records.engagements import Engagement
from tallystick.records.issued import can_be_answered
from tallystick.records.issues import Issue, IssueSeverity, IssueState, Opened
from tallystick.records.ladders import LEVELS
from tallystick.records.objectives import Objective
from tallystick.records.risks import Risk
from tallystick.records.roles import Duty, Side
from tallystick.records.viewer import Viewer

DEAREST = Decimal(10) ** 12


class NobodyToAnswer(Refusal):
    """There is no provider yet that could read it."""

    code = "issue.nobody-to-answer"


class IssueRefused(Refusal):
    """A part of an issue has a value that it cannot have."""

    code = "issue.part-refused"


@dataclass(frozen=True, slots=True)
class IssueWording:
    """
    What went wrong.

    `level` is the level of the ladder that is asked first, `service_level` the id of one in the
    agreement; `cost` is what it cost so far, in a currency. `risk` is the one that came true.
    """

    title: str
    what_happened: str
    severity: str = IssueSeverity.MEDIUM
    cause: str = ""
    cost: Decimal | None = None
    currency: str = ""
    service_level: str = ""
    objective: Objective | None = None
    level: int = LEVELS[0]
    risk: Risk | None = None


@transaction.atomic
def raise_issue(
    *, engagement: Engagement, wording: IssueWording, by: Viewer, as_of: datetime
) -> Issue:
    """
    Store an issue; from now on the other side is waited for, by the ladder's clock. What the same
    person sent a moment ago with the same words is raised once.

    Raises:
        NotPermitted, NobodyToAnswer, TextNeeded, TextTooLong, IssueRefused
    """
    require(by, Duty.SETTLE_ISSUE)
    if not can_be_answered(engagement):
        raise NobodyToAnswer(
            "No provider reads this engagement yet, so nobody could answer.",
            place="engagement",
            remedy="Write an internal note, and raise the issue once the award is made known.",
        )
    _demand_parts(wording, engagement)
    wording = replace(
        wording,
        title=checked(wording.title, "title", longest=160),
        what_happened=checked(wording.what_happened, "what_happened"),
    )
    same = {name: getattr(wording, name) for name in ("title", "what_happened", "severity", "risk")}
    rows = Issue.objects.filter(engagement=engagement)
    if found := sent_before(rows, "raised_at", "raised_by", by=by, as_of=as_of, **same):
        return found
    issue = _stored(engagement, wording, by, as_of)
    other = Side(issue.side).other
    turn = begin_turn(issue, Next(other, wording.level, Opened.RAISED), as_of, by=by)
    enter(
        issue,
        f"Raised the issue “{issue.title}” ({issue.severity}); the {other} is asked on level "
        f"{turn.level}.",
        action="raise_issue",
        payload=_plain(issue) | {"level": turn.level, "due_at": _instant(turn.due_at)},
        chain=engagement,
        by=by,
        as_of=as_of,
    )
    keep_findings_in([engagement], as_of, by=by)
    return issue


def _stored(engagement: Engagement, wording: IssueWording, by: Viewer, as_of: datetime) -> Issue:
    return Issue.objects.create(
        engagement=engagement,
        title=wording.title,
        what_happened=wording.what_happened,
        severity=wording.severity,
        cause=wording.cause,
        cost=wording.cost,
        currency=wording.currency,
        service_level=wording.service_level,
        objective=wording.objective,
        risk=wording.risk,
        side=by.organisation.side,
        raised_at=as_of,
        raised_by=by.person,
        state=IssueState.OPEN,
    )


def _demand_parts(wording: IssueWording, engagement: Engagement) -> None:
    _demand_known("severity", wording.severity, list(IssueSeverity))
    _demand_known("cause", wording.cause, ["", *Cause])
    _demand_known("level", str(wording.level), [str(each) for each in LEVELS])
    _demand_cost(wording)
    if wording.objective and wording.objective.engagement_id != engagement.pk:
        raise IssueRefused(
            "The objective belongs to another engagement.",
            place="objective",
            remedy="Choose one of this engagement.",
        )
    if wording.risk and wording.risk.engagement_id != engagement.pk:
        raise IssueRefused(
            "The risk belongs to another engagement.",
            place="risk",
            remedy="Choose one of this engagement.",
        )
    if wording.service_level:
        signed = engagement.agreements.filter(state=AgreementState.IN_FORCE)
        known = sorted({name for each in signed for name in each.level_names})
        _demand_known("service_level", wording.service_level, known)


def _demand_known(place: str, given: str, known: list[Any]) -> None:
    if given not in known:
        offered = ", ".join(filter(None, known))
        raise IssueRefused(
            f"There is no {place.replace('_', ' ')} {given[:40]!r}.",
            place=place,
            remedy=f"Choose one of: {offered}." if offered else "Leave it out: there are none.",
        )


def _demand_cost(wording: IssueWording) -> None:
    cost, currency = wording.cost, wording.currency
    if cost is not None and not (cost.is_finite() and 0 <= cost < DEAREST):
        raise IssueRefused(
            f"The cost is {cost}.",
            place="cost",
            remedy="Give an amount from 0 up, or leave it empty while nobody knows it.",
        )
    letters = len(currency) == 3 and currency.isascii() and currency.isalpha()
    fits = letters and currency.isupper() if cost is not None else not currency
    if not fits:
        raise IssueRefused(
            f"The currency of the cost is {currency[:10]!r}."
            if cost is not None
            else "A currency is given, and no cost.",
            place="currency",
            remedy="Give cost and currency together, the currency as three letters such as EUR.",
        )


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _plain(issue: Issue) -> dict[str, Any]:
    return {
        "title": issue.title,
        "what_happened": issue.what_happened,
        "severity": issue.severity,
        "cause": issue.cause,
        "cost": str(issue.cost) if issue.cost is not None else None,
        "currency": issue.currency,
        "service_level": issue.service_level,
        "objective": issue.objective.public_id if issue.objective else None,
        "risk": issue.risk.public_id if issue.risk else None,
    }
