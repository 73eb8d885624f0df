"""Whom each act tells of what: one line for each, called in the act's own transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from tallystick.actions.announce import Hearer, announce, announce_all, hearers, who_may
from tallystick.engine.guardrails import Severity
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.agreements import Agreement
from tallystick.records.attestations import Dispute
from tallystick.records.awards import Award
from tallystick.records.dispute_replies import DisputeClosing, DisputeReply
from tallystick.records.engagements import Engagement, GatePassage
from tallystick.records.evidence_packs import EvidencePack
from tallystick.records.importance import Importance
from tallystick.records.kept_findings import KeptFinding
from tallystick.records.lessons import SharedLesson
from tallystick.records.notices import NoticeKind
from tallystick.records.objectives import Objective, ObjectiveVersion
from tallystick.records.organisations import Membership
from tallystick.records.relief import ReliefClaim, ReliefDecision
from tallystick.records.review_words import ReviewSignature
from tallystick.records.roles import Duty, Side
from tallystick.records.signatures import Signature
from tallystick.records.statements import Statement
from tallystick.records.surveys import Survey
from tallystick.records.viewer import Viewer


def tell_statement(statement: Statement, by: Viewer, as_of: datetime) -> None:
    """Tell those who may attest it."""
    to = who_may(Duty.ATTEST, statement.engagement)
    announce(NoticeKind.STATEMENT_ISSUED, statement, to=to, by=by, as_of=as_of)


def tell_proposal(agreement: Agreement, by: Viewer, as_of: datetime) -> None:
    """Tell those who may sign it."""
    to = who_may(Duty.SIGN_AGREEMENT, agreement.engagement)
    announce(NoticeKind.AGREEMENT_PROPOSED, agreement, to=to, by=by, as_of=as_of)


def tell_signature(signature: Signature, by: Viewer, as_of: datetime) -> None:
    """Tell those who may sign for either party."""
    to = who_may(Duty.SIGN_AGREEMENT, signature.engagement)
    announce(NoticeKind.AGREEMENT_SIGNED, signature, to=to, by=by, as_of=as_of)


def tell_dispute(dispute: Dispute, by: Viewer, as_of: datetime) -> None:
    """Tell the other party, which is waited for."""
    to = who_may(Duty.ATTEST, dispute.engagement, Side(by.organisation.side).other)
    announce(NoticeKind.DISPUTE_RAISED, dispute, to=to, by=by, as_of=as_of)


def tell_reply(reply: DisputeReply, by: Viewer, as_of: datetime) -> None:
    """Tell whoever raised the point, and the other party."""
    raised = hearers([reply.dispute.disputed_by], "you raised the point")
    to = [*raised, *who_may(Duty.ATTEST, reply.engagement, Side(by.organisation.side).other)]
    announce(NoticeKind.DISPUTE_REPLIED, reply, to=to, by=by, as_of=as_of)


def tell_dispute_closed(closing: DisputeClosing, by: Viewer, as_of: datetime) -> None:
    """Tell the other party."""
    to = who_may(Duty.ATTEST, closing.engagement, Side(by.organisation.side).other)
    announce(NoticeKind.DISPUTE_CLOSED, closing, to=to, by=by, as_of=as_of)


def tell_claim(claim: ReliefClaim, by: Viewer, as_of: datetime) -> None:
    """Tell the client, which decides."""
    to = who_may(Duty.DECIDE_RELIEF, claim.engagement, Side.CLIENT)
    announce(NoticeKind.RELIEF_CLAIMED, claim, to=to, by=by, as_of=as_of)


def tell_relief(decision: ReliefDecision, by: Viewer, as_of: datetime) -> None:
    """Tell whoever claimed, and the other party."""
    claimed = hearers([decision.claim.claimed_by], "you claimed it")
    duty = Duty.CLAIM_RELIEF if by.is_client else Duty.DECIDE_RELIEF
    to = [*claimed, *who_may(duty, decision.engagement, Side(by.organisation.side).other)]
    announce(NoticeKind.RELIEF_DECIDED, decision, to=to, by=by, as_of=as_of)


def tell_objective(version: ObjectiveVersion, by: Viewer, as_of: datetime) -> None:
    """Tell the provider, which acknowledges."""
    to = who_may(Duty.ACKNOWLEDGE, version.engagement, Side.PROVIDER)
    announce(NoticeKind.OBJECTIVE_STATED, version, to=to, by=by, as_of=as_of)


def tell_importance(
    engagement: Engagement, objectives: Sequence[Objective], by: Viewer, as_of: datetime
) -> None:
    """
    Tell each party which of the objectives that are understood now it has not rated yet.

    Neither hears anything that depends on whether the other has: that stays sealed.
    """
    for side in Side:
        party = engagement.client if side is Side.CLIENT else engagement.provider
        rows = Importance.objects.filter(objective__in=objectives, organisation=party)
        rated = set(rows.values_list("objective", flat=True))
        to = who_may(Duty.WEIGH, engagement, side)
        told = [(each, to) for each in objectives if each.pk not in rated]
        announce_all(NoticeKind.IMPORTANCE_ASKED, told, by=by, as_of=as_of)


def tell_review_opened(pack: EvidencePack, by: Viewer, as_of: datetime) -> None:
    """Tell those who will sign it, and the provider, which rates."""
    signing = who_may(Duty.SIGN_REVIEW, pack.engagement, Side.CLIENT)
    rating = who_may(Duty.RATE, pack.engagement, Side.PROVIDER)
    announce(NoticeKind.REVIEW_OPENED, pack, to=[*signing, *rating], by=by, as_of=as_of)


def tell_review_signed(signature: ReviewSignature, by: Viewer, as_of: datetime) -> None:
    """Tell the other party's signatories, and those of one's own."""
    signing = who_may(Duty.COUNTERSIGN_REVIEW, signature.engagement, Side.PROVIDER)
    own = who_may(Duty.SIGN_REVIEW, signature.engagement, Side.CLIENT)
    announce(NoticeKind.REVIEW_SIGNED, signature, to=[*signing, *own], by=by, as_of=as_of)


def tell_award(award: Award, by: Viewer, as_of: datetime) -> None:
    """Tell those of the client who decide; no bidder learns that there is an award."""
    to = who_may(Duty.APPROVE_AWARD, award.selection.engagement, Side.CLIENT)
    announce(NoticeKind.AWARD_PROPOSED, award, to=to, by=by, as_of=as_of)


def tell_award_decided(award: Award, by: Viewer, as_of: datetime) -> None:
    """Tell whoever proposed it, and those of the client who run selections."""
    proposed = hearers([award.proposed_by], "you proposed it")
    to = [*proposed, *who_may(Duty.RUN_SELECTION, award.selection.engagement, Side.CLIENT)]
    announce(NoticeKind.AWARD_DECIDED, award, to=to, by=by, as_of=as_of)


def tell_gate(passage: GatePassage, by: Viewer, as_of: datetime) -> None:
    """Tell the client's leads, and the provider of what comes after its award."""
    to: list[Hearer] = who_may(Duty.PLAN_ENGAGEMENT, passage.engagement, Side.CLIENT)
    if passage.stage not in {Stage.DEFINE, Stage.SELECT}:
        to += who_may(Duty.ACKNOWLEDGE, passage.engagement, Side.PROVIDER)
    announce(NoticeKind.GATE_PASSED, passage, to=to, by=by, as_of=as_of)


def tell_lesson(shared: SharedLesson, by: Viewer, as_of: datetime) -> None:
    """Tell everybody at the provider that it was shared with."""
    present = Membership.objects.filter(organisation=shared.organisation, ended_at=None)
    people = [each.person for each in present.select_related("person").order_by("id")]
    to = hearers(people, f"{by.organisation.name} shared it with {shared.organisation.name}")
    announce(NoticeKind.LESSON_SHARED, shared, to=to, by=by, as_of=as_of)


def tell_survey(survey: Survey, by: Viewer, as_of: datetime) -> None:
    """Tell those of both parties who hand out links."""
    to = who_may(Duty.LINK_SURVEY, survey.engagement)
    announce(NoticeKind.SURVEY_OPENED, survey, to=to, by=by, as_of=as_of)


def tell_blockers(opened: Iterable[KeptFinding], by: Viewer | None, as_of: datetime) -> None:
    """Tell the client's leads which gates are blocked by something that was not there before."""
    blocked: dict[int, Engagement] = {
        each.engagement_id: each.engagement
        for each in opened
        if each.severity == Severity.BLOCKER and each.waived_until is None
    }
    leads: dict[int, list[Hearer]] = {}
    for each in blocked.values():
        if each.client_id not in leads:
            leads[each.client_id] = who_may(Duty.PLAN_ENGAGEMENT, each, Side.CLIENT)
    told = [(each, leads[each.client_id]) for each in blocked.values()]
    if told:
        announce_all(NoticeKind.BLOCKER_FOUND, told, by=by, as_of=as_of)
