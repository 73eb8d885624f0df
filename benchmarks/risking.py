"""What registers of risks may cost: time, memory, and how far the tail is off; against pyfair."""

from collections.abc import Iterator
from fractions import Fraction
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from benchmarks.harness import Result, Sizes, alone, at_least, side_by_side, within
from benchmarks.risking_oracle import ExactLosses, exact_losses, pert, poisson_of_pert
from benchmarks.risking_set import a_register
from tallystick.engine.risk import Pert, PricedRisk, Rate, simulate

SECONDS_REACH, MEGABYTES_REACH, OFF_REACH, PACKAGE_REACH = 2.0, 1_000.0, 2.0, 1.0
FEW = 50
RATE, LOSS = (0.1, 0.5, 3.0), (20_000.0, 80_000.0, 900_000.0)
"""The risk whose tail is known; three times a year at most, up to 900,000 each time."""

Floats = NDArray[np.float64]


def results(sizes: Sizes) -> Iterator[Result]:
    """Give costs, then tails; what compares with pyfair is left out where it is not installed."""
    for risks, seconds_reach in ((FEW, SECONDS_REACH), (sizes.risks, None)):
        yield from _alone(risks, seconds_reach, sizes.risk_draws)
    exactly = exact_losses(poisson_of_pert(*RATE), pert(*LOSS), step=1_000, size=2**14)
    yield from _tail("simulate", _ours(sizes.risk_draws), exactly, OFF_REACH)
    if find_spec("pyfair"):
        yield from _tail("pyfair", with_pyfair([_known()], sizes.risk_draws), exactly, None)
        yield _against_pyfair(sizes)


def _alone(risks: int, seconds_reach: float | None, draws: int) -> Iterator[Result]:
    own = alone("benchmarks.risking_set", str(risks), str(draws))
    note = f"{draws:,} draws of correlated risks, every figure of each; in a process of its own."
    name = f"simulate {risks:,} correlated risks"
    yield within(name, own["seconds"], seconds_reach, unit="CPU seconds", note=note)
    yield within(
        f"{name}: peak", own["megabytes"], MEGABYTES_REACH, unit="MB",
        note="The most memory that this process held, the interpreter and numpy included.",
    )  # fmt: skip


def _tail(name: str, drawn: Floats, exactly: ExactLosses, reach: float | None) -> Iterator[Result]:
    """Give how far both percentiles are off those of a Fourier transform."""
    for share in (0.8, 0.95):
        found = float(np.quantile(drawn, share, method="inverted_cdf"))
        true = exactly.percentile(share)
        yield within(
            f"{name}: P{100 * share:.0f} off the exact one", 100 * abs(found - true) / true, reach,
            unit="%",
            note=f"{found:,.0f} against {true:,.0f}, of {len(drawn):,} draws; no loss in "
            f"{np.mean(drawn == 0):.0%} against {exactly.at(0):.0%}.",
        )  # fmt: skip


def _known() -> PricedRisk:
    return PricedRisk(
        "known", Rate(Pert(*map(Fraction, RATE))), Pert(*(Fraction(each) for each in LOSS))
    )


def _ours(draws: int) -> Floats:
    return simulate([_known()], seed=1, draws=draws).losses


def _against_pyfair(sizes: Sizes) -> Result:
    register = a_register(FEW, only_pert=True)
    ours, other = side_by_side(
        lambda: simulate(register, seed=1, draws=sizes.risk_draws),
        lambda: with_pyfair(register, sizes.risk_draws),
        sizes.runs,
    )
    return at_least(
        f"pyfair / simulate, {FEW} risks", ours, other, PACKAGE_REACH, unit="CPU seconds",
        note=f"{sizes.risk_draws:,} draws, no correlation. Pyfair multiplies a rate by one "
        "magnitude and stops at the sums; ours draws each event and adds percentiles, tail, "
        "curve, error and shares.",
    )  # fmt: skip


def with_pyfair(risks: list[PricedRisk], draws: int) -> Floats:
    """Return the total of each draw, by its own models of models."""
    from pyfair import FairMetaModel, FairModel  # noqa: PLC0415  (an extra of the benchmarks)

    models = []
    for number, risk in enumerate(risks):
        model = FairModel(name=risk.key, n_simulations=draws, random_seed=number)
        for target, figures in (
            ("Loss Event Frequency", risk.frequency.per_year),
            ("Loss Magnitude", risk.magnitude),
        ):
            model.input_data(
                target,
                low=float(figures.low),
                mode=float(figures.likely),
                high=float(figures.high),
            )
        models.append(model)
    found: Floats = FairMetaModel("all", models).calculate_all().export_results()["Risk"].to_numpy()
    return found
