"""A condition's text -> a condition that can be asked of any snapshot."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tallystick.engine.guardrails.conditions.cost import MOST_STEPS, sizes_of, steps
from tallystick.engine.guardrails.conditions.faults import (
    ConditionFaulty,
    ConditionUnanswered,
    fault_at,
)
from tallystick.engine.guardrails.conditions.plain import plain_of
from tallystick.engine.guardrails.conditions.scan import ITEM, Path, Scan, scan
from tallystick.engine.guardrails.conditions.tokens import tokens_of
from tallystick.engine.guardrails.snapshot import Snapshot

if TYPE_CHECKING:
    import cel

LONGEST = 2_000
DEEPEST_BRACKETS = 40

_POSITION = re.compile(r"<input>:(\d+):(\d+): (?:Syntax error: )?(.*)")


@dataclass(frozen=True, slots=True)
class Condition:
    """
    A sound condition over a snapshot; TRUE means that all is well.

    `fields` are the paths it reads, such as `objectives.*.baseline`.
    """

    text: str
    program: "cel.Program"
    found: Scan

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the paths that the condition reads, each once."""
        return tuple(sorted({".".join(path) for path in self.found.paths}))

    def holds(self, snapshot: Snapshot) -> bool:
        """
        Return the condition's answer for one snapshot.

        Raises:
            ConditionUnanswered: if a field it reads is empty or of another kind, if it does
                not answer yes or no, or if it would take too long on so large a snapshot.
        """
        return self.holds_for(plain_of(snapshot))

    def holds_for(self, plain: dict[str, Any]) -> bool:
        """Return the answer for a snapshot's plain values (see `plain_of`)."""
        if steps(self.found.costs, sizes_of(plain)) > MOST_STEPS:
            raise ConditionUnanswered(
                "the condition would take too long on so large an engagement",
                remedy="Loop over fewer lists inside each other.",
            )
        try:
            answer = self.program.execute(plain)
        except (ValueError, TypeError, LookupError, ArithmeticError, RuntimeError) as problem:
            raise self._unanswered(plain, problem) from problem
        if not isinstance(answer, bool):
            raise ConditionUnanswered(
                f"the condition answers {_kind(answer)}, not yes or no",
                remedy="Compare the value with something, using ==, <, all or exists.",
            )
        return answer

    def _unanswered(self, plain: dict[str, Any], problem: Exception) -> ConditionUnanswered:
        if isinstance(problem, KeyError):
            name = str(problem.args[0]).strip("'\"")
            return ConditionUnanswered(
                f"the condition reads the field '{name}', which is not there",
                place=name,
                remedy=f"Ask first whether it is there, as in has(each.{name}).",
            )
        empty = next((place for path in self.found.paths for place in _empty(plain, path)), None)
        if empty:
            return ConditionUnanswered(
                f"the condition reads into {empty}, which is empty",
                place=empty,
                remedy=f"Fill it in, or ask first whether it is there: {empty} == null || ...",
            )
        return ConditionUnanswered(
            f"the condition cannot be computed: {str(problem).split('.')[0]}",
            remedy="Compare values of the same kind; make numbers of text with double(...).",
        )


def compile_condition(text: str) -> Condition:
    """
    Return the condition of a text in the Common Expression Language.

    Bounded: 2,000 characters, 4 loops inside each other, loops over fields of the snapshot
    only, and functions from a short list. So the work can be counted before it is done (see
    `cost.MOST_STEPS`), and no condition can hang or fill the memory.

    Raises:
        ConditionFaulty: with line and column, for a syntax error, an unknown field or
            function, or a condition beyond the bounds.
    """
    # The package loads its own command line, half a second that most processes need not spend.
    from cel import compile as compile_  # noqa: PLC0415

    if len(text) > LONGEST:
        message = f"the condition has {len(text):,} characters; {LONGEST:,} are allowed"
        raise fault_at(text, LONGEST, message, "Split it into several guardrails.")
    _refuse_deep_brackets(text)
    try:
        program = compile_(text)
    except ValueError as problem:
        raise _syntax_fault(text, str(problem)) from problem
    return Condition(text, program, scan(text))


def _refuse_deep_brackets(text: str) -> None:
    # The parser calls itself for each bracket.
    depth = 0
    for token in tokens_of(text):
        depth += (token.text in ("(", "[")) - (token.text in (")", "]"))
        if depth > DEEPEST_BRACKETS:
            message = "the condition is nested too deeply"
            raise fault_at(text, token.offset, message, "Split it into several guardrails.")


def _syntax_fault(text: str, problem: str) -> ConditionFaulty:
    told = [(int(row), int(col), words) for row, col, words in _POSITION.findall(problem)]
    line, column, words = min(told, default=(1, 1, "the condition cannot be read"))
    if "Context" in words:  # the parser's own terms
        words = "the condition cannot be read from here on"
    said = re.sub(r" expecting \{.*", "", words.replace("'<EOF>'", "end"))
    return ConditionFaulty(
        said.replace("mismatched input", "unexpected") if text.strip() else "no condition given",
        line=line,
        column=column,
        remedy="Write a condition such as objectives.all(o, o.baseline != null).",
    )


def _kind(answer: Any) -> str:
    kinds = {"int": "a number", "float": "a number", "str": "text", "list": "a list"}
    return kinds.get(type(answer).__name__, "a value")


def _empty(plain: Any, path: Path, shown: str = "") -> Iterator[str]:
    """Yield the places along a path that hold nothing although the path leads on, or ends."""
    if plain is None:
        yield shown
    elif path and path[0] == ITEM and isinstance(plain, list):
        for number, each in enumerate(plain):
            yield from _empty(each, path[1:], f"{shown}[{number}]")
    elif path and isinstance(plain, dict) and path[0] in plain:
        yield from _empty(plain[path[0]], path[1:], f"{shown}.{path[0]}".lstrip("."))
