"""What gives reason for a lesson -> the form, filled with what is known of it already."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.http import Http404, QueryDict
from django.urls import reverse

from tallystick.actions.publish_lesson import Evidence
from tallystick.engine.lessons.causes import WasARisk
from tallystick.records.attestations import Dispute
from tallystick.records.decisions import Decision
from tallystick.records.engagements import Engagement
from tallystick.records.findings import findings_of
from tallystick.records.issues import Issue
from tallystick.records.lesson_evidence import Source
from tallystick.records.measurements import Measurement
from tallystick.records.relief import ReliefClaim
from tallystick.records.reviews import ReviewFinding
from tallystick.records.risk_registers import register_of
from tallystick.records.risks import StepKind
from tallystick.records.viewer import Viewer
from tallystick.web.components.figures import figure, goal_words
from tallystick.web.components.status import word_of
from tallystick.web.components.words import day, month, words
from tallystick.web.lesson_page import review_title, told
from tallystick.web.lookup import find
from tallystick.web.risks.found import find_risk
from tallystick.web.standings import attained


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody writes a lesson now: what it says, and what the form starts with."""

    told: str = ""
    back: str = ""
    back_label: str = ""
    finding: ReviewFinding | None = None
    evidence: tuple[Evidence, ...] = ()
    initial: Mapping[str, Any] = field(default_factory=dict)


def reason_of(asked: QueryDict, viewer: Viewer) -> Reason:
    """
    Return the reason that an address names, such as `?measurement=ID`; an empty one without.

    Raises:
        Http404: if it names something that the viewer may not see.
    """
    for name, read in _KINDS.items():
        if key := asked.get(name, ""):
            return read(key, asked, viewer)
    return Reason()


def _applies(engagement: Engagement) -> dict[str, Any]:
    return {"stages": [engagement.stage], "service_types": [engagement.service_type]}


def _context(engagement: Engagement, when: str = "") -> str:
    kind = engagement.service_type.replace("-", " ")
    return f"{engagement.name} ({kind}){f', {when}' if when else ''}."


def _reason(
    engagement: Engagement,
    evidence: Evidence,
    back: tuple[str, str],
    when: str = "",
    finding: ReviewFinding | None = None,
    **initial: Any,
) -> Reason:
    """Return a reason that rests on one piece of evidence; `back` is the page that tells of it."""
    filled = {"context": _context(engagement, when), "what_happened": evidence.told}
    address, label = back
    return Reason(
        told=evidence.told,
        back=address,
        back_label=label,
        finding=finding,
        evidence=(evidence,),
        initial=filled | _applies(engagement) | initial,
    )


def _finding(key: str, asked: QueryDict, viewer: Viewer) -> Reason:
    finding = find(
        ReviewFinding, viewer, key, "review__engagement", "review__pack",
        "review__statement__agreement",
    )  # fmt: skip
    review, engagement = finding.review, finding.review.engagement
    title, said = review_title(review), told(finding)
    return _reason(
        engagement,
        Evidence(Source.REVIEW_FINDING, finding.public_id, said),
        (reverse("review", args=[review.public_id]), f"{title}, {engagement.name}"),
        when=month(review.statement.window) if review.statement else title.lower(),
        finding=finding,
        **({} if review.statement else {"preventive_action": finding.remedy}),
    )


def _measurement(key: str, asked: QueryDict, viewer: Viewer) -> Reason:
    found = find(Measurement, viewer, key, "agreement__engagement")
    name = found.agreement.level_called(found.service_level)
    said = (
        f"“{name}” in {month(found.window)}: {figure(attained(found), found.target)} against "
        f"{goal_words(found.target)}, {word_of(found.verdict).lower()}."
    )
    return _reason(
        found.agreement.engagement,
        Evidence(Source.MEASUREMENT, found.public_id, said),
        (reverse("measurement", args=[found.public_id]), f"{name}, {month(found.window)}"),
        when=month(found.window),
    )


def _dispute(key: str, asked: QueryDict, viewer: Viewer) -> Reason:
    found = find(Dispute, viewer, key, "statement__engagement")
    statement, engagement = found.statement, found.statement.engagement
    when = month(statement.window)
    said = (
        f"The {found.side} disputed the statement of {when}: "
        f"{found.what_is_wrong} It should be: {found.should_be}"
    )
    there = reverse("statement", args=[statement.public_id])
    return _reason(
        engagement,
        Evidence(Source.DISPUTE, found.public_id, said),
        (there, f"Statement of {when}, {engagement.name}"),
        when=when,
    )


def _claim(key: str, asked: QueryDict, viewer: Viewer) -> Reason:
    found = find(ReliefClaim, viewer, key, "agreement__engagement")
    engagement = found.agreement.engagement
    said = (
        f"Relief was claimed for {month(found.window)} ({words(found.ground)}): "
        f"{found.what_happened}"
    )
    return _reason(
        engagement,
        Evidence(Source.RELIEF_CLAIM, found.public_id, said),
        (reverse("relief_claim", args=[found.public_id]), f"Claim of relief, {engagement.name}"),
        when=month(found.window),
    )


def _issue(key: str, asked: QueryDict, viewer: Viewer) -> Reason:
    found = find(Issue, viewer, key, "engagement")
    said = f"The {found.side} raised the issue “{found.title}”: {found.what_happened}"
    cost: dict[str, Any] = {}
    if found.currency:
        cost = {"effect_amount": found.cost, "effect_currency": found.currency}
    return _reason(
        found.engagement,
        Evidence(Source.ISSUE, found.public_id, said),
        (reverse("issue", args=[found.public_id]), f"Issue of {found.engagement.name}"),
        when=month(f"{found.raised_at:%Y-%m}"),
        title=found.title,
        what_happened=found.what_happened,
        cause=found.cause,
        preventive_action=found.resolution,
        **cost,
    )


def _risk(key: str, asked: QueryDict, viewer: Viewer) -> Reason:
    found = find_risk(viewer, key)
    register = register_of(found)
    steps = register.steps.objects.visible_to(viewer).filter(risk=found.pk)
    happened = steps.filter(kind=StepKind.OCCURRED).order_by("id").last()
    if happened is None:
        raise Http404
    signs = register.indicators.objects.visible_to(viewer).filter(risk=found.pk)
    told_by = [each.name for each in signs.order_by("id") if each.tripped_on]
    cost: dict[str, Any] = {}
    if found.currency and happened.document.get("cost"):
        cost = {"effect_amount": happened.document["cost"], "effect_currency": found.currency}
    said = f"The risk “{found.title}” came true on {day(happened.on)}: {happened.note}"
    return _reason(
        found.engagement,
        Evidence(Source.RISK, found.public_id, said),
        (reverse("risk", args=[found.public_id]), f"Risk of {found.engagement.name}"),
        when=month(f"{happened.on:%Y-%m}"),
        title=found.title,
        what_happened=happened.note,
        root_cause=found.cause,
        effect=found.effect,
        cause=found.cause_code,
        warning_signs="\n".join(told_by),
        was_a_risk=WasARisk.YES.value,
        practices=["8"],
        **cost,
    )


def _decision(key: str, asked: QueryDict, viewer: Viewer) -> Reason:
    found = find(Decision, viewer, key, "engagement", "forum", "owner")
    when = day(found.asked_on)
    decided = (
        f"It was decided on {day(found.decided_on)}: {found.decision}"
        if found.decided_on
        else "It is not decided yet."
    )
    return _reason(
        found.engagement,
        Evidence(
            Source.DECISION, found.public_id, f"Asked on {when}: “{found.question}” {decided}"
        ),
        (reverse("decision", args=[found.public_id]), found.question),
        when=when,
        practices=["6"],
    )


def _guardrail_finding(key: str, asked: QueryDict, viewer: Viewer) -> Reason:
    engagement = find(Engagement, viewer, key, "client", "provider")
    if not viewer.is_client:
        raise Http404
    wanted = asked.get("finding_key", "")
    present = findings_of(engagement, datetime.now(UTC))
    found = next((each for each in present if each.key == wanted), None)
    if found is None:
        raise Http404
    said = f"{found.code}: {found.sentence}"
    return _reason(
        engagement,
        Evidence(Source.GUARDRAIL_FINDING, engagement.public_id, said),
        (reverse("findings", args=[engagement.public_id]), f"Findings of {engagement.name}"),
        what_happened=found.sentence,
        preventive_action=found.remedy,
        practices=[str(found.practice)],
    )


_KINDS: Mapping[str, Callable[[str, QueryDict, Viewer], Reason]] = {
    "finding": _finding,
    "measurement": _measurement,
    "dispute": _dispute,
    "claim": _claim,
    "issue": _issue,
    "risk": _risk,
    "decision": _decision,
    "engagement": _guardrail_finding,
}
