"""COM002: an escalation that would reach nobody."""

from collections.abc import Iterator
from datetime import date

from tallystick.engine.guardrails.days import past, waited
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.parts.governance import Contact, EscalationLevel
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import called
from tallystick.engine.guardrails.stages import Stage, stages_from


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report what the matrix lacks, level by level, and where nobody is left to answer."""
    yield from _unanswered(snapshot, as_of)
    matrix = snapshot.escalation
    if matrix is None:
        if snapshot.critical:
            yield Violation("escalation", "The service is critical and has no escalation matrix.")
        return
    for number, level in enumerate(matrix.levels):
        yield from _gaps(f"escalation.levels[{number}]", level, as_of)
    if all(level.level != 2 for level in matrix.levels):
        yield Violation(
            "escalation.levels",
            "The escalation matrix has no level 2, where most escalations end.",
            "Name who decides when the teams do not agree.",
        )
    tried = matrix.tested_on if past(matrix.tested_on, as_of) else None
    since = tried or snapshot.starts_on
    if since is not None and waited(since, as_of) > policy.test_days:
        words = f"was last tried on {tried}" if tried else "was never tried"
        yield Violation(
            "escalation.tested_on",
            f"The escalation matrix {words}, and {waited(since, as_of)} days have passed; "
            f"{policy.test_days} are the most.",
            "Call every contact once, at night too, and record the day.",
        )


def _unanswered(snapshot: Snapshot, as_of: date) -> Iterator[Violation]:
    for number, issue in enumerate(snapshot.issues):
        if past(issue.unanswered_since, as_of):
            yield Violation(
                f"issues[{number}].unanswered_since",
                f"Nobody is left on the escalation matrix to answer the issue "
                f"{called(issue.title, issue.id)} since {issue.unanswered_since}.",
                "Call somebody who can answer, and name them on the matrix.",
            )


def _gaps(place: str, level: EscalationLevel, as_of: date) -> Iterator[Violation]:
    for side, contact in (("client", level.client), ("provider", level.provider)):
        yield from _reach(f"{place}.{side}", f"Level {level.level}", side, contact, as_of)
    if not level.channel:
        yield Violation(
            f"{place}.channel",
            f"Level {level.level} of the escalation says no channel.",
            "Say how they are reached: a number that is answered.",
        )
    if not level.respond_within:
        yield Violation(
            f"{place}.respond_within",
            f"Level {level.level} of the escalation says no time to respond.",
            "Say within which time somebody answers.",
        )


def _reach(
    place: str, level: str, side: str, contact: Contact | None, as_of: date
) -> Iterator[Violation]:
    if contact is None:
        yield Violation(
            place,
            f"{level} of the escalation has no contact at the {side}.",
            f"Name the person of the {side} on this level.",
        )
        return
    if past(contact.left_on, as_of):
        yield Violation(
            f"{place}.left_on",
            f"{contact.name}, contact of the {side} on {level.lower()}, left on {contact.left_on}.",
            "Name the successor.",
        )
    if not contact.deputy:
        yield Violation(
            f"{place}.deputy",
            f"{contact.name}, contact of the {side} on {level.lower()}, has no deputy.",
            "Name who answers when this person is away.",
        )


GUARDRAIL = Guardrail(
    code="COM002",
    title="escalation-gap",
    stages=stages_from(Stage.AGREE),
    severity=Severity.MAJOR,
    practice=6,
    fires_when=(
        "a level of the escalation matrix lacks a contact on either side, a deputy, a channel or a "
        "time to respond, or a contact has left; there is no level 2; or the matrix was not tried "
        "for more than 365 days, counted from the engagement's start if never (policy: "
        "test_days); or nobody is left on it to answer an issue. A missing matrix is a finding "
        "for a critical service only"
    ),
    rationale="Escalations are needed when it is late and people are away; then a gap costs hours.",
    source="ISO 37500 governance; ITIL 4 incident management (hierarchic escalation)",
    remedy="Complete the escalation matrix on both sides.",
    detect=detect,
)
