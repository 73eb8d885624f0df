"""The form that begins an engagement."""

from django import forms

from tallystick.engine.guardrails.snapshot import ServiceType
from tallystick.web.components.words import sentence
from tallystick.web.forms.days import DayField

SERVICE_TYPES = [(kind.value, sentence(kind.value)) for kind in ServiceType]


class EngagementForm(forms.Form):
    """What is known of an engagement on its first day."""

    name = forms.CharField(
        label="Name",
        max_length=120,
        help_text="What people will call it, such as Payroll application support.",
        error_messages={"required": "Give the engagement a name."},
    )
    service_type = forms.ChoiceField(
        label="What is outsourced",
        choices=SERVICE_TYPES,
        widget=forms.RadioSelect,
        help_text="Lessons and guardrails for this kind of service are looked up for you.",
        error_messages={"required": "Choose what is outsourced."},
    )
    scope = forms.CharField(
        label="Scope",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What is in and what is out, in a few sentences. Lessons are matched to these "
        "words.",
    )
    starts_on = DayField(label="Starts on", words={"required": "Give the first day."})
    ends_on = DayField(
        label="Ends on",
        words={"required": "Give the last day."},
        help_text="The last day of the first term, without extensions.",
    )
