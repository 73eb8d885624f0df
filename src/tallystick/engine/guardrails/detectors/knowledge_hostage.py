"""EXT003: what the service needs to know, one person knows, or the provider alone."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tallystick.engine.dependency.knowledge import truck_factor
from tallystick.engine.guardrails.days import past
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.parts.exit import Capability
from tallystick.engine.guardrails.parts.part import Side
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import counted, percent
from tallystick.engine.guardrails.stages import Stage, stages_from


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report capabilities that hang on one person, on the provider, or on no document."""
    for number, each in enumerate(snapshot.capabilities):
        yield from _hanging(number, each, as_of)
    known = snapshot.capabilities
    theirs = [each for each in known if _provider_only(each, as_of)]
    if theirs and Fraction(len(theirs), len(known)) > policy.provider_only:
        factor = truck_factor([{it.name for it in each.people} for each in known])
        yield Violation(
            "capabilities",
            f"{len(theirs)} of {len(known)} capabilities, "
            f"{percent(Fraction(len(theirs), len(known)))}, lie with the provider alone; "
            f"{percent(Fraction(policy.provider_only))} is the most. The loss of "
            f"{counted(factor, 'person', 'people')} leaves most of them to nobody.",
            "Have people of the client learn the capabilities, or accept documents that carry "
            "them.",
        )


def _provider_only(each: Capability, as_of: date) -> bool:
    ours = any(it.side is Side.CLIENT for it in each.people)
    return not ours and not past(each.documentation_accepted_on, as_of)


def _hanging(number: int, each: Capability, as_of: date) -> Iterator[Violation]:
    name = each.name or each.id
    people = dict.fromkeys(it.name for it in each.people)
    if len(people) <= 1:
        who = f"only {next(iter(people))} has" if people else "nobody has"
        yield Violation(
            f"capabilities[{number}].people",
            f"The capability “{name}” is one that {who}; two are the least.",
            "Let a second person learn it, and do it once alone.",
        )
    if not past(each.documentation_accepted_on, as_of):
        yield Violation(
            f"capabilities[{number}].documentation_accepted_on",
            f"The documents for the capability “{name}” are not accepted.",
            "Read the documents as somebody who has to work by them, and accept them or not.",
        )


GUARDRAIL = Guardrail(
    code="EXT003",
    title="knowledge-hostage",
    stages=stages_from(Stage.DELIVER),
    severity=Severity.MAJOR,
    practice=3,
    fires_when=(
        "a capability is had by one person or nobody (a truck factor of 1), or its documents are "
        "not accepted; or more than 50 % of the capabilities are had by nobody of the client and "
        "have no accepted documents (policy: provider_only). Without capabilities nothing is asked"
    ),
    rationale=(
        "Nearly half of all systems studied hang on one person; outsourced, that one is not ours."
    ),
    source="Avelino et al. 2016, a novel approach for estimating truck factors",
    remedy="Spread the knowledge: second person, document, handover with a test.",
    detect=detect,
)
