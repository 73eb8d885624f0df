"""SEL009: the people who won the bid are not those who do the work."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tallystick.engine.guardrails.days import past, waited
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.parts.supplier import Team
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import listed, percent
from tallystick.engine.guardrails.stages import Stage, stages_from


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report named people who are not there, key roles left empty, and a team that turns over."""
    team = snapshot.team
    if team is None:
        return
    began = team.started_on or snapshot.starts_on
    if began is not None and waited(began, as_of) >= policy.roster_days:
        yield from _absent(team, policy, as_of)
    for number, each in enumerate(team.vacancies):
        days = waited(each.since, as_of)
        if each.key and days > policy.vacancy_days and not past(each.filled_on, as_of):
            yield Violation(
                f"team.vacancies[{number}]",
                f"The key role {each.role} has been vacant for {days} days; "
                f"{policy.vacancy_days} are the most.",
                "Ask for a named replacement with a date, and for the fee of the empty post.",
            )
    yield from _turning_over(team, policy)


def _absent(team: Team, policy: Policy, as_of: date) -> Iterator[Violation]:
    named = [each for each in team.people if each.in_bid]
    gone = [
        each.name for each in named if not past(each.joined_on, as_of) or past(each.left_on, as_of)
    ]
    if gone and Fraction(len(gone), len(named)) >= policy.missing_staff:
        yield Violation(
            "team.people",
            f"{len(gone)} of {len(named)} people whom the bid named are not at work "
            f"({listed(gone[:5])}{' …' if len(gone) > 5 else ''}); "
            f"{percent(Fraction(policy.missing_staff))} is too many.",
            "Hold the provider to the names, or approve each replacement after an interview.",
        )


def _turning_over(team: Team, policy: Policy) -> Iterator[Violation]:
    turnover = team.turnover
    if turnover is None or turnover.average == 0:
        return
    yearly = Fraction(turnover.leavers) / Fraction(turnover.average) * 12 / turnover.months
    if yearly > policy.turnover:
        yield Violation(
            "team.turnover",
            f"The team turns over by {percent(yearly)} a year; "
            f"{percent(Fraction(policy.turnover))} is the most.",
            "Ask why people leave, and have knowledge written down before more do.",
        )


GUARDRAIL = Guardrail(
    code="SEL009",
    title="bait-and-switch",
    stages=stages_from(Stage.TRANSITION, Stage.DELIVER),
    severity=Severity.MAJOR,
    practice=5,
    fires_when=(
        "90 days or more after the team's first day (else the engagement's; policy: roster_days) "
        "30 % or more of the people whom the bid named have not joined or have left (policy: "
        "missing_staff); a key role has been vacant for more than 30 days (policy: vacancy_days); "
        "or turnover, scaled to a year, is above 25 % (policy: turnover)"
    ),
    rationale=(
        "High turnover is the first of the early warning signs; knowledge leaves with people."
    ),
    source="CIO, ten early warning signs of an outsourcing deal in trouble",
    remedy="Compare the roster with the names in the bid every month.",
    detect=detect,
)
