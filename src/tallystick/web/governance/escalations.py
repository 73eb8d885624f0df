"""One issue: whose turn it is, how long is left, what was said, and the steps one may take."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.answer_issue import answer_issue
from tallystick.actions.close_issue import close_issue
from tallystick.actions.escalate_issue import escalate_issue
from tallystick.actions.reopen_issue import reopen_issue
from tallystick.actions.resolve_issue import resolve_issue
from tallystick.engine.lessons.causes import Cause
from tallystick.engine.lessons.lesson import LessonText
from tallystick.records.agreements import agreement_on
from tallystick.records.beside import like as lessons_like
from tallystick.records.clocks import Clocks
from tallystick.records.issued import FOLLOWED, Wait, foreseen_by, wait_of, with_turns
from tallystick.records.issues import Issue, IssueState
from tallystick.records.ladders import LadderLevel
from tallystick.records.roles import Duty
from tallystick.records.stated import party_of
from tallystick.web.components.figures import money
from tallystick.web.forms.issues import EscalateForm, IssueAnswerForm, ReopenForm, ResolveForm
from tallystick.web.forms.refusals import refused_on, refused_on_the_next_page
from tallystick.web.frames import frame
from tallystick.web.issue_words import left_words, story_of, turn_sentence
from tallystick.web.lookup import ViewerRequest, find


def show(request: ViewerRequest, issue_id: str) -> HttpResponse:
    """Show one issue."""
    return _page(request, find(Issue, request.viewer, issue_id, *FOLLOWED))


def answer(request: ViewerRequest, issue_id: str) -> HttpResponse:
    """Answer for the side that is waited for."""
    issue, form = _asked(request, issue_id, IssueAnswerForm)
    return _step(
        request, issue, form,
        lambda: answer_issue(issue=issue, words=form.cleaned_data["words"], **_by(request)),
        "Your answer is there. It is the other side's turn.",
    )  # fmt: skip


def escalate(request: ViewerRequest, issue_id: str) -> HttpResponse:
    """Take it a level up now."""
    issue, form = _asked(request, issue_id, EscalateForm)
    return _step(
        request, issue, form,
        lambda: escalate_issue(issue=issue, words=form.cleaned_data["words"], **_by(request)),
        "It is escalated.",
    )  # fmt: skip


def resolve(request: ViewerRequest, issue_id: str) -> HttpResponse:
    """Say that it is resolved, and how."""
    issue, form = _asked(request, issue_id, ResolveForm)
    return _step(
        request, issue, form,
        lambda: resolve_issue(
            issue=issue, resolution=form.cleaned_data["resolution"], **_by(request)
        ),
        "It is resolved. The side that raised it closes it.",
    )  # fmt: skip


def reopen(request: ViewerRequest, issue_id: str) -> HttpResponse:
    """Open it again."""
    issue, form = _asked(request, issue_id, ReopenForm)
    return _step(
        request, issue, form,
        lambda: reopen_issue(issue=issue, words=form.cleaned_data["words"], **_by(request)),
        "It is open again. The other side is asked.",
    )  # fmt: skip


def close(request: ViewerRequest, issue_id: str) -> HttpResponse:
    """Close it."""
    issue = find(Issue, request.viewer, issue_id)
    with refused_on_the_next_page(request):
        close_issue(issue=issue, **_by(request))
        messages.success(request, "The issue is closed.")
    return redirect("issue", issue.public_id)


def _by(request: ViewerRequest) -> dict[str, Any]:
    return {"by": request.viewer, "as_of": datetime.now(UTC)}


def _asked(request: ViewerRequest, issue_id: str, kind: type[Form]) -> tuple[Issue, Form]:
    return find(Issue, request.viewer, issue_id, *FOLLOWED), _form(kind, request.POST)


def _form(kind: type[Form], data: Any = None) -> Form:
    # Several forms stand on the page: each field has an id of its own.
    return kind(data, auto_id=f"{kind.__name__.lower()}_%s")


def _step(
    request: ViewerRequest, issue: Issue, form: Form, act: Callable[[], object], said: str
) -> HttpResponse:
    if form.is_valid():
        with refused_on(form):
            act()
            messages.success(request, said)
            return redirect("issue", issue.public_id)
    # What the other side did meanwhile is shown along with the refusal.
    issue.refresh_from_db(fields=["state", "resolution", "resolved_at", "closed_at", "closed_by"])
    return _page(request, issue, form)


def _page(request: ViewerRequest, issue: Issue, sent: Form | None = None) -> HttpResponse:
    issue = with_turns(issue)
    viewer, engagement, now = request.viewer, issue.engagement, datetime.now(UTC)
    clocks = Clocks([engagement])
    wait = wait_of(issue, clocks, now)
    zone, own = clocks.zone(engagement.pk, now.date()), viewer.organisation.side
    may_settle = viewer.may(Duty.SETTLE_ISSUE)
    forms = {
        name: sent if isinstance(sent, kind) else _form(kind)
        for name, kind in (
            ("answering", IssueAnswerForm), ("escalating", EscalateForm),
            ("resolving", ResolveForm), ("reopening", ReopenForm),
        )
    }  # fmt: skip
    shown = {
        "issue": issue,
        "wait": wait,
        "sentence": turn_sentence(issue, wait, zone),
        "left": left_words(wait) if wait else "",
        "zone": zone,
        "rungs": _rungs(request, wait),
        "story": story_of(issue),
        "facts": _facts(request, issue),
        "foreseen": foreseen_by(viewer, [issue]).get(issue.pk),
        "beside": lessons_like(
            viewer, LessonText("", issue.title, what_happened=issue.what_happened)
        ),
        "beside_title": "Lessons that tell of the like",
        "sent": sent,
        "may_answer": may_settle and wait is not None and wait.turn.side == own,
        "may_settle": may_settle and wait is not None,
        "may_close": may_settle and issue.state == IssueState.RESOLVED and issue.side == own,
        "may_reopen": may_settle and issue.state != IssueState.OPEN,
        **forms,
    }
    above = ("Issues", reverse("issues", args=[engagement.public_id]))
    around = frame(request, engagement, "issues", above)
    return render(request, "issues/show.html", around | shown, status=422 if sent else 200)


def _rungs(request: ViewerRequest, wait: Wait | None) -> list[tuple[str, bool]]:
    """Return the levels with the post that is asked on each, and on which one it stands."""
    if wait is None:
        return []
    turn = wait.turn
    levels = LadderLevel.objects.visible_to(request.viewer).filter(engagement=turn.engagement_id)
    rows = levels.select_related("client_post", "provider_post").order_by("level")
    return [
        (f"Level {each.level}: {each.post_of(turn.side) or 'nobody'}", each.level == turn.level)
        for each in rows
    ]


def _facts(request: ViewerRequest, issue: Issue) -> dict[str, Any]:
    """Return what the issue is linked to."""
    engagement = issue.engagement
    level_name = ""
    if issue.service_level:
        agreement = agreement_on(engagement, issue.raised_at.date())
        names = agreement.level_names if agreement else {}
        level_name = names.get(issue.service_level, issue.service_level)
    return {
        "party": party_of(engagement, issue.side),
        "level": level_name,
        "cause": Cause(issue.cause).words if issue.cause else "",
        "cost": "" if issue.cost is None else money(issue.cost, issue.currency),
    }
