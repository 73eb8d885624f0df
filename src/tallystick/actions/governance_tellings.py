"""Whom issues, questions, tasks and risks are told to: one line for each, as in `tellings`."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from tallystick.actions.announce import Hearer, announce, announce_all, hearers, holders, who_may
from tallystick.records.action_items import ActionItem
from tallystick.records.agreements import Agreement
from tallystick.records.audience import ClientPrivate
from tallystick.records.decisions import Decision
from tallystick.records.engagements import Engagement
from tallystick.records.issues import Escalation, Issue, Opened
from tallystick.records.ladders import LadderLevel
from tallystick.records.notices import NoticeKind
from tallystick.records.objectives import Objective
from tallystick.records.posts import Post
from tallystick.records.risk_registers import AnyIndicator, AnyRun
from tallystick.records.roles import Duty, Side
from tallystick.records.viewer import Viewer


def tell_turn(turn: Escalation, by: Viewer | None, as_of: datetime) -> None:
    """Tell whoever is asked; without anybody, those of that side who may answer."""
    issue = turn.issue
    to = _asked(turn) or who_may(Duty.SETTLE_ISSUE, turn.engagement, Side(turn.side))
    if turn.why == Opened.RAISED:
        everybody = who_may(Duty.SETTLE_ISSUE, turn.engagement, Side(turn.side))
        announce(NoticeKind.ISSUE_RAISED, issue, to=[*to, *everybody], by=by, as_of=as_of)
    elif turn.why in {Opened.CLOCK, Opened.BY_HAND}:
        called = [*to, *holders(_posts_of(turn))]
        announce(NoticeKind.ISSUE_CLIMBED, turn, to=called, by=by, as_of=as_of)
    else:
        raised = hearers([issue.raised_by], "you raised it") if issue.side == turn.side else []
        announce(NoticeKind.ISSUE_TURN, turn, to=[*to, *raised], by=by, as_of=as_of)


def tell_resolved(issue: Issue, by: Viewer, as_of: datetime) -> None:
    """Tell whoever raised it, and their side, which has the last word."""
    raised = hearers([issue.raised_by], "you raised it")
    to = [*raised, *who_may(Duty.SETTLE_ISSUE, issue.engagement, Side(issue.side))]
    announce(NoticeKind.ISSUE_RESOLVED, issue, to=to, by=by, as_of=as_of)


def tell_question(decision: Decision, by: Viewer, as_of: datetime) -> None:
    """Tell its owner."""
    to = hearers([decision.owner], "it is yours to decide")
    announce(NoticeKind.DECISION_ASKED, decision, to=to, by=by, as_of=as_of)


def tell_decided(decision: Decision, by: Viewer, as_of: datetime) -> None:
    """Tell whoever asked and whoever owns it."""
    to = [
        *hearers([decision.asked_by], "you asked it"),
        *hearers([decision.owner], "it was yours to decide"),
    ]
    announce(NoticeKind.DECISION_MADE, decision, to=to, by=by, as_of=as_of)


def tell_task(item: ActionItem, by: Viewer, as_of: datetime) -> None:
    """Tell its owner."""
    to = hearers([item.owner], "it is yours to do")
    announce(NoticeKind.ACTION_GIVEN, item, to=to, by=by, as_of=as_of)


def tell_echoes(
    engagement: Engagement, objectives: Sequence[Objective], by: Viewer, as_of: datetime
) -> None:
    """Tell the delivery leads which objectives somebody else has acknowledged."""
    if by.may(Duty.ECHO):
        return
    to = who_may(Duty.ECHO, engagement, Side.PROVIDER)
    told = [(each, to) for each in objectives]
    announce_all(NoticeKind.OBJECTIVE_ECHO, told, by=by, as_of=as_of)


def tell_in_force(agreement: Agreement, by: Viewer, as_of: datetime) -> None:
    """Tell the delivery leads, whose team works by it."""
    to = who_may(Duty.ECHO, agreement.engagement, Side.PROVIDER)
    announce(NoticeKind.AGREEMENT_ECHO, agreement, to=to, by=by, as_of=as_of)


def tell_activation(run: AnyRun, by: Viewer, as_of: datetime) -> None:
    """Tell the owners of the plan and of its open risks, and those who lead."""
    plan = run.plan
    risks = plan.risks.filter(closed_on=None).select_related("owner").order_by("id")
    private = isinstance(run, ClientPrivate)
    to = [
        *hearers([plan.owner], "the plan is yours"),
        *hearers([each.owner for each in risks], "you own a risk that it is for"),
        *_leads(plan.engagement, private),
    ]
    kind = NoticeKind.PRIVATE_PLAN_ACTIVATED if private else NoticeKind.PLAN_ACTIVATED
    announce(kind, run, to=to, by=by, as_of=as_of)


def tell_tripped(indicator: AnyIndicator, as_of: datetime) -> None:
    """Tell the owner of the risk, and those who lead; nobody did it."""
    risk = indicator.risk
    private = isinstance(indicator, ClientPrivate)
    to = [*hearers([risk.owner], "you own the risk"), *_leads(risk.engagement, private)]
    kind = NoticeKind.PRIVATE_INDICATOR_TRIPPED if private else NoticeKind.INDICATOR_TRIPPED
    announce(kind, indicator, to=to, by=None, as_of=as_of)


def _asked(turn: Escalation) -> list[Hearer]:
    if turn.post is None or turn.asked is None:
        return []
    verb = "stand in for" if turn.stands_in else "hold"
    return [Hearer(turn.asked, f"you {verb} the post “{turn.post.name}”")]


def _posts_of(turn: Escalation) -> Iterable[Post]:
    """Return the posts of both sides on the level that a turn came to."""
    levels = LadderLevel.objects.filter(engagement=turn.engagement_id, level=turn.level)
    asked = Q(pk__in=levels.values("client_post")) | Q(pk__in=levels.values("provider_post"))
    rows = Post.objects.filter(asked).select_related("engagement", "holder", "deputy")
    return rows.order_by("id")


def _leads(engagement: Engagement, private: bool) -> list[Hearer]:
    """Return the client's leads, and of what is shared the provider's people too."""
    own = who_may(Duty.PLAN_ENGAGEMENT, engagement, Side.CLIENT)
    if private:
        return own
    return [*own, *who_may(Duty.MANAGE_RISKS, engagement, Side.PROVIDER)]
