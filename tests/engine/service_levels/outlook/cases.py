"""The cases of the outlook, read from cases/outlook.toml, and their spelling of answers."""

import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

_PATH = Path(__file__).parents[1] / "cases" / "outlook.toml"
_FILE: dict[str, list[dict[str, Any]]] = tomllib.loads(_PATH.read_text(encoding="utf-8"))


def each_case_of(rule: str) -> pytest.MarkDecorator:
    """Return the mark that runs a test once for each case of a rule."""
    return pytest.mark.parametrize("case", _FILE[rule], ids=lambda case: case["says"])


def all_cases() -> list[str]:
    """Return what each case says."""
    return [case["says"] for cases in _FILE.values() for case in cases]


def share(text: str) -> Fraction:
    """Return the exact share that a text such as `97%` or `1/3` states."""
    if text.endswith("%"):
        return Fraction(text.removesuffix("%").strip()) / 100
    return Fraction(text)


def answers(found: object, stated: dict[str, Any]) -> dict[str, Any]:
    """Return the attributes of a value that a case states, as the case spells them."""
    return {name: spelled(getattr(found, name), answer) for name, answer in stated.items()}


def spelled(value: Any, stated: Any) -> Any:
    """
    Return a value as a case states it.

    "none" is None, "2/5" and 3 are exact, "0.81" has as many decimals as are written.
    """
    if value is None:
        return "none"
    if not isinstance(stated, str) or isinstance(value, str):
        return value
    if "." in stated:
        return f"{float(value):.{len(stated.partition('.')[2])}f}"
    return str(value)
