"""Echo: what changed, and whether the provider's delivery lead knows of it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.echo_change import echo_change
from tallystick.records.agreements import Agreement
from tallystick.records.echoes import Change, EchoKind, changes_known
from tallystick.records.engagements import Engagement
from tallystick.records.objectives import Objective
from tallystick.records.roles import Duty
from tallystick.web.components.words import day, sentence
from tallystick.web.forms.ladders import EchoForm
from tallystick.web.forms.refusals import refused_on_the_next_page
from tallystick.web.governance.frames import governance_around
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.tables import Column, Empty, Table


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change as a row of the table."""

    change: Change

    @property
    def subject(self) -> str:
        """Return what changed."""
        if self.change.kind is EchoKind.AGREEMENT:
            return f"Agreement, {self.change.subject}"
        return f"{self.change.subject} (version {self.change.version})"

    @property
    def kind(self) -> str:
        """Return which kind of thing changed."""
        return self.change.kind.value

    @property
    def changed_on(self) -> date:
        """Return since when it holds."""
        return self.change.changed_on

    @property
    def standing(self) -> str:
        """Return whether the delivery lead has given a word on it."""
        return "acknowledged" if self.change.word else "unacknowledged"

    @property
    def word(self) -> str:
        """Return who gave the word, when, and what they said."""
        given = self.change.word
        if given is None:
            return ""
        said = f": {given.words}" if given.words else ""
        return f"{given.by.name}, {day(given.at.date())}{said}"

    @property
    def url(self) -> str:
        """Return the page of what changed."""
        page = "agreement" if self.change.kind is EchoKind.AGREEMENT else "objective"
        return reverse(page, args=[self.change.what.public_id])

    @property
    def act(self) -> str:
        """Return the address at which the word is given."""
        return reverse(f"{self.change.kind}_echo", args=[self.change.what.public_id])


COLUMNS = (
    Column("subject", "What changed", link=lambda row: row.url),
    Column("kind", "Kind", format=sentence),
    Column("changed_on", "Since", format=day, searchable=False),
    Column("standing", "Delivery lead", template="issues/status.html"),
    Column("word", "Word", sortable=False),
)


def index(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show what changed, and to the delivery lead what waits for a word."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    rows = [ChangeRow(each) for each in changes_known(engagement, datetime.now(UTC).date())]
    rows.sort(key=lambda row: (row.change.word is not None, row.changed_on))
    empty = Empty(
        "Nothing changed that the provider has read",
        "Each wording of an objective and each version of the agreement stands here once both "
        "sides see it, until the delivery lead says that the team knows.",
    )
    table = Table(COLUMNS, rows, request.GET, caption="What changed", empty=empty)
    if table.wants_file:
        return table.file("echo")
    waiting = [row for row in rows if row.change.word is None]
    shown: dict[str, Any] = {
        "table": table,
        "waiting": [
            (row, EchoForm(auto_id=f"id_{row.change.what.public_id}_%s")) for row in waiting
        ],
        "may_echo": request.viewer.may(Duty.ECHO),
    }
    return render(request, "ladders/echo.html", governance_around(request, engagement) | shown)


def objective(request: ViewerRequest, objective_id: str) -> HttpResponse:
    """Say that the delivery team knows an objective as it is worded now."""
    return _echo(request, find(Objective, request.viewer, objective_id, "engagement"))


def agreement(request: ViewerRequest, agreement_id: str) -> HttpResponse:
    """Say that the delivery team knows a version of the agreement."""
    return _echo(request, find(Agreement, request.viewer, agreement_id, "engagement"))


def _echo(request: ViewerRequest, what: Objective | Agreement) -> HttpResponse:
    form = EchoForm(request.POST)
    with refused_on_the_next_page(request):
        words = form.cleaned_data["words"] if form.is_valid() else request.POST.get("words", "")
        echo_change(what=what, words=words, by=request.viewer, as_of=datetime.now(UTC))
        messages.success(request, "Your word is there. Both sides read it.")
    return redirect("echo", what.engagement.public_id)
