"""Signatures: who signed which bytes of an agreement, for whom, in which role, and when."""

from django.db import models

from tallystick.records.agreements import Agreement
from tallystick.records.audience import EngagementShared
from tallystick.records.organisations import Organisation
from tallystick.records.roles import Role


class Signature(EngagementShared):
    """
    One party's word on one version, given with a password and the hash that was read.

    Nothing edits or removes it. It counts for as long as its version is not withdrawn, declined
    or replaced.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    signed_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])
    digest = models.CharField(max_length=71)
    signed_at = models.DateTimeField()

    class Meta(EngagementShared.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "organisation"], name="a_party_signs_a_version_once"
            )
        ]


def still_to_sign(agreement: Agreement) -> list[Organisation]:
    """Return the parties that a version waits for, the client first; none where it is not open."""
    if not agreement.is_open:
        return []
    signed = {each.organisation_id for each in agreement.signatures.all()}
    engagement = agreement.engagement
    parties = [engagement.client, *([engagement.provider] if engagement.provider else [])]
    return [each for each in parties if each.pk not in signed]
