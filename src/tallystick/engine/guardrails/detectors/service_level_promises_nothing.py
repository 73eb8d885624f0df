"""AGR004: a service level that cannot be missed, because it promises nothing."""

from collections.abc import Iterator
from datetime import date

from tallystick.engine.guardrails.agreement_sketch import LevelSketch, TargetSketch
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.stages import Stage, stages_from


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report missing targets and limits, and clauses that no item can ever match."""
    if snapshot.agreement is None:
        return
    for number, level in enumerate(snapshot.agreement.service_levels):
        place = f"agreement.service_levels[{number}]"
        if not level.target:
            yield Violation(
                f"{place}.target",
                f"Service level {level.id} has no target.",
                "State the share of items that must lie within the limit, such as 95%.",
            )
        if not level.targets and level.judges_items:
            yield Violation(
                f"{place}.targets",
                f"Service level {level.id} has no limit for any item.",
                "Add at least one clause with a limit, such as 8h.",
            )
        yield from _faulty_clauses(place, level)


def _faulty_clauses(place: str, level: LevelSketch) -> Iterator[Violation]:
    catch_all: int | None = None
    for number, clause in enumerate(level.targets):
        spot = f"{place}.targets[{number}]"
        if not (clause.limit or clause.due):
            yield Violation(
                f"{spot}.limit",
                f"Clause {number + 1} of service level {level.id} has no limit.",
                "State the working time allowed, such as 8h, or when it is due.",
            )
        if catch_all is not None:
            yield Violation(
                spot,
                f"Clause {number + 1} of service level {level.id} never applies: "
                f"clause {catch_all + 1} before it takes every item.",
                "Move the clause without `when` to the end.",
            )
        elif _matches_nothing(clause):
            yield Violation(
                f"{spot}.when",
                f"Clause {number + 1} of service level {level.id} accepts no value, "
                "so it matches no item.",
                "List the values it applies to, or remove the clause.",
            )
        elif not clause.when:
            catch_all = number


def _matches_nothing(clause: TargetSketch) -> bool:
    return any(values in ([], None, "") for values in (clause.when or {}).values())


GUARDRAIL = Guardrail(
    code="AGR004",
    title="service-level-promises-nothing",
    stages=stages_from(Stage.AGREE, Stage.DELIVER),
    severity=Severity.BLOCKER,
    practice=7,
    fires_when=(
        "a service level has no target, no clause with a limit although it holds items to one, a "
        "clause without a limit or due instant, a clause whose `when` accepts no value, or a "
        "clause after one that takes every item"
    ),
    rationale=(
        "The first clause that matches decides; a clause that can never match, or a level "
        "without a number, reads like a promise in the meeting and is none in the statement."
    ),
    source="ISO/IEC 20000-1:2018 8.3.3; WorldCC on value lost after signature",
    remedy="Give every service level a target, and every clause a limit it can be held to.",
    detect=detect,
)
