"""A draft's document -> its parts: which there are, which form writes each, what is open in it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tallystick.engine.service_levels.lint import Finding, lint
from tallystick.engine.values import Severity
from tallystick.web.forms.parts.calendars import CalendarPartForm
from tallystick.web.forms.parts.credits import CreditsForm
from tallystick.web.forms.parts.dealings import DealingsForm
from tallystick.web.forms.parts.levels import LevelForm
from tallystick.web.forms.parts.part import PartForm, lies_in, place_of
from tallystick.web.forms.parts.parties import PartiesForm
from tallystick.web.forms.parts.paths import Path, value_at


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a document, and what the lint says of it; `kind` groups parts of one sort."""

    slug: str
    title: str
    kind: str
    base: Path
    form: type[PartForm]
    findings: tuple[Finding, ...] = ()

    @property
    def removable(self) -> bool:
        """Return whether a document can be without it."""
        return self.kind in {"calendar", "level"}

    @property
    def counts(self) -> list[tuple[str, str]]:
        """Return each severity that occurs, with how many findings have it."""
        found = Counter(each.severity for each in self.findings)
        return [(each.value, f"{found[each]} {each.value}") for each in Severity if found[each]]


def outline(document: Mapping[str, Any]) -> list[Part]:
    """Return the parts in the order in which an agreement is read, each with its findings."""
    findings = lint(document)
    return [_with_findings(part, findings) for part in _parts(document)]


def _parts(document: Mapping[str, Any]) -> list[Part]:
    calendars = value_at(document, ["calendars"])
    levels = value_at(document, ["service_levels"])
    return [
        Part("parties", "Parties and term", "parties", (), PartiesForm),
        *(
            Part(f"calendar-{name}", f"Calendar: {name}", "calendar", ("calendars", name),
                 CalendarPartForm)
            for name in (calendars if isinstance(calendars, Mapping) else ())
        ),
        *(
            Part(f"level-{index}", _level_title(level, index), "level", ("service_levels", index),
                 LevelForm)
            for index, level in enumerate(levels if isinstance(levels, list) else ())
        ),
        Part("credits", "Charges and credits", "credits", (), CreditsForm),
        Part("dealings", "Statements, relief and renewal", "dealings", (), DealingsForm),
    ]  # fmt: skip


def _level_title(level: object, index: int) -> str:
    name = value_at(level, ["name"]) or value_at(level, ["id"])
    return str(name) if name else f"Service level {index + 1}"


def _with_findings(part: Part, findings: Sequence[Finding]) -> Part:
    around = [place_of(part.base)] if part.base else list(part.form.owned)
    own = tuple(each for each in findings if any(lies_in(each.place, one) for one in around))
    return Part(part.slug, part.title, part.kind, part.base, part.form, own)


def unplaced(document: Mapping[str, Any], parts: Sequence[Part]) -> list[Finding]:
    """Return the findings that belong to no part, such as a misspelt key at the top."""
    placed = [each for part in parts for each in part.findings]
    return [each for each in lint(document) if each not in placed]
