"""What forms of one part of a draft share: fields for what is usual, YAML for the rest."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import yaml
from django import forms

from tallystick.engine.documents import parse_document
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.drafts import read_draft
from tallystick.engine.service_levels.lint import Finding
from tallystick.web.forms.parts.paths import Path, merged, value_at, with_value, without
from tallystick.web.forms.refusals import add_refusal

MOST_MORE = 50_000
MORE = "more"


def code_area(rows: int) -> forms.Textarea:
    """Return a text area for what machines read."""
    return forms.Textarea(attrs={"rows": rows, "spellcheck": "false", "class": "code"})


@dataclass(frozen=True, slots=True)
class Row:
    """A field, and what the lint says of what it states."""

    bound: forms.BoundField
    findings: tuple[Finding, ...]


class PartForm(forms.Form):
    """
    The part of a document below `base`.

    `keys` says at which path, from `base` on, each field's value stands; `owned` are the keys of
    the document, or of `base`, that the part is about. What has no field stands in `more`, as
    YAML, where the part has such a field. A value is kept as it was typed, right or wrong: what
    the lint says of it stands beside its field. `groups` are headings with the fields below
    them; a field that is not `optional` is wanted in the end, though a draft may lack it.
    """

    keys: ClassVar[Mapping[str, Path]] = {}
    groups: ClassVar[Sequence[tuple[str, Sequence[str]]]] = ()
    optional: ClassVar[frozenset[str]] = frozenset({MORE})
    owned: ClassVar[Sequence[str]] = ()

    seen = forms.CharField(
        max_length=71,
        widget=forms.HiddenInput,
        error_messages={"required": "The form came incomplete. Open the page again."},
    )

    def __init__(
        self, document: Mapping[str, Any], base: Path, seen: str, *given: Any, **options: Any
    ) -> None:
        self.document = document
        self.base = tuple(base)
        super().__init__(*given, **options)
        self.covered = dict(self.keys)
        self.narrow()
        for name, field in self.fields.items():
            field.wanted = name not in self.optional  # type: ignore[attr-defined]
        self.initial = {"seen": seen, **self.read_fields()}
        if MORE in self.fields:
            self.initial[MORE] = self._more()

    def narrow(self) -> None:
        """Take fields out that cannot show what the document holds; `more` shows it then."""

    # --- from the document

    def stated(self, field: str) -> Any:
        """Return what the document says where a field's value stands."""
        return value_at(self.document, [*self.base, *self.covered[field]])

    def read_fields(self) -> dict[str, Any]:
        """Return what each field holds before anybody types."""
        return {field: self.shown(field, self.stated(field)) for field in self.covered}

    def shown(self, field: str, value: Any) -> Any:
        """Return a value of the document as its field shows it."""
        if isinstance(value, list):
            return value
        return "" if value is None or isinstance(value, Mapping) else str(value)

    def _whole(self) -> dict[str, Any]:
        whole = value_at(self.document, self.base)
        whole = dict(whole) if isinstance(whole, Mapping) else {}
        return {key: whole[key] for key in whole if not self.owned or key in self.owned}

    def _rest(self) -> dict[str, Any]:
        rest = self._whole()
        for path in self.covered.values():
            rest = without(rest, path)
        return rest

    def _more(self) -> str:
        rest = self._rest()
        return yaml.safe_dump(rest, sort_keys=False, allow_unicode=True) if rest else ""

    # --- into the document

    def clean(self) -> dict[str, Any]:
        """Read the YAML of what has no field."""
        given = super().clean() or {}
        self.rest = self._rest()
        if given.get(MORE) is not None and MORE in self.fields:
            try:
                self.rest = read_draft(parse_document(given[MORE], "the text") or {})
            except Refusal as refusal:
                add_refusal(self, refusal, MORE)
            else:
                self._refuse_doubles()
        return given

    def _refuse_doubles(self) -> None:
        for field, path in self.covered.items():
            if value_at(self.rest, path) is not None:
                name = ".".join(map(str, path))
                label = self.fields[field].label
                self.add_error(MORE, f"{name} has a field of its own: {label}. Write it there.")

    def written(self, field: str, value: Any) -> Any:
        """Return what the document says for what was typed into a field; None for nothing."""
        if isinstance(value, str):
            return value.strip() or None
        return value if value not in ([], ()) else None

    def changed(self) -> dict[str, Any]:
        """Return the whole document as a valid form writes it."""
        part: dict[str, Any] = {}
        for field, path in self.covered.items():
            value = self.written(field, self.cleaned_data.get(field))
            if value is not None:
                part = with_value(part, path, value)
        part = merged(part, self.rest)
        if not self.base:
            kept = {key: each for key, each in self.document.items() if key not in self.owned}
            return _in_order({**kept, **part}, self.document)
        before = value_at(self.document, self.base)
        return with_value(self.document, self.base, _in_order(part, before))

    # --- what the lint says

    @property
    def prefix_of_places(self) -> str:
        """Return how the places of this part begin in findings."""
        return place_of(self.base)

    def rows(self, findings: Sequence[Finding]) -> Iterator[tuple[str, list[Row]]]:
        """Give the groups of fields that are shown, each field with the findings about it."""
        for title, names in self.groups:
            rows = [
                Row(self[name], tuple(each for each in findings if self._is_about(each, name)))
                for name in names
                if name in self.fields
            ]
            if rows:
                yield title, rows

    def _is_about(self, finding: Finding, field: str) -> bool:
        return field in self.covered and lies_in(
            finding.place, place_of([*self.base, *self.covered[field]])
        )

    def elsewhere(self, findings: Sequence[Finding]) -> list[Finding]:
        """Return the findings about this part that are about none of its fields."""
        return [each for each in findings if not any(self._is_about(each, f) for f in self.covered)]


def place_of(path: Path) -> str:
    """Return a path as findings write it: `service_levels[0].target`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def lies_in(place: str, around: str) -> bool:
    """Return whether a place of a finding is another, or inside it."""
    return place == around or place.startswith((f"{around}.", f"{around}["))


def _in_order(part: Mapping[str, Any], before: Any) -> dict[str, Any]:
    """Return a mapping with the keys it had before in their old order, and new ones behind."""
    known = [key for key in before if key in part] if isinstance(before, Mapping) else []
    return {key: part[key] for key in dict.fromkeys([*known, *part])}
