"""What the guardrails find in an engagement now, and what a review is asked to decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tallystick.engine.guardrails.check import check
from tallystick.engine.guardrails.finding import Finding
from tallystick.engine.guardrails.guardrail import Guardrail
from tallystick.engine.guardrails.raised import guardrails_for
from tallystick.engine.guardrails.snapshot import Snapshot, read_snapshot
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.engagements import Engagement
from tallystick.records.snapshot_rows import Rows, rows_of
from tallystick.records.snapshots import document_of
from tallystick.records.statements import Statement

REVIEWED = frozenset({"DEL001", "DEL002"})
"""Guardrails whose findings a statement puts before its review."""


@dataclass(frozen=True, slots=True)
class Checked:
    """An engagement as it was looked at, what was found in it, and the rows it was read from."""

    snapshot: Snapshot
    findings: list[Finding]
    rows: Rows


def findings_of(engagement: Engagement, as_of: datetime) -> list[Finding]:
    """Return every finding of an engagement, gravest first."""
    return checked_of_all([engagement], as_of)[engagement.pk].findings


def findings_from(engagement: Engagement, rows: Rows, as_of: datetime) -> list[Finding]:
    """Return what `findings_of` does, from rows that were read before."""
    snapshot = read_snapshot(document_of(engagement, rows, as_of.date()))
    return check(snapshot, guardrails_for(snapshot), as_of.date(), rows.policy)


def findings_of_all(engagements: Iterable[Engagement], as_of: datetime) -> dict[int, list[Finding]]:
    """Return the findings of each engagement by its primary key, in a fixed number of queries."""
    return {key: each.findings for key, each in checked_of_all(engagements, as_of).items()}


def checked_of_all(engagements: Iterable[Engagement], as_of: datetime) -> dict[int, Checked]:
    """Return what `findings_of_all` does, each with the snapshot that it was found in."""
    asked = list(engagements)
    rows = rows_of(asked, as_of.date())
    checked: dict[int, Checked] = {}
    rails: dict[int, tuple[Guardrail, ...]] = {}
    for engagement in asked:
        own = rows[engagement.pk]
        snapshot = read_snapshot(document_of(engagement, own, as_of.date()))
        # The guardrails are the client's: compiling their conditions once is enough.
        guards = rails.get(engagement.client_id) or guardrails_for(snapshot)
        rails[engagement.client_id] = guards
        found = check(snapshot, guards, as_of.date(), own.policy)
        checked[engagement.pk] = Checked(snapshot, found, own)
    return checked


def proposed_findings(statement: Statement) -> list[Finding]:
    """Return what the statement's own figures, and those before them, give reason to discuss."""
    # The statement's own agreement, which a renewal may have followed since.
    in_term = max(statement.window_start.date(), statement.agreement.in_force_from)
    rows = rows_of([statement.engagement], in_term)[statement.engagement_id]
    snapshot = read_snapshot(document_of(statement.engagement, rows, in_term))
    # The review is of this month: what was measured later is not its evidence.
    known = [each for each in snapshot.measurements if each.window <= statement.window]
    # A statement of a transition, or of an engagement closed since, is judged as delivery is.
    then = snapshot.model_copy(update={"measurements": known, "stage": Stage.DELIVER})
    # A day later the month is over in every zone.
    day = (statement.window_end + timedelta(days=1)).date()
    found = check(then, guardrails_for(then), day, rows.policy)
    return [finding for finding in found if finding.code in REVIEWED]
