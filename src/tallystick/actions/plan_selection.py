"""Begin a competition for an engagement, or change its terms before the bids are opened."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.refusals import require
from tallystick.actions.selection_phases import kept_moment, locked, tell
from tallystick.actions.texts import checked
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.terms.currencies import DECIMALS
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Duty
from tallystick.records.selections import Phase, Selection
from tallystick.records.viewer import Viewer

MOST_MONEY = Decimal("99_999_999_999_999.99")


class TooLateToCompete(Refusal):
    """A competition comes before the award."""

    code = "selection.too-late"


class SelectionBegun(Refusal):
    """An engagement has one competition."""

    code = "selection.begun"


class DeadlinePast(Refusal):
    """Nobody can bid until a moment that is over."""

    code = "selection.deadline-past"


class MoneyRefused(Refusal):
    """An amount is not one: zero, negative, too large, or finer than a cent."""

    code = "selection.money-refused"


class CurrencyUnknown(Refusal):
    """A currency is one of ISO 4217."""

    code = "selection.currency-unknown"


@dataclass(frozen=True, slots=True)
class SelectionTerms:
    """What a competition is begun with; `should_cost` is the client's own estimate of the term."""

    currency: str
    bids_until: datetime
    should_cost: Decimal | None = None
    single_source_reason: str = ""


def money(amount: Decimal, place: str) -> Decimal:
    """
    Return an amount that can be kept.

    Raises:
        MoneyRefused: naming the field.
    """
    if not amount.is_finite() or not 0 < amount <= MOST_MONEY:
        raise MoneyRefused(
            f"The {place.replace('_', ' ')} is not an amount between 0.01 and {MOST_MONEY:,}.",
            place=place,
            remedy="Give the price of the whole term as a positive amount.",
        )
    if amount != amount.quantize(Decimal("0.01")):
        raise MoneyRefused(
            f"The {place.replace('_', ' ')} has more than two decimals.",
            place=place,
            remedy="Round it to the cent.",
        )
    return amount


def _checked(terms: SelectionTerms, as_of: datetime) -> dict[str, object]:
    currency = terms.currency.strip().upper()
    if currency not in DECIMALS:
        raise CurrencyUnknown(
            f"{terms.currency[:20]!r} is no currency.",
            place="currency",
            remedy="Give its three letters, such as EUR.",
        )
    if kept_moment(terms.bids_until, "bids_until") <= as_of:
        raise DeadlinePast(
            "The deadline for bids is over already.",
            place="bids_until",
            remedy="Give a moment from now on.",
        )
    cost = None if terms.should_cost is None else money(terms.should_cost, "should_cost")
    reason = checked(terms.single_source_reason, "single_source_reason", needed=False)
    return {
        "currency": currency,
        "bids_until": terms.bids_until,
        "should_cost": cost,
        "single_source_reason": reason,
    }


@transaction.atomic
def plan_selection(
    *,
    engagement: Engagement,
    terms: SelectionTerms,
    amends: Selection | None = None,
    by: Viewer,
    as_of: datetime,
) -> Selection:
    """
    Begin the competition for an engagement; `amends` changes the terms of the one that there is.

    Raises:
        NotPermitted, TextTooLong, TooLateToCompete, SelectionBegun, DeadlinePast, MoneyRefused,
        CurrencyUnknown, WrongPhase, MomentRefused
    """
    require(by, Duty.RUN_SELECTION)
    engagement = held_engagement(engagement.pk)
    if engagement.stage not in {Stage.DEFINE, Stage.SELECT}:
        raise TooLateToCompete(
            f"The engagement is in its {engagement.stage} stage.",
            place="stage",
            remedy="A competition is held before the select gate is passed.",
        )
    values = _checked(terms, as_of)
    selection = locked(amends, Phase.PREPARING) if amends else _new(engagement, by, as_of)
    for name, value in values.items():
        setattr(selection, name, value)
    approved = by.person if values["single_source_reason"] else None
    selection.single_source_approved_by = approved
    selection.save()
    tell(
        selection,
        "Changed the terms of the selection." if amends else "Began the selection.",
        action="plan_selection",
        payload={name: str(value) for name, value in values.items() if value},
        selection=selection,
        by=by,
        as_of=as_of,
    )
    return selection


def _new(engagement: Engagement, by: Viewer, as_of: datetime) -> Selection:
    if Selection.objects.filter(engagement=engagement).exists():
        raise SelectionBegun(
            "There is a selection for this engagement already.",
            place="engagement",
            remedy="Change the terms of that one.",
        )
    return Selection(
        client=by.organisation, engagement=engagement, begun_at=as_of, begun_by=by.person
    )
