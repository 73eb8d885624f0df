"""Seeded probes of a self-service portal: one each quarter of an hour, with outages and gaps."""

from dataclasses import dataclass

import numpy as np

from tallystick.cli.demo.months import Month
from tallystick.engine.values import moment, seconds

STEP = 900
COMPONENTS = ("portal", "sign-on")


@dataclass(frozen=True, slots=True)
class Weather:
    """How a month goes: outages of a component, and how many hours each lasts at the median."""

    outages: float = 1.2
    hours: float = 0.8


class Monitor:
    """Draws probes month by month from one seed."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng([seed, 2])

    def export(self, month: Month, weather: Weather) -> str:
        """Return the month's export: component, instant, result."""
        start, end = seconds(month.start), seconds(month.plus(1).start)
        at = np.arange(start, end, STEP)
        lines = ["component,checked_at,result"]
        for component in COMPONENTS:
            down = self._down(at, weather)
            silent = self._random.random(len(at)) < 0.004
            for instant, fails, says_nothing in zip(at, down, silent, strict=True):
                result = "NO ANSWER FROM PROBE" if says_nothing else "FAIL" if fails else "OK"
                lines.append(f"{component},{moment(int(instant)):%Y-%m-%dT%H:%M:%SZ},{result}")
        return "\n".join(lines) + "\n"

    def _down(self, at: np.ndarray, weather: Weather) -> np.ndarray:
        down = np.zeros(len(at), dtype=np.bool_)
        for _ in range(self._random.poisson(weather.outages)):
            first = int(self._random.integers(0, len(at)))
            hours = weather.hours * self._random.lognormal(0.0, 0.7)
            down[first : first + max(1, round(hours * 3600 / STEP))] = True
        return down
