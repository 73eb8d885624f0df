"""How the parties deal with each other, in plain words: renewal, statements, relief."""

from datetime import date, timedelta

from tallystick.engine.service_levels.terms import Agreement
from tallystick.engine.service_levels.terms.dealings import (
    ReliefTerms,
    Renewal,
    Renews,
    StatementTerms,
)
from tallystick.web.components.words import day, sentence, words
from tallystick.web.counts import counted, listed

Facts = list[tuple[str, str]]


def dealing_facts(terms: Agreement) -> Facts:
    """Return what each party has to do by when, and what its silence means."""
    facts = statement_facts(terms.statements)
    if terms.relief:
        facts += _relief_facts(terms.relief)
    if terms.renewal:
        facts += _renewal_facts(terms.renewal, terms.in_force.until)
    if terms.time_zone_data:
        facts.append(("Time-zone data", f"Release {terms.time_zone_data}"))
    return facts


def last_day_for_notice(renewal: Renewal, until: date) -> date | None:
    """Return the last day on which notice is in time; None if none is agreed."""
    return until - timedelta(days=renewal.notice_days) if renewal.notice_days else None


def statement_facts(statements: StatementTerms) -> Facts:
    """Return by when a statement is issued and disputed, and what silence means."""
    return [
        ("Statement", f"Within {counted(statements.issue_days, 'day')} after its window"),
        (
            "Dispute",
            f"Within {counted(statements.dispute_days, 'day')} after it is issued; "
            f"unanswered, it counts as {statements.unanswered}",
        ),
    ]


def _relief_facts(relief: ReliefTerms) -> Facts:
    return [
        ("Relief", sentence(listed([words(ground) for ground in relief.grounds]))),
        (
            "A claim of relief",
            f"Within {counted(relief.claim_days, 'day')} after the window; decided within "
            f"{counted(relief.decide_days, 'day')}, unanswered it counts as {relief.unanswered}",
        ),
    ]


def _renewal_facts(renewal: Renewal, until: date) -> Facts:
    facts = [
        (
            "Renewal",
            f"By {counted(renewal.months or 0, 'month')}, unless notice is given"
            if renewal.renews is Renews.AUTOMATICALLY
            else "None: the term just ends",
        )
    ]
    if by := last_day_for_notice(renewal, until):
        facts.append(("Notice", f"{counted(renewal.notice_days or 0, 'day')}: by {day(by)}"))
    return facts
