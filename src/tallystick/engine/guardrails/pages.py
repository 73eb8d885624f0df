"""The reference pages of the guardrails, generated: one page per code, an index, conditions."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tallystick.engine.guardrails.built_in import BUILT_IN
from tallystick.engine.guardrails.conditions import scan, schema
from tallystick.engine.guardrails.conditions.condition import LONGEST
from tallystick.engine.guardrails.conditions.recipes import RECIPES, Recipe
from tallystick.engine.guardrails.guardrail import Guardrail
from tallystick.engine.guardrails.mistakes import MISTAKES
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import snapshot_schema
from tallystick.engine.guardrails.spoken import counted, listed

PRACTICES = (
    "Objectives and expectations",
    "Lessons learned",
    "Analysis and continuity",
    "Evaluation, quality control and recovery",
    "Supplier selection",
    "Effective communication",
    "Service level agreements",
    "Risk management",
)
FOLDER = Path("docs/reference/guardrails")


def pages(guardrails: Sequence[Guardrail] = BUILT_IN) -> dict[str, str]:
    """Return every page by its file name, and the JSON Schema of the engagement document."""
    return {
        "index.md": _index(guardrails),
        "conditions.md": _conditions(),
        "policy.md": _policy(),
        "engagement.schema.json": json.dumps(snapshot_schema(), indent=2) + "\n",
        **{f"{guardrail.code}.md": _page(guardrail) for guardrail in guardrails},
    }


def write_pages(folder: Path) -> None:
    """Write every page into a folder, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


def _page(guardrail: Guardrail) -> str:
    return f"""# {guardrail.code} {guardrail.title}

| | |
|---|---|
| Severity | {guardrail.severity} |
| Checked | from the {guardrail.stages[0]} stage on |
| Gates it can keep shut | {_gates(guardrail)} |
| Practice | {guardrail.practice}. {PRACTICES[guardrail.practice - 1]} |

**Fires when** {guardrail.fires_when}.

## Why it matters

{guardrail.rationale}

Source: {guardrail.source}.

## What to do

{guardrail.remedy}
"""


def _gates(guardrail: Guardrail) -> str:
    return ", ".join(guardrail.stages) if guardrail.severity == "blocker" else "none"


def _index(guardrails: Sequence[Guardrail]) -> str:
    rows = "\n".join(
        f"| [{guardrail.code}]({guardrail.code}.md) | {guardrail.title} | {guardrail.severity} "
        f"| {guardrail.stages[0]} | {guardrail.practice} |"
        for guardrail in guardrails
    )
    named = {code for mistake in MISTAKES for code in mistake.codes}
    others = [rail.code for rail in guardrails if rail.code not in named]
    mistakes = "\n".join(
        f"| {mistake.number} | {mistake.name} | {_links(mistake.codes)} |" for mistake in MISTAKES
    )
    return f"""# Guardrails

`tallystick check` runs every guardrail over an engagement document (its format:
[engagement.schema.json](engagement.schema.json)). A *blocker* keeps the gate of the
engagement's stage shut; *major* and *minor* findings do not. Thresholds are those of the
[policy](policy.md). Guardrails raised from lessons are [conditions](conditions.md) and run beside
the built-in ones below. What a document leaves out is not recorded: each page says when that is a
finding.

| Code | Title | Severity | From stage | Practice |
|---|---|---|---|---|
{rows}

## The forty mistakes

Forty mistakes that engagements make again and again, and the guardrails that name them.
{counted(len(others), "guardrail")} beside them, {listed(others)}, are about agreements,
measurements and lessons of this program.

| Mistake | | Guardrails |
|---|---|---|
{mistakes}
"""


def _policy() -> str:
    rows = "\n".join(
        f"| `{name}` | {field.description} | {field.default} |"
        for name, field in Policy.model_fields.items()
    )
    return f"""# Policy

The thresholds of the guardrails. `tallystick check --policy FILE` reads others from a YAML file;
those that it does not name keep their default. An unknown name is refused.

| Name | Meaning | Default |
|---|---|---|
{rows}
"""


def _links(codes: Sequence[str]) -> str:
    return ", ".join(f"[{code}]({code}.md)" for code in codes)


def _conditions() -> str:
    fields = ", ".join(f"`{name}`" for name in schema.known_names(schema.top_level()))
    loops = ", ".join(f"`{name}`" for name in scan.LOOPS)
    functions = ", ".join(f"`{name}`" for name in scan.FUNCTIONS)
    recipes = "\n".join(_recipe(recipe) for recipe in RECIPES)
    return f"""# Conditions

A guardrail raised from a lesson is a condition in the
[Common Expression Language](https://cel.dev) over the engagement document. TRUE means that all
is well, FALSE is a finding. A condition that cannot be answered, because a field it reads into
is empty, is a finding too: what is not known is never taken for a yes.

- Fields: {fields}. Below them the fields of the
  [engagement document](engagement.schema.json); those that are empty are `null`. Days are text
  (`"2027-01-31"`) and compare as such; `term_years` lists the years of the term as text.
- Loops: {loops}, over a field, at most {scan.MOST_LOOPS_INSIDE} inside each other.
- Functions: {functions}.
- At most {LONGEST:,} characters. How much work a condition is on an engagement is counted before
  it runs; one that could take longer than a few seconds is not run, and that is a finding.

A misspelt field or function is refused when the condition is saved, with line and column.

## Recipes
{recipes}"""


def _recipe(recipe: Recipe) -> str:
    return f"""
### {recipe.words}

`{recipe.slug}`

```cel
{recipe.condition}
```
"""


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
