"""How components make up a service: {"serial": ["web", {"parallel": ["db-1", "db-2"]}]}."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tallystick.engine.service_levels.terms.problems import did_you_mean, problem

DEEPEST = 5
MOST_PARTS = 500


class How(StrEnum):
    """Whether a group needs every one of its parts, or any one of them."""

    SERIAL = "serial"
    PARALLEL = "parallel"


@dataclass(frozen=True, slots=True)
class Composition:
    """A group of components and of smaller groups; each component stands in it once."""

    how: How
    parts: tuple["str | Composition", ...]

    def names(self) -> Iterator[str]:
        """Give the components in the order in which they are written."""
        for part in self.parts:
            if isinstance(part, Composition):
                yield from part.names()
            else:
                yield part


def read_composition(value: Any) -> Composition:
    """Return the composition that a document states."""
    composition = value if isinstance(value, Composition) else _group(value, "", 1)
    names = Counter(composition.names())
    if len(names) > MOST_PARTS:
        raise problem(
            "agreement.too-many-components",
            f"the service is made of {len(names)} components, more than {MOST_PARTS}",
            "Measure parts of it by service levels of their own.",
        )
    if twice := [name for name, count in names.items() if count > 1]:
        raise problem(
            "agreement.component-twice",
            f"the component {twice[0]!r} stands in the composition twice",
            "Name each component once.",
        )
    return composition


def composition_document(composition: Composition) -> dict[str, Any]:
    """Return the one spelling of a composition."""
    parts = [
        composition_document(part) if isinstance(part, Composition) else part
        for part in composition.parts
    ]
    return {composition.how.value: parts}


def _group(value: Any, at: str, depth: int) -> Composition:
    if not isinstance(value, Mapping) or len(value) != 1:
        raise problem(
            "agreement.composition-unreadable",
            "a group of components is one key, `serial` or `parallel`, and its list",
            "Write {serial: [web, database]} where all are needed, {parallel: [...]} where one is.",
            at=at,
        )
    ((key, parts),) = value.items()
    at = f"{at}.{key}"
    if key not in set(How):
        raise problem(
            "agreement.composition-unreadable",
            f"components are not composed {key!r}",
            did_you_mean(key, [how.value for how in How]),
            at=at,
        )
    if not isinstance(parts, list | tuple) or not parts or depth > DEEPEST:
        raise problem(
            "agreement.composition-unreadable",
            "a group is a list of components or of smaller groups, at most five levels deep",
            "Give at least one component in brackets: [web].",
            at=at,
        )
    return Composition(
        How(key),
        tuple(_part(part, f"{at}[{number}]", depth + 1) for number, part in enumerate(parts)),
    )


def _part(value: Any, at: str, depth: int) -> str | Composition:
    if isinstance(value, Mapping):
        return _group(value, at, depth)
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise problem(
        "agreement.composition-unreadable",
        f"{value!r} is no name of a component",
        "Write the name as it stands in the data, in quotes if it looks like a number.",
        at=at,
    )
