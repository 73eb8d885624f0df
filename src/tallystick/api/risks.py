"""Risks: the register, each with its assessments, its history and what warns of it."""

from datetime import UTC, datetime
from typing import Any

from ninja import Query

from tallystick.actions.assess_risk import Assessment, assess_risk
from tallystick.actions.close_risk import close_risk
from tallystick.actions.end_indicator import end_indicator
from tallystick.actions.identify_risk import RiskWording, identify_risk
from tallystick.actions.read_indicator import read_indicator
from tallystick.actions.record_occurrence import Occurrence, record_occurrence
from tallystick.actions.reopen_risk import reopen_risk
from tallystick.actions.respond_to_risk import ResponseWording, respond_to_risk
from tallystick.actions.review_risk import review_risk
from tallystick.actions.share_risk import share_risk
from tallystick.actions.state_indicator import SignWording, state_indicator
from tallystick.api.lookup import ViewerRequest, find, named, named_person
from tallystick.api.risk_lookup import (
    plan_named,
    risk_named,
    the_indicator,
    the_risk,
)
from tallystick.api.risk_values import (
    IndicatorOut,
    RiskOut,
    RiskStepOut,
    RiskWhole,
    indicator_out,
    risk_values,
)
from tallystick.api.risk_wordings import (
    AssessRisk,
    IdentifyRisk,
    ReadIndicator,
    RecordOccurrence,
    RespondToRisk,
    RiskNote,
    ShareRisk,
    StateIndicator,
)
from tallystick.api.routing import Operations
from tallystick.api.values import Listed, SafePage, listed
from tallystick.records.engagements import Engagement
from tallystick.records.issued import issues_from
from tallystick.records.objectives import Objective
from tallystick.records.risk_registers import REGISTERS, AnyRisk, register_of, risks_for
from tallystick.records.risks import PrivateRisk

operations = Operations(tags=["Risks"])


def _out(risk: AnyRisk) -> RiskOut:
    return RiskOut(**risk_values(risk))


def _objective(request: ViewerRequest, key: str | None, engagement: Engagement) -> Objective | None:
    if key is None:
        return None
    return named(Objective, request.viewer, key, place="objective", within=engagement)


@operations.reads("/engagements/{engagement_id}/risks", "risks", Listed[RiskOut])
def risks(request: ViewerRequest, engagement_id: str, asked: Query[SafePage]) -> Listed[RiskOut]:
    """Return the risks that the viewer reads: the shared ones, then the client's own."""
    engagement = find(Engagement, request.viewer, engagement_id)
    return listed(risks_for(request.viewer, engagement, "objective"), asked, _out)


@operations.reads("/risks/{risk_id}", "risk", RiskWhole)
def risk(request: ViewerRequest, risk_id: str) -> RiskWhole:
    """Return a risk with its newest assessment, its history and its indicators."""
    found = the_risk(request.viewer, risk_id)
    register = register_of(found)
    steps = register.steps.objects.visible_to(request.viewer).filter(risk=found.pk)
    signs = register.indicators.objects.visible_to(request.viewer).filter(risk=found.pk)
    return RiskWhole(
        **risk_values(found),
        assessed=found.assessed,
        steps=[_step(each) for each in steps.select_related("taken_by").order_by("id")],
        indicators=[indicator_out(e) for e in signs.select_related("objective").order_by("id")],
        issues=[each.public_id for each in issues_from(request.viewer, found)],
    )


def _step(step: Any) -> RiskStepOut:
    names = ("kind", "on", "status", "note", "expected", "document", "taken_at")
    taken_by = step.taken_by.name if step.taken_by else None
    return RiskStepOut(**{name: getattr(step, name) for name in names}, taken_by=taken_by)


@operations.acts("/engagements/{engagement_id}/risks/identify", "identify_risk", RiskOut, 201)
def identify(request: ViewerRequest, engagement_id: str, given: IdentifyRisk) -> RiskOut:
    """Identify a risk, or word one anew."""
    viewer = request.viewer
    engagement = find(Engagement, viewer, engagement_id, "client", "provider")
    amends = risk_named(viewer, given.amends, engagement, "amends")
    plain = ("title", "category", "cause", "event", "effect", "cause_code", "proximity",
             "supplier", "service_level")  # fmt: skip
    kept = identify_risk(
        engagement=engagement,
        register=register_of(amends) if amends else REGISTERS[given.register_name],
        wording=RiskWording(
            **{name: getattr(given, name) for name in plain},
            owner=named_person(engagement, given.owner, place="owner"),
            objective=_objective(request, given.objective, engagement),
            leads_to=risk_named(viewer, given.leads_to, engagement, "leads_to"),
        ),
        amends=amends,
        different=given.different,
        by=viewer,
        as_of=datetime.now(UTC),
    )
    return _out(kept)


@operations.acts("/risks/{risk_id}/assess", "assess_risk", RiskOut)
def assess(request: ViewerRequest, risk_id: str, given: AssessRisk) -> RiskOut:
    """Say what a risk may cost, and what is done about it."""
    assessment = Assessment(
        currency=given.currency,
        inherent=given.inherent.model_dump(),
        controls=[each.model_dump() for each in given.controls],
        residual=given.residual.model_dump() if given.residual else None,
        note=given.note,
    )
    found = the_risk(request.viewer, risk_id)
    return _out(
        assess_risk(risk=found, assessment=assessment, by=request.viewer, as_of=datetime.now(UTC))
    )


@operations.acts("/risks/{risk_id}/review", "review_risk", RiskOut)
def review(request: ViewerRequest, risk_id: str, given: RiskNote) -> RiskOut:
    """Keep that somebody looked at a risk."""
    found = the_risk(request.viewer, risk_id)
    return _out(
        review_risk(risk=found, note=given.note, by=request.viewer, as_of=datetime.now(UTC))
    )


@operations.acts("/risks/{risk_id}/respond", "respond_to_risk", RiskOut)
def respond(request: ViewerRequest, risk_id: str, given: RespondToRisk) -> RiskOut:
    """Decide what is done about a risk."""
    found = the_risk(request.viewer, risk_id)
    engagement = found.engagement
    wording = ResponseWording(
        given.response,
        given.words,
        named_person(engagement, given.actionee, place="actionee") if given.actionee else None,
        plan_named(request.viewer, given.plan, engagement, "plan"),
    )
    return _out(
        respond_to_risk(risk=found, wording=wording, by=request.viewer, as_of=datetime.now(UTC))
    )


@operations.acts("/risks/{risk_id}/close", "close_risk", RiskOut)
def close(request: ViewerRequest, risk_id: str, given: RiskNote) -> RiskOut:
    """Close a risk that can no longer come true."""
    found = the_risk(request.viewer, risk_id)
    return _out(close_risk(risk=found, note=given.note, by=request.viewer, as_of=datetime.now(UTC)))


@operations.acts("/risks/{risk_id}/reopen", "reopen_risk", RiskOut)
def reopen(request: ViewerRequest, risk_id: str, given: RiskNote) -> RiskOut:
    """Open a risk again."""
    found = the_risk(request.viewer, risk_id)
    return _out(
        reopen_risk(risk=found, note=given.note, by=request.viewer, as_of=datetime.now(UTC))
    )


@operations.acts("/risks/{risk_id}/occurred", "record_occurrence", RiskOut)
def occurred(request: ViewerRequest, risk_id: str, given: RecordOccurrence) -> RiskOut:
    """Keep that a risk came true."""
    found = the_risk(request.viewer, risk_id)
    occurrence = Occurrence(**given.model_dump())
    return _out(
        record_occurrence(
            risk=found, occurrence=occurrence, by=request.viewer, as_of=datetime.now(UTC)
        )
    )


@operations.acts("/private-risks/{private_risk_id}/share", "share_risk", RiskOut, 201)
def share(request: ViewerRequest, private_risk_id: str, given: ShareRisk) -> RiskOut:
    """Copy a private risk into the register of both parties; return the shared one."""
    found = find(
        PrivateRisk, request.viewer, private_risk_id, "engagement__client",
        "engagement__provider", "owner",
    )  # fmt: skip
    owner = named_person(found.engagement, given.owner, place="owner") if given.owner else None
    return _out(
        share_risk(
            risk=found,
            with_figures=given.with_figures,
            owner=owner,
            by=request.viewer,
            as_of=datetime.now(UTC),
        )
    )


@operations.acts("/risks/{risk_id}/indicators/state", "state_indicator", IndicatorOut, 201)
def state(request: ViewerRequest, risk_id: str, given: StateIndicator) -> IndicatorOut:
    """Set an early-warning indicator."""
    found = the_risk(request.viewer, risk_id)
    wording = SignWording(
        name=given.name,
        source=given.source,
        comparison=given.comparison,
        threshold=given.threshold,
        consecutive=given.consecutive,
        service_level=given.service_level,
        objective=_objective(request, given.objective, found.engagement),
    )
    return indicator_out(
        state_indicator(risk=found, wording=wording, by=request.viewer, as_of=datetime.now(UTC))
    )


@operations.acts("/indicators/{indicator_id}/read", "read_indicator", IndicatorOut)
def read(request: ViewerRequest, indicator_id: str, given: ReadIndicator) -> IndicatorOut:
    """Keep a reading by hand."""
    found = the_indicator(request.viewer, indicator_id)
    return indicator_out(
        read_indicator(
            indicator=found,
            on=given.on,
            value=given.value,
            by=request.viewer,
            as_of=datetime.now(UTC),
        )
    )


@operations.acts("/indicators/{indicator_id}/end", "end_indicator", IndicatorOut)
def end(request: ViewerRequest, indicator_id: str) -> IndicatorOut:
    """Stop reading an indicator."""
    found = the_indicator(request.viewer, indicator_id)
    return indicator_out(end_indicator(indicator=found, by=request.viewer, as_of=datetime.now(UTC)))
