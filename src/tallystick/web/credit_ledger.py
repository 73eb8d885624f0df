"""The credit ledger of an engagement: what is owed, invoiced, paid, and who entered it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.confirm_payment import confirm_payment
from tallystick.actions.invoice_credit import invoice_credit
from tallystick.actions.waive_credit import waive_credit
from tallystick.engine.service_levels.dealings.balances import Balance, EntryKind
from tallystick.records.credit_entries import CreditEntry
from tallystick.records.credit_ledger import balances_in
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer
from tallystick.web.components.figures import money
from tallystick.web.components.status import word_of
from tallystick.web.components.words import ABSENT, month
from tallystick.web.credit_words import balance_facts, open_facts
from tallystick.web.forms.credits import InvoiceForm, PaymentForm, WaiverForm
from tallystick.web.forms.refusals import refused_on
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.tables import Column, Empty, Table

_KINDS = tuple((kind.value, word_of(kind.value)) for kind in EntryKind)


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry in the table of the ledger."""

    entry: CreditEntry
    level: str

    @property
    def kind(self) -> str:
        """Return what the entry says."""
        return self.entry.kind

    @property
    def about(self) -> str:
        """Say what it is about: a month and a level, or a reference."""
        parts = [month(self.entry.window) if self.entry.window else "", self.level]
        return ", ".join(filter(None, [*parts, self.entry.reference])) or ABSENT

    @property
    def reason(self) -> str:
        """Return why it was entered, a month in words."""
        window = self.entry.window
        return self.entry.reason.replace(window, month(window)) if window else self.entry.reason

    @property
    def url(self) -> str:
        """Return the address of the statement that it comes from; empty where there is none."""
        stated = self.entry.statement
        return reverse("statement", args=[stated.public_id]) if stated else ""

    @property
    def amount(self) -> Decimal:
        """Return the exact amount."""
        return self.entry.amount

    @property
    def amount_words(self) -> str:
        """Return the amount with its currency."""
        return money(self.entry.amount, self.entry.currency)


COLUMNS = (
    Column("entry__entered_at", "Entered"),
    Column("kind", "Entry", template="credits/kind.html", options=_KINDS),
    Column("about", "About", link=lambda row: row.url),
    Column("reason", "Reason"),
    Column("amount_words", "Amount", numeric=True, order_by="amount"),
    Column("entry__entered_by__name", "By"),
)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that a person may enter: its form, its words, and the action behind it."""

    name: str
    title: str
    note: str
    submit: str
    duty: Duty
    form: type[InvoiceForm] | type[PaymentForm] | type[WaiverForm]
    action: Callable[..., CreditEntry]
    done: str


DEEDS: Mapping[str, Deed] = {
    deed.name: deed
    for deed in (
        Deed(
            "invoice", "Record a credit note", "What is owed and taken off by a document.",
            "Record it", Duty.INVOICE_CREDIT, InvoiceForm, invoice_credit, "Recorded as invoiced.",
        ),
        Deed(
            "payment", "Confirm a payment", "What was invoiced and has reached you.",
            "Confirm it", Duty.SETTLE_CREDIT, PaymentForm, confirm_payment, "Payment confirmed.",
        ),
        Deed(
            "waiver", "Waive a credit", "What you are owed and give up.",
            "Waive it", Duty.SETTLE_CREDIT, WaiverForm, waive_credit, "Waived.",
        ),
    )
}  # fmt: skip


def show(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show every entry, what they add up to, and what this person may enter."""
    return _page(request, _engagement(request, engagement_id))


def invoice(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Record the credit note or invoice over what is owed."""
    return _enter(request, engagement_id, DEEDS["invoice"])


def pay(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Confirm that what was invoiced has been paid."""
    return _enter(request, engagement_id, DEEDS["payment"])


def waive(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Give up what is owed."""
    return _enter(request, engagement_id, DEEDS["waiver"])


def _engagement(request: ViewerRequest, engagement_id: str) -> Engagement:
    return find(Engagement, request.viewer, engagement_id, "client", "provider")


def _enter(request: ViewerRequest, engagement_id: str, deed: Deed) -> HttpResponse:
    engagement = _engagement(request, engagement_id)
    balances = balances_in([engagement]).get(engagement.pk, [])
    form = deed.form(request.POST, prefix=deed.name, currencies=_currencies(balances))
    if form.is_valid():
        with refused_on(form):
            deed.action(
                engagement=engagement,
                by=request.viewer,
                as_of=datetime.now(UTC),
                **form.cleaned_data,
            )
            messages.success(request, deed.done)
            return redirect("credit_ledger", engagement.public_id)
    return _page(request, engagement, {deed.name: form})


def _currencies(balances: Sequence[Balance]) -> list[str]:
    return [each.currency for each in balances]


def _page(
    request: ViewerRequest, engagement: Engagement, sent: Mapping[str, Any] | None = None
) -> HttpResponse:
    table = _table(request, engagement)
    if table.wants_file:
        return table.file("credit-ledger")
    balances = balances_in([engagement]).get(engagement.pk, [])
    shown = {
        "table": table,
        "balances": [(each, open_facts(each), balance_facts(each)) for each in balances],
        "deeds": _deeds(request.viewer, engagement, balances, sent or {}),
    }
    around = frame(request, engagement, "credit_ledger")
    return render(request, "credits/index.html", around | shown, status=422 if sent else 200)


def _deeds(
    viewer: Viewer, engagement: Engagement, balances: Sequence[Balance], sent: Mapping[str, Any]
) -> list[tuple[Deed, Any, str]]:
    """Return what the viewer may enter, where there is anything to enter it for."""
    return [
        (
            deed,
            sent.get(deed.name) or deed.form(prefix=deed.name, currencies=_currencies(balances)),
            reverse(f"credit_{deed.name}", args=[engagement.public_id]),
        )
        for deed in DEEDS.values()
        if viewer.may(deed.duty) and (balances or deed.name in sent)
    ]


def _table(request: ViewerRequest, engagement: Engagement) -> Table:
    entries = (
        CreditEntry.objects.visible_to(request.viewer)
        .filter(engagement=engagement)
        .select_related("statement__agreement", "entered_by")
        .order_by("-entered_at", "-id")
    )
    text = "A statement whose month is credited leaves an entry here, for each level."
    return Table(
        COLUMNS,
        [EntryRow(each, _level_name(each)) for each in entries],
        request.GET,
        caption="Entries of the credit ledger",
        empty=Empty("No credit yet", text),
    )


def _level_name(entry: CreditEntry) -> str:
    if entry.statement is None or not entry.service_level:
        return entry.service_level
    names = entry.statement.agreement.level_names
    return names.get(entry.service_level, entry.service_level)
