"""An agenda, filled from what is open in an engagement; only what both parties read is on it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from tallystick.engine.governance.working_days import working_days
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.risk import TriageLevel
from tallystick.engine.service_levels.dealings.answers import Task
from tallystick.engine.service_levels.measurement import Verdict
from tallystick.records.action_items import ActionItem
from tallystick.records.answers import SAID, standing_at
from tallystick.records.decisions import Decision
from tallystick.records.engagements import Engagement
from tallystick.records.forums import Forum, holidays_of
from tallystick.records.issues import Issue, IssueState, open_turn
from tallystick.records.measurements import Measurement
from tallystick.records.objectives import Objective
from tallystick.records.risk_registers import risk_review_due
from tallystick.records.risks import Risk
from tallystick.records.snapshot_objectives import shared_on
from tallystick.records.statements import Statement

MOST_LINES = 50
"""Lines of a section; more is read on its own page."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose agenda, and as of when: `on` is the day of the meeting, `now` when it is asked for."""

    forum: Forum
    on: date
    now: datetime

    @property
    def engagement(self) -> Engagement:
        """Return the forum's engagement."""
        return self.forum.engagement


Line = dict[str, Any]
"""`noun` and `id` name a record, `about` what it is called; `when`, `who` and `more` tell of it."""


def agenda_of(forum: Forum, on: date, now: datetime) -> list[dict[str, Any]]:
    """
    Return the sections of an agenda as plain values, in their order; empty ones are left out.

    The number of queries depends neither on the engagement nor on what is open in it.
    """
    asked = Asked(forum, on, now)
    sections = []
    for kind, read in SECTIONS.items():
        lines = list(islice(read(asked), MOST_LINES + 1))
        if lines:
            left_off = len(lines) > MOST_LINES
            sections.append({"kind": kind, "lines": lines[:MOST_LINES], "left_off": left_off})
    return sections


def _line(noun: str, key: str, about: str, **told: Any) -> Line:
    return {"noun": noun, "id": key, "about": about} | told


def _standing(asked: Asked) -> Iterable[Line]:
    return (_line("", "", each) for each in asked.forum.standing)


def _actions(asked: Asked) -> Iterable[Line]:
    """Give what is open of this forum or of none, the longest overdue first."""
    opened = ActionItem.objects.filter(engagement=asked.engagement, done_on=None)
    for each in _of(asked.forum, opened).select_related("owner").order_by("due_on", "id"):
        yield _line(
            "action-item",
            each.public_id,
            each.task,
            who=each.owner.name,
            when=each.due_on.isoformat(),
            late=each.due_on < asked.on,
        )


def _decisions(asked: Asked) -> Iterable[Line]:
    """Give the questions that wait, the longest waiting first; late as the product counts."""
    most = Policy().decision_working_days
    holidays = holidays_of(asked.engagement, asked.now.date())
    waiting = Decision.objects.filter(engagement=asked.engagement, decided_on=None)
    for each in _of(asked.forum, waiting).select_related("owner").order_by("asked_on", "id"):
        days = working_days(each.asked_on, asked.on, holidays)
        yield _line(
            "decision",
            each.public_id,
            each.question,
            who=each.owner.name,
            when=each.asked_on.isoformat(),
            late=days > most,
            days=days,
        )


def _issues(asked: Asked) -> Iterable[Line]:
    """Give the issues that are open and whose turn it is, the longest open first."""
    opened = Issue.objects.filter(engagement=asked.engagement, state=IssueState.OPEN)
    for each in opened.prefetch_related("escalations").order_by("raised_at", "id"):
        turn = open_turn(each)
        if turn is not None:
            yield _line(
                "issue",
                each.public_id,
                each.title,
                sides=[turn.side],
                when=turn.reached_at.date().isoformat(),
                late=turn.due_at is not None and turn.due_at < asked.now,
                level=turn.level,
            )


def _risks(asked: Asked) -> Iterable[Line]:
    """Give the risks of the shared register that need a word; never those of the client's own."""
    opened = Risk.objects.filter(engagement=asked.engagement, closed_on=None)
    for each in opened.select_related("owner").order_by("id"):
        due = risk_review_due(each)
        late = due is not None and due < asked.on
        bare = each.level == TriageLevel.HIGH and each.plan_id is None
        if late or bare:
            yield _line(
                "risk",
                each.public_id,
                each.title,
                who=each.owner.name,
                when=due.isoformat() if due else "",
                late=late,
                more="high, and without a contingency plan" if bare else "",
            )


def _of(forum: Forum, rows: Any) -> Any:
    return rows.filter(forum__in=[forum]) | rows.filter(forum=None)


_BREACHED = (Verdict.MISSED, Verdict.BELOW_EXPECTED)


def _breached(asked: Asked) -> Iterable[Line]:
    """Give the levels that missed their target in the last window that is over."""
    over = Measurement.objects.filter(
        engagement=asked.engagement, superseded_by=None, window_end__lte=asked.now
    ).select_related("agreement")
    newest: dict[str, Measurement] = {}
    for each in over.order_by("window_end", "id"):
        newest[each.service_level] = each
    last = max((each.window_end for each in newest.values()), default=None)
    for each in newest.values():
        if each.window_end == last and each.verdict in _BREACHED:
            name = each.agreement.level_called(each.service_level)
            yield _line("measurement", each.public_id, name, when=each.window, verdict=each.verdict)


def _objectives(asked: Asked) -> Iterable[Line]:
    """Give the objectives whose present wording the provider has not acknowledged."""
    stated = Objective.objects.filter(engagement=asked.engagement)
    read = stated.select_related("engagement").prefetch_related("acknowledgements")
    for each in read.order_by("id"):
        shared = shared_on(each, None)
        known = {one.version for one in each.acknowledgements.all()}
        if shared and each.version not in known:
            yield _line("objective", each.public_id, each.statement, when=shared.isoformat())


_TASKS: Mapping[Task, str] = {Task.ANSWER: "attest or dispute it"}


def _statements(asked: Asked) -> Iterable[Line]:
    """Give the statements on which a party has to speak, and which."""
    issued = Statement.objects.filter(engagement=asked.engagement, superseded_by=None)
    read = issued.select_related("agreement").prefetch_related(*SAID).order_by("window_start")
    for each in read:
        turns = standing_at(each, asked.now).turns
        if turns:
            who = sorted({turn.side for turn in turns})
            todo = sorted({_TASKS.get(turn.task, "speak to what is disputed") for turn in turns})
            yield _line(
                "statement",
                each.public_id,
                each.window,
                sides=who,
                more=" and ".join(todo),
            )


SECTIONS: Mapping[str, Callable[[Asked], Iterable[Line]]] = {
    "standing": _standing,
    "actions": _actions,
    "decisions": _decisions,
    "issues": _issues,
    "risks": _risks,
    "breached": _breached,
    "statements": _statements,
    "objectives": _objectives,
}
"""What an agenda is made of, in its order; a new kind of open thing adds a line here."""
