"""Choices that only the request knows: which providers there are, which levels, which people."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from tallystick.records.organisations import Organisation, providers_known_to
from tallystick.records.viewer import Viewer


def offer(form: forms.Form, name: str, choices: Sequence[Any]) -> None:
    """Give a field of a form its choices: pairs of value and label, or groups of such pairs."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
    field.choices = choices


class ProviderForm(forms.Form):
    """A form that asks which provider is meant."""

    provider = forms.ChoiceField(
        label="Provider", error_messages={"required": "Choose the provider."}
    )

    def __init__(
        self, viewer: Viewer, data: Mapping[str, Any] | None = None, **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.known = {each.public_id: each for each in providers_known_to(viewer)}
        names = [(key, each.name) for key, each in self.known.items()]
        offer(self, "provider", [("", "Choose a provider"), *names])

    @property
    def chosen(self) -> Organisation:
        """Return the provider of a valid form."""
        return self.known[self.cleaned_data["provider"]]
