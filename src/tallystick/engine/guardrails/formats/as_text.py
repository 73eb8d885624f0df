"""A report for a terminal, in the manner of a compiler."""

import unicodedata

from tallystick.engine.guardrails.finding import Finding, Severity
from tallystick.engine.guardrails.report import Report


def to_text(report: Report) -> str:
    """
    Return the report as lines: place, severity, code, sentence, stake, remedy; then the counts.

    Control characters of the document are shown as spaces, so that a document cannot steer
    the terminal it is shown on.
    """
    lines = [line for found in report.findings for line in _lines(report, found)]
    return "\n".join([*lines, _summary(report)]) + "\n"


def _lines(report: Report, found: Finding) -> list[str]:
    place = f"{report.source}: {found.place}" if found.place else report.source
    if found.waived:
        why = f"waived until {found.waived_until}: {found.waived_because}"
        return [tame(f"{place}: {found.code} {why}"), tame(f"    finding: {found.sentence}"), ""]
    stake = [f"    at stake: {found.at_stake}"] if found.at_stake else []
    return [
        tame(f"{place}: {found.severity} {found.code}: {found.sentence}"),
        *stake,
        tame(f"    remedy: {found.remedy}"),
        "",
    ]


def _summary(report: Report) -> str:
    if not report.findings:
        return f"No findings in {report.source} ({len(report.guardrails)} guardrails checked)."
    counts = ", ".join(
        f"{report.count(severity)} {severity}" for severity in Severity if report.count(severity)
    )
    if report.waived:
        counts = f"{counts}, {report.waived} waived" if counts else f"{report.waived} waived"
    total = len(report.findings)
    gate = f"the {report.snapshot.stage} gate is {'shut' if report.blocking else 'open'}"
    return f"{total} finding{'s' if total > 1 else ''}: {counts}; {gate}."


def tame(text: str) -> str:
    """Return a text whose control characters are spaces."""
    return "".join(" " if unicodedata.category(mark) in {"Cc", "Cf"} else mark for mark in text)
