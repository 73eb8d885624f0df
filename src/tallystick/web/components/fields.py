"""One form field with everything that belongs to it, whatever its widget."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

_MANY = 6
_MANY_TICKS = 3


@dataclass(frozen=True, slots=True)
class FieldView:
    """What the field template draws."""

    bound: BoundField
    help: str
    kind: str  # plain, checkbox, choices or file
    wrong: bool

    @property
    def help_id(self) -> str:
        """Return the id of the hint."""
        return f"{self.bound.auto_id}_help"

    @property
    def error_id(self) -> str:
        """Return the id of the error."""
        return f"{self.bound.auto_id}_error"

    @property
    def described_by(self) -> str:
        """Return the ids that explain the control, for aria-describedby."""
        ids = [self.help_id] * bool(self.help) + [self.error_id] * self.wrong
        return " ".join(ids)

    @property
    def many(self) -> bool:
        """Return whether the choices fill more than one column."""
        ticks = isinstance(self.bound.field.widget, forms.CheckboxSelectMultiple)
        most = _MANY_TICKS if ticks else _MANY
        return self.kind == "choices" and len(list(self.bound)) > most

    def control(self) -> SafeString:
        """Return the widget, tied to its hint and its error."""
        # A hint that vanishes on typing is no hint: what it says belongs into the help text.
        attributes: dict[str, str | bool] = {"placeholder": False}
        if self.described_by and self.kind != "choices":
            attributes["aria-describedby"] = self.described_by
        if self.wrong:
            attributes["aria-invalid"] = "true"
        return self.bound.as_widget(attrs=attributes)

    def choices(self) -> Iterator[tuple[SafeString, str]]:
        """Yield each radio button or checkbox with its label."""
        for option in self.bound:
            yield option.tag(), option.choice_label


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    return "file" if isinstance(widget, forms.FileInput) else "plain"


def groups_of(form: forms.BaseForm) -> list[tuple[str, list[FieldView]]]:
    """
    Return the visible fields of a form in their order, with the legend of each group.

    A form names its groups as `beside`, (legend, names) pairs; a group stands where its first
    field does, and what belongs to no group has no legend.
    """
    shown = {bound.name: field_view(bound) for bound in form.visible_fields()}
    group_of = {
        name: (legend, names) for legend, names in getattr(form, "beside", ()) for name in names
    }
    found: list[tuple[str, list[FieldView]]] = []
    while shown:
        first = next(iter(shown))
        legend, names = group_of.get(first, ("", (first,)))
        found.append((legend, [shown.pop(name) for name in names if name in shown]))
    return found


def field_view(bound: BoundField, help_text: str = "") -> FieldView:
    """Return a field ready to draw; the form's own help text serves where none is given."""
    return FieldView(
        bound=bound,
        help=help_text or str(bound.help_text),
        kind=_kind(bound.field.widget),
        wrong=bool(bound.errors),
    )


def target_of(bound: BoundField) -> str:
    """Return the id to jump to from the error summary: the control, or the first choice."""
    return bound.id_for_label or f"{bound.auto_id}_0"


def errors_of(form: forms.BaseForm) -> list[tuple[str, str]]:
    """Return (id of the control or empty, message) for all that is wrong with a form."""
    found = [("", str(message)) for message in form.non_field_errors()]
    for bound in form:
        # Among many alike a field says in full which one it is: beside it that can be seen.
        named = getattr(bound.field, "full_label", "") or bound.label
        label = strip_tags(str(named)).rstrip(":.") if named else ""
        # A question is followed by its answer; anything else by a colon.
        end = "" if label.endswith("?") else ":"
        found += [
            ("" if bound.is_hidden else target_of(bound), f"{label}{end} {message}")
            for message in bound.errors
        ]
    return found
