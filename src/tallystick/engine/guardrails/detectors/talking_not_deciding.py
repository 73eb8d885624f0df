"""COM004: meetings without those who decide, actions without end."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tallystick.engine.governance.working_days import working_days
from tallystick.engine.guardrails.days import HALF_A_YEAR, past, within
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.parts.governance import Forum
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import percent
from tallystick.engine.guardrails.stages import Stage, stages_from


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report sides below quorum, overdue actions, and questions that wait."""
    for number, forum in enumerate(snapshot.forums):
        yield from _without_quorum(number, forum, as_of)
    yield from _overdue(snapshot, policy, as_of)
    holidays = snapshot.agreement.holidays if snapshot.agreement else frozenset()
    for number, each in enumerate(snapshot.decisions):
        answered = past(each.decided_on, as_of)
        days = working_days(each.asked_on, as_of, holidays)
        if not answered and days > policy.decision_working_days:
            yield Violation(
                f"decisions[{number}].decided_on",
                f"The question “{each.question or each.id}” has waited for a decision for {days} "
                f"working days; {policy.decision_working_days} are the most.",
                "Decide in the next meeting, or hand it to the level above.",
            )


def _without_quorum(number: int, forum: Forum, as_of: date) -> Iterator[Violation]:
    held = [
        (place, each)
        for place, each in enumerate(forum.meetings)
        if each.held_on is not None and within(each.held_on, as_of, HALF_A_YEAR)
    ]
    for side in ("client", "provider"):
        short = [place for place, each in held if getattr(each, f"{side}_quorum") is False]
        if len(short) >= 2:
            yield Violation(
                f"forums[{number}].meetings[{short[-1]}].{side}_quorum",
                f"In {len(short)} of {len(held)} meetings of {forum.name or forum.id} in half a "
                f"year the {side} was below quorum; twice is too often.",
                f"Have the {side} send people who may decide.",
            )


def _overdue(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    due = [
        each
        for each in snapshot.actions
        if each.due_on < as_of
        and (within(each.due_on, as_of, HALF_A_YEAR) or not past(each.done_on, as_of))
    ]
    late = [each for each in due if not past(each.done_on, as_of)]
    if len(due) < policy.fewest_actions:
        return
    share = Fraction(len(late), len(due))
    if share > policy.overdue_actions:
        yield Violation(
            "actions",
            f"{len(late)} of {len(due)} actions that fell due in half a year are overdue, "
            f"{percent(share)}; {percent(Fraction(policy.overdue_actions))} is the most.",
            "Go through the overdue actions with their owners: do, move once, or drop.",
        )


GUARDRAIL = Guardrail(
    code="COM004",
    title="talking-not-deciding",
    stages=stages_from(Stage.TRANSITION),
    severity=Severity.MAJOR,
    practice=6,
    fires_when=(
        "one side was below quorum in two or more meetings of a forum held in the last 183 days; "
        "more than 25 % of the actions that fell due in that time, or earlier and are still open, "
        "are overdue (policy: overdue_actions), of 4 or more (policy: fewest_actions); or a "
        "question has waited for a decision for more than 15 working days (Monday to "
        "Friday without the holidays of the agreement's calendars; policy: decision_working_days)"
    ),
    rationale="A meeting that decides nothing costs its time twice, for it is held again.",
    source="PMI, vendor governance; PRINCE2 (issues are decided within tolerance)",
    remedy="Send people who may decide, and keep a list of decisions with dates.",
    detect=detect,
)
