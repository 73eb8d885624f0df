"""The dates of one person: what has a day in what they may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q

from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.icalendars import Dated
from tallystick.engine.reviews.due import half_of
from tallystick.records.action_items import ActionItem
from tallystick.records.agreements import Agreement, AgreementState
from tallystick.records.engagements import Engagement
from tallystick.records.meetings import Meeting, MeetingState
from tallystick.records.objectives import Objective
from tallystick.records.risk_registers import AnyRisk, risk_review_due
from tallystick.records.selections import Selection

if TYPE_CHECKING:
    from tallystick.records.viewer import Viewer

MOST = 2_000
PAST = timedelta(days=90)
"""So long a date stays in the calendar once it is over."""


@dataclass(frozen=True, slots=True)
class Dating:
    """
    Which rows of a noun have dates, and which those are.

    `owned_by` is the field that names whose calendar alone a row stands in; else it is everybody's
    who may see it.
    """

    wanted: Q
    dates: Callable[[Any], Iterable[Dated]]
    related: tuple[str, ...] = ()
    owned_by: str = ""


def _of_objective(objective: Objective) -> Iterator[Dated]:
    yield Dated(
        key=f"Objective:{objective.public_id}:due",
        title=f"Due: {objective.statement}"[:120],
        starts=_day(objective.due_on),
        changed_at=objective.stated_at,
        sequence=objective.version,
        context=objective.engagement.name,
        route="objective",
        page_key=objective.public_id,
    )


def _of_agreement(agreement: Agreement) -> Iterator[Dated]:
    key = f"Agreement:{agreement.public_id}"
    end = Dated(
        key=f"{key}:end",
        title="The agreement ends",
        starts=agreement.in_force_until,
        changed_at=agreement.state_at,
        context=agreement.engagement.name,
        route="agreement",
        page_key=agreement.public_id,
    )
    yield end
    renewal = agreement.document.get("renewal") or {}
    if (days := renewal.get("notice_days")) is not None:
        last = agreement.in_force_until - timedelta(days=days)
        yield replace(end, key=f"{key}:notice", title="Last day to give notice", starts=last)


def _of_engagement(engagement: Engagement) -> Iterator[Dated]:
    key = f"Engagement:{engagement.public_id}"
    half = Dated(
        key=f"{key}:half",
        title="Mid-term review due",
        starts=half_of(engagement.starts_on, engagement.ends_on),
        changed_at=engagement.planned_at,
        context=engagement.name,
        route="reviews",
        page_key=engagement.public_id,
    )
    yield half
    yield replace(half, key=f"{key}:end", title="Closing review due", starts=engagement.ends_on)


def _of_selection(selection: Selection) -> Iterator[Dated]:
    yield Dated(
        key=f"Selection:{selection.public_id}:bids",
        title="Bids close",
        starts=selection.bids_until,
        ends=selection.bids_until,
        changed_at=selection.begun_at,
        context=selection.engagement.name,
        route="selection",
        page_key=selection.engagement.public_id,
    )


def _of_meeting(meeting: Meeting) -> Iterator[Dated]:
    forum = meeting.forum
    yield Dated(
        key=f"Meeting:{meeting.public_id}:held",
        title=forum.name,
        starts=meeting.due_at,
        ends=meeting.due_at + timedelta(minutes=forum.minutes),
        zone=forum.zone,
        changed_at=max(meeting.planned_at, forum.stated_at),
        sequence=meeting.change,
        cancelled=meeting.state in (MeetingState.SKIPPED, MeetingState.DROPPED),
        context=meeting.engagement.name,
        route="meeting",
        page_key=meeting.public_id,
    )


def _of_action(item: ActionItem) -> Iterator[Dated]:
    yield Dated(
        key=f"ActionItem:{item.public_id}:due",
        title=f"Due: {item.task}"[:120],
        starts=item.due_on,
        changed_at=item.given_at,
        sequence=item.change,
        context=item.engagement.name,
        route="action_item",
        page_key=item.public_id,
    )


def _of_risk(risk: AnyRisk) -> Iterator[Dated]:
    stands = max(filter(None, (risk.identified_on, risk.reviewed_on, risk.warned_on)))
    yield Dated(
        key=f"{type(risk).__name__}:{risk.public_id}:review",
        title=f"Review the risk: {risk.title}"[:120],
        starts=_day(risk_review_due(risk)),
        changed_at=datetime.combine(stands, time(), UTC),
        context=risk.engagement.name,
        route="risk",
        page_key=risk.public_id,
    )


_OWN_RISKS = Dating(Q(closed_on=None), _of_risk, ("engagement",), owned_by="owner")

DATING: Mapping[str, Dating] = {
    "Objective": Dating(~Q(due_on=None), _of_objective, ("engagement",)),
    "Agreement": Dating(Q(state=AgreementState.IN_FORCE), _of_agreement, ("engagement",)),
    "Engagement": Dating(~Q(stage=Stage.CLOSE), _of_engagement),
    "Selection": Dating(Q(awarded_at=None), _of_selection, ("engagement",)),
    "Meeting": Dating(Q(state=MeetingState.PLANNED), _of_meeting, ("engagement", "forum")),
    "ActionItem": Dating(Q(done_on=None), _of_action, ("engagement",)),
    "Risk": _OWN_RISKS,
    "PrivateRisk": _OWN_RISKS,
}
"""Every noun with dates; what is private to a party is only ever read by that party."""


def dates_of(viewer: Viewer, as_of: datetime) -> list[Dated]:
    """Return the dates of what the viewer may see, from a while ago on; one query for a noun."""
    earliest = as_of.date() - PAST
    found = [
        dated
        for noun, dating in DATING.items()
        for row in _rows(noun, viewer)[:MOST]
        for dated in dating.dates(row)
        if _day_of(dated.starts) >= earliest
    ]
    return sorted(found, key=lambda each: (_day_of(each.starts), each.key))


def dated_by(keys: Iterable[str], viewer: Viewer) -> dict[str, Dated]:
    """Return what some keys name, as far as the viewer may see it now; one query for a noun."""
    wanted: dict[str, set[str]] = {}
    for key in keys:
        noun, _, rest = key.partition(":")
        wanted.setdefault(noun, set()).add(rest.partition(":")[0])
    return {
        dated.key: dated
        for noun, ids in wanted.items()
        for row in _rows(noun, viewer, Q(public_id__in=ids))
        for dated in DATING[noun].dates(row)
    }


def _rows(noun: str, viewer: Viewer, more: Q | None = None) -> Any:
    model: Any = apps.get_model("records", noun)
    rows = model.objects.visible_to(viewer).filter(
        more if more is not None else DATING[noun].wanted
    )
    if own := DATING[noun].owned_by:
        rows = rows.filter(**{own: viewer.person})
    related = DATING[noun].related
    ordered = rows.order_by("-id")
    return ordered.select_related(*related) if related else ordered


def _day(value: date | None) -> date:
    assert value is not None  # noqa: S101  (the query asks for it)
    return value


def _day_of(starts: date | datetime) -> date:
    return starts.date() if isinstance(starts, datetime) else starts
