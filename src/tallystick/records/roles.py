"""Who may do what: the roles of both organisations and the duties that each may carry."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Side(StrEnum):
    """Which party an organisation is."""

    CLIENT = "client"
    PROVIDER = "provider"

    @property
    def other(self) -> Side:
        """Return the other party."""
        return Side.PROVIDER if self is Side.CLIENT else Side.CLIENT


class Role(StrEnum):
    """What a person is in an organisation."""

    SOURCING_LEAD = "sourcing-lead"
    ENGAGEMENT_MANAGER = "engagement-manager"
    SERVICE_OWNER = "service-owner"
    EXECUTIVE = "executive"
    EVALUATOR = "evaluator"
    AUDITOR = "auditor"
    ACCOUNT_MANAGER = "account-manager"
    DELIVERY_LEAD = "delivery-lead"

    @property
    def side(self) -> Side:
        """Return the party that this role belongs to."""
        if self in {Role.ACCOUNT_MANAGER, Role.DELIVERY_LEAD}:
            return Side.PROVIDER
        return Side.CLIENT


class Duty(StrEnum):
    """What an action asks of the person who does it."""

    IMPORT_DATA = "import service data"
    MEASURE = "measure service levels"
    RECORD_AGREEMENT = "record an agreement"
    DRAFT_AGREEMENT = "draft and propose an agreement"
    SIGN_AGREEMENT = "sign an agreement"
    ISSUE_STATEMENT = "issue a statement"
    ATTEST = "attest or dispute a statement"
    CLAIM_RELIEF = "claim relief"
    DECIDE_RELIEF = "decide on a claim of relief"
    INVOICE_CREDIT = "invoice a credit"
    SETTLE_CREDIT = "confirm the payment of a credit, or waive it"
    HOLD_REVIEW = "hold a review"
    SIGN_REVIEW = "sign a mid-term or closing review"
    COUNTERSIGN_REVIEW = "countersign a mid-term or closing review"
    COMMENT_REVIEW = "comment on a mid-term or closing review"
    RATE = "rate the other party"
    OPEN_SURVEY = "open and close a survey"
    LINK_SURVEY = "hand out links to a survey"
    PUBLISH_LESSON = "publish a lesson"
    VALIDATE_LESSON = "take a lesson a step on"
    SHARE_LESSON = "share a lesson with a provider"
    RAISE_GUARDRAIL = "raise a guardrail"
    WAIVE_FINDING = "waive a finding, or set thresholds"
    PLAN_ENGAGEMENT = "plan an engagement"
    RUN_SELECTION = "run a selection"
    SCORE_BIDS = "score bids"
    APPROVE_AWARD = "approve an award"
    NOTE_INTERNALLY = "write an internal note"
    ACKNOWLEDGE = "acknowledge an objective"
    WEIGH = "say how important an objective is"
    RECORD_ACTUALS = "record what was measured of an objective"
    GOVERN = "set up who speaks, meets and decides"
    SETTLE_ISSUE = "raise, answer and settle an issue"
    ECHO = "acknowledge a change for the delivery team"
    MEET = "hold meetings, and keep decisions and action items"
    MANAGE_RISKS = "keep the register of risks"
    BUDGET_RISKS = "set appetite and reserve"


_LEADS = frozenset({Role.SOURCING_LEAD, Role.ENGAGEMENT_MANAGER})
_MANAGERS = _LEADS | {Role.SERVICE_OWNER}
_PROVIDERS = frozenset({Role.ACCOUNT_MANAGER, Role.DELIVERY_LEAD})
_CLIENT_WRITERS = _MANAGERS | {Role.EXECUTIVE, Role.EVALUATOR}

MAY: Mapping[Duty, frozenset[Role]] = {
    Duty.IMPORT_DATA: _MANAGERS | _PROVIDERS,
    Duty.MEASURE: _MANAGERS,
    Duty.RECORD_AGREEMENT: _LEADS,
    Duty.DRAFT_AGREEMENT: _LEADS | {Role.ACCOUNT_MANAGER},
    Duty.SIGN_AGREEMENT: _LEADS | {Role.EXECUTIVE, Role.ACCOUNT_MANAGER},
    Duty.ISSUE_STATEMENT: _MANAGERS,
    Duty.ATTEST: _MANAGERS | _PROVIDERS,
    Duty.CLAIM_RELIEF: _PROVIDERS,
    Duty.DECIDE_RELIEF: _MANAGERS,
    Duty.INVOICE_CREDIT: _PROVIDERS,
    Duty.SETTLE_CREDIT: _LEADS,
    Duty.HOLD_REVIEW: _MANAGERS,
    Duty.SIGN_REVIEW: _LEADS | {Role.EXECUTIVE},
    Duty.COUNTERSIGN_REVIEW: frozenset({Role.ACCOUNT_MANAGER}),
    Duty.COMMENT_REVIEW: _MANAGERS | _PROVIDERS,
    Duty.RATE: _MANAGERS | _PROVIDERS,
    Duty.OPEN_SURVEY: _LEADS,
    Duty.LINK_SURVEY: _LEADS | _PROVIDERS,
    Duty.PUBLISH_LESSON: _CLIENT_WRITERS,
    Duty.VALIDATE_LESSON: _MANAGERS,
    Duty.SHARE_LESSON: _LEADS,
    Duty.RAISE_GUARDRAIL: _LEADS,
    Duty.WAIVE_FINDING: _LEADS,
    Duty.PLAN_ENGAGEMENT: _LEADS,
    Duty.RUN_SELECTION: _LEADS,
    Duty.SCORE_BIDS: _CLIENT_WRITERS,
    Duty.APPROVE_AWARD: frozenset({Role.EXECUTIVE, Role.SOURCING_LEAD}),
    Duty.NOTE_INTERNALLY: _CLIENT_WRITERS,
    Duty.ACKNOWLEDGE: _PROVIDERS,
    Duty.WEIGH: _LEADS | _PROVIDERS,
    Duty.RECORD_ACTUALS: _MANAGERS | _PROVIDERS,
    Duty.GOVERN: _MANAGERS | _PROVIDERS,
    Duty.SETTLE_ISSUE: _MANAGERS | _PROVIDERS | {Role.EXECUTIVE},
    Duty.ECHO: frozenset({Role.DELIVERY_LEAD}),
    Duty.MEET: _MANAGERS | _PROVIDERS | {Role.EXECUTIVE},
    Duty.MANAGE_RISKS: _MANAGERS | _PROVIDERS,
    Duty.BUDGET_RISKS: _LEADS,
}
"""The auditor reads everything of the client's and writes nothing."""
