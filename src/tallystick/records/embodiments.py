"""What can embody an adopted lesson in an engagement: the things that change because of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tallystick.records.agreements import Agreement
from tallystick.records.drafts import AgreementDraft
from tallystick.records.engagements import Engagement
from tallystick.records.guardrails import Guardrail
from tallystick.records.objectives import Objective
from tallystick.records.risk_registers import risks_for
from tallystick.records.selections import Criterion
from tallystick.records.template_items import TemplateItem
from tallystick.records.viewer import Viewer


class Embodied(StrEnum):
    """The kind of thing that a lesson changed."""

    OBJECTIVE = "objective"
    SERVICE_LEVEL = "service-level"
    CRITERION = "criterion"
    GUARDRAIL = "guardrail"
    TEMPLATE_ITEM = "template-item"
    RISK = "risk"

    @property
    def words(self) -> str:
        """Return the kind as people call it."""
        return self.value.replace("-", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Embodiment:
    """One thing: its kind, its id within the kind, and what it is called."""

    kind: Embodied
    id: str
    label: str

    @property
    def key(self) -> str:
        """Return kind and id as one word."""
        return f"{self.kind.value}:{self.id}"


def embodiments_of(engagement: Engagement, viewer: Viewer) -> list[Embodiment]:
    """Return what may embody a lesson in an engagement, as far as the viewer may read it."""
    return [
        *_objectives(engagement, viewer),
        *_service_levels(engagement, viewer),
        *_criteria(engagement, viewer),
        *(
            Embodiment(Embodied.RISK, risk.public_id, risk.title)
            for risk in risks_for(viewer, engagement)
        ),
        *(
            Embodiment(Embodied.GUARDRAIL, rail.code, f"{rail.code} {rail.title}")
            for rail in Guardrail.objects.visible_to(viewer)
            .filter(retired_at=None)
            .order_by("code")
        ),
        *(
            Embodiment(Embodied.TEMPLATE_ITEM, item.public_id, item.text)
            for item in TemplateItem.objects.visible_to(viewer)
            .filter(removed_at=None)
            .order_by("checklist", "id")
        ),
    ]


def _objectives(engagement: Engagement, viewer: Viewer) -> Iterator[Embodiment]:
    stated = Objective.objects.visible_to(viewer).filter(engagement=engagement).order_by("id")
    for objective in stated:
        yield Embodiment(Embodied.OBJECTIVE, objective.public_id, objective.statement)


def _criteria(engagement: Engagement, viewer: Viewer) -> Iterator[Embodiment]:
    stated = Criterion.objects.visible_to(viewer).filter(selection__engagement=engagement)
    for criterion in stated.order_by("position", "id"):
        yield Embodiment(Embodied.CRITERION, criterion.public_id, criterion.name)


def _service_levels(engagement: Engagement, viewer: Viewer) -> Iterator[Embodiment]:
    """Give the clauses of the versions and drafts that the viewer reads, each once."""
    seen: set[str] = set()
    drafts = AgreementDraft.objects.visible_to(viewer).filter(engagement=engagement)
    versions = Agreement.objects.visible_to(viewer).filter(engagement=engagement)
    for document in (
        *(each.document for each in versions.order_by("-id")),
        *(each.document for each in drafts.order_by("-id")),
    ):
        levels = document.get("service_levels") if isinstance(document, dict) else None
        for level in levels if isinstance(levels, list) else []:
            key = str(level.get("id", "")) if isinstance(level, dict) else ""
            if key and key not in seen:
                seen.add(key)
                yield Embodiment(Embodied.SERVICE_LEVEL, key, str(level.get("name") or key))
