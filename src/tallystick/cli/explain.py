"""`tallystick explain`: what a guardrail code means and what to do about it."""

import json

import click

from tallystick.engine.guardrails import BUILT_IN, Guardrail
from tallystick.engine.guardrails.mistakes import MISTAKES
from tallystick.engine.refusals import Refusal


class UnknownCode(Refusal):
    """No built-in guardrail has this code."""

    code = "guardrail.unknown-code"


def _as_values(guardrail: Guardrail) -> dict[str, object]:
    return {
        "code": guardrail.code,
        "title": guardrail.title,
        "severity": guardrail.severity.value,
        "stages": [stage.value for stage in guardrail.stages],
        "practice": guardrail.practice,
        "mistakes": [each.number for each in MISTAKES if guardrail.code in each.codes],
        "fires_when": guardrail.fires_when,
        "rationale": guardrail.rationale,
        "source": guardrail.source,
        "remedy": guardrail.remedy,
    }


def _find(code: str) -> Guardrail:
    for guardrail in BUILT_IN:
        if guardrail.code == code.upper():
            return guardrail
    raise UnknownCode(
        f"there is no guardrail {code!r}",
        place=code,
        remedy="See all codes with: tallystick explain --list",
    )


def _page(guardrail: Guardrail) -> str:
    return "\n".join(
        (
            f"{guardrail.code}  {guardrail.title}  ({guardrail.severity.value})",
            "",
            f"Fires when: {guardrail.fires_when}",
            f"Why:        {guardrail.rationale}",
            f"Source:     {guardrail.source}",
            f"What to do: {guardrail.remedy}",
        )
    )


@click.command(
    name="explain",
    epilog="\b\nExample:\n  tallystick explain OBJ001\n  tallystick explain --list --format json",
)
@click.argument("code", required=False)
@click.option("--list", "every", is_flag=True, help="All built-in guardrails.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def command(code: str | None, every: bool, form: str) -> None:
    """Explain the guardrail CODE, or list them all."""
    if every or code is None:
        chosen: list[Guardrail] = list(BUILT_IN)
    else:
        chosen = [_find(code)]
    if form == "json":
        click.echo(json.dumps([_as_values(each) for each in chosen], indent=2))
    elif every or code is None:
        click.echo("\n".join(f"{each.code}  {each.title}" for each in chosen))
    else:
        click.echo(_page(chosen[0]))
