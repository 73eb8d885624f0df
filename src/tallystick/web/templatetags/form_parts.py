"""The component tags of forms; built in, as those of `ui` are."""

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString, mark_safe

from tallystick.engine.refusals import Refusal
from tallystick.web.components.draw import draw
from tallystick.web.components.fields import errors_of, field_view, groups_of

register = template.Library()


@register.simple_tag
def field(bound: BoundField, help: str = "") -> SafeString:
    """Draw a form field: label, hint, control, error."""
    return draw("field", field=field_view(bound, help))


@register.simple_tag
def control(bound: BoundField) -> SafeString:
    """Draw a form field for a cell of a table: its label is there for screen readers."""
    return draw("control", field=field_view(bound, ""))


@register.simple_tag
def fields(form: BaseForm) -> SafeString:
    """Draw all fields of a form, hidden ones too; what it sets `beside` each other is a group."""
    return draw("fields", hidden=form.hidden_fields(), groups=groups_of(form))


@register.simple_tag
def form_errors(form: BaseForm) -> SafeString:
    """Draw the summary of what is wrong, each line a link to its field; nothing if all is well."""
    return draw("form_errors", errors=errors_of(form) if form.is_bound else [])


@register.simple_tag
def refusal(problem: Refusal) -> SafeString:
    """Draw a refusal: what, where, what to do, and its code."""
    return draw("refusal", refusal=problem)


@register.simple_block_tag
def form_actions(
    content: str, submit: str, kind: str = "primary", cancel: str = "", name: str = ""
) -> SafeString:
    """Draw the row of buttons that ends a form; the content goes beside the submit button."""
    # The content was rendered, and so escaped, by the page's own template.
    return draw(
        "form_actions",
        submit=submit,
        kind=kind,
        cancel=cancel,
        name=name,
        extra=mark_safe(content.strip()),  # noqa: S308
    )
