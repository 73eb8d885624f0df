"""What a document leaves open, and how it would have fared; nothing is stored."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from pydantic import Field

from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.values import In, Out
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.lint import Finding, lint
from tallystick.engine.service_levels.measurement import Verdict, as_values
from tallystick.engine.service_levels.rehearsal import LevelRehearsal, Rehearsal
from tallystick.engine.values import Severity
from tallystick.records.agreements import agreement_on
from tallystick.records.engagements import Engagement
from tallystick.records.rehearsals import history_of, rehearse_agreement

operations = Operations(tags=["Agreements"])


class DocumentIn(In):
    """An agreement's document, recorded or not."""

    document: dict[str, Any]


class LintFinding(Out):
    """One ambiguity: where it is, what is open, what to write, and why it matters."""

    code: str
    severity: Severity
    place: str
    sentence: str
    remedy: str
    why: str
    source: str


class LintOut(Out):
    """What a document leaves open, the gravest first."""

    findings: list[LintFinding]


class WindowFared(Out):
    """One window of one level. `value` is cut off after six decimals, in the target's unit."""

    window: str
    numerator: int
    denominator: int
    value: float | None
    verdict: Verdict


class LevelFared(Out):
    """How one level would have fared; `trouble` says why it could not be measured."""

    service_level: str
    met: int
    decided: int
    trouble: str
    warnings: list[LintFinding]
    windows: list[WindowFared]


class MonthCost(Out):
    """The credits of one month, and the grounds for termination that it would have brought."""

    window: str
    credits: Decimal
    grounds: list[str]


class Fared(Out):
    """How an agreement would have fared; `credits` are all months together, in `currency`."""

    currency: str
    credits: Decimal
    levels: list[LevelFared]
    months: list[MonthCost]


class RehearsalOut(Out):
    """A document over the months of the imports, beside the agreement in force, if there is one."""

    first: str = Field(description="The first day of the months rehearsed.")
    until: str = Field(description="The day after the last.")
    as_written: Fared
    in_force: Fared | None


def _finding(found: Finding) -> LintFinding:
    return LintFinding(**found.as_dict())


def _level(fared: LevelRehearsal) -> LevelFared:
    values = [as_values(each) for each in fared.measured]
    return LevelFared(
        service_level=fared.level.id,
        met=fared.met,
        decided=fared.decided,
        trouble=fared.trouble,
        warnings=[_finding(each) for each in fared.warnings],
        windows=[
            WindowFared(**{key: one[key] for key in WindowFared.model_fields}) for one in values
        ],
    )


def _fared(found: Rehearsal) -> Fared:
    return Fared(
        currency=found.currency,
        credits=found.total,
        levels=[_level(each) for each in found.levels],
        months=[
            MonthCost(
                window=note.window,
                credits=note.total,
                grounds=[each.why for each in note.terminations],
            )
            for note in found.notes
        ],
    )


@operations.acts("/engagements/{engagement_id}/agreements/lint", "lint_agreement", LintOut)
def leaves_open(request: ViewerRequest, engagement_id: str, given: DocumentIn) -> LintOut:
    """Name what a document leaves open; one that reads as no agreement has blockers alone."""
    find(Engagement, request.viewer, engagement_id)
    return LintOut(findings=[_finding(each) for each in lint(given.document)])


@operations.acts(
    "/engagements/{engagement_id}/agreements/rehearse", "rehearse_agreement", RehearsalOut
)
def rehearsal(request: ViewerRequest, engagement_id: str, given: DocumentIn) -> RehearsalOut:
    """Measure a document on what was imported, as if it had been in force; nothing is stored."""
    engagement, now = find(Engagement, request.viewer, engagement_id), datetime.now(UTC)
    terms, history = read_agreement(given.document), history_of(engagement, now)
    held = agreement_on(engagement, now.date())
    held_terms = read_agreement(held.document) if held else None
    return RehearsalOut(
        first=history.term.from_.isoformat(),
        until=history.term.until.isoformat(),
        as_written=_fared(rehearse_agreement(history, terms, held_terms)),
        in_force=_fared(rehearse_agreement(history, held_terms)) if held_terms else None,
    )
