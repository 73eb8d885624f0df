"""How firm a ranking is, against pymcdm called once for each draw."""

from collections.abc import Callable, Iterator
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from benchmarks.harness import Result, Sizes, alone, at_least, side_by_side, within
from benchmarks.selecting_set import CRITERIA, a_competition
from tallystick.engine.scoring import CriteriaTree, firmness, value_bids
from tallystick.engine.scoring.firmness import TRUST
from tallystick.engine.scoring.valued import Figures

SECONDS_REACH, MEGABYTES_REACH, LOOP_REACH = 1.0, 150.0, 5.0
SIZE = "8 bids x 20 criteria"

Floats = NDArray[np.float64]


def results(sizes: Sizes) -> Iterator[Result]:
    """Give the cost alone, then the ratio; the latter is left out where pymcdm is not installed."""
    own = alone("benchmarks.selecting_set", str(sizes.selection_draws))
    yield within(
        f"firmness of a ranking, {SIZE}", own["seconds"], SECONDS_REACH, unit="CPU seconds",
        note=f"{sizes.selection_draws:,} draws of weights and scores, in a process of its own.",
    )  # fmt: skip
    yield within(
        f"firmness of a ranking, {SIZE}: peak", own["megabytes"], MEGABYTES_REACH, unit="MB",
        note="The most memory that this process held, the interpreter and numpy included.",
    )  # fmt: skip
    if find_spec("pymcdm"):
        yield _against_pymcdm(sizes)


def _against_pymcdm(sizes: Sizes) -> Result:
    tree, figures, spreads = a_competition()
    worth = np.asarray([[float(each) / 5 for each in row.values()] for row in figures.values()])
    _agree(tree, figures, worth)
    looped = min(sizes.selection_looped, sizes.selection_draws)
    ours, other = side_by_side(
        lambda: firmness(tree, figures, spreads, seed=1, draws=sizes.selection_draws),
        lambda: with_pymcdm(*_draws(tree, worth, spreads, looped)),
        sizes.runs,
    )
    return at_least(
        f"pymcdm looped over draws / firmness, {SIZE}", ours,
        other * sizes.selection_draws / looped, LOOP_REACH, unit="CPU seconds",
        note=f"{sizes.selection_draws:,} draws. The loop ranks by a weighted sum, with its checks "
        f"of the input off and all draws made by numpy at once; it ran on {looped:,} and is "
        "scaled. It finds who is first; ours also all ranks, wins, central weights and confidence. "
        "At the stated weights both give the same worth and order.",
    )  # fmt: skip


def _agree(tree: CriteriaTree, figures: Figures, worth: Floats) -> None:
    """Refuse to compare unless both value the stated weights alike."""
    weights = np.asarray([float(each) for each in tree.weights.values()])
    valued = value_bids(tree, figures)
    totals, order = _weighted_sum()(worth, weights)
    names = list(figures)
    theirs = dict(zip(names, totals.tolist(), strict=True))
    if any(abs(theirs[each.bid] - float(each.total)) > 1e-9 for each in valued):
        raise RuntimeError("pymcdm and ours value a bid differently")
    if [names[place] for place in np.argsort(order)] != [each.bid for each in valued]:
        raise RuntimeError("pymcdm and ours rank bids differently")


def with_pymcdm(weights: Floats, worth: Floats) -> Floats:
    """Return how often each bid comes first, draw by draw."""
    ranked, first = _weighted_sum(), np.zeros(worth.shape[1])
    for row, table in zip(weights, worth, strict=True):
        first += ranked(table, row)[1] == 1
    return first / len(weights)


def _weighted_sum() -> Callable[[Floats, Floats], tuple[Floats, Floats]]:
    """Return what gives the worth and the ranks of bids, whose figures lie between 0 and 1."""
    from pymcdm.methods import WSM  # noqa: PLC0415  (an extra of the benchmarks)

    method = WSM(normalization_function=_as_it_is)
    types = np.ones(CRITERIA)

    def ranked(worth: Floats, weights: Floats) -> tuple[Floats, Floats]:
        totals = method(worth, weights, types, validation=False)
        return totals, method.rank(totals)

    return ranked


def _as_it_is(column: Floats, cost: bool) -> Floats:
    return column


def _draws(
    tree: CriteriaTree, worth: Floats, spreads: dict[str, dict[str, float]], draws: int
) -> tuple[Floats, Floats]:
    random = np.random.default_rng(1)
    shapes = TRUST * np.asarray([float(each) for each in tree.weights.values()])
    wide = np.asarray([list(row.values()) for row in spreads.values()]) / 5
    drawn = worth + wide * random.standard_normal((draws, *worth.shape))
    return random.dirichlet(shapes, draws), np.clip(drawn, 0, 1)
