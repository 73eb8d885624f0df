"""`tallystick agreement`: begin an agreement from a template, and name what it leaves open."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from tallystick.cli.files import a_file
from tallystick.cli.measure import Measuring
from tallystick.cli.progress import Progress
from tallystick.cli.sources import read_sources
from tallystick.engine.documents import read_document
from tallystick.engine.guardrails.formats.as_text import tame
from tallystick.engine.service_levels.agreement import AgreementRefused, read_agreement
from tallystick.engine.service_levels.lint import RULES, Finding, lint
from tallystick.engine.service_levels.measurement import Measurement
from tallystick.engine.service_levels.past_term import in_the_past, past_term
from tallystick.engine.service_levels.templates.texts import TEMPLATES, template_text
from tallystick.engine.values import Severity


@click.group(
    name="agreement",
    epilog="""\b
Example:
  tallystick agreement new service-desk > agreement.yaml
  tallystick agreement lint agreement.yaml""",
)
def command() -> None:
    """Write an agreement: begin from a template, and find what it leaves open."""


@command.command(
    epilog="""\b
Templates:
"""
    + "\n".join(f"  {name:<26}{text}" for name, text in TEMPLATES.items())
    + """

\b
Example:
  tallystick agreement new service-desk > agreement.yaml"""
)
@click.argument("template", type=click.Choice(list(TEMPLATES)))
def new(template: str) -> None:
    """
    Print a complete agreement with comments, to fill in.

    What stands in angle brackets is yours to write; `lint` names it until it is written.
    """
    click.echo(template_text(template), nl=False)


@command.command(
    name="lint",
    epilog="""\b
Example:
  tallystick agreement lint examples/service-desk/agreement.yaml
  tallystick agreement lint agreement.yaml --data tickets.csv --mapping mapping.yaml --json""",
)
@click.argument("file", type=a_file())
@click.option("--data", multiple=True, type=a_file(), help="Past data, as `measure` takes it.")
@click.option("--mapping", multiple=True, type=a_file(), help="What its columns mean (YAML).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
@click.option(
    "--threshold",
    type=click.Choice([severity.value for severity in Severity]),
    default=Severity.MINOR.value,
    help="The least severity that makes the exit status 1.",
)
def lint_command(
    file: Path, data: tuple[Path, ...], mapping: tuple[Path, ...], as_json: bool, threshold: str
) -> None:
    """
    Name everything in the agreement FILE that a party could read to its advantage.

    With past data, also the levels that cannot be kept at their volume.

    Exit status: 0 nothing found at or above the threshold, 1 something is, 2 the input was
    refused.
    """
    document = read_document(file)
    findings = lint(document, _measured(document, data, mapping))
    click.echo(_as_json(findings) if as_json else _as_text(findings, str(file)))
    sys.exit(int(any(each.severity.rank <= Severity(threshold).rank for each in findings)))


def _measured(
    document: Mapping[str, Any], data: Sequence[Path], mappings: Sequence[Path]
) -> list[Measurement]:
    if not data and not mappings:
        return []
    try:
        terms = read_agreement(document)
    except AgreementRefused:
        return []  # what is wrong with it is what the lint says
    progress = Progress()
    sources = read_sources(data, mappings, None, progress.rows)
    term = past_term(min(sources.beginnings.values()), max(sources.horizons.values()))
    found = Measuring(in_the_past(terms, term), sources, ()).levels(None, progress)
    progress.end()
    return found


def _as_json(findings: Sequence[Finding]) -> str:
    told = {
        "checked": [rule.code for rule in RULES],
        "findings": [each.as_dict() for each in findings],
    }
    return json.dumps(told, indent=2, ensure_ascii=False)


def _as_text(findings: Sequence[Finding], file: str) -> str:
    if not findings:
        return f"Nothing is left open in {file} ({len(RULES)} rules checked)."
    lines = [line for each in findings for line in _lines(each, file)]
    counts = [(each, sum(one.severity is each for one in findings)) for each in Severity]
    said = ", ".join(f"{count} {severity}" for severity, count in counts if count)
    return "\n".join([*lines, f"{len(findings)} findings: {said}."])


def _lines(found: Finding, file: str) -> list[str]:
    return [
        tame(f"{file}: {found.place}: {found.severity} {found.code}: {found.sentence}"),
        tame(f"    write: {found.remedy}"),
        tame(f"    why: {found.why} ({found.source})"),
        "",
    ]
