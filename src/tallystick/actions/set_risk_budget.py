"""Set what the client can bear and has set aside: its appetite for risk, and the reserve."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.engine.refusals import Refusal
from tallystick.engine.risk import Pert
from tallystick.engine.service_levels.terms.currencies import DECIMALS
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Duty
from tallystick.records.simulations import RiskBudget
from tallystick.records.viewer import Viewer

MOST_POINTS = 10
MOST = 10**15


class BudgetRefused(Refusal):
    """Appetite or reserve cannot be held against anything."""

    code = "risk-budget.refused"


@dataclass(frozen=True, slots=True)
class Budget:
    """
    What can be borne: `appetite` are (loss, chance) pairs, the chance falling as the loss rises.

    `base` are the least, likeliest and highest cost that the reserve stands beside.
    """

    currency: str
    appetite: Sequence[tuple[Decimal, Decimal]] = ()
    remaining: Decimal | None = None
    base: tuple[Decimal, Decimal, Decimal] | None = None


@transaction.atomic
def set_risk_budget(
    *, engagement: Engagement, budget: Budget, by: Viewer, as_of: datetime
) -> RiskBudget:
    """
    Keep appetite, reserve and estimate; the ledger keeps those before.

    Raises:
        NotPermitted, BudgetRefused, OutOfOrder, AmountOutOfRange
    """
    require(by, Duty.BUDGET_RISKS)
    _check(budget)
    held_engagement(engagement.pk)
    kept = RiskBudget.objects.filter(engagement=engagement).first()
    row = kept or RiskBudget(client=engagement.client, engagement=engagement)
    row.currency = budget.currency
    row.appetite = [[f"{loss:f}", f"{chance:f}"] for loss, chance in sorted(budget.appetite)]
    row.remaining = budget.remaining
    row.base_low, row.base_likely, row.base_high = budget.base or (None, None, None)
    row.set_at, row.set_by = as_of, by.person
    row.save()
    enter(
        row,
        f"Set appetite and reserve for the risks of {engagement.name}.",
        action="set_risk_budget",
        payload=_plain(row),
        chain=engagement.client,
        by=by,
        as_of=as_of,
    )
    keep_findings_in([engagement], as_of, by=by)
    return row


def _check(budget: Budget) -> None:
    if budget.currency not in DECIMALS:
        raise _refused(
            f"There is no currency “{budget.currency[:10]}”.",
            "currency",
            "Write its code, such as EUR.",
        )
    if budget.remaining is not None and not 0 <= budget.remaining <= MOST:
        raise _refused(
            f"The reserve is {budget.remaining}.", "remaining", "Write a figure from 0 on."
        )
    if budget.base is not None:
        Pert(*budget.base)
    _check_appetite(budget)


def _check_appetite(budget: Budget) -> None:
    if len(budget.appetite) > MOST_POINTS:
        raise _refused("An appetite has at most ten points.", "appetite", "Two are enough.")
    for loss, chance in budget.appetite:
        if not 0 < loss <= MOST or not 0 <= chance <= 1:
            raise _refused(
                f"A loss of {loss} with a chance of {100 * chance:f} % is no point of an appetite.",
                "appetite",
                "Give a loss above 0 and a chance from 0 to 100 %.",
            )
    for (loss, chance), (more, rarer) in pairwise(sorted(budget.appetite)):
        if loss == more or rarer > chance:
            raise _refused(
                f"Of {loss:f} and {more:f} the larger loss is borne as often or more often.",
                "appetite",
                "The larger the loss, the smaller the chance of it that you bear.",
            )


def _plain(row: RiskBudget) -> dict[str, Any]:
    names = ("remaining", "base_low", "base_likely", "base_high")
    figures = {name: getattr(row, name) for name in names}
    told = {name: None if each is None else f"{each:f}" for name, each in figures.items()}
    return {"currency": row.currency, "appetite": row.appetite} | told


def _refused(message: str, place: str, remedy: str) -> BudgetRefused:
    return BudgetRefused(message, place=place, remedy=remedy)
