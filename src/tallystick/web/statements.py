"""Statements: which months are stated, and the button that issues one."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tallystick.actions.issue_statement import issue_statement
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.records.agreements import Agreement, AgreementState
from tallystick.records.engagements import Engagement
from tallystick.records.held import known_until
from tallystick.records.measurements import Measurement
from tallystick.records.restating import month_stating
from tallystick.records.roles import Duty
from tallystick.records.statements import Statement
from tallystick.web.components.words import month
from tallystick.web.counts import listed
from tallystick.web.forms.refusals import refused_on
from tallystick.web.forms.statements import IssueForm
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.statement_list import statement_table
from tallystick.web.statement_rows import heading


@dataclass(frozen=True, slots=True)
class Unissued:
    """A measured month that no statement covers; `ready` once the data reaches past its end."""

    agreement: Agreement
    window: str
    levels: int
    ready: bool


def index(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show the statements, and for the client the months that could be stated."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    return _index(request, engagement, IssueForm())


def _index(
    request: ViewerRequest, engagement: Engagement, form: IssueForm, status: int = 200
) -> HttpResponse:
    may_issue = request.viewer.may(Duty.ISSUE_STATEMENT)
    more = " Import the data and measure; then a month can be issued here." if may_issue else ""
    table = statement_table(request.viewer, engagement, request.GET, datetime.now(UTC), more)
    if table.wants_file:
        return table.file("statements")
    unissued = _unissued(request, engagement) if may_issue else []
    shown = {
        "table": table,
        "form": form,
        "ready": [each for each in unissued if each.ready],
        "begun": listed([month(each.window) for each in unissued if not each.ready]),
    }
    around = frame(request, engagement, "statements")
    return render(request, "statements/index.html", around | shown, status=status)


def _unissued(request: ViewerRequest, engagement: Engagement) -> list[Unissued]:
    """Return the measured months without statement, newest first."""
    issued = set(
        Statement.objects.visible_to(request.viewer)
        .filter(engagement=engagement)
        .values_list("agreement", "window")
    )
    rows = (
        Measurement.objects.visible_to(request.viewer)
        .filter(engagement=engagement, superseded_by=None, agreement__state=AgreementState.IN_FORCE)
        .select_related("agreement")
        .order_by("-window_start", "id")
    )
    agreements = {each.agreement_id: each.agreement for each in rows}
    known = {
        key: known_until(engagement, read_agreement(each.document))
        for key, each in agreements.items()
    }
    levels: dict[tuple[int, str, bool], set[str]] = {}
    for each in rows:
        key = each.agreement_id
        stated = month_stating(each.window_end, each.agreement, known[key])
        levels.setdefault((key, *stated), set()).add(each.service_level)
    unissued = [
        Unissued(agreements[key], month, len(named), ready)
        for (key, month, ready), named in levels.items()
        if (key, month) not in issued
    ]
    return sorted(unissued, key=lambda each: each.window, reverse=True)


def issue(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Hand both parties the figures of a month."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    form = IssueForm(request.POST)
    agreement = None
    if form.is_valid():
        agreement = (
            Agreement.objects.visible_to(request.viewer)
            .filter(engagement=engagement, public_id=form.cleaned_data["agreement"])
            .first()
        )
        if agreement is None:
            form.add_error("agreement", "There is no such agreement here.")
    if agreement is not None:
        window = form.cleaned_data["window"]
        with refused_on(form):
            statement = issue_statement(
                agreement=agreement, window=window, by=request.viewer, as_of=datetime.now(UTC)
            )
            messages.success(request, f"{heading(statement)} issued to both parties.")
            return redirect("statement", statement.public_id)
    return _index(request, engagement, form, status=422)
