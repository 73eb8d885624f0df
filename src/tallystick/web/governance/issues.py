"""Issues of an engagement: the list, the form that raises one, and lessons of the like."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.raise_issue import raise_issue
from tallystick.engine.lessons.lesson import LessonText
from tallystick.records.beside import like as lessons_like
from tallystick.records.clocks import Clocks
from tallystick.records.engagements import Engagement
from tallystick.records.issued import Wait, can_be_answered, issues_of
from tallystick.records.issues import Issue, IssueSeverity, IssueState
from tallystick.records.ladders import LadderLevel
from tallystick.records.roles import Duty
from tallystick.web.components.words import day, sentence
from tallystick.web.form_pages import posted
from tallystick.web.forms.issues import LONGEST, IssueForm
from tallystick.web.forms.refusals import refused_on
from tallystick.web.frames import frame
from tallystick.web.issue_words import asked_words, turn_words, waiting
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.tables import Column, Empty, Table


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue in the table."""

    issue: Issue
    wait: Wait | None
    left: str

    @property
    def title(self) -> str:
        """Return what is wrong."""
        return self.issue.title

    @property
    def severity(self) -> str:
        """Return how much it weighs."""
        return self.issue.severity

    @property
    def rank(self) -> int:
        """Return the place of the severity, to sort by."""
        return list(IssueSeverity).index(IssueSeverity(self.issue.severity))

    @property
    def state(self) -> str:
        """Return how far it has come."""
        return self.issue.state

    @property
    def turn(self) -> str:
        """Return the party that has to act."""
        return turn_words(self.issue, self.wait)

    @property
    def level(self) -> int | None:
        """Return the level on which somebody is asked."""
        return self.wait.turn.level if self.wait else None

    @property
    def asked(self) -> str:
        """Return who is asked."""
        return asked_words(self.wait.turn) if self.wait else ""

    @property
    def raised_on(self) -> Any:
        """Return the day on which it was raised."""
        return self.issue.raised_at.date()


_SEVERITIES = tuple((each.value, sentence(each.value)) for each in IssueSeverity)
_STATES = tuple((each.value, sentence(each.value)) for each in IssueState)
COLUMNS = (
    Column("title", "Issue", link=lambda row: reverse("issue", args=[row.issue.public_id])),
    Column(
        "severity", "Weighs", order_by="rank", options=_SEVERITIES, template="issues/status.html"
    ),
    Column("state", "State", options=_STATES, template="issues/status.html"),
    Column("turn", "Whose turn"),
    Column("level", "Level", numeric=True),
    Column("asked", "Asked", sortable=False),
    Column("left", "Time left", sortable=False, template="issues/left.html"),
    Column("raised_on", "Raised", format=day, searchable=False),
)


def index(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show every issue of an engagement: whose turn it is, and how long is left."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    now, clocks = datetime.now(UTC), Clocks([engagement])
    found = issues_of(request.viewer, engagement.pk)
    rows = [IssueRow(each, *waiting(each, clocks, now)) for each in found]
    rows.sort(key=lambda row: (row.issue.state != IssueState.OPEN, row.rank))
    may_raise = _may_raise(request, engagement)
    table = Table(
        COLUMNS, rows, request.GET, caption="Issues",
        empty=_nothing(engagement, may_raise),
    )  # fmt: skip
    if table.wants_file:
        return table.file("issues")
    open_ = [row for row in rows if row.wait]
    own = request.viewer.organisation.side
    shown = {
        "table": table,
        "may_raise": may_raise,
        "open": len(open_),
        "ours": sum(row.wait.turn.side == own for row in open_ if row.wait),
        "overdue": sum(row.wait.standing != "waiting" for row in open_ if row.wait),
        "any": bool(rows),
    }
    return render(request, "issues/index.html", frame(request, engagement, "issues") | shown)


def _may_raise(request: ViewerRequest, engagement: Engagement) -> bool:
    return can_be_answered(engagement) and request.viewer.may(Duty.SETTLE_ISSUE)


def _nothing(engagement: Engagement, may_raise: bool) -> Empty:
    return Empty(
        "No issue",
        "An issue is something that went wrong and needs the other side. Either side raises one; "
        "unanswered it climbs the escalation ladder by itself, and both see whose turn it is.",
        "Raise an issue" if may_raise else "",
        reverse("issue_new", args=[engagement.public_id]),
    )


def new(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Raise an issue."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    now = datetime.now(UTC)
    form = IssueForm(request.viewer, engagement, now.date(), posted(request))
    if form.is_bound and form.is_valid():
        with refused_on(form):
            issue = raise_issue(
                engagement=engagement, wording=form.wording(), by=request.viewer, as_of=now
            )
            messages.success(request, "The issue is raised. The other side is asked.")
            return redirect("issue", issue.public_id)
    levels = LadderLevel.objects.visible_to(request.viewer).filter(engagement=engagement)
    here = reverse("issues", args=[engagement.public_id])
    shown = {"form": form, "levels": levels.order_by("level"), "back": here}
    around = frame(request, engagement, "issues", ("Issues", here))
    return render(request, "issues/new.html", around | shown, status=422 if form.is_bound else 200)


def like(request: ViewerRequest) -> HttpResponse:
    """Show the lessons that tell of something like what is being written; nothing is stored."""
    title, what = (request.POST.get(name, "")[:LONGEST] for name in ("title", "what_happened"))
    draft = LessonText(id="", title=title, what_happened=what)
    found = lessons_like(request.viewer, draft) if title.strip() else []
    return render(request, "issues/like.html", {"beside": found})
