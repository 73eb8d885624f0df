"""Hold the review of a statement: each proposed finding is confirmed or dismissed by people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.restate_statement import demand_current
from tallystick.actions.texts import checked
from tallystick.engine.guardrails.finding import Finding
from tallystick.engine.refusals import Refusal
from tallystick.records.findings import proposed_findings
from tallystick.records.reviews import FindingDecision, Review, ReviewFinding
from tallystick.records.roles import Duty
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer


class AlreadyReviewed(Refusal):
    """A statement is reviewed once."""

    code = "review.already-held"


class FindingUndecided(Refusal):
    """Each proposed finding needs people's word."""

    code = "review.finding-undecided"


class DismissalNeedsReason(Refusal):
    """What is dismissed without a reason comes back without a lesson."""

    code = "review.dismissal-needs-reason"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What people made of one finding."""

    decision: FindingDecision
    reason: str = ""


def _decided(finding: Finding, verdicts: Mapping[str, Verdict]) -> Verdict:
    verdict = verdicts.get(finding.key)
    if verdict is None:
        raise FindingUndecided(
            f"{finding.code} at {finding.place} has no decision.",
            place=finding.key,
            remedy="Confirm or dismiss each finding.",
        )
    if verdict.decision is FindingDecision.DISMISSED and not verdict.reason.strip():
        raise DismissalNeedsReason(
            f"{finding.code} at {finding.place} is dismissed without a reason.",
            place=finding.key,
            remedy="Write one sentence that says why this is no finding.",
        )
    return verdict


@transaction.atomic
def hold_review(
    *,
    statement: Statement,
    verdicts: Mapping[str, Verdict],
    summary: str,
    by: Viewer,
    as_of: datetime,
) -> Review:
    """
    Store the review with each finding as it was proposed and decided.

    `verdicts` answers the `key` of every finding that `proposed_findings` names.

    Raises:
        NotPermitted, AlreadyReviewed, AlreadyRestated, FindingUndecided, DismissalNeedsReason
    """
    require(by, Duty.HOLD_REVIEW)
    statement = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    if Review.objects.filter(statement=statement).exists():
        raise AlreadyReviewed(
            f"The statement of {statement.window} was reviewed before.",
            remedy="Open the review that was held.",
        )
    demand_current(statement)
    decided = [(finding, _decided(finding, verdicts)) for finding in proposed_findings(statement)]
    review = Review.objects.create(
        engagement=statement.engagement,
        statement=statement,
        summary=checked(summary, "summary", needed=False),
        held_at=as_of,
        held_by=by.person,
    )
    _store(review, decided)
    confirmed = sum(verdict.decision is FindingDecision.CONFIRMED for _, verdict in decided)
    enter(
        review,
        f"Reviewed {statement.window}: {confirmed} of {len(decided)} findings confirmed.",
        action="hold_review",
        payload={
            "statement": statement.public_id,
            "decisions": {finding.key: verdict.decision for finding, verdict in decided},
        },
        chain=statement.engagement,
        by=by,
        as_of=as_of,
    )
    keep_findings_in([statement.engagement], as_of, by=by)
    return review


def _store(review: Review, decided: Iterable[tuple[Finding, Verdict]]) -> None:
    """Keep each finding as it was proposed, with what was decided."""
    ReviewFinding.objects.bulk_create(
        ReviewFinding(
            engagement=review.engagement,
            review=review,
            code=finding.code,
            severity=finding.severity,
            place=finding.place,
            sentence=finding.sentence,
            remedy=finding.remedy,
            decision=verdict.decision,
            reason=verdict.reason,
        )
        for finding, verdict in decided
    )
