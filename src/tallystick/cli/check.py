"""`tallystick check`: an engagement file -> findings; no database."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from tallystick import __version__
from tallystick.cli.files import a_file
from tallystick.cli.moments import read_day
from tallystick.engine.documents import read_document
from tallystick.engine.guardrails import (
    Report,
    Severity,
    check,
    guardrails_for,
    read_policy,
    read_snapshot,
    to_json,
    to_junit,
    to_sarif,
    to_text,
)

FORMATS = {"text": to_text, "json": to_json, "sarif": to_sarif, "junit": to_junit}


@click.command(
    name="check",
    epilog="""\b
Example:
  tallystick check examples/engagements/seeded-mistakes.yaml --as-of 2026-07-01
  tallystick check engagement.yaml --format sarif > findings.sarif""",
)
@click.argument("engagement", type=a_file())
@click.option("--as-of", help="The day of the check, such as 2026-03-31; by default today (UTC).")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text")
@click.option("--policy", type=a_file(), help="Thresholds of your own (YAML).")
@click.option(
    "--threshold",
    type=click.Choice([severity.value for severity in Severity]),
    default=Severity.MINOR.value,
    help="The least severity that makes the exit status 1.",
)
def command(
    engagement: Path, as_of: str | None, form: str, policy: Path | None, threshold: str
) -> None:
    """
    Check ENGAGEMENT, a snapshot file, against every guardrail.

    Findings that a waiver in the file covers are listed and do not count.

    Exit status: 0 no finding at or above the threshold, 1 there is one, 2 the input was refused.
    """
    snapshot = read_snapshot(read_document(engagement))
    day = read_day(as_of) if as_of else datetime.now(UTC).date()
    thresholds = read_policy(read_document(policy)) if policy else None
    guardrails = guardrails_for(snapshot)
    findings = check(snapshot, guardrails, day, thresholds)
    report = Report(snapshot, guardrails, findings, day, str(engagement), __version__)
    click.echo(FORMATS[form](report))
    open_ = [found for found in findings if not found.waived]
    sys.exit(int(any(found.severity.rank <= Severity(threshold).rank for found in open_)))
