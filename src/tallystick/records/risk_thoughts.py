"""What to think of when risks are identified: a checklist, what occurred elsewhere, lessons."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from tallystick.engine.lessons.checklists import BUILT_IN, Checklist
from tallystick.engine.lessons.words import words_of
from tallystick.records.beside import RISKS, Beside, suggested
from tallystick.records.engagements import Engagement
from tallystick.records.risk_registers import AnyRisk, registers_for
from tallystick.records.risks import RiskStatus
from tallystick.records.template_items import TemplateItem
from tallystick.records.viewer import Viewer

SHOWN = 6
LIKENESS = 0.34
"""The part of a line's words that a risk has to share to be what the line asks for."""


@dataclass(frozen=True, slots=True)
class Thought:
    """A line of the checklist; `said_by` is the risk that takes it up, if there is one."""

    text: str
    said_by: AnyRisk | None


@dataclass(frozen=True, slots=True)
class Thoughts:
    """The checklist, the risks that came true in the client's other engagements, and lessons."""

    lines: Sequence[Thought]
    occurred: Sequence[AnyRisk]
    lessons: Sequence[Beside]


def thoughts_for(viewer: Viewer, engagement: Engagement, risks: Sequence[AnyRisk]) -> Thoughts:
    """Return what this viewer may be helped with; what the client learned helps the client."""
    return Thoughts(
        [Thought(each, _said_by(each, risks)) for each in checklist(viewer)],
        occurred_elsewhere(viewer, engagement),
        suggested(viewer, engagement, RISKS),
    )


def checklist(viewer: Viewer) -> list[str]:
    """Return the lines that come with the product, and those that lessons added."""
    added = TemplateItem.objects.visible_to(viewer).filter(
        checklist=Checklist.RISKS, removed_at=None
    )
    lines = [*BUILT_IN[Checklist.RISKS], *added.order_by("id").values_list("text", flat=True)]
    return list(dict.fromkeys(lines))


def occurred_elsewhere(viewer: Viewer, engagement: Engagement) -> list[AnyRisk]:
    """
    Return the risks that came true in other engagements, those of the same service first.

    A provider is offered none: what the client went through elsewhere is the client's to use.
    """
    found: list[AnyRisk] = []
    if not viewer.is_client:
        return found
    came_true = Q(status=RiskStatus.OCCURRED) | Q(steps__kind="occurred")
    for register in registers_for(viewer):
        rows = register.risks.objects.visible_to(viewer).filter(came_true)
        others = rows.exclude(engagement=engagement).select_related("engagement").distinct()
        found += others.order_by("-id")[: 4 * SHOWN]
    alike = engagement.service_type
    found.sort(key=lambda each: (each.engagement.service_type != alike, -each.pk))
    return found[:SHOWN]


def _said_by(line: str, risks: Sequence[AnyRisk]) -> AnyRisk | None:
    wanted = set(words_of(line))
    for risk in risks:
        said = set(words_of(f"{risk.title} {risk.cause} {risk.event}"))
        if wanted and len(wanted & said) > LIKENESS * len(wanted):
            return risk
    return None
