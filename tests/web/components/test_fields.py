"""Form fields and the summary of errors."""

from typing import Any

from django import forms
from django.utils.html import format_html

from tallystick.web.components.fields import errors_of, field_view


class AForm(forms.Form):
    """A form with a field of each sort."""

    title = forms.CharField(help_text="One sentence.")
    answer = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agree = forms.BooleanField()
    file = forms.FileField()


def test_a_control_is_tied_to_its_hint_and_its_error() -> None:
    form = AForm({})

    html = field_view(form["title"]).control()

    assert 'aria-describedby="id_title_help id_title_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_field_without_hint_or_error_is_described_by_nothing() -> None:
    view = field_view(AForm()["file"])

    assert view.described_by == ""
    assert "aria-describedby" not in view.control()


def test_a_hint_of_the_page_stands_in_for_the_forms_own() -> None:
    view = field_view(AForm()["title"], "Two sentences.")

    assert view.help == "Two sentences."


def test_each_widget_has_its_kind() -> None:
    form = AForm()

    kinds = [field_view(form[name]).kind for name in ("title", "answer", "agree", "file")]

    assert kinds == ["plain", "choices", "checkbox", "file"]


def test_the_summary_leads_to_each_wrong_control() -> None:
    form = AForm({"title": "x"})
    form.add_error(None, "Together they are wrong.")

    targets = [target for target, _ in errors_of(form)]

    assert targets == ["", "id_answer_0", "id_agree", "id_file"]


def test_the_target_of_the_summary_is_the_id_of_a_control() -> None:
    form = AForm({})

    html = "".join(str(choice) for choice, _ in field_view(form["answer"]).choices())

    assert 'id="id_answer_0"' in html


class Asked(forms.Form):
    """Labels that are a question, a sentence, and marked up."""

    why = forms.CharField(label="What happened?")
    kept = forms.CharField(label="Promises are kept.")
    shown = forms.CharField(label=format_html("What shows it<span>: {}</span>", "speed"))


def test_the_summary_reads_as_sentences_whatever_the_label() -> None:
    required = "This field is required."
    assert [message for _, message in errors_of(Asked({}))] == [
        f"What happened? {required}",
        f"Promises are kept: {required}",
        f"What shows it: speed: {required}",
    ]


def test_the_summary_names_in_full_what_many_fields_are_called() -> None:
    form = Asked({})
    field: Any = form.fields["why"]
    field.full_label = "Line 4, why"

    assert errors_of(form)[0][1] == "Line 4, why: This field is required."
