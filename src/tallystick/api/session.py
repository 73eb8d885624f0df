"""What every operation asks of a request before it is read: its names, its token."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.security import SessionAuth

from tallystick.api.lookup import find
from tallystick.api.risk_lookup import the_indicator, the_plan, the_risk, the_run
from tallystick.engine.refusals import Refusal
from tallystick.records.action_items import ActionItem
from tallystick.records.activities import Activity
from tallystick.records.agreements import Agreement
from tallystick.records.attestations import Dispute
from tallystick.records.audience import Record
from tallystick.records.awards import Award
from tallystick.records.bid_experience import BidMember, NeededSkill, PastCase
from tallystick.records.bids import Bid
from tallystick.records.channels import Channel
from tallystick.records.decisions import Decision
from tallystick.records.drafts import AgreementDraft
from tallystick.records.engagements import Engagement
from tallystick.records.evidence_packs import EvidencePack
from tallystick.records.forums import Forum
from tallystick.records.guardrails import Guardrail
from tallystick.records.issues import Issue
from tallystick.records.lessons import Lesson
from tallystick.records.measurements import Measurement
from tallystick.records.meetings import Meeting
from tallystick.records.norms import NormsLink, NormsSurvey
from tallystick.records.objectives import Objective
from tallystick.records.references import Reference
from tallystick.records.relief import ReliefClaim
from tallystick.records.risks import PrivateRisk
from tallystick.records.scores import Evaluator
from tallystick.records.selections import Criterion, Selection
from tallystick.records.statements import Statement
from tallystick.records.surveys import Survey, SurveyLink
from tallystick.records.template_items import TemplateItem
from tallystick.records.viewer import Viewer
from tallystick.records.waivers import Waiver

NOUNS: Mapping[str, type[Record]] = {
    "engagement_id": Engagement,
    "agreement_id": Agreement,
    "draft_id": AgreementDraft,
    "objective_id": Objective,
    "measurement_id": Measurement,
    "claim_id": ReliefClaim,
    "dispute_id": Dispute,
    "statement_id": Statement,
    "lesson_id": Lesson,
    "item_id": TemplateItem,
    "pack_id": EvidencePack,
    "survey_id": Survey,
    "link_id": SurveyLink,
    "waiver_id": Waiver,
    "selection_id": Selection,
    "criterion_id": Criterion,
    "bid_id": Bid,
    "evaluator_id": Evaluator,
    "award_id": Award,
    "code": Guardrail,
    "reference_id": Reference,
    "case_id": PastCase,
    "member_id": BidMember,
    "skill_id": NeededSkill,
    "norms_id": NormsSurvey,
    "norms_link_id": NormsLink,
    "issue_id": Issue,
    "activity_id": Activity,
    "channel_id": Channel,
    "forum_id": Forum,
    "meeting_id": Meeting,
    "decision_id": Decision,
    "action_id": ActionItem,
    "private_risk_id": PrivateRisk,
}
"""What the addresses of operations that act may name, by its id or, a guardrail, by its code."""

EITHER: Mapping[str, Callable[[Viewer, str], Record]] = {
    "risk_id": the_risk,
    "plan_id": the_plan,
    "run_id": the_run,
    "indicator_id": the_indicator,
}
"""What may stand in either of two registers."""


class UnknownParameter(Refusal):
    """A misspelt filter would otherwise answer a question that nobody asked."""

    code = "request.unknown-parameter"


class Session(SessionAuth):
    """
    The sign-in session, with its CSRF token on every POST.

    Who may reach an operation was decided before, by the gatekeeper. The framework takes its
    views out of Django's CSRF check, so the check is made here.
    """

    api: NinjaAPI

    def __call__(self, request: HttpRequest) -> Any:
        """Look at the names that the address gives, then at the token."""
        self._refuse_unknown(request)
        return super().__call__(request)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """Return the viewer that the gatekeeper found, if they may see what the address names."""
        viewer = getattr(request, "viewer", None)
        if viewer is not None and request.method == "POST":
            _find_named(request, viewer)
        return viewer

    def _refuse_unknown(self, request: HttpRequest) -> None:
        match = request.resolver_match
        known = self.parameters.get(match.url_name or "", []) if match else []
        for name in request.GET:
            if name not in known:
                raise UnknownParameter(
                    f"This operation has no parameter {name[:60]!r}.",
                    place=name[:60],
                    remedy=f"It knows: {', '.join(known)}." if known else "It knows none.",
                )

    @cached_property
    def parameters(self) -> dict[str, list[str]]:
        """Return the query parameters that each operation declares, by its name."""
        paths = self.api.get_openapi_schema(path_prefix="")["paths"]
        return {
            operation["operationId"]: [
                each["name"] for each in operation["parameters"] if each["in"] == "query"
            ]
            for operations in paths.values()
            for operation in operations.values()
        }


def _find_named(request: HttpRequest, viewer: Viewer) -> None:
    # Before the body is looked at: a hidden object must not be told by what a body lacks.
    named = request.resolver_match.kwargs if request.resolver_match else {}
    for argument, key in named.items():
        by = "code" if argument == "code" else "public_id"
        if argument in EITHER:
            EITHER[argument](viewer, key)
            continue
        find(NOUNS[argument], viewer, key, by=by)
