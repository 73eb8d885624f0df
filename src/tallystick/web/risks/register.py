"""The register of risks: what may go wrong, what it may cost, and who looks at it next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tallystick.records.engagements import Engagement
from tallystick.records.posts import Staffing
from tallystick.records.risk_registers import (
    AnyRisk,
    register_of,
    registers_for,
    risk_review_due,
    risks_for,
)
from tallystick.records.risk_thoughts import thoughts_for
from tallystick.records.risks import CATEGORIES, PrivateRiskStep, RiskStatus, RiskStep
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer
from tallystick.web.components.words import ABSENT, sentence
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.risk_words import LEVELS, REGISTERS, whole
from tallystick.web.risks.frames import risks_around
from tallystick.web.risks.loss_chart import exposure_chart
from tallystick.web.tables import Column, Empty, Table


@dataclass(frozen=True, slots=True)
class RiskLine:
    """A risk as a row of the register."""

    risk: AnyRisk
    title: str
    about: str
    level: str
    status: str
    expected: Decimal | None
    p80: Decimal | None
    owner: str
    due_on: date | None
    late: bool
    warned: bool
    read_by: str

    @property
    def url(self) -> str:
        """Return its address."""
        return reverse("risk", args=[self.risk.public_id])


def _address(row: RiskLine) -> str:
    return row.url


_LEVELS = tuple((key, word) for key, word in LEVELS.items() if key)
_STATUSES = tuple((each.value, sentence(each)) for each in RiskStatus)
_ABOUT = tuple((each, sentence(each)) for each in CATEGORIES)


def _columns(viewer: Viewer, currency: str) -> tuple[Column, ...]:
    def amount(value: Decimal | None) -> str:
        return whole(value, currency)

    read_by = Column("read_by", "Read by", options=tuple((w, w) for w in REGISTERS.values()))
    return (
        Column("title", "Risk", link=_address),
        Column("about", "About", options=_ABOUT, format=sentence),
        Column("level", "Triage", template="risks/cells/level.html", options=_LEVELS),
        Column("status", "Status", template="risks/cells/status.html", options=_STATUSES),
        Column("expected", "Mean a year", numeric=True, format=amount),
        Column("p80", "P80", numeric=True, format=amount),
        Column("owner", "Owner"),
        Column("due_on", "Review by", template="risks/cells/due.html"),
        *((read_by,) if viewer.is_client else ()),
    )


def show(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show the register, what it is worth, and what else to think of."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    today = datetime.now(UTC).date()
    risks = risks_for(request.viewer, engagement)
    may_manage = request.viewer.may(Duty.MANAGE_RISKS)
    staffing = Staffing([engagement])
    lines = [line_of(each, today, staffing) for each in risks]
    currency = next((each.currency for each in risks if each.currency), "")
    table = _table(request, engagement, lines, currency, may_manage)
    if table.wants_file:
        return table.file("risks")
    shown = {
        "table": table,
        "figures": _figures(lines, currency),
        "warned": [each for each in lines if each.warned],
        "chart": _chart(request.viewer, risks, currency, today),
        "thoughts": thoughts_for(request.viewer, engagement, risks),
        "may_manage": may_manage,
        "reads_budget": request.viewer.is_client,
    }
    return render(request, "risks/index.html", risks_around(request, engagement) | shown)


def line_of(risk: AnyRisk, today: date, staffing: Staffing) -> RiskLine:
    """Return a risk as a row."""
    due = risk_review_due(risk)
    return RiskLine(
        risk=risk,
        title=risk.title,
        about=risk.category,
        level=risk.level,
        status=risk.status,
        expected=risk.expected,
        p80=risk.p80,
        owner=staffing.named(risk.owner),
        due_on=due,
        late=due is not None and due < today,
        warned=risk.is_open and risk.warned_on is not None,
        read_by=REGISTERS[register_of(risk).name],
    )


def _table(
    request: ViewerRequest,
    engagement: Engagement,
    lines: Sequence[RiskLine],
    currency: str,
    may_manage: bool,
) -> Table:
    empty = Empty(
        "No risk yet",
        "A risk says what may happen, because of what, and what that would do. Begin with the "
        "three that you would not like to explain; the checklist below helps.",
        "Identify a risk" if may_manage else "",
        reverse("risk_new", args=[engagement.public_id]),
    )
    # What is over stands last, and what costs most first.
    ordered = sorted(
        lines, key=lambda each: (not each.risk.is_open, -(each.expected or Decimal(-1)))
    )
    columns = _columns(request.viewer, currency)
    return Table(columns, ordered, request.GET, caption="Risks", empty=empty)


def _figures(lines: Sequence[RiskLine], currency: str) -> list[tuple[str, str, str]]:
    open_ = [each for each in lines if each.risk.is_open]
    late = sum(each.late for each in open_)
    priced = [each.expected for each in open_ if each.expected is not None]
    high = sum(each.level == "high" for each in open_)
    total = whole(sum(priced, Decimal(0)), currency) if priced else ABSENT
    return [
        ("Open risks", str(len(open_)), f"{high} high"),
        ("Mean loss a year", total, f"{len(priced)} of {len(open_)} priced"),
        ("Reviews overdue", str(late), "high every 30 days, others every 90"),
    ]


def _chart(viewer: Viewer, risks: Sequence[AnyRisk], currency: str, today: date) -> object:
    steps: list[RiskStep | PrivateRiskStep] = []
    for register in registers_for(viewer):
        mine = [each.pk for each in risks if register_of(each) is register]
        rows = register.steps.objects.visible_to(viewer).filter(risk__in=mine)
        steps += rows.select_related("risk").order_by("taken_at", "id")
    return exposure_chart(steps, currency, today)
