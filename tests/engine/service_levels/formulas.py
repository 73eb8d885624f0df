"""What a formula of a credit note comes to, worked out from its text alone."""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from math import floor

_OPERATORS: Mapping[type[ast.AST], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def comes_to(formula: str) -> Decimal | None:
    """
    Return the amount that a formula states, if its left side comes to it by some rounding.

    Rounded are half up, half to even, or down, to the decimals of the amount.
    """
    left, right = formula.rsplit(" = ", 1)
    amount = Decimal(right.split(" ")[0].replace(",", ""))
    text = re.sub(r"([\d.]+)%", r"(\1 / 100)", left.replace(",", "").replace(" x ", " * "))
    exact = _value(ast.parse(text, mode="eval").body, text)
    with localcontext() as context:
        context.prec = 60
        long = Decimal(exact.numerator) / Decimal(exact.denominator)
        modes = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)
        rounded = {long.quantize(amount, rounding=mode) for mode in modes}
    return amount if amount in rounded else None


def _value(node: ast.expr, text: str) -> Fraction:
    if isinstance(node, ast.BinOp):
        return _OPERATORS[type(node.op)](_value(node.left, text), _value(node.right, text))
    if isinstance(node, ast.Call):
        return Fraction(floor(_value(node.args[0], text)))
    # The text of a number, not its value: that would be a float.
    return Fraction(ast.get_source_segment(text, node) or "")
