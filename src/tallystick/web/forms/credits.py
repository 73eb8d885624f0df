"""The forms of the credit ledger: invoice a credit, confirm its payment, waive it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from tallystick.web.forms.choices import offer


class _AmountForm(forms.Form):
    """An amount in a currency; the action reads it exactly."""

    amount = forms.CharField(
        label="Amount", max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text="Digits and a point, such as 1250.00.",
    )  # fmt: skip
    currency = forms.ChoiceField(label="Currency")

    def __init__(self, *arguments: Any, currencies: Sequence[str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        offer(self, "currency", [(each, each) for each in currencies])


class InvoiceForm(_AmountForm):
    """The credit note or invoice that takes a credit off."""

    reference = forms.CharField(
        label="Credit note or invoice", max_length=200, help_text="Its number."
    )
    reason = forms.CharField(label="Remark", max_length=20_000, required=False)


class PaymentForm(_AmountForm):
    """The payment that the client has received."""

    reference = forms.CharField(
        label="Payment",
        max_length=200,
        help_text="Its reference, or the invoice it was set off in.",
    )
    reason = forms.CharField(label="Remark", max_length=20_000, required=False)


class WaiverForm(_AmountForm):
    """What the client gives up, and why."""

    reason = forms.CharField(
        label="Why it is waived", max_length=20_000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Both parties read it.",
    )  # fmt: skip
