"""Questions that wait for a decision, and what was decided."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tallystick.actions.ask_decision import ask_decision
from tallystick.actions.decide_question import decide_question
from tallystick.actions.open_items import has_hand_in
from tallystick.engine.governance.working_days import working_days
from tallystick.records.decisions import Decision
from tallystick.records.engagements import Engagement
from tallystick.records.forums import Forum, holidays_of
from tallystick.records.meetings import Meeting
from tallystick.records.policies import policy_for
from tallystick.records.posts import Staffing
from tallystick.records.roles import Duty
from tallystick.web.components.words import day
from tallystick.web.counts import counted
from tallystick.web.form_pages import form_page, posted
from tallystick.web.forms.meetings import DecideForm, QuestionForm
from tallystick.web.governance.frames import governance_around
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.tables import Column, Empty, Table

_READ = (
    "engagement__client", "engagement__provider", "owner", "forum", "asked_in__forum",
    "decided_in__forum",
)  # fmt: skip
_STATES = (("waiting", "Waiting"), ("late", "Late"), ("decided", "Decided"))
COLUMNS = (
    Column("question", "Question", link=lambda row: row["url"]),
    Column("state", "State", template="governance/cells/state.html", options=_STATES),
    Column("owner", "Owner"),
    Column("forum", "Decided by"),
    Column("asked_on", "Asked"),
    Column("decided_on", "Decided"),
    Column("days", "Working days", numeric=True),
)


def index(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """List the questions, those that wait first."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    today = datetime.now(UTC).date()
    most = policy_for(request.viewer, engagement).decision_working_days
    holidays = holidays_of(engagement, today)
    rows = Decision.objects.visible_to(request.viewer).filter(engagement=engagement)
    read = rows.select_related("owner", "forum").order_by("asked_on", "id")
    staffing = Staffing([engagement])
    lines = [
        _line(each, working_days(each.asked_on, each.decided_on or today, holidays), most)
        | {"owner": staffing.named(each.owner)}
        for each in read
    ]
    may_meet = request.viewer.may(Duty.MEET)
    empty = Empty(
        "No question was asked",
        "A question has one owner and a day. It stands on each next agenda until it is decided.",
        "Ask for a decision" if may_meet else "",
        reverse("decision_new", args=[engagement.public_id]),
    )
    lines.sort(key=lambda line: line["state"] == "decided")
    table = Table(COLUMNS, lines, request.GET, caption="Decisions", empty=empty)
    if table.wants_file:
        return table.file("decisions")
    around = governance_around(request, engagement)
    return render(
        request, "governance/decisions.html", around | {"table": table, "may_meet": may_meet}
    )


def _state(decision: Decision, days: int, most: int) -> str:
    waiting = "late" if days > most else "waiting"
    return "decided" if decision.decided_on else waiting


def _line(decision: Decision, days: int, most: int) -> dict[str, Any]:
    return {
        "question": decision.question,
        "url": reverse("decision", args=[decision.public_id]),
        "state": _state(decision, days, most),
        "forum": decision.forum.name if decision.forum else "Any forum",
        "asked_on": decision.asked_on,
        "decided_on": decision.decided_on,
        "days": days,
    }


def show(request: ViewerRequest, decision_id: str) -> HttpResponse:
    """Show a question and what was decided."""
    decision = find(Decision, request.viewer, decision_id, *_READ)
    today = datetime.now(UTC).date()
    holidays = holidays_of(decision.engagement, today)
    days = working_days(decision.asked_on, decision.decided_on or today, holidays)
    may_meet = not decision.decided_on and request.viewer.may(Duty.MEET)
    most = policy_for(request.viewer, decision.engagement).decision_working_days
    shown = {
        "decision": decision,
        "state": _state(decision, days, most),
        "facts": [
            ("Owner", Staffing([decision.engagement]).named(decision.owner, decision.side)),
            ("Decided by", decision.forum.name if decision.forum else "Any forum"),
            ("Asked", day(decision.asked_on)),
            ("Decided", day(decision.decided_on) if decision.decided_on else "Not yet"),
            ("Took" if decision.decided_on else "Waits for", counted(days, "working day")),
        ],
        "meetings": [each for each in (decision.asked_in, decision.decided_in) if each],
        "may_decide": may_meet and request.viewer.organisation.side == decision.side,
        "may_change": may_meet and has_hand_in(decision, request.viewer),
    }
    return render(request, "governance/decision.html", _around(request, decision) | shown)


def _around(request: ViewerRequest, decision: Decision) -> dict[str, Any]:
    listed = reverse("decisions", args=[decision.engagement.public_id])
    return governance_around(request, decision.engagement, ("Decisions", listed))


def new(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Ask for a decision, perhaps in a meeting."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    return _ask(request, engagement, None)


def edit(request: ViewerRequest, decision_id: str) -> HttpResponse:
    """Change a question that waits: its owner, or the forum that decides."""
    decision = find(Decision, request.viewer, decision_id, *_READ)
    return _ask(request, decision.engagement, decision)


def _ask(request: ViewerRequest, engagement: Engagement, decision: Decision | None) -> HttpResponse:
    now, meeting = datetime.now(UTC), meeting_named(request, engagement)
    initial = {"asked_on": now.date(), "forum": meeting.forum.public_id if meeting else ""}
    forums = Forum.objects.visible_to(request.viewer).filter(engagement=engagement)
    form = QuestionForm(
        engagement, list(forums.order_by("name")), decision, posted(request), **initial
    )
    return form_page(
        request,
        form,
        lambda: ask_decision(
            engagement=engagement,
            asked=form.asked(meeting),
            amends=decision,
            by=request.viewer,
            as_of=now,
        ),
        lambda: governance_around(request, engagement),
        changes=decision,
        title="Change the question" if decision else "Ask for a decision",
        lead="It stands on each next agenda until it is decided.",
        said="The question is kept.",
        back=_back(engagement, decision, meeting),
    )


def _back(engagement: Engagement, decision: Decision | None, meeting: Meeting | None) -> str:
    if meeting:
        return reverse("meeting", args=[meeting.public_id])
    if decision:
        return reverse("decision", args=[decision.public_id])
    return reverse("decisions", args=[engagement.public_id])


def meeting_named(request: ViewerRequest, engagement: Engagement) -> Meeting | None:
    """Return the meeting that an address names, such as `?meeting=ID`, if it is there."""
    key = request.GET.get("meeting", "").replace("\0", "")
    rows = Meeting.objects.visible_to(request.viewer).filter(engagement=engagement)
    return rows.filter(public_id=key).select_related("forum").first() if key else None


def decide(request: ViewerRequest, decision_id: str) -> HttpResponse:
    """Keep what was decided."""
    decision = find(Decision, request.viewer, decision_id, *_READ)
    now, meeting = datetime.now(UTC), meeting_named(request, decision.engagement)
    form = DecideForm(posted(request), initial={"on": now.date()})
    return form_page(
        request,
        form,
        lambda: decide_question(
            question=decision, meeting=meeting, by=request.viewer, as_of=now, **form.cleaned_data
        ),
        lambda: _around(request, decision),
        changes=decision,
        title=f"Decide: {decision.question}",
        lead="A decision is kept as it is worded; a change of mind is a new question.",
        said="The decision is kept.",
        back=_back(decision.engagement, decision, meeting),
        submit="Keep the decision",
    )
