"""The Beta distribution: its share below a point, and the point below which a share lies."""

import math

_TINY = 1e-300
_PRECISE = 1e-15
_STEPS = 20_000
_HALVINGS = 60


def below(x: float, a: float, b: float) -> float:
    """
    Return the chance that a Beta(a, b) variable lies at or below x: I_x(a, b), a float.

    The continued fraction of DLMF 8.17.22, on the side on which it converges at once; good to
    ten digits for a + b up to a million.

    Raises:
        ValueError: if a or b is not positive.
    """
    if not min(a, b) > 0:
        raise ValueError(f"both parameters are positive, not {a} and {b}")
    if not 0 < x < 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - below(1 - x, b, a)
    log_front = a * math.log(x) + b * math.log1p(-x) - _log_beta(a, b)
    return min(1.0, math.exp(log_front) / (a * _fraction(x, a, b)))


def point(share: float, a: float, b: float) -> float:
    """Return the x below which `share` of a Beta(a, b) distribution lies, by halving."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle, a, b) < share else (low, middle)
    return (low + high) / 2


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def _fraction(x: float, a: float, b: float) -> float:
    """Return 1 + d1/(1 + d2/(1 + ...)) by Lentz's method, as Thompson and Barnett changed it."""
    value, c, d = 1.0, 1.0, 0.0
    for step in range(1, _STEPS):
        term = _coefficient(step, x, a, b)
        d = 1 / _not_zero(1 + term * d)
        c = _not_zero(1 + term / c)
        value *= c * d
        if abs(c * d - 1) < _PRECISE:
            return value
    raise ArithmeticError(f"I_{x}({a}, {b}) does not converge in {_STEPS} steps")


def _coefficient(step: int, x: float, a: float, b: float) -> float:
    m, odd = divmod(step, 2)
    if odd:
        return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))


def _not_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
