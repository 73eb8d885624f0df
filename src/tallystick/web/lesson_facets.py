"""How the lessons that were found spread: links that narrow them, and what narrows them now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from tallystick.records.lessons import LessonState
from tallystick.web.forms.lessons import SearchForm

EVERYWHERE = ""
KINDS = {"stage": "stage", "service_type": "service", "practice": "practice"}
"""The fields of the search that name a place, each with its kind of facet."""

SHOWN_VALUES = 8


@dataclass(frozen=True, slots=True)
class Value:
    """A value that narrows: what it is called, how many lessons it leaves, and where that is."""

    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow; `chosen` is what narrows now, and `url` leads on without it."""

    label: str
    chosen: str
    url: str
    values: Sequence[Value]

    @property
    def first(self) -> Sequence[Value]:
        """Return what is shown at once."""
        return self.values[:SHOWN_VALUES]

    @property
    def rest(self) -> Sequence[Value]:
        """Return what is folded away."""
        return self.values[SHOWN_VALUES:]


def facets_of(
    form: SearchForm, asked: QueryDict, counts: Mapping[str, Mapping[str, int]]
) -> list[Facet]:
    """Return how the lessons of a search spread; what narrows nothing is left out."""
    found = []
    for name in form.narrowing:
        counted = counts.get(KINDS.get(name, name), {})
        chosen = str(form.cleaned_data.get(name, ""))
        values = [] if chosen else _values(form.choices_of(name), name, counted, asked)
        label = dict(form.choices_of(name)).get(chosen, "")
        if chosen or len(values) > 1:
            named = str(form.fields[name].label)
            found.append(Facet(named, label, _address(asked, name, ""), values))
    return found


def retired_url(form: SearchForm, asked: QueryDict) -> str:
    """Return where the retired lessons are, which are shown to those who ask for them."""
    if "state" not in form.fields or form.cleaned_data.get("state"):
        return ""
    return _address(asked, "state", LessonState.RETIRED)


def _values(
    choices: Iterable[tuple[str, str]], name: str, counted: Mapping[str, int], asked: QueryDict
) -> list[Value]:
    """Return the values that some lesson names, those of a cause by how often it was met."""
    # A lesson that applies everywhere is found at every place, and counted there.
    everywhere = counted.get(EVERYWHERE, 0) if name in KINDS else 0
    values = [
        Value(label, counted[value] + everywhere, _address(asked, name, value))
        for value, label in choices
        if counted.get(value)
    ]
    return sorted(values, key=lambda each: -each.count) if name == "cause" else values


def _address(asked: QueryDict, name: str, value: str) -> str:
    kept = asked.copy()
    for key in (name, "page", "format"):
        kept.pop(key, None)
    if value:
        kept[name] = value
    return f"?{kept.urlencode()}" if kept else "?"
