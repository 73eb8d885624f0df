"""A condition's text -> its tokens (CEL language definition, "Syntax")."""

import re
from dataclasses import dataclass
from enum import StrEnum

from tallystick.engine.guardrails.conditions.faults import fault_at


class Kind(StrEnum):
    """What a token is."""

    NAME = "name"
    TEXT = "text"
    NUMBER = "number"
    MARK = "mark"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A token and where it starts, in characters from 0."""

    kind: Kind
    text: str
    offset: int


# The long quotes stand first: an empty text '' would otherwise swallow the start of '''.
_TOKEN = re.compile(
    r"""
    (?P<blank>\s+|//[^\n]*)
  | (?P<text>[rRbB]{0,2}(?:\"\"\".*?\"\"\"|'''.*?'''
        |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'))
  | (?P<number>0[xX][0-9a-fA-F]+[uU]?|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?[uU]?|\.\d+(?:[eE][+-]?\d+)?)
  | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
  | (?P<mark>&&|\|\||[=!<>]=|[-+*/%!<>?:.,()\[\]{}])
    """,
    re.VERBOSE | re.DOTALL,
)


def tokens_of(text: str) -> list[Token]:
    """
    Return the tokens of a condition, blanks and comments left out, with an END at the end.

    Raises:
        ConditionFaulty: at a character that starts no token.
    """
    tokens: list[Token] = []
    offset = 0
    while offset < len(text):
        found = _TOKEN.match(text, offset)
        if found is None:
            raise fault_at(
                text,
                offset,
                f"{text[offset]!r} cannot stand here",
                "Close every quote, and use && for and, || for or, ! for not.",
            )
        if found.lastgroup and found.lastgroup != "blank":
            tokens.append(Token(Kind(found.lastgroup), found.group(), offset))
        offset = found.end()
    return [*tokens, Token(Kind.END, "", len(text))]
