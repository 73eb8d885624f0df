"""The generated part of a noun's page: its audience, its fields, who writes it."""

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models

import tallystick
from docpages.tables import table
from tallystick.records.roles import MAY, Duty

ACTIONS = Path(tallystick.__file__).parent / "actions"
START, END = "<!-- generated: start -->", "<!-- generated: end -->"
_WRITES = {
    "create", "bulk_create", "get_or_create", "update_or_create", "save", "update", "add", "set",
}  # fmt: skip
_KINDS = {
    "CharField": "text", "TextField": "long text", "EmailField": "e-mail address",
    "DateField": "day", "DateTimeField": "moment", "JSONField": "document",
    "PositiveIntegerField": "whole number", "PositiveBigIntegerField": "whole number",
    "BigIntegerField": "whole number", "PositiveSmallIntegerField": "whole number",
    "DecimalField": "exact decimal", "BooleanField": "yes or no",
    "BinaryField": "bytes", "TimeField": "time of day",
}  # fmt: skip


def stored_nouns() -> dict[str, type[models.Model]]:
    """Return every record by the name of its page."""
    return {_slug(model.__name__): model for model in apps.get_app_config("records").get_models()}


def with_fresh_part(name: str, page: str) -> str:
    """
    Return a noun's page with its generated part made anew.

    Raises:
        ValueError: if the page has no such part.
    """
    before, start, rest = page.partition(START)
    _, end, after = rest.partition(END)
    if not (start and end):
        raise ValueError(f"docs/nouns/{name}.md has no generated part ({START} ... {END})")
    return f"{before}{START}\n{generated_part(stored_nouns()[name])}{END}{after}"


def generated_part(model: Any) -> str:
    """Return audience, fields and writers of a record."""
    name = model.__name__
    fields = [_field(each) for each in (*model._meta.fields, *model._meta.many_to_many)]
    record = model.__module__.rsplit(".", maxsplit=1)[-1]
    return f"""
## Who reads it

{str(model.audience.value).capitalize()}. The condition: `{name}.visibility` in
[records/{record}.py](../../src/tallystick/records/{record}.py).

## Who writes it

{_writers(name)}
## Fields

{table(("Field", "Kind", ""), [row for row in fields if row])}
"""


def _slug(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def _field(field: Any) -> tuple[str, str, str] | None:
    if field.name in {"id", "password", "last_login"}:
        return None
    optional = "may be empty" if field.null or field.blank else ""
    if field.related_model:
        target = field.related_model.__name__
        many = "any number of " if field.many_to_many else ""
        return f"`{field.name}`", f"{many}[{target}]({_slug(target)}.md)", optional
    values = ", ".join(f"`{value}`" for value, _ in field.choices or ())
    return f"`{field.name}`", values or _KINDS[field.get_internal_type()], optional


def _writers(name: str) -> str:
    found = _makers().get(_slug(name), [])
    rows = [(f"[`{each}`](../../src/tallystick/actions/{each}.py)", *_duty(each)) for each in found]
    return table(("Action", "Duty", "Roles"), rows)


@cache
def _makers() -> dict[str, list[str]]:
    """Return the actions that write rows of each record, by the record's slug."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted(ACTIONS.glob("*.py")):
        for node in ast.walk(_tree(path.stem)):
            if isinstance(node, ast.Call) and (name := _written(node.func)):
                found[_slug(name).replace("_", "-")].add(path.stem)
    return {name: sorted(actions) for name, actions in found.items()}


def _written(called: ast.expr) -> str | None:
    """Return `Lesson` of `Lesson(...)` and `Lesson.objects.create`, `lesson` of `lesson.save`."""
    if isinstance(called, ast.Attribute) and called.attr not in _WRITES:
        return None
    while isinstance(called, ast.Attribute | ast.Call):
        called = called.value if isinstance(called, ast.Attribute) else called.func
    return called.id if isinstance(called, ast.Name) else None


def _duty(action: str) -> tuple[str, str]:
    for node in ast.walk(_tree(action)):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Duty":
            duty = Duty[node.attr]
            roles = sorted(role.value.replace("-", " ") for role in MAY[duty])
            return duty.value, ", ".join(roles)
    return "none", ""


@cache
def _tree(action: str) -> ast.Module:
    return ast.parse((ACTIONS / f"{action}.py").read_text(encoding="utf-8"))
