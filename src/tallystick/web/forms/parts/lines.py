"""Conditions and limits as lines that people type: `priority = P1, P2: 4h`."""

import re
from collections.abc import Mapping
from typing import Any

_NAMED = re.compile(r"\s*([^=:,]+?)\s*=\s*(.+?)\s*")


class LineUnreadable(ValueError):
    """A line says nothing that can be read; its text says which and why."""


def conditions_lines(stated: Any) -> str | None:
    """Return conditions as lines, `priority = P1, P2`; None if they do not fit into lines."""
    if stated is None:
        return ""
    if not isinstance(stated, Mapping):
        return None
    lines = [_line(name, values) for name, values in stated.items()]
    return None if None in lines else "\n".join(str(line) for line in lines)


def read_conditions(text: str) -> dict[str, list[str]]:
    """
    Return the conditions that lines state, all of which must hold.

    Raises:
        LineUnreadable
    """
    found: dict[str, list[str]] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        name, values = _named(line)
        if name in found:
            raise LineUnreadable(f"“{name}” stands on two lines. Put its values on one.")
        found[name] = values
    return found


def limits_lines(stated: Any) -> str | None:
    """Return limits as lines, the last without a condition; None if they do not fit into lines."""
    if stated is None:
        return ""
    if not isinstance(stated, list):
        return None
    lines = [_limit_line(rule) for rule in stated]
    return None if None in lines else "\n".join(str(line) for line in lines)


def read_limits(text: str) -> list[dict[str, Any]]:
    """
    Return the limits that lines state, in their order.

    Raises:
        LineUnreadable
    """
    rules: list[dict[str, Any]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        condition, colon, limit = line.rpartition(":")
        if not colon:
            rules.append({"limit": line})
            continue
        name, values = _named(condition)
        rules.append({"when": {name: values}, "limit": limit.strip()})
    return rules


def _named(line: str) -> tuple[str, list[str]]:
    found = _NAMED.fullmatch(line)
    values = [value.strip() for value in found.group(2).split(",")] if found else []
    if not found or not all(values):
        raise LineUnreadable(f"“{line[:80]}” names no attribute. Write it like priority = P1, P2.")
    return found.group(1), values


def _line(name: Any, values: Any) -> str | None:
    plain = isinstance(values, list) and values and all(isinstance(each, str) for each in values)
    if not plain or not isinstance(name, str):
        return None
    line = f"{name} = {', '.join(values)}"
    try:
        return line if _named(line) == (name, values) and ":" not in line else None
    except LineUnreadable:
        return None


def _limit_line(rule: Any) -> str | None:
    if not isinstance(rule, Mapping) or not set(rule) <= {"when", "limit"}:
        return None
    when, limit = rule.get("when") or {}, rule.get("limit")
    if not isinstance(limit, str) or not isinstance(when, Mapping) or len(when) > 1:
        return None
    if not when:
        return limit if ":" not in limit else None
    ((name, values),) = when.items()
    line = _line(name, values)
    return None if line is None else f"{line}: {limit}"
