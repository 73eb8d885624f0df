"""What a figure in a criterion's own unit must be before it is stored."""

from decimal import Decimal

MOST, PLACES = 10**12, Decimal("0.0001")
REMEDY = "Give a number between -1,000,000,000,000 and 1,000,000,000,000, four decimals at most."


def storable(figure: Decimal) -> bool:
    """Return whether a figure is a number of a size and fineness that every database keeps."""
    if not figure.is_finite() or abs(figure) >= MOST:
        return False
    return figure == figure.quantize(PLACES)
