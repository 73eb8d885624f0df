"""What the guardrails find in an engagement now, and what a review is asked to decide."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from tallystick.engine.guardrails.check import check
from tallystick.engine.guardrails.finding import Finding
from tallystick.engine.guardrails.guardrail import Guardrail
from tallystick.engine.guardrails.raised import guardrails_for
from tallystick.engine.guardrails.snapshot import read_snapshot
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.engagements import Engagement
from tallystick.records.snapshot_rows import Rows, rows_of
from tallystick.records.snapshots import document_of, snapshot_of
from tallystick.records.statements import Statement

REVIEWED = frozenset({"DEL001", "DEL002"})
"""Guardrails whose findings a statement puts before its review."""


def findings_of(engagement: Engagement, as_of: datetime) -> list[Finding]:
    """Return every finding of an engagement, gravest first."""
    snapshot = snapshot_of(engagement, as_of.date())
    return check(snapshot, guardrails_for(snapshot), as_of.date())


def findings_from(engagement: Engagement, rows: Rows, as_of: datetime) -> list[Finding]:
    """Return what `findings_of` does, from rows that were read before."""
    snapshot = read_snapshot(document_of(engagement, rows))
    return check(snapshot, guardrails_for(snapshot), as_of.date())


def findings_of_all(engagements: Iterable[Engagement], as_of: datetime) -> dict[int, list[Finding]]:
    """Return the findings of each engagement by its primary key, in a fixed number of queries."""
    asked = list(engagements)
    rows = rows_of(asked, as_of.date())
    found: dict[int, list[Finding]] = {}
    rails: dict[int, tuple[Guardrail, ...]] = {}
    for engagement in asked:
        snapshot = read_snapshot(document_of(engagement, rows[engagement.pk]))
        # The guardrails are the client's: compiling their conditions once is enough.
        own = rails.get(engagement.client_id) or guardrails_for(snapshot)
        rails[engagement.client_id] = own
        found[engagement.pk] = check(snapshot, own, as_of.date())
    return found


def proposed_findings(statement: Statement) -> list[Finding]:
    """Return what the statement's own figures, and those before them, give reason to discuss."""
    # The statement's own agreement, which a renewal may have followed since.
    in_term = max(statement.window_start.date(), statement.agreement.in_force_from)
    snapshot = snapshot_of(statement.engagement, in_term)
    # The review is of this month: what was measured later is not its evidence.
    known = [each for each in snapshot.measurements if each.window <= statement.window]
    # A statement of a transition, or of an engagement closed since, is judged as delivery is.
    then = snapshot.model_copy(update={"measurements": known, "stage": Stage.DELIVER})
    # A day later the month is over in every zone.
    day = (statement.window_end + timedelta(days=1)).date()
    found = check(then, guardrails_for(then), day)
    return [finding for finding in found if finding.code in REVIEWED]
