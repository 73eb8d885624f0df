"""SEL004: the cheapest bid wins, and pays for it later."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.parts.selection import Selection
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import a_stake, money, percent
from tallystick.engine.guardrails.stages import Stage, stages_from
from tallystick.engine.scoring import abnormally_low


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report a price that weighs too much, and a preferred bid that is too cheap."""
    selection = snapshot.selection
    if selection is None:
        return
    whole = sum((each.weight for each in selection.criteria), Decimal(0))
    price = sum((each.weight for each in selection.criteria if each.price), Decimal(0))
    if price > policy.price_weight * whole:
        yield Violation(
            "selection.criteria",
            f"Price weighs {percent(Fraction(price) / Fraction(whole))} of all criteria; "
            f"{percent(Fraction(policy.price_weight))} is the most.",
            "Give quality, delivery and fit their weight before bids are opened.",
        )
    yield from _too_cheap(snapshot, selection, policy)


def _too_cheap(snapshot: Snapshot, selection: Selection, policy: Policy) -> Iterator[Violation]:
    places = {bid.id: number for number, bid in enumerate(selection.bids)}
    prices = {
        bid.id: bid.price
        for bid in selection.bids
        if bid.price and (bid.compliant is not False or bid.id == selection.preferred)
    }
    low = abnormally_low(
        prices, selection.should_cost, lowest=policy.lowest_price, fewest=policy.fewest_bids
    )
    for each in low:
        if each.bid == selection.preferred:
            price = prices[each.bid]
            words = "the median of the other bids" if each.of_others else "should-cost"
            yield Violation(
                f"selection.bids[{places[each.bid]}].price",
                f"Bid {each.bid} asks {money(snapshot, price)}, {percent(each.share)} of {words}; "
                f"below {percent(Fraction(policy.lowest_price))} a price is abnormally low.",
                at_stake=a_stake(snapshot, Decimal(each.short.numerator) / each.short.denominator),
            )


GUARDRAIL = Guardrail(
    code="SEL004",
    title="winners-curse",
    stages=stages_from(Stage.SELECT),
    severity=Severity.MAJOR,
    practice=5,
    fires_when=(
        "the criteria that are prices weigh more than 60 % of all (policy: price_weight), or the "
        "price of the preferred bid is below 80 % of should-cost (policy: lowest_price), or, of 3 "
        "or more priced bids that may win (policy: fewest_bids), of the median of the others"
    ),
    rationale=(
        "In about one deal of five the winner bid too low; it earns the difference back in change "
        "requests, thin staffing and exits."
    ),
    source="Kern, Willcocks and van Heck (LSE) on the winner's curse; UK Sourcing Playbook",
    remedy="Ask the bidder to show how the price carries the work, line by line.",
    detect=detect,
)
