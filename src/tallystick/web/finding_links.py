"""What one may do about a finding beside mending it: write a lesson, or waive it for a while."""

from urllib.parse import urlencode

from django.urls import reverse

from tallystick.engine.guardrails.detectors.waiver_expired import CODE as EXPIRED
from tallystick.engine.guardrails.finding import Finding
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

Link = tuple[str, str]
"""Label and address."""


def links_of(viewer: Viewer, engagement: Engagement, finding: Finding) -> list[Link]:
    """Return what a viewer may do about a finding of an engagement."""
    found: list[Link] = []
    if viewer.may(Duty.PUBLISH_LESSON):
        asked = {"engagement": engagement.public_id, "finding_key": finding.key}
        found.append(("Write a lesson", f"{reverse('lesson_new')}?{urlencode(asked)}"))
    if viewer.may(Duty.WAIVE_FINDING):
        here = [engagement.public_id]
        if finding.waived or finding.code == EXPIRED:
            found.append(("Waivers", reverse("waivers", args=here)))
        else:
            named = urlencode({"code": finding.code, "place": finding.place})
            found.append(("Waive it", f"{reverse('waiver_new', args=here)}?{named}"))
    return found
