"""How a condition is declined: when it is written, or when it cannot be answered."""

from tallystick.engine.refusals import Refusal


class ConditionFaulty(Refusal):
    """The condition cannot be used; `line` and `column` (from 1) say where it goes wrong."""

    code = "guardrail.condition-faulty"

    def __init__(self, message: str, *, line: int, column: int, remedy: str) -> None:
        super().__init__(message, place=f"line {line}, column {column}", remedy=remedy)
        self.line = line
        self.column = column


class ConditionUnanswered(Refusal):
    """The condition is sound, and this snapshot gives it no yes or no."""

    code = "guardrail.condition-unanswered"


def fault_at(text: str, offset: int, message: str, remedy: str) -> ConditionFaulty:
    """Return the refusal for a character of a condition, counted from 0."""
    before = text[:offset]
    line = before.count("\n") + 1
    return ConditionFaulty(
        message, line=line, column=offset - (before.rfind("\n") + 1) + 1, remedy=remedy
    )
