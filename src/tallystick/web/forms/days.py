"""A day in a form: the browser's own picker, and years that calendars know."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

FIRST, LAST = date(1970, 1, 1), date(2199, 12, 31)


class DayField(forms.DateField):
    """A calendar day from 1970 to 2199."""

    def __init__(self, **options: Any) -> None:
        picker = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        message = "Give a year from 1970 to 2199."
        bounds = [MinValueValidator(FIRST, message), MaxValueValidator(LAST, message)]
        wrong = {"invalid": "Write the day as 2027-01-31."}
        super().__init__(
            widget=picker,
            validators=bounds,
            error_messages=wrong | options.pop("words", {}),
            **options,
        )
