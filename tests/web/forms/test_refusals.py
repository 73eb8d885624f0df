"""A refusal stands beside the field that it speaks of, or on top of the form."""

import pytest
from django import forms

from tallystick.actions.refusals import NotPermitted
from tallystick.engine.refusals import Refusal
from tallystick.web.forms.refusals import refusal_words, refused_on


class NameForm(forms.Form):
    """A form with a field that a refusal may name."""

    name = forms.CharField()
    text = forms.CharField(required=False)


def a_form() -> NameForm:
    """Return a form that was filled in well."""
    form = NameForm({"name": "Payroll"})
    assert form.is_valid()
    return form


def test_a_refusal_that_names_a_field_stands_beside_it() -> None:
    form = a_form()

    with refused_on(form):
        raise Refusal("this name is taken", place="name", remedy="Choose another.")

    assert form.errors == {"name": ["This name is taken. Choose another."]}


def test_a_refusal_without_a_field_stands_on_top_with_its_place() -> None:
    form = a_form()

    with refused_on(form):
        raise Refusal("It is broken.", place="line 3", remedy="Mend it.")

    assert form.non_field_errors() == ["line 3: It is broken. Mend it."]


def test_a_refusal_can_be_put_beside_a_chosen_field() -> None:
    form = a_form()

    with refused_on(form, "text"):
        raise Refusal("It is broken.", place="line 3")

    assert form.errors["text"] == ["line 3: It is broken."]


def test_what_a_person_may_not_do_goes_on_to_its_own_page() -> None:
    form = a_form()

    with pytest.raises(NotPermitted), refused_on(form):
        raise NotPermitted("Your role does not include this.")


def test_a_fault_is_left_to_crash() -> None:
    form = a_form()

    with pytest.raises(ZeroDivisionError), refused_on(form):
        raise ZeroDivisionError


@pytest.mark.parametrize(
    ("message", "said"),
    [("no rows", "No rows."), ("Which zone?", "Which zone?"), ("Ended.", "Ended.")],
)
def test_a_message_becomes_a_sentence(message: str, said: str) -> None:
    assert refusal_words(Refusal(message)) == said
