"""AGR007: the work is done, or paid, before anybody agreed to the change."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tallystick.engine.guardrails.days import past
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.parts.contract import ChangeRequest
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import a_stake, counted, money, percent
from tallystick.engine.guardrails.stages import Stage, stages_from


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report changes that were begun before approval, and changes that outgrow the contract."""
    for number, change in enumerate(snapshot.changes):
        what, day = _first(change, as_of)
        if day is None or (change.approved_on is not None and change.approved_on <= day):
            continue
        then = (
            f"it was approved on {change.approved_on}"
            if past(change.approved_on, as_of)
            else "it is not approved"
        )
        yield Violation(
            f"changes[{number}].approved_on",
            f"Change {change.id} was {what} {day}; {then}.",
            at_stake=a_stake(snapshot, change.amount),
        )
    yield from _outgrown(snapshot, policy, as_of)


def _first(change: ChangeRequest, as_of: date) -> tuple[str, date | None]:
    days = [
        (day, words)
        for day, words in (
            (change.work_began_on, "begun on"),
            (change.invoiced_on, "invoiced on"),
        )
        if day is not None and day <= as_of
    ]
    if not days:
        return "", None
    day, words = min(days)
    return words, day


def _outgrown(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    value, since = snapshot.contract_value, snapshot.rebaselined_on
    counting = [
        each.amount
        for each in snapshot.changes
        if each.amount
        and each.approved_on is not None
        and each.approved_on <= as_of
        and (since is None or since < each.approved_on)
    ]
    grown = sum(counting, Decimal(0))
    if value and grown > policy.change_volume * value:
        yield Violation(
            "changes",
            f"{counted(len(counting), 'approved change')} of {money(snapshot, grown)} in all "
            f"add {percent(Fraction(grown) / Fraction(value))} to the contract; above "
            f"{percent(Fraction(policy.change_volume))} it is baselined anew.",
            "Baseline scope, price and service levels anew, and record the day.",
            a_stake(snapshot, grown),
        )


GUARDRAIL = Guardrail(
    code="AGR007",
    title="work-before-change",
    stages=stages_from(Stage.TRANSITION, Stage.DELIVER),
    severity=Severity.MAJOR,
    practice=7,
    fires_when=(
        "work on a change began, or it was invoiced, before the day of its approval or without "
        "one; or the changes approved since the last new baseline (`rebaselined_on`) come to more "
        "than 15 % of `contract_value` (policy: change_volume)"
    ),
    rationale=(
        "Scope that grows unrecorded costs 2 to 3 % of spend, and whoever did the work first has "
        "no price to agree on any more."
    ),
    source="WorldCC on value lost after signature; PRINCE2 change control",
    remedy="Approve or decline the change now, and let no work begin before approval.",
    detect=detect,
)
