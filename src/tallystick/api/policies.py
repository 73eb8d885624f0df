"""The thresholds of guardrails: the organisation's, and those of single engagements."""

from datetime import UTC, datetime
from typing import Any

from pydantic import Field, StrictFloat, StrictInt, StrictStr

from tallystick.actions.set_policy import set_policy
from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.values import In, Out
from tallystick.engine.guardrails.thresholds import Threshold, thresholds
from tallystick.records.engagements import Engagement
from tallystick.records.policies import GuardrailPolicy, policy_from

operations = Operations(tags=["Guardrails"])


class ThresholdOut(Out):
    """One threshold: as it holds, where that comes from, and which guardrails go by it."""

    name: str
    meaning: str
    value: str
    default: str
    least: str | None
    most: str | None
    set_by: str = Field(description="default, organisation or engagement")
    used_by: list[str]


class PolicyOut(Out):
    """Every threshold."""

    thresholds: list[ThresholdOut]


class SetThresholds(In):
    """The thresholds to set; those left out fall back to what lies beneath."""

    thresholds: dict[str, StrictInt | StrictFloat | StrictStr]


def _policy(request: ViewerRequest, engagement: Engagement | None) -> PolicyOut:
    rows = GuardrailPolicy.objects.visible_to(request.viewer)
    stored = {row.engagement_id: row.thresholds for row in rows}
    common = stored.get(None, {})
    own = stored.get(engagement.pk, {}) if engagement else {}
    holding = policy_from(common, own)

    def out(each: Threshold) -> ThresholdOut:
        named = {"engagement": own, "organisation": common}
        return ThresholdOut(
            name=each.name,
            meaning=each.meaning,
            value=str(getattr(holding, each.name)),
            default=str(each.default),
            least=_text(each.least),
            most=_text(each.most),
            set_by=next((who for who, told in named.items() if each.name in told), "default"),
            used_by=[rail.code for rail in each.used_by],
        )

    return PolicyOut(thresholds=[out(each) for each in thresholds()])


def _text(bound: Any) -> str | None:
    return None if bound is None else str(bound)


def _set(request: ViewerRequest, engagement: Engagement | None, given: SetThresholds) -> PolicyOut:
    set_policy(
        engagement=engagement,
        thresholds=given.thresholds,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _policy(request, engagement)


@operations.reads("/guardrails/policy", "policy", PolicyOut)
def policy(request: ViewerRequest) -> PolicyOut:
    """Return the thresholds of the organisation."""
    return _policy(request, None)


@operations.acts("/guardrails/policy/set", "set_policy", PolicyOut)
def policy_set(request: ViewerRequest, given: SetThresholds) -> PolicyOut:
    """Set the thresholds of the organisation; findings follow them from then on."""
    return _set(request, None, given)


@operations.reads("/engagements/{engagement_id}/policy", "engagement_policy", PolicyOut)
def engagement_policy(request: ViewerRequest, engagement_id: str) -> PolicyOut:
    """Return the thresholds of one engagement, which come before the organisation's."""
    return _policy(request, find(Engagement, request.viewer, engagement_id))


@operations.acts("/engagements/{engagement_id}/policy/set", "set_engagement_policy", PolicyOut)
def engagement_policy_set(
    request: ViewerRequest, engagement_id: str, given: SetThresholds
) -> PolicyOut:
    """Set the thresholds of one engagement."""
    return _set(request, find(Engagement, request.viewer, engagement_id), given)
