"""A valuation -> the document of its ranking, and the digest of what it was computed from."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from tallystick.engine.canonical import canonical_bytes, digest
from tallystick.engine.scoring.firmness import DRAWS, Firmness, firmness
from tallystick.engine.scoring.flips import Flip, flips
from tallystick.engine.scoring.price import abnormally_low
from tallystick.engine.values import Number
from tallystick.records.selections import Selection
from tallystick.records.valuation import Valuation


def digest_of(valuation: Valuation) -> str:
    """Return the digest of weights, anchors, figures and spreads: all that a ranking rests on."""
    return digest(canonical_bytes(_rests_on(valuation)))


def ranking_document(selection: Selection, valuation: Valuation, seed: int) -> dict[str, Any]:
    """Return order, values, contributions, firmness, flips and agreement as plain values."""
    firm = firmness(valuation.tree, valuation.figures, valuation.spreads, seed=seed, draws=DRAWS)
    names = {bid.public_id: bid.supplier.name for bid in valuation.bids}
    return {
        **_rests_on(valuation),
        "bids": [_bid_values(each, names, firm) for each in valuation.values],
        "flips": [_flip_values(each) for each in flips(valuation.values)],
        "agreement": {key: _text(w) for key, w in valuation.concord.w.items()},
        "moderate": [[each.bid, each.criterion] for each in valuation.concord.moderate],
        "low_prices": [
            {"bid": each.bid, "share": _text(each.share), "of_others": each.of_others}
            for each in abnormally_low(
                {bid.public_id: bid.price for bid in valuation.bids}, selection.should_cost
            )
        ],
        "out": [bid.public_id for bid in valuation.out],
        "unscored": [bid.public_id for bid in valuation.unscored],
        "trust": firm.trust,
    }


def _rests_on(valuation: Valuation) -> dict[str, Any]:
    tree = valuation.tree
    return {
        "criteria": [
            {
                "id": leaf.id,
                "weight": _text(tree.weights[leaf.id]),
                "worst": _text(tree.scale(leaf).worst),
                "target": _text(tree.scale(leaf).target),
            }
            for leaf in tree.leaves
        ],
        "figures": {
            bid: {leaf: _text(figure) for leaf, figure in sorted(known.items())}
            for bid, known in sorted(valuation.figures.items())
        },
        "spreads": {
            bid: {leaf: repr(spread) for leaf, spread in sorted(known.items())}
            for bid, known in sorted(valuation.spreads.items())
        },
    }


def _bid_values(each: Any, names: Mapping[str, str], firm: Firmness) -> dict[str, Any]:
    return {
        "bid": each.bid,
        "supplier": names[each.bid],
        "rank": each.rank,
        "total": _text(each.total),
        "contributions": {one.criterion: _text(one.points) for one in each.contributions},
        "unacceptable": [one.criterion for one in each.contributions if not one.acceptable],
        "ranks": list(firm.ranks[each.bid]),
        "wins": dict(firm.wins[each.bid]),
        "confidence": firm.confidence[each.bid],
        "central": firm.central[each.bid],
    }


def _flip_values(flip: Flip) -> dict[str, Any]:
    return {
        "criterion": flip.criterion,
        "weight": _text(flip.weight),
        "change": _text(flip.change),
        "winner": flip.winner,
    }


def _text(number: Number | None) -> str | None:
    """Return an exact number as text: a decimal that ends as such, any other as a fraction."""
    return None if number is None else str(Fraction(number))


def sure_of(document: Mapping[str, Any]) -> tuple[float, Fraction | None]:
    """Return how often the first bid stays first, and the smallest flip in points of 100."""
    ranked: Sequence[Mapping[str, Any]] = document["bids"]
    changes = [abs(Fraction(each["change"])) for each in document["flips"] if each["change"]]
    return ranked[0]["ranks"][0], 100 * min(changes) if changes else None
