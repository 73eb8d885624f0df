"""A ranking as pages and papers tell it: order, shares, flips, agreement, and who is out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import QueryDict

from tallystick.engine.scoring.evaluators import CONCORDANCE
from tallystick.records.awards import Award, Ranking, newest_ranking, standing_award
from tallystick.records.bids import Bid, is_compliant
from tallystick.records.selections import Criterion, CriterionKind, Selection
from tallystick.records.valuation import criteria_of
from tallystick.records.viewer import Viewer
from tallystick.web.bar_list import BarList
from tallystick.web.components.figures import money
from tallystick.web.components.words import ABSENT
from tallystick.web.ranking_charts import Flip, flip_chart, mark_of, marked, worth_chart
from tallystick.web.ranking_words import (
    chance,
    firm_words,
    headline,
    is_firm,
    place_words,
    plain,
    shift,
    worth,
)
from tallystick.web.tables import Column, Empty, Table

SHADES = (0.005, 0.25, 0.5, 0.75)
"""From which share on a cell is a shade darker."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A bid in its place."""

    id: str
    mark: str
    rank: int
    supplier: str
    price: str
    worth: str
    first: str
    confidence: str
    unacceptable: str

    @property
    def name(self) -> str:
        """Return its letter and its supplier, as the pairs name it."""
        return f"{self.mark} {self.supplier}"


ORDER = (
    Column("name", "Bid"),
    Column("rank", "Place", numeric=True),
    Column("worth", "Worth of 100", numeric=True),
    Column("price", "Price", numeric=True),
    Column("first", "Comes first", numeric=True),
    Column("confidence", "At its own best weights", numeric=True),
    Column("unacceptable", "Worse than acceptable", format=lambda found: found or ABSENT),
)


def order_table(book: "RankingBook", asked: QueryDict) -> Table:
    """Return the order of the bids as a table, and as the files of one."""
    return Table(
        ORDER,
        book.order,
        asked,
        caption="Order of the bids",
        empty=Empty("No bid", "No bid is in the ranking."),
        filtering=False,
    )


@dataclass(frozen=True, slots=True)
class Shaded:
    """A share with its shade, 0 to 4."""

    words: str
    shade: int


@dataclass(frozen=True, slots=True)
class RankingBook:
    """A ranking with the rows that its ids name; an award tells which ranking it rests on."""

    selection: Selection
    ranking: Ranking
    criteria: Sequence[Criterion]
    bids: Mapping[str, Bid]
    award: Award | None

    @classmethod
    def newest(cls, viewer: Viewer, selection: Selection) -> "RankingBook | None":
        """Return the ranking that counts; None before there is one."""
        award = standing_award(selection)
        ranking = award.ranking if award else newest_ranking(selection)
        return cls.of(viewer, ranking, award) if ranking else None

    @classmethod
    def of(cls, viewer: Viewer, ranking: Ranking, award: Award | None) -> "RankingBook":
        """Return a ranking as this viewer reads it."""
        selection = ranking.selection
        bids = Bid.objects.visible_to(viewer).filter(selection=selection)
        return cls(
            selection=selection,
            ranking=ranking,
            criteria=criteria_of(selection),
            bids={bid.public_id: bid for bid in bids.select_related("supplier").order_by("id")},
            award=award,
        )

    @property
    def document(self) -> Mapping[str, Any]:
        """Return the figures of the ranking."""
        known: Mapping[str, Any] = self.ranking.document
        return known

    @property
    def names(self) -> dict[str, str]:
        """Return what the criteria are called, by their id."""
        return {each.public_id: each.name for each in self.criteria}

    @property
    def sentence(self) -> str:
        """Say how firm the first place is."""
        return firm_words(self.document, self.names)

    @property
    def headline(self) -> str:
        """Say in a few words how the first place stands."""
        return headline(self.document)

    @property
    def not_first(self) -> str:
        """Say where the bid of the award stands, if it is not the first; else nothing."""
        return place_words(self.document, self.award.bid.public_id) if self.award else ""

    @property
    def firm(self) -> bool:
        """Return whether the first place is firm."""
        return is_firm(self.document)

    @property
    def order(self) -> list[Placed]:
        """Return the bids in their order."""
        return [self._placed(place, each) for place, each in enumerate(self.document["bids"])]

    def _placed(self, place: int, each: Mapping[str, Any]) -> Placed:
        bid = self.bids[each["bid"]]
        sure = each["confidence"]
        return Placed(
            id=each["bid"],
            mark=mark_of(place),
            rank=each["rank"],
            supplier=each["supplier"],
            price=money(bid.price, self.selection.currency),
            worth=worth(each["total"]),
            first=chance(each["ranks"][0]),
            confidence="Never first" if sure is None else chance(sure),
            unacceptable=", ".join(self.names.get(key, key) for key in each["unacceptable"]),
        )

    @property
    def contributions(self) -> BarList:
        """Return what each criterion adds to the worth of each bid."""
        return worth_chart(self.document, self.criteria)

    @property
    def ranks(self) -> list[tuple[str, list[Shaded]]]:
        """Return in which share of draws each bid comes in each place."""
        return [
            (name, [shaded(share) for share in each["ranks"]])
            for name, each in zip(marked(self.document), self.document["bids"], strict=True)
        ]

    @property
    def wins(self) -> list[tuple[str, str, list[Shaded | None]]]:
        """Return in which share of draws each bid beats each other one."""
        bids = self.document["bids"]
        return [
            (
                mark_of(place),
                each["supplier"],
                [shaded(each["wins"][o["bid"]]) if o is not each else None for o in bids],
            )
            for place, each in enumerate(bids)
        ]

    @property
    def marks(self) -> list[tuple[str, str]]:
        """Return the letter of each bid with its supplier."""
        return [(mark_of(n), each["supplier"]) for n, each in enumerate(self.document["bids"])]

    @property
    def flips(self) -> list[Flip]:
        """Return how little of each weight puts another first, the least first."""
        suppliers = {each["bid"]: each["supplier"] for each in self.document["bids"]}
        found = [
            (
                self.names.get(each["criterion"], each["criterion"]),
                shift(each["change"]),
                _then(worth(each["weight"]), suppliers.get(each["winner"] or "")),
                None if each["change"] is None else Fraction(each["change"]),
            )
            for each in self.document["flips"]
        ]
        return sorted(found, key=lambda each: (each[3] is None, abs(each[3] or Fraction(0))))

    @property
    def flip_chart(self) -> BarList:
        """Return the same as bars to the left, for less, or to the right, for more."""
        return flip_chart(self.flips)

    @property
    def unmoved(self) -> list[str]:
        """Return the criteria of which no change alone puts another bid first."""
        return [name for name, _, _, change in self.flips if change is None]

    @property
    def agreement(self) -> list[tuple[str, str, bool]]:
        """Return Kendall's W of each judged criterion, and whether it is low."""
        found: Mapping[str, str | None] = self.document["agreement"]
        judged = [each for each in self.criteria if each.public_id in found]
        return [
            (each.name, plain(w), w is not None and Fraction(w) < CONCORDANCE)
            for each in judged
            for w in [found[each.public_id]]
        ]

    @property
    def low_prices(self) -> list[str]:
        """Say which prices are abnormally low."""
        return [
            f"{self.bids[each['bid']].supplier.name} asks "
            f"{chance(float(Fraction(each['share'])))} of "
            f"{'the median of the others' if each['of_others'] else 'the should-cost'}. "
            "Ask how it can."
            for each in self.document["low_prices"]
        ]

    @property
    def out(self) -> list[tuple[str, str]]:
        """Return the bids that are not in the ranking, and why."""
        musts = [each for each in self.criteria if each.kind == CriterionKind.KNOCK_OUT]
        ranked = {each["bid"] for each in self.document["bids"]}
        return [
            (bid.supplier.name, _why_out(bid, musts))
            for key, bid in self.bids.items()
            if key not in ranked
        ]


def shaded(share: float) -> Shaded:
    """Return a share in words with its shade."""
    return Shaded(chance(share), sum(share >= step for step in SHADES))


def _then(weight: str, winner: str | None) -> str:
    return f"weighs {weight} now" + (f"; then {winner} is first" if winner else "")


def _why_out(bid: Bid, musts: list[Criterion]) -> str:
    if bid.withdrawn_at:
        return f"Taken out: {bid.withdrawn_because}"
    if is_compliant(bid, musts) is False:
        failed = [each.name for each in musts if bid.knock_outs.get(each.public_id) is False]
        return f"Does not meet {', '.join(failed)}"
    return "Figures were missing when the bids were ranked"
