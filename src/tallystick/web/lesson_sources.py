"""What gives reason for a lesson -> the form, filled with what is known of it already."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.http import Http404, QueryDict
from django.urls import reverse

from tallystick.actions.publish_lesson import Evidence
from tallystick.records.attestations import Dispute
from tallystick.records.engagements import Engagement
from tallystick.records.findings import findings_of
from tallystick.records.lesson_evidence import Source
from tallystick.records.measurements import Measurement
from tallystick.records.relief import ReliefClaim
from tallystick.records.reviews import ReviewFinding
from tallystick.records.viewer import Viewer
from tallystick.web.components.figures import figure, goal_words
from tallystick.web.components.status import word_of
from tallystick.web.components.words import month, words
from tallystick.web.lesson_page import review_title, told
from tallystick.web.lookup import find
from tallystick.web.standings import attained, levels_of


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


def _finding(key: str, asked: QueryDict, viewer: Viewer) -> Reason:
    finding = find(
        ReviewFinding, viewer, key, "review__engagement", "review__pack",
        "review__statement__agreement",
    )  # fmt: skip
    review, engagement = finding.review, finding.review.engagement
    title, said = review_title(review), told(finding)
    return Reason(
        told=said,
        back=reverse("review", args=[review.public_id]),
        back_label=f"{title}, {engagement.name}",
        finding=finding,
        evidence=(Evidence(Source.REVIEW_FINDING, finding.public_id, said),),
        initial={
            "context": _context(
                engagement, month(review.statement.window) if review.statement else title.lower()
            ),
            "what_happened": said,
        }
        | ({} if review.statement else {"preventive_action": finding.remedy})
        | _applies(engagement),
    )


def _measurement(key: str, asked: QueryDict, viewer: Viewer) -> Reason:
    found = find(Measurement, viewer, key, "agreement__engagement")
    engagement = found.agreement.engagement
    names = {level["id"]: level["name"] for level in levels_of(found.agreement)}
    name = names.get(found.service_level, found.service_level)
    said = (
        f"“{name}” in {month(found.window)}: {figure(attained(found), found.target)} against "
        f"{goal_words(found.target)}, {word_of(found.verdict).lower()}."
    )
    return Reason(
        told=said,
        back=reverse("measurement", args=[found.public_id]),
        back_label=f"{name}, {month(found.window)}",
        evidence=(Evidence(Source.MEASUREMENT, found.public_id, said),),
        initial={"context": _context(engagement, month(found.window)), "what_happened": said}
        | _applies(engagement),
    )


def _dispute(key: str, asked: QueryDict, viewer: Viewer) -> Reason:
    found = find(Dispute, viewer, key, "statement__engagement")
    statement = found.statement
    said = (
        f"The {found.side} disputed the statement of {month(statement.window)}: "
        f"{found.what_is_wrong} It should be: {found.should_be}"
    )
    return Reason(
        told=said,
        back=reverse("statement", args=[statement.public_id]),
        back_label=f"Statement of {month(statement.window)}, {statement.engagement.name}",
        evidence=(Evidence(Source.DISPUTE, found.public_id, said),),
        initial={
            "context": _context(statement.engagement, month(statement.window)),
            "what_happened": said,
        }
        | _applies(statement.engagement),
    )


def _claim(key: str, asked: QueryDict, viewer: Viewer) -> Reason:
    found = find(ReliefClaim, viewer, key, "agreement__engagement")
    engagement = found.agreement.engagement
    said = (
        f"Relief was claimed for {month(found.window)} ({words(found.ground)}): "
        f"{found.what_happened}"
    )
    return Reason(
        told=said,
        back=reverse("relief_claim", args=[found.public_id]),
        back_label=f"Claim of relief, {engagement.name}",
        evidence=(Evidence(Source.RELIEF_CLAIM, found.public_id, said),),
        initial={"context": _context(engagement, month(found.window)), "what_happened": said}
        | _applies(engagement),
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
    return Reason(
        told=said,
        back=reverse("findings", args=[engagement.public_id]),
        back_label=f"Findings of {engagement.name}",
        evidence=(Evidence(Source.GUARDRAIL_FINDING, engagement.public_id, said),),
        initial={
            "context": _context(engagement),
            "what_happened": found.sentence,
            "preventive_action": found.remedy,
            "practices": [str(found.practice)],
        }
        | _applies(engagement),
    )


_KINDS: Mapping[str, Callable[[str, QueryDict, Viewer], Reason]] = {
    "finding": _finding,
    "measurement": _measurement,
    "dispute": _dispute,
    "claim": _claim,
    "engagement": _guardrail_finding,
}
