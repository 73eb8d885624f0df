"""The thresholds of a client's guardrails: its own, and those of single engagements."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from tallystick.engine.guardrails.policy import Policy, read_policy
from tallystick.records.audience import ClientPrivate
from tallystick.records.engagements import Engagement
from tallystick.records.viewer import Viewer


class GuardrailPolicy(ClientPrivate):
    """
    The thresholds that differ from those the product comes with.

    Without an engagement they are the client's; an engagement's own come before the client's.
    """

    engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, related_name="policies", null=True, blank=True
    )
    thresholds = models.JSONField(default=dict)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["client"],
                condition=models.Q(engagement=None),
                name="a_client_has_one_policy",
            ),
            models.UniqueConstraint(
                fields=["engagement"],
                condition=~models.Q(engagement=None),
                name="an_engagement_has_one_policy",
            ),
        ]


def policies_of(engagements: Iterable[Engagement]) -> dict[int, Policy]:
    """Return the policy that holds for each engagement, by its primary key, in one query."""
    asked = list(engagements)
    wanted = models.Q(engagement__in=asked) | models.Q(engagement=None)
    clients = {engagement.client_id for engagement in asked}
    rows = GuardrailPolicy.objects.filter(wanted, client__in=clients)
    own = {row.engagement_id: row.thresholds for row in rows if row.engagement_id}
    common = {row.client_id: row.thresholds for row in rows if not row.engagement_id}
    return {
        each.pk: policy_from(common.get(each.client_id, {}), own.get(each.pk, {})) for each in asked
    }


def policy_for(viewer: Viewer, engagement: Engagement) -> Policy:
    """
    Return the thresholds by which a page measures what both parties read.

    A client set its own for itself; a provider is shown what those of the product say.
    """
    return policies_of([engagement])[engagement.pk] if viewer.is_client else Policy()


def policy_from(*layers: Mapping[str, Any]) -> Policy:
    """Return the policy of stored thresholds, the later ones before the earlier ones."""
    told = {name: value for layer in layers for name, value in layer.items()}
    # A threshold that the product no longer has does not stand in the way.
    return read_policy({name: told[name] for name in Policy.model_fields if name in told})
