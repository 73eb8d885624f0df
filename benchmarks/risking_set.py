"""A made-up register of risks; run alone, what it costs to simulate it."""

import json
import sys
from fractions import Fraction

import numpy as np

from benchmarks.harness import cpu_seconds, peak_megabytes
from tallystick.engine.risk import Lognormal, Pert, PricedRisk, Rate, simulate

CORRELATION = 0.3


def a_register(risks: int, *, only_pert: bool = False) -> list[PricedRisk]:
    """Return risks of uncertain rates, 0.75 a year on average; half of them lognormal losses."""
    random = np.random.default_rng(20_270_101)
    found = []
    for number in range(risks):
        often = np.sort(random.integers(1, 151, 3)).tolist()
        low, likely, high = np.sort(random.integers(1, 1_000, 3)).tolist()
        loss = Pert(1_000 * low, 1_000 * likely, 1_000 * high + 1_000)
        found.append(
            PricedRisk(
                f"r{number}",
                Rate(Pert(*(Fraction(each, 100) for each in often))),
                loss if only_pert or number % 2 else Lognormal(1_000 * low, 20_000 * low),
            )
        )
    return found


def main() -> None:
    """Print the CPU seconds and the peak of memory as JSON."""
    risks, draws = a_register(int(sys.argv[1])), int(sys.argv[2])
    seconds = cpu_seconds(lambda: simulate(risks, seed=1, draws=draws, correlation=CORRELATION))
    print(json.dumps({"seconds": seconds, "megabytes": peak_megabytes()}))


if __name__ == "__main__":
    main()
