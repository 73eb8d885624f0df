"""The rules of the lint -> their reference page."""

from itertools import groupby

from docpages.tables import NOTE
from tallystick.engine.service_levels.lint import RULES, Rule

TITLES = {
    "document": "Blanks",
    "measuring": "Who measures what",
    "calendar": "Calendars",
    "limits": "Limits",
    "clocks": "Clocks",
    "figures": "Figures",
    "availability": "Availability",
    "levels": "Levels beside each other",
    "credits": "Credits and termination",
    "dealings": "Statements, relief and notice",
}


def lint_page() -> str:
    """Return docs/reference/lint.md."""
    families = groupby(RULES, key=lambda rule: rule.code.split(".")[0])
    sections = "\n".join(_section(name, list(rules)) for name, rules in families)
    return f"""{NOTE}
# What an agreement leaves open

[`tallystick agreement lint`](commands.md#agreement-lint) and the editor of a draft name every
ambiguity that a party could read to its advantage. A *blocker* cannot be measured or decided as
it is written; a *major* finding is about money or verdicts; of a *minor* one the format decides
where the document is silent. What does not read as an agreement at all is a blocker by the
[code of its refusal](refusals.md).

{sections}"""


def _section(name: str, rules: list[Rule]) -> str:
    return f"## {TITLES[name]}\n\n" + "\n".join(_rule(rule) for rule in rules)


def _rule(rule: Rule) -> str:
    return f"""### {rule.code}

*{rule.severity.capitalize()}.* Fires when {rule.fires_when}.

{rule.why} Source: {rule.source}.
"""
