"""In what two readings of a window differ, as plain values: before, after, and why."""

from collections.abc import Mapping
from typing import Any

from tallystick.engine.service_levels.dealings.difference import Difference
from tallystick.engine.service_levels.measurement import Measurement, as_values


def difference_values(difference: Difference, names: Mapping[str, str]) -> dict[str, Any]:
    """Return a difference figure by figure and credit by credit; amounts and shares are text."""
    return {
        "figures": [
            {
                "service_level": each.service_level,
                "name": names.get(each.service_level, each.service_level),
                "window": each.window,
                "before": _figure(each.before),
                "after": _figure(each.after),
                "causes": [cause.value for cause in each.causes],
            }
            for each in difference.figures
        ],
        "credits": [
            {
                "service_level": each.service_level,
                "name": names.get(each.service_level, each.service_level),
                "kind": each.kind.value,
                "currency": each.currency,
                "before": f"{each.before:f}",
                "after": f"{each.after:f}",
                "causes": [cause.value for cause in each.causes],
            }
            for each in difference.credits
        ],
    }


_TOLD = ("numerator", "denominator", "pending", "relieved", "excluded", "verdict", "unit")


def _figure(measurement: Measurement | None) -> dict[str, Any] | None:
    """Return a figure; `value` is None where nothing was decided: no data is neither 0 nor 1."""
    if measurement is None:
        return None
    plain = as_values(measurement)
    value = plain["value"]
    return {name: plain[name] for name in _TOLD} | {
        "value": None if value is None else f"{value:f}"
    }
