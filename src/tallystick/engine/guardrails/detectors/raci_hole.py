"""COM001: an activity for which nobody answers, or everybody."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from tallystick.engine.guardrails.days import past
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.parts.governance import Activity, Holder
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import counted, listed, percent
from tallystick.engine.guardrails.stages import Stage, stages_from


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report holes in the responsibility matrix, and one person who carries too much of it."""
    for number, each in enumerate(snapshot.responsibilities):
        place = f"responsibilities[{number}]"
        if len(each.accountable) != 1:
            names = f": {listed([it.name for it in each.accountable])}" if each.accountable else ""
            yield Violation(
                f"{place}.accountable",
                f"{counted(len(each.accountable), 'person is', 'people are')} accountable for "
                f"“{each.activity}”{names}; it has to be one.",
                "Name exactly one person who answers for the activity.",
            )
        if not each.responsible:
            yield Violation(
                f"{place}.responsible",
                f"Nobody is responsible for doing “{each.activity}”.",
                "Name who does the work.",
            )
        yield from _vacant(place, each, as_of)
    yield from _overloaded(snapshot.responsibilities, policy)


def _vacant(place: str, activity: Activity, as_of: date) -> Iterator[Violation]:
    held: tuple[tuple[str, list[Holder]], ...] = (
        ("accountable", activity.accountable),
        ("responsible", activity.responsible),
    )
    for role, holders in held:
        for number, holder in enumerate(holders):
            if past(holder.vacant_since, as_of):
                yield Violation(
                    f"{place}.{role}[{number}].vacant_since",
                    f"{holder.name}, {role} for “{activity.activity}”, has been vacant since "
                    f"{holder.vacant_since}.",
                    "Name a successor, or a deputy until there is one.",
                )


def _overloaded(activities: Sequence[Activity], policy: Policy) -> Iterator[Violation]:
    if len(activities) < policy.fewest_activities:
        return
    counts: dict[str, int] = {}
    for each in activities:
        for name in dict.fromkeys(holder.name for holder in each.accountable):
            counts[name] = counts.get(name, 0) + 1
    most = policy.accountable_share * len(activities)
    if heavy := [
        f"{name} is accountable for {count}" for name, count in counts.items() if count > most
    ]:
        yield Violation(
            "responsibilities",
            f"{listed(heavy)} of {len(activities)} activities; "
            f"{percent(Fraction(policy.accountable_share))} is the most for one.",
            "Share the load, or name deputies who decide.",
        )


GUARDRAIL = Guardrail(
    code="COM001",
    title="raci-hole",
    stages=stages_from(Stage.AGREE),
    severity=Severity.MAJOR,
    practice=6,
    fires_when=(
        "an activity of the responsibility matrix has no accountable person or more than one, has "
        "nobody responsible, or a post of either kind is vacant; or, from 5 activities on (policy: "
        "fewest_activities), one person is accountable for more than 40 % of them (policy: "
        "accountable_share). Without a matrix nothing is asked"
    ),
    rationale=(
        "Where two answer, each waits for the other; where none does, the client finds out last."
    ),
    source="RACI; ISO 37500 governance; PRINCE2 (one person answers)",
    remedy="Close the hole in the matrix over both organisations.",
    detect=detect,
)
