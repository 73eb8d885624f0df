"""What is still open before an engagement can be closed, each with what it is about."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tallystick.engine.service_levels.dealings.answers import Stance
from tallystick.engine.service_levels.relief import ClaimState
from tallystick.records.action_items import ActionItem
from tallystick.records.agreements import OPEN, Agreement
from tallystick.records.answers import SAID, standing_at
from tallystick.records.closing_checks import exit_lines
from tallystick.records.credit_ledger import balances_in
from tallystick.records.engagements import Engagement
from tallystick.records.gathered_private import unanswered
from tallystick.records.issues import Issue, IssueState
from tallystick.records.lessons import Disposition
from tallystick.records.relief import ReliefClaim
from tallystick.records.risk_registers import REGISTERS
from tallystick.records.snapshot_rows import lesson_rows_of
from tallystick.records.statements import Statement


class EndKind(StrEnum):
    """What kind of thing is still open."""

    STATEMENT = "statement"
    RELIEF = "relief"
    CREDIT = "credit"
    PROPOSAL = "proposal"
    LESSON = "lesson"
    ACTION = "action"
    CHECK = "check"
    ISSUE = "issue"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """One thing that is still open; `key` names its record, empty for the engagement's own."""

    kind: EndKind
    key: str
    about: str


def loose_ends(engagement: Engagement, as_of: datetime) -> list[LooseEnd]:
    """Return everything that keeps an engagement from being closed, in few queries."""
    # Assets and obligations join them once they are recorded.
    return [
        *_disputed(engagement, as_of),
        *_undecided(engagement, as_of),
        *_unsettled(engagement),
        *_proposed(engagement),
        *_unanswered(engagement, as_of),
        *_undone(engagement),
        *_unconfirmed(engagement),
        *_stuck(engagement),
        *running_in(engagement),
    ]


def _disputed(engagement: Engagement, as_of: datetime) -> list[LooseEnd]:
    statements = (
        Statement.objects.filter(engagement=engagement, superseded_by=None)
        .select_related("agreement")
        .prefetch_related(*SAID)
        .order_by("window_start", "id")
    )
    return [
        LooseEnd(EndKind.STATEMENT, each.public_id, each.window)
        for each in statements
        if standing_at(each, as_of).counts_as is Stance.DISPUTED
    ]


def _undecided(engagement: Engagement, as_of: datetime) -> list[LooseEnd]:
    claims = ReliefClaim.objects.filter(engagement=engagement).select_related(
        "agreement", "decision"
    )
    return [
        LooseEnd(EndKind.RELIEF, each.public_id, each.window)
        for each in claims.order_by("id")
        if each.standing_at(as_of).state is ClaimState.PENDING
    ]


def _unsettled(engagement: Engagement) -> list[LooseEnd]:
    return [
        LooseEnd(EndKind.CREDIT, "", f"{each.outstanding:f} {each.currency}")
        for each in balances_in([engagement]).get(engagement.pk, [])
        if each.outstanding or each.to_invoice
    ]


def _proposed(engagement: Engagement) -> list[LooseEnd]:
    waiting = Agreement.objects.filter(engagement=engagement, state__in=OPEN)
    return [
        LooseEnd(EndKind.PROPOSAL, each.public_id, f"version {each.version}") for each in waiting
    ]


def _unanswered(engagement: Engagement, as_of: datetime) -> list[LooseEnd]:
    rows = lesson_rows_of(engagement)
    answers = Disposition.objects.filter(engagement=engagement)
    return [
        LooseEnd(EndKind.LESSON, each.public_id, each.title)
        for each in unanswered(engagement, rows, answers, as_of)
    ]


def _undone(engagement: Engagement) -> list[LooseEnd]:
    opened = ActionItem.objects.filter(engagement=engagement, done_on=None).order_by("due_on", "id")
    return [LooseEnd(EndKind.ACTION, each.public_id, each.task) for each in opened]


def _unconfirmed(engagement: Engagement) -> list[LooseEnd]:
    return [
        LooseEnd(EndKind.CHECK, "", each.text)
        for each in exit_lines(engagement)
        if each.check is None
    ]


def _stuck(engagement: Engagement) -> list[LooseEnd]:
    open_ = Issue.objects.filter(engagement=engagement, state=IssueState.OPEN)
    return [LooseEnd(EndKind.ISSUE, each.public_id, each.title) for each in open_.order_by("id")]


def running_in(engagement: Engagement) -> list[LooseEnd]:
    """Give the plans that are carried out now, of both registers: the client alone reads this."""
    return [
        LooseEnd(EndKind.RUN, each.public_id, each.plan.title)
        for register in REGISTERS.values()
        for each in register.runs.objects.filter(plan__engagement=engagement, ended_at=None)
        .select_related("plan")
        .order_by("id")
    ]
