"""The form of how somebody wants mail."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from django import forms

from tallystick.actions.mail_preferences import MailWording
from tallystick.engine.mail_times import Pace
from tallystick.records.mail import MailPreference

_PACES = (
    (Pace.IMMEDIATE.value, "At once: what happens within five minutes comes together"),
    (Pace.DAILY.value, "Once a day"),
    (Pace.WEEKLY.value, "Once a week"),
    (Pace.NEVER.value, "Never: only the inbox here"),
)
_HOURS = [(str(hour), f"{hour:02d}:00") for hour in range(24)]
_DAYS = list(
    enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"))
)
_NO_HOUR = ("", "None")


def _zones() -> list[tuple[str, str]]:
    named = sorted(each for each in available_timezones() if "/" in each and each[:3] != "Etc")
    return [(each, each) for each in ("UTC", *named)]


class MailForm(forms.Form):
    """How often, when, and in which hours never."""

    beside = (
        ("When a digest comes", ("zone", "hour", "weekday")),
        ("Hours without mail", ("quiet_from", "quiet_until")),
    )

    pace = forms.ChoiceField(
        label="How often", choices=_PACES, widget=forms.RadioSelect,
        error_messages={"required": "Choose how often."},
    )  # fmt: skip
    zone = forms.ChoiceField(label="Time zone", choices=_zones)
    hour = forms.TypedChoiceField(
        label="Hour", choices=_HOURS, coerce=int, help_text="Of a daily or weekly mail."
    )
    weekday = forms.TypedChoiceField(
        label="Day of the week", choices=_DAYS, coerce=int, help_text="Of a weekly mail."
    )
    quiet_from = forms.TypedChoiceField(
        label="Quiet from", choices=[_NO_HOUR, *_HOURS], coerce=int, required=False,
        empty_value=None, help_text="No mail is sent in these hours; it comes after them.",
    )  # fmt: skip
    quiet_until = forms.TypedChoiceField(
        label="Quiet until", choices=[_NO_HOUR, *_HOURS], coerce=int, required=False,
        empty_value=None,
    )  # fmt: skip

    def __init__(self, own: MailPreference | None, data: Mapping[str, Any] | None) -> None:
        present = own or MailPreference()
        initial = {name: getattr(present, name) for name in MailForm.base_fields}
        super().__init__(data, initial=initial)

    def wording(self) -> MailWording:
        """Return what a valid form says."""
        given = dict(self.cleaned_data)
        return MailWording(pace=Pace(given.pop("pace")), **given)
