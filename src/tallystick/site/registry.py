"""Who may reach what: every address and operation with its audience; what is absent is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tallystick.records.roles import Duty


class Reach(StrEnum):
    """Who may know that an address exists."""

    ANYONE = "anyone"
    MEMBER = "anyone signed in"
    CLIENT = "the client's people"
    PROVIDER = "a provider's people"


@dataclass(frozen=True, slots=True)
class Route:
    """
    One page or operation.

    An id in its address names an object that must be visible to the viewer, or the answer is
    404. `duty` is what the route asks of the viewer's role, or the answer is 403, whatever the
    object. `post` is the status that a permitted person gets for a POST without any field,
    None where there is no POST; `get` is False where there is only that.
    """

    reach: Reach
    duty: Duty | None = None
    get: bool = True
    post: int | None = None

    @property
    def methods(self) -> frozenset[str]:
        """Return the methods that the route answers."""
        reading = {"GET", "HEAD"} if self.get else set()
        return frozenset(reading | ({"POST"} if self.post else set()))


def _form(reach: Reach, duty: Duty) -> Route:
    """Return a page with a form; a POST without fields shows it again with its errors."""
    return Route(reach, duty, post=422)


def _act(reach: Reach, duty: Duty, empty: int) -> Route:
    """Return a route that only acts."""
    return Route(reach, duty, get=False, post=empty)


ANYONE, MEMBER = Route(Reach.ANYONE), Route(Reach.MEMBER)
CLIENT = Route(Reach.CLIENT)

PAGES: Mapping[str, Route] = {
    "account_login": Route(Reach.ANYONE, post=200),
    "account_logout": Route(Reach.MEMBER, post=302),
    "account_change_password": Route(Reach.MEMBER, post=200),
    "account_reauthenticate": Route(Reach.MEMBER, post=200),
    "theme": Route(Reach.ANYONE, get=False, post=302),
    # The portfolio and planning
    "home": MEMBER,
    "engagement_new": _form(Reach.CLIENT, Duty.PLAN_ENGAGEMENT),
    "engagement": MEMBER,
    "gate": CLIENT,
    "gate_pass": _act(Reach.CLIENT, Duty.PLAN_ENGAGEMENT, 302),
    "lesson_answer": _act(Reach.CLIENT, Duty.PLAN_ENGAGEMENT, 422),
    "lesson_rate": _act(Reach.CLIENT, Duty.PUBLISH_LESSON, 302),
    "provider_appoint": _act(Reach.CLIENT, Duty.PLAN_ENGAGEMENT, 422),
    "findings": CLIENT,
    "snapshot": CLIENT,
    "objectives": MEMBER,
    "objective_new": _form(Reach.CLIENT, Duty.PLAN_ENGAGEMENT),
    "objective_edit": _form(Reach.CLIENT, Duty.PLAN_ENGAGEMENT),
    "objective_acknowledge": _act(Reach.PROVIDER, Duty.ACKNOWLEDGE, 302),
    "agreements": MEMBER,
    "agreement_new": _form(Reach.CLIENT, Duty.RECORD_AGREEMENT),
    "agreement": MEMBER,
    "agreement_difference": MEMBER,
    "agreement_sign": _form(Reach.MEMBER, Duty.SIGN_AGREEMENT),
    "agreement_withdraw": _act(Reach.MEMBER, Duty.DRAFT_AGREEMENT, 302),
    "draft_new": _form(Reach.MEMBER, Duty.DRAFT_AGREEMENT),
    "draft": MEMBER,
    "draft_edit": _form(Reach.MEMBER, Duty.DRAFT_AGREEMENT),
    "draft_begin": _form(Reach.MEMBER, Duty.DRAFT_AGREEMENT),
    "draft_parts": MEMBER,
    "draft_part": _form(Reach.MEMBER, Duty.DRAFT_AGREEMENT),
    "draft_part_add": _act(Reach.MEMBER, Duty.DRAFT_AGREEMENT, 422),
    "draft_rehearsal": MEMBER,
    "draft_propose": _act(Reach.MEMBER, Duty.DRAFT_AGREEMENT, 422),
    "draft_discard": _act(Reach.MEMBER, Duty.DRAFT_AGREEMENT, 302),
    "calendar": MEMBER,
    # This draft is nobody's privilege: it stores nothing.
    "calendar_draft": Route(Reach.MEMBER, post=422),
    "notes": Route(Reach.CLIENT),
    "note_new": _act(Reach.CLIENT, Duty.NOTE_INTERNALLY, 422),
    "history": MEMBER,
    # Handing out a checkpoint keeps a row of it, and that is all it changes: it is a reading.
    "checkpoint": MEMBER,
    "ledger": MEMBER,
    "organisation_history": MEMBER,
    "organisation_checkpoint": MEMBER,
    "organisation_ledger": MEMBER,
    # Service data
    "service_data": MEMBER,
    "upload_new": _form(Reach.MEMBER, Duty.IMPORT_DATA),
    "upload": MEMBER,
    "upload_map": _form(Reach.MEMBER, Duty.IMPORT_DATA),
    "upload_preview": Route(Reach.MEMBER, Duty.IMPORT_DATA),
    "upload_commit": _act(Reach.MEMBER, Duty.IMPORT_DATA, 302),
    "upload_progress": MEMBER,
    "import": MEMBER,
    "import_rejected": MEMBER,
    # Service levels, statements, reviews
    "service_levels": MEMBER,
    "exports": MEMBER,
    "service_level": MEMBER,
    "measure": _act(Reach.CLIENT, Duty.MEASURE, 302),
    "measurement": MEMBER,
    "item": MEMBER,
    "statements": MEMBER,
    "statement_issue": _act(Reach.CLIENT, Duty.ISSUE_STATEMENT, 422),
    "statement": MEMBER,
    "statement_bundle": MEMBER,
    "statement_attest": _act(Reach.MEMBER, Duty.ATTEST, 302),
    "statement_restate": _act(Reach.CLIENT, Duty.ISSUE_STATEMENT, 422),
    "statement_dispute": _form(Reach.MEMBER, Duty.ATTEST),
    "dispute": MEMBER,
    "dispute_reply": _act(Reach.MEMBER, Duty.ATTEST, 422),
    "dispute_close": _act(Reach.MEMBER, Duty.ATTEST, 422),
    "relief_claims": MEMBER,
    "relief_claim_new": _form(Reach.PROVIDER, Duty.CLAIM_RELIEF),
    "relief_claim": MEMBER,
    "relief_decide": _act(Reach.CLIENT, Duty.DECIDE_RELIEF, 422),
    "relief_withdraw": _act(Reach.PROVIDER, Duty.CLAIM_RELIEF, 422),
    "credit_ledger": MEMBER,
    "credit_invoice": _act(Reach.PROVIDER, Duty.INVOICE_CREDIT, 422),
    "credit_payment": _act(Reach.CLIENT, Duty.SETTLE_CREDIT, 422),
    "credit_waiver": _act(Reach.CLIENT, Duty.SETTLE_CREDIT, 422),
    "evidence_file": MEMBER,
    "review_hold": _form(Reach.CLIENT, Duty.HOLD_REVIEW),
    "reviews": MEMBER,
    "review": MEMBER,
    # Lessons and guardrails
    "lessons": MEMBER,
    "lesson_new": _form(Reach.CLIENT, Duty.PUBLISH_LESSON),
    "lesson": MEMBER,
    "lesson_revise": _form(Reach.CLIENT, Duty.PUBLISH_LESSON),
    "lesson_move": _act(Reach.CLIENT, Duty.VALIDATE_LESSON, 422),
    "lesson_share": _form(Reach.CLIENT, Duty.SHARE_LESSON),
    "lesson_template": _act(Reach.CLIENT, Duty.RAISE_GUARDRAIL, 422),
    "lesson_judge": _act(Reach.CLIENT, Duty.VALIDATE_LESSON, 302),
    # What is being written is compared, and nothing stored.
    "lesson_like": Route(Reach.CLIENT, get=False, post=200),
    "lessons_effect": CLIENT,
    "lessons_register_new": _form(Reach.CLIENT, Duty.PUBLISH_LESSON),
    "lessons_register": _form(Reach.CLIENT, Duty.PUBLISH_LESSON),
    "templates": CLIENT,
    "template_item_remove": _act(Reach.CLIENT, Duty.RAISE_GUARDRAIL, 302),
    "guardrail_new": _form(Reach.CLIENT, Duty.RAISE_GUARDRAIL),
    "guardrails": CLIENT,
    "guardrail": CLIENT,
}

OPERATIONS: Mapping[str, Route] = {
    "api:openapi-json": MEMBER,
    "api:openapi-view": MEMBER,
    "api:session": MEMBER,
    "api:organisation_history": MEMBER,
    "api:engagements": MEMBER,
    "api:engagement": MEMBER,
    "api:snapshot": CLIENT,
    "api:findings": CLIENT,
    "api:objectives": MEMBER,
    "api:agreements": MEMBER,
    "api:agreement": MEMBER,
    "api:agreement_difference": MEMBER,
    "api:drafts": MEMBER,
    "api:draft": MEMBER,
    "api:draft_difference": MEMBER,
    "api:calendar": MEMBER,
    "api:imports": MEMBER,
    "api:import": MEMBER,
    "api:measurements": MEMBER,
    "api:measurement_items": MEMBER,
    "api:item_working": MEMBER,
    "api:availability_working": MEMBER,
    "api:spread": MEMBER,
    "api:levels": MEMBER,
    "api:outlook": MEMBER,
    "api:queue": MEMBER,
    "api:distribution": MEMBER,
    "api:credits": MEMBER,
    "api:statements": MEMBER,
    "api:statement": MEMBER,
    "api:credit_ledger": MEMBER,
    "api:credit_balances": MEMBER,
    "api:dispute": MEMBER,
    "api:relief_claims": MEMBER,
    "api:relief_claim": MEMBER,
    "api:reviews": MEMBER,
    "api:review": MEMBER,
    "api:history": MEMBER,
    "api:checkpoint": MEMBER,
    "api:checkpoints": MEMBER,
    "api:ledger": MEMBER,
    "api:organisation_checkpoint": MEMBER,
    "api:organisation_ledger": MEMBER,
    "api:notes": CLIENT,
    "api:lessons": MEMBER,
    "api:lesson": MEMBER,
    "api:related_lessons": MEMBER,
    "api:lessons_effect": CLIENT,
    "api:dispositions": CLIENT,
    "api:guardrails": CLIENT,
    "api:plan_engagement": _act(Reach.CLIENT, Duty.PLAN_ENGAGEMENT, 422),
    "api:pass_gate": _act(Reach.CLIENT, Duty.PLAN_ENGAGEMENT, 422),
    "api:answer_lesson": _act(Reach.CLIENT, Duty.PLAN_ENGAGEMENT, 422),
    "api:appoint_provider": _act(Reach.CLIENT, Duty.PLAN_ENGAGEMENT, 422),
    "api:state_objective": _act(Reach.CLIENT, Duty.PLAN_ENGAGEMENT, 422),
    "api:acknowledge_objective": _act(Reach.PROVIDER, Duty.ACKNOWLEDGE, 200),
    "api:record_agreement": _act(Reach.CLIENT, Duty.RECORD_AGREEMENT, 422),
    "api:rehearse_import": _act(Reach.MEMBER, Duty.IMPORT_DATA, 422),
    "api:lint_agreement": _act(Reach.MEMBER, Duty.DRAFT_AGREEMENT, 422),
    "api:rehearse_agreement": _act(Reach.MEMBER, Duty.DRAFT_AGREEMENT, 422),
    "api:draft_agreement": _act(Reach.MEMBER, Duty.DRAFT_AGREEMENT, 422),
    "api:edit_draft": _act(Reach.MEMBER, Duty.DRAFT_AGREEMENT, 422),
    "api:discard_draft": _act(Reach.MEMBER, Duty.DRAFT_AGREEMENT, 200),
    "api:propose_agreement": _act(Reach.MEMBER, Duty.DRAFT_AGREEMENT, 422),
    "api:sign_agreement": _act(Reach.MEMBER, Duty.SIGN_AGREEMENT, 422),
    "api:withdraw_agreement": _act(Reach.MEMBER, Duty.DRAFT_AGREEMENT, 200),
    "api:import_service_data": _act(Reach.MEMBER, Duty.IMPORT_DATA, 422),
    "api:measure": _act(Reach.CLIENT, Duty.MEASURE, 200),
    "api:issue_statement": _act(Reach.CLIENT, Duty.ISSUE_STATEMENT, 422),
    "api:restate_statement": _act(Reach.CLIENT, Duty.ISSUE_STATEMENT, 422),
    "api:attest_statement": _act(Reach.MEMBER, Duty.ATTEST, 200),
    "api:dispute_statement": _act(Reach.MEMBER, Duty.ATTEST, 422),
    "api:reply_to_dispute": _act(Reach.MEMBER, Duty.ATTEST, 422),
    "api:close_dispute": _act(Reach.MEMBER, Duty.ATTEST, 422),
    "api:invoice_credit": _act(Reach.PROVIDER, Duty.INVOICE_CREDIT, 422),
    "api:confirm_payment": _act(Reach.CLIENT, Duty.SETTLE_CREDIT, 422),
    "api:waive_credit": _act(Reach.CLIENT, Duty.SETTLE_CREDIT, 422),
    "api:claim_relief": _act(Reach.PROVIDER, Duty.CLAIM_RELIEF, 422),
    "api:decide_relief": _act(Reach.CLIENT, Duty.DECIDE_RELIEF, 422),
    "api:withdraw_relief": _act(Reach.PROVIDER, Duty.CLAIM_RELIEF, 422),
    "api:hold_review": _act(Reach.CLIENT, Duty.HOLD_REVIEW, 422),
    "api:publish_lesson": _act(Reach.CLIENT, Duty.PUBLISH_LESSON, 422),
    "api:share_lesson": _act(Reach.CLIENT, Duty.SHARE_LESSON, 422),
    "api:revise_lesson": _act(Reach.CLIENT, Duty.PUBLISH_LESSON, 422),
    "api:move_lesson": _act(Reach.CLIENT, Duty.VALIDATE_LESSON, 422),
    "api:judge_recurrence": _act(Reach.CLIENT, Duty.VALIDATE_LESSON, 422),
    "api:import_lessons": _act(Reach.CLIENT, Duty.PUBLISH_LESSON, 422),
    "api:rate_lesson": _act(Reach.CLIENT, Duty.PUBLISH_LESSON, 422),
    "api:templates": CLIENT,
    "api:add_template_item": _act(Reach.CLIENT, Duty.RAISE_GUARDRAIL, 422),
    "api:remove_template_item": _act(Reach.CLIENT, Duty.RAISE_GUARDRAIL, 422),
    "api:raise_guardrail": _act(Reach.CLIENT, Duty.RAISE_GUARDRAIL, 422),
    "api:write_note": _act(Reach.CLIENT, Duty.NOTE_INTERNALLY, 422),
}

ROUTES: Mapping[str, Route] = {**PAGES, **OPERATIONS}

COMMANDS: Mapping[str, str] = {
    "agreement": "anyone with the files; no database",
    "measure": "anyone with the files; no database",
    "store": "anyone with the files; no database",
    "measure-stored": "anyone with the files; no database",
    "verify": "anyone with the files; no database",
    "check": "anyone with the files; no database",
    "explain": "anyone",
    "ledger": "`verify` of an export: anyone with the file; else whoever runs the installation",
    "import": "whoever runs the installation, on behalf of the person named with --by",
    "admit": "whoever runs the installation",
    "setup": "whoever runs the installation",
    "serve": "whoever runs the installation",
    "worker": "whoever runs the installation",
    "demo": "whoever runs the installation, in an empty home",
}
"""Commands act with the rights of the account that runs them on the machine."""
