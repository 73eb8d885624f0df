"""The plain values of an assessment <-> the figures that the engine prices with."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from tallystick.engine.objectives import figure_in
from tallystick.engine.refusals import Refusal
from tallystick.engine.risk import (
    Control,
    Frequency,
    Lognormal,
    Once,
    Pert,
    Point,
    PricedRisk,
    Rate,
    Summary,
)

T = TypeVar("T")

FREQUENCIES = ("rate", "once")
MAGNITUDES = ("pert", "lognormal")


class PriceRefused(Refusal):
    """A figure of an assessment is missing or is no number."""

    code = "risk.price-refused"


def frequency_of(plain: Mapping[str, Any], place: str) -> Frequency:
    """
    Return how often: `kind` rate with `low`, `likely`, `high` a year, or once with a `chance`.

    Raises:
        PriceRefused, OutOfOrder, AmountOutOfRange, RateOutOfRange, ChanceOutOfRange
    """
    if plain.get("kind") == "once":
        return Once(_figure(plain, "chance", place))
    if plain.get("kind") == "rate":
        return Rate(_pert(plain, place))
    raise _unknown(plain.get("kind"), FREQUENCIES, place)


def magnitude_of(plain: Mapping[str, Any], place: str) -> Pert | Lognormal:
    """
    Return what it costs each time: `kind` pert, or lognormal with a 90 % interval and a `cap`.

    Raises:
        PriceRefused, OutOfOrder, AmountOutOfRange, IntervalRefused
    """
    if plain.get("kind") == "pert":
        return _pert(plain, place)
    if plain.get("kind") == "lognormal":
        cap = _figure(plain, "cap", place) if plain.get("cap") else None
        return Lognormal(_figure(plain, "low", place), _figure(plain, "high", place), cap)
    raise _unknown(plain.get("kind"), MAGNITUDES, place)


def risk_of(key: str, plain: Mapping[str, Any], place: str = "") -> PricedRisk:
    """Return a priced risk; the places of refusals begin with `place`."""
    return PricedRisk(
        key,
        placed(frequency_of, plain["frequency"], f"{place}frequency."),
        placed(magnitude_of, plain["magnitude"], f"{place}magnitude."),
    )


def control_of(keys: frozenset[str], plain: Mapping[str, Any], place: str = "") -> Control:
    """Return a control; `on_frequency` and `on_magnitude` are what it leaves, from 0 to 1."""

    def read(given: Mapping[str, Any], at: str) -> Control:
        cost, often, much = (
            _figure(given, name, at) for name in ("cost", "on_frequency", "on_magnitude")
        )
        return Control(keys, cost, often, much)

    return placed(read, plain, place)


def placed(read: Callable[[Mapping[str, Any], str], T], plain: Mapping[str, Any], place: str) -> T:
    """Return what `read` makes of plain values; a refusal names its place as the caller does."""
    try:
        return read(plain, place)
    except Refusal as refusal:
        if not refusal.place.startswith(place):
            refusal.place = f"{place}{refusal.place}"
        raise


def plain_price(risk: PricedRisk) -> dict[str, Any]:
    """Return a priced risk as plain values."""
    often, much = risk.frequency, risk.magnitude
    frequency = (
        {"kind": "once", "chance": text_of(often.chance)}
        if isinstance(often, Once)
        else {"kind": "rate"} | _plain_pert(often.per_year)
    )
    if isinstance(much, Lognormal):
        cap = None if much.cap is None else text_of(much.cap)
        ends = {"low": text_of(much.low), "high": text_of(much.high), "cap": cap}
        magnitude: dict[str, Any] = {"kind": "lognormal"} | ends
    else:
        magnitude = {"kind": "pert"} | _plain_pert(much)
    return {"frequency": frequency, "magnitude": magnitude}


def plain_summary(summary: Summary) -> dict[str, Any]:
    """Return what a simulation says of one risk, or of all, as plain values."""
    names = ("expected", "mean", "p50", "p80", "p90", "p95", "p99", "tail95")
    return {name: f"{getattr(summary, name):.2f}" for name in names} | {
        "p80_low": f"{summary.p80_band.low:.2f}",
        "p80_high": f"{summary.p80_band.high:.2f}",
        "no_loss": f"{summary.no_loss:.6f}",
        "curve": plain_curve(summary.curve),
    }


def plain_curve(curve: Sequence[Point]) -> list[list[str]]:
    """Return points of a curve as [loss, chance] pairs of text."""
    return [[f"{float(each.loss):.2f}", f"{float(each.chance):.6f}"] for each in curve]


def curve_in(plain: Sequence[Sequence[str]]) -> list[Point]:
    """Return the points of a stored curve."""
    return [Point(Fraction(loss), Fraction(chance)) for loss, chance in plain]


def text_of(number: Any) -> str:
    """Return an exact number as a short text; what does not end has twelve decimals."""
    value = Fraction(number)
    scaled = Decimal(round(value * 10**12)).scaleb(-12)
    return f"{scaled.normalize():f}"


def _plain_pert(pert: Pert) -> dict[str, str]:
    return {name: text_of(getattr(pert, name)) for name in ("low", "likely", "high")}


def _pert(plain: Mapping[str, Any], place: str) -> Pert:
    return Pert(*(_figure(plain, name, place) for name in ("low", "likely", "high")))


def _figure(plain: Mapping[str, Any], name: str, place: str) -> Decimal:
    given = str(plain.get(name) if plain.get(name) is not None else "")
    if figure_in(given) is None or "%" in given:
        said = f"“{given[:40]}” is no number." if given.strip() else "A figure is missing."
        raise PriceRefused(said, place=f"{place}{name}", remedy="Write a number, such as 25000.")
    return Decimal(given.strip())


def _unknown(kind: object, known: Sequence[str], place: str) -> PriceRefused:
    return PriceRefused(
        f"There is no kind {str(kind)[:40]!r}.",
        place=f"{place}kind",
        remedy=f"Choose one of: {', '.join(known)}.",
    )
