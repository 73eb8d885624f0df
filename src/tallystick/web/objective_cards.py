"""One objective, ready to draw: its wording, what it lacks, the provider's word, how it fares."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from tallystick.engine.guardrails.detectors.objective_not_smart import lacking
from tallystick.engine.guardrails.snapshot import Objective as Stated
from tallystick.records.engagements import Engagement
from tallystick.records.objective_figures import Fared, in_short, known_values
from tallystick.records.objective_standing import (
    acknowledged,
    changes_since,
    smart_facts,
    smart_of,
    standing_of,
)
from tallystick.records.objectives import Acknowledgement, Objective, ObjectiveVersion
from tallystick.records.snapshot_objectives import objective_values
from tallystick.records.viewer import Viewer
from tallystick.web.counts import listed
from tallystick.web.objective_words import (
    change_sentences,
    fared_sentences,
    way_words,
    wording_facts,
)

_SMART = {
    "specific": "Specific",
    "measurable": "Measurable",
    "achievable": "Achievable",
    "relevant": "Relevant",
    "time_bound": "Time-bound",
}


def read_along(viewer: Viewer) -> tuple[str | Prefetch[str], ...]:
    """Return what is read along with objectives: only wordings that the viewer may see."""
    kept = ObjectiveVersion.objects.visible_to(viewer).select_related("stated_by")
    return (
        Prefetch("versions", queryset=kept),
        "acknowledgements__acknowledged_by",
        "shared_importances",
    )


@dataclass(frozen=True, slots=True)
class Card:
    """One objective, ready to draw; `acknowledgement` is the word on its present version."""

    objective: Objective
    seen: Fared
    missing: tuple[str, ...]
    acknowledgement: Acknowledgement | None
    earlier: int

    @property
    def statement(self) -> str:
        """Return what shall be better."""
        return self.objective.statement

    @property
    def way(self) -> str:
        """Return baseline and target: "24 to 12 working days"."""
        return way_words(self.objective)

    @property
    def due_on(self) -> object:
        """Return the day by which the target is to be reached."""
        return self.objective.due_on

    @property
    def owners(self) -> str:
        """Return the two owners."""
        return ", ".join(filter(None, [self.objective.client_owner, self.objective.provider_owner]))

    @property
    def wording(self) -> str:
        """Say whether the objective is complete: "No baseline and no due date"."""
        words = listed([f"no {part}" for part in self.missing])
        return words[:1].upper() + words[1:] if words else "Complete"

    @property
    def word(self) -> str:
        """Return whether the present version is acknowledged, as a status word."""
        return "acknowledged" if self.acknowledgement else "unacknowledged"

    @property
    def standing(self) -> str:
        """Return how it fares, as a status word."""
        return standing_of(self.seen)

    @property
    def told(self) -> list[str]:
        """Say how it fares, without the band: that stands on its own page."""
        return fared_sentences(self.objective, self.seen, band=False)

    @property
    def facts(self) -> list[tuple[str, object]]:
        """Return every part of the objective."""
        return wording_facts(self.objective)

    @property
    def changes(self) -> list[str]:
        """Say what the present version changes in the one acknowledged last."""
        return change_sentences(changes_since(self.objective, acknowledged(self.objective)))

    @property
    def smart(self) -> list[tuple[str, str]]:
        """Return each of the five facts with what it lacks; empty where it holds."""
        facts = smart_facts(smart_of(self.objective, self.seen))
        return [(_SMART[name], _lacks(missing)) for name, missing in facts]


def _lacks(missing: Sequence[str]) -> str:
    return f"Lacks: {listed(list(missing))}" if missing else ""


def card_of(objective: Objective, seen: Fared) -> Card:
    """Return an objective with what it lacks and the provider's word on it."""
    stated = Stated.model_validate(objective_values(objective))
    provider_known = objective.engagement.provider_id is not None
    words = list(objective.acknowledgements.all())
    now = next((each for each in words if each.version == objective.version), None)
    missing = tuple(lacking(stated, provider_known=provider_known))
    return Card(objective, seen, missing, now, max((each.version for each in words), default=0))


def cards_of(viewer: Viewer, engagement: Engagement, today: date) -> list[Card]:
    """Return the objectives of an engagement as they were stated, in a fixed number of queries."""
    stored = list(
        Objective.objects.visible_to(viewer)
        .filter(engagement=engagement)
        .select_related("engagement__client", "engagement__provider", "parent")
        .prefetch_related(*read_along(viewer))
        .order_by("id")
    )
    values = known_values(stored)
    return [card_of(each, in_short(each, values[each.pk], today)) for each in stored]
