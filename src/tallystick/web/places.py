"""A finding's place in the snapshot -> the page on which a person mends it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from tallystick.engine.guardrails.finding import Finding
from tallystick.records.engagements import Engagement
from tallystick.records.issues import Issue
from tallystick.records.risk_registers import AnyPlan, AnyRisk
from tallystick.records.roles import Duty
from tallystick.records.snapshot_rows import Rows
from tallystick.records.snapshots import matches_of
from tallystick.records.viewer import Viewer
from tallystick.web.components.words import month, words

AnyTitled = Issue | AnyRisk | AnyPlan

_PLACE = re.compile(r"(\w+)(?:\[(\d+)\])?\.?(.*)", re.ASCII)
_PAGES: Mapping[str, tuple[str, ...]] = {
    "agreement": ("Agreement", "agreements"),
    "provider": ("Appoint the provider", "gate", "#provider"),
    "business_case": ("Business case", "business_case"),
    "credits": ("Credits", "credit_ledger"),
    "renewal": ("Agreements", "agreements"),
    "reviews": ("Statements", "statements"),
    "waivers": ("Waivers", "waivers"),
    "escalation": ("Escalation ladder", "ladder"),
    "acknowledgements": ("Echo", "echo"),
    "responsibilities": ("Responsibilities", "matrix"),
    "forums": ("Forums", "governance", "#forums"),
    "decisions": ("Decisions", "decisions"),
    "actions": ("Action items", "action_items"),
    "reserve": ("Simulations", "simulations"),
}
_FIELDS = {"baseline": "baseline_value", "baseline.value": "baseline_value"}
_ON_ITS_PAGE = {"projection": "#values", "importance_provider": "#importance"}
"""Parts of an objective that nobody mends by wording it anew."""


def field_of(part: str) -> str:
    """Return the form field of a part of an objective, such as `baseline.value`."""
    return _FIELDS.get(part, part.replace(".", "_"))


@dataclass(frozen=True, slots=True)
class Mend:
    """Where to mend a finding."""

    label: str
    url: str


@dataclass(frozen=True)  # without slots: what is asked for is kept
class Places:
    """
    The pages behind the places of one engagement's snapshot, for one viewer.

    `rows` are those that the findings were made from.
    """

    viewer: Viewer
    engagement: Engagement
    rows: Rows

    @cached_property
    def lessons(self) -> list[str]:
        """Return the ids of the lessons as the snapshot lists them; matched when asked for."""
        return [match.lesson_id for match in matches_of(self.engagement, self.rows)]

    def link(self, place: str) -> Mend:
        """Return the page of a place such as `objectives[0].baseline`; any other, the overview."""
        found = _PLACE.match(place)
        if not found:
            return self._page("Overview", "engagement")
        if found[1] in _PAGES:
            return self._page(*_PAGES[found[1]])
        return self._listed(found)

    def _listed(self, found: re.Match[str]) -> Mend:
        """Return the page of something that stands in a list of the snapshot."""
        number = int(found[2]) if found[2] else None
        match found[1]:
            case "objectives":
                return self._objective(number, found[3])
            case "lessons":
                return self._lesson(number)
            case "measurements":
                return self._measurement(number)
            case "guardrails":
                return self._guardrail(number)
            case "selection" if self.rows.selection:
                key = self.rows.selection.selection.public_id
                return Mend("Ranking of the bids", reverse("ranking", args=[key]))
        return self._titled(found[1], number)

    def shown(self, finding: Finding) -> tuple[Finding, str, Mend]:
        """Return a finding with its sentence for people, and where to mend it."""
        return finding, self.told(finding), self.link(finding.place)

    def told(self, finding: Finding) -> str:
        """Return the finding's sentence with the names that people use, not ids."""
        return self.named(finding.sentence)

    def named(self, sentence: str) -> str:
        """Return a sentence with the names that people use, not ids."""
        return self._spoken_of.sub(self._by_name, sentence) if self._names() else sentence

    @cached_property
    def _spoken_of(self) -> re.Pattern[str]:
        """
        Return where a sentence names something by its id.

        An objective's id is no word. A level's may be one, such as `response`: it stands for the
        level only where a sentence says so.
        """
        levels = self.rows.agreement.level_names if self.rows.agreement else {}
        names = [rf"{each.public_id}\b" for each in self.rows.objectives]
        if levels:
            told = "|".join(re.escape(name) for name in sorted(levels, key=len, reverse=True))
            said = "Service level |service level |[Cc]redit of [0-9-]+ for "
            names.append(rf"(?P<said>{said})(?P<level>{told})(?![\w-])")
        return re.compile(rf"\b(?:{'|'.join(names)})")

    def _by_name(self, found: re.Match[str]) -> str:
        told = found.groupdict()
        if level := told.get("level"):
            return f"{told['said']}“{self._names()[level]}”"
        return f"“{self._names()[found[0]]}”"

    def _names(self) -> dict[str, str]:
        named = {each.public_id: each.statement for each in self.rows.objectives}
        if self.rows.agreement:
            named |= self.rows.agreement.level_names
        return named

    def _page(self, label: str, name: str, anchor: str = "") -> Mend:
        return Mend(label, reverse(name, args=[self.engagement.public_id]) + anchor)

    def _objective(self, number: int | None, part: str) -> Mend:
        may_mend = self.viewer.may(Duty.PLAN_ENGAGEMENT)
        if number is None or number >= len(self.rows.objectives):
            # A finding about all objectives is mended in those that are there, if any are.
            first = may_mend and not self.rows.objectives
            name = "objective_new" if first else "objectives"
            return self._page("State an objective" if first else "Objectives", name)
        objective = self.rows.objectives[number]
        label = f"Objective {number + 1}"
        if not may_mend or part == "acknowledged_on":
            return self._page(label, "objectives", f"#objective-{objective.public_id}")
        if part in _ON_ITS_PAGE:
            page = reverse("objective", args=[objective.public_id])
            return Mend(label, page + _ON_ITS_PAGE[part])
        field = field_of(part)
        url = reverse("objective_edit", args=[objective.public_id])
        if not field:
            return Mend(label, url)
        return Mend(f"{label}: {words(part.replace('.', ' '))}", f"{url}#id_{field}")

    def _lesson(self, number: int | None) -> Mend:
        if number is None or number >= len(self.lessons):
            return self._page("Lessons at the gate", "gate", "#lessons")
        return self._page("Answer the lesson", "gate", f"#lesson-{self.lessons[number]}")

    def _measurement(self, number: int | None) -> Mend:
        if number is None or number >= len(self.rows.measurements):
            return self._page("Service levels", "service_levels")
        measured = self.rows.measurements[number]
        name = self._names().get(measured.service_level, measured.service_level)
        label = f"{name}, {month(measured.window)}"
        return Mend(label, reverse("measurement", args=[measured.public_id]))

    def _titled(self, part: str, number: int | None) -> Mend:
        """Return the page of an issue, risk or plan, or of all of them; else the overview."""
        rows: Mapping[str, tuple[Sequence[AnyTitled], str, str, tuple[str, str]]] = {
            "issues": (
                self.rows.issues.issues[self.engagement.pk], "Issue", "issue", ("Issues", "issues")
            ),
            "risks": (self.rows.risks.told_risks, "Risk", "risk", ("Risks", "risks")),
            "contingency_plans": (
                self.rows.risks.told_plans, "Plan", "plan", ("Contingency plans", "plans")
            ),
        }  # fmt: skip
        if part not in rows:
            return self._page("Overview", "engagement")
        listed, noun, route, whole = rows[part]
        if number is None or number >= len(listed):
            return self._page(*whole)
        named = listed[number]
        return Mend(f"{noun} “{named.title}”", reverse(route, args=[named.public_id]))

    def _guardrail(self, number: int | None) -> Mend:
        if number is None or number >= len(self.rows.guardrails):
            return Mend("Guardrails", reverse("guardrails"))
        rail = self.rows.guardrails[number]
        return Mend(f"Guardrail {rail.code}", reverse("guardrail", args=[rail.code]))
