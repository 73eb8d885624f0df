"""The portfolio, planning an engagement, and the overview of one."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html

from tallystick.actions.plan_engagement import plan_engagement
from tallystick.engine.guardrails.finding import Finding
from tallystick.engine.guardrails.snapshot import ServiceType
from tallystick.engine.guardrails.stages import STAGES, Stage
from tallystick.records.agreements import Agreement
from tallystick.records.closed import is_over
from tallystick.records.engagements import Engagement
from tallystick.records.findings import findings_from
from tallystick.records.ledger import LedgerEntry
from tallystick.records.review_due import review_due
from tallystick.records.roles import Duty
from tallystick.records.snapshot_rows import rows_of
from tallystick.records.viewer import Viewer
from tallystick.web.agreement_turns import lost_words, turn_words
from tallystick.web.components.words import day, month, sentence
from tallystick.web.counts import counted
from tallystick.web.credit_words import balance_facts, sums_to_invoice, to_invoice_words
from tallystick.web.forms.engagements import EngagementForm
from tallystick.web.forms.refusals import refused_on
from tallystick.web.frames import frame
from tallystick.web.gate_words import gate_now, severity_words
from tallystick.web.history import entries_of, newest_first
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.pack_words import due_words
from tallystick.web.places import Places
from tallystick.web.portfolio import PortfolioRow, levels_in, matters_of, portfolio, stock_of
from tallystick.web.standings import Standing
from tallystick.web.tables import Column, Empty, Table
from tallystick.web.waiting import turns_of

FINDINGS_SHOWN = 5
ENTRIES_SHOWN = 5
LEVEL_COLUMNS = (
    Column("name", "Service level", sortable=False, link=lambda row: row.url),
    Column("text", "Figure", numeric=True, sortable=False),
    Column("goal_text", "Expected", numeric=True, sortable=False),
    Column("verdict", "Verdict", sortable=False, template="engagements/cells/verdict.html"),
    Column(
        "trend", "Trend", sortable=False, in_files=False, template="engagements/cells/trend.html"
    ),
)
_STAGES = tuple((stage.value, sentence(stage.value)) for stage in STAGES)


def home(request: ViewerRequest) -> HttpResponse:
    """Show every engagement of the viewer: how it stands, and what waits for them."""
    rows = portfolio(request.viewer, datetime.now(UTC))
    table = _portfolio_table(request, rows)
    if table.wants_file:
        return table.file("engagements")
    shown = {
        "table": table,
        "rows": rows,
        "may_plan": request.viewer.may(Duty.PLAN_ENGAGEMENT),
        "delivering": f"{sum(row.engagement.stage == Stage.DELIVER for row in rows)} in delivery",
        "not_met": sum(row.not_met for row in rows),
        "blocking": sum(row.blocking or 0 for row in rows),
        "to_invoice": sums_to_invoice(each for row in rows for each in row.balances),
        "turns": sum(len(row.turns) for row in rows),
        "turns_in": f"in {counted(sum(bool(row.turns) for row in rows), 'engagement')}",
    }
    return render(request, "engagements/home.html", shown)


def _portfolio_table(request: ViewerRequest, rows: Sequence[PortfolioRow]) -> Table:
    viewer = request.viewer
    other = "Provider" if viewer.is_client else "Client"
    blocking = Column(
        "blocking", "Blocking findings", numeric=True, template="engagements/cells/blocking.html"
    )
    findings = Column(
        "open_findings", "Open findings", sortable=False, template="engagements/cells/findings.html"
    )
    columns = [
        Column(
            "engagement__name",
            "Engagement",
            order_by="name",
            link=lambda row: reverse("engagement", args=[row.engagement.public_id]),
        ),
        Column("other__name", other, order_by="other_name"),
        Column(
            "engagement__stage",
            "Stage",
            order_by="stage",
            template="engagements/cells/stage.html",
            options=_STAGES,
        ),
        Column("newest", "Newest statement", template="engagements/cells/newest.html"),
        Column("weakest_words", "Weakest level", template="engagements/cells/weakest.html"),
        *([blocking, findings] if viewer.is_client else []),
        Column("to_invoice", "Owed, not invoiced", numeric=True, sortable=False),
        Column("waits", "Waits for you", template="engagements/cells/turns.html", sortable=False),
    ]
    return Table(columns, rows, request.GET, caption="Engagements", empty=_nothing_yet(viewer))


def _nothing_yet(viewer: Viewer) -> Empty:
    if not viewer.is_client:
        return Empty(
            "No engagement yet",
            "An engagement appears here once a client has appointed you and begun to agree the "
            "terms with you.",
        )
    text = (
        "An engagement is one outsourced undertaking with one provider. Plan the first: say what "
        "it is for, and the lessons of earlier ones are looked up for you."
    )
    if not viewer.may(Duty.PLAN_ENGAGEMENT):
        return Empty("No engagement yet", "A sourcing lead or an engagement manager plans one.")
    return Empty("No engagement yet", text, "Plan an engagement", reverse("engagement_new"))


def new(request: ViewerRequest) -> HttpResponse:
    """Plan an engagement; it opens at its gate, where the lessons wait."""
    form = EngagementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refused_on(form):
            engagement = plan_engagement(
                name=given["name"],
                scope=given["scope"],
                service_type=ServiceType(given["service_type"]),
                starts_on=given["starts_on"],
                ends_on=given["ends_on"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(
                request, f"{engagement.name} is planned. Next: its objectives, and these lessons."
            )
            return redirect("gate", engagement.public_id)
    shown = {"form": form, "breadcrumb": [("Engagements", reverse("home"))]}
    return render(request, "engagements/new.html", shown, status=422 if form.is_bound else 200)


def show(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show one engagement: where it stands, what is open, what happened, what comes next."""
    viewer, now = request.viewer, datetime.now(UTC)
    engagement = find(Engagement, viewer, engagement_id, "client", "provider")
    shown = frame(request, engagement, "engagement")
    findings: list[Finding] = []
    if viewer.is_client:
        rows = rows_of([engagement], now.date())[engagement.pk]
        findings = findings_from(engagement, rows, now)
        shown |= _private_part(Places(viewer, engagement, rows), findings)
        if viewer.may(Duty.HOLD_REVIEW):
            shown["due"] = due_words(review_due(engagement, now, findings))
    stock = stock_of(viewer, [engagement], {engagement.pk: findings}, now)
    agreement, proposal = stock.agreements.get(engagement.pk), stock.proposals.get(engagement.pk)
    levels = levels_in(stock, engagement.pk)
    table = _levels_table(request, engagement, levels)
    if table.wants_file:
        return table.file("service-levels")
    chain = LedgerEntry.objects.visible_to(viewer).filter(engagement=engagement)
    shown |= {
        "breadcrumb": [("Engagements", reverse("home"))],
        "agreement": agreement,
        "over": engagement.stage == Stage.CLOSE and is_over(engagement),
        "levels": table,
        "levels_title": _levels_title(levels),
        "entries": entries_of(newest_first(chain)[:ENTRIES_SHOWN]),
        "turns": turns_of(viewer, matters_of(engagement, stock)),
        "facts": _facts(viewer, engagement, agreement, proposal, now),
        "proposal": proposal,
        "lost": lost_words(proposal, viewer) if proposal else [],
        "balances": [
            (each.currency, balance_facts(each), to_invoice_words([each]))
            for each in stock.balances.get(engagement.pk, ())
        ],
    }
    return render(request, "engagements/show.html", shown)


def _private_part(places: Places, findings: Sequence[Finding]) -> dict[str, Any]:
    """Return what the client alone sees of its engagement."""
    counts = severity_words(findings) or "nothing"
    return {
        "gate": gate_now(places.engagement, findings),
        "gate_title": f"{sentence(places.engagement.stage)} gate",
        "findings": [places.shown(each) for each in findings[:FINDINGS_SHOWN]],
        "further": max(0, len(findings) - FINDINGS_SHOWN),
        "findings_note": f"What the guardrails find today: {counts}.",
    }


def _levels_table(
    request: ViewerRequest, engagement: Engagement, levels: Sequence[Standing]
) -> Table:
    return Table(
        LEVEL_COLUMNS,
        levels,
        request.GET,
        caption="Service levels in the newest month",
        empty=Empty("No service level", "The agreement states none."),
        name="levels",
        filtering=False,
    )


def _levels_title(levels: Sequence[Standing]) -> str:
    newest = max((each.newest.window for each in levels if each.newest), default="")
    return f"Service levels, {month(newest)}" if newest else "Service levels"


def _provider(viewer: Viewer, engagement: Engagement) -> str:
    """Return the provider's name; for the client, with a link to what it knows of it."""
    provider = engagement.provider
    if provider is None:
        return "Not appointed yet"
    if not viewer.is_client:
        return provider.name
    url = reverse("supplier", args=[provider.public_id])
    return format_html('<a href="{}">{}</a>', url, provider.name)


def _facts(
    viewer: Viewer,
    engagement: Engagement,
    agreement: Agreement | None,
    proposal: Agreement | None,
    now: datetime,
) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        ("Client", engagement.client.name),
        ("Provider", _provider(viewer, engagement)),
        ("What is outsourced", sentence(engagement.service_type)),
        ("Term", f"{day(engagement.starts_on)} to {day(engagement.ends_on)}"),
        ("Agreement", _version_link(agreement) if agreement else "None yet"),
    ]
    if proposal:
        turn = format_html("{}: {}", _version_link(proposal), turn_words(proposal, now))
        facts.append(("Proposed", turn))
    return facts


def _version_link(agreement: Agreement) -> str:
    url = reverse("agreement", args=[agreement.public_id])
    return format_html('<a href="{}">Version {}</a>', url, agreement.version)
