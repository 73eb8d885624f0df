"""A made-up competition; run alone, what it costs to say how firm its ranking is."""

import json
import sys
from fractions import Fraction

import numpy as np

from benchmarks.harness import cpu_seconds, peak_megabytes
from tallystick.engine.scoring import CriteriaTree, Criterion, criteria_tree, firmness
from tallystick.engine.scoring.valued import Figures

BIDS, CRITERIA = 8, 20


def a_competition() -> tuple[CriteriaTree, Figures, dict[str, dict[str, float]]]:
    """Return criteria of different weights, scores in quarters, and spreads of evaluators."""
    random = np.random.default_rng(20_270_101)
    parts = random.integers(1, 10, CRITERIA).tolist()
    whole = sum(parts)
    tree = criteria_tree(
        [Criterion(f"c{n}", Fraction(100 * part, whole)) for n, part in enumerate(parts)]
    )
    quarters = random.integers(4, 19, (BIDS, CRITERIA)).tolist()
    spreads = random.uniform(0.3, 0.9, (BIDS, CRITERIA)).tolist()
    figures = {
        f"b{n}": dict(zip(tree.ids, (Fraction(each, 4) for each in row), strict=True))
        for n, row in enumerate(quarters)
    }
    wide = {f"b{n}": dict(zip(tree.ids, row, strict=True)) for n, row in enumerate(spreads)}
    return tree, figures, wide


def main() -> None:
    """Print the CPU seconds and the peak of memory as JSON."""
    tree, figures, spreads = a_competition()
    draws = int(sys.argv[1])
    seconds = cpu_seconds(lambda: firmness(tree, figures, spreads, seed=1, draws=draws))
    print(json.dumps({"seconds": seconds, "megabytes": peak_megabytes()}))


if __name__ == "__main__":
    main()
