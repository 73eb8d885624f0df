"""What the demo's bidders are judged by, what they offer, and what each evaluator makes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tallystick.records.selections import CriterionKind

SHOULD_COST = Decimal(2_700_000)
ALDER, BALTIC, KESTREL, SUNDIAL = "Alder Works", "Baltic Desk", "Kestrel Systems", "Sundial IT"


@dataclass(frozen=True, slots=True)
class Asked:
    """One criterion of the demo."""

    name: str
    weight: Decimal | None
    kind: CriterionKind = CriterionKind.JUDGED
    group: str = ""
    question: str = ""
    unit: str = ""
    worst: Decimal | None = None
    target: Decimal | None = None
    anchors: Mapping[str, str] = field(default_factory=dict)


def judged(name: str, weight: str, group: str, question: str, *earns: str) -> Asked:
    """Return a judged criterion with what earns 0, 3 and 5."""
    anchors = dict(zip(("0", "3", "5"), earns, strict=True))
    return Asked(name, Decimal(weight), group=group, question=question, anchors=anchors)


CRITERIA = (
    Asked("ISO 27001 certificate", None, CriterionKind.KNOCK_OUT, question="Valid on day one."),
    Asked("Desk speaks German", None, CriterionKind.KNOCK_OUT, question="At level C1, 7 to 19 h."),
    Asked(
        "Price",
        Decimal(35),
        CriterionKind.PRICE,
        unit="EUR",
        worst=Decimal(3_240_000),
        target=Decimal(2_160_000),
    ),
    Asked("Delivery", Decimal(40), CriterionKind.GROUP),
    judged(
        "Transition plan", "40", "Delivery", "How the work is taken over, step by step.",
        "No plan, or one without dates.", "Dates and owners; acceptance is named.",
        "Rehearsed at a client of our size, with what went wrong.",
    ),
    judged(
        "Named team", "35", "Delivery", "Who does the work from the first day.",
        "Nobody is named.", "The leads are named and free.",
        "All key people are named, met, and bound for a year.",
    ),
    judged(
        "Tooling", "25", "Delivery", "How devices are staged, patched and tracked.",
        "By hand.", "One tool, with an interface to our inventory.",
        "Shown on our own devices in the pilot.",
    ),
    Asked("Working together", Decimal(25), CriterionKind.GROUP),
    judged(
        "Communication", "60", "Working together", "How bad news reaches us, and when.",
        "Through the account manager, monthly.", "Weekly, both leads, with open points.",
        "Two former clients say: before we saw it ourselves.",
    ),
    judged(
        "Ways of working", "40", "Working together", "How decisions are made and written down.",
        "Nothing is said.", "Described, and like ours.", "Seen in the pilot.",
    ),
)  # fmt: skip

BIDS = (
    (BALTIC, "2430000", "piotr@balticdesk.example"),
    (KESTREL, "2395000", "grace@kestrel.example"),
    (ALDER, "2890000", "r.alder@alderworks.example"),
    (SUNDIAL, "2205000", "bids@sundial.example"),
)

SHEETS: Mapping[str, Mapping[str, str]] = {
    BALTIC: {
        "Transition plan": "4", "Named team": "3.5", "Tooling": "3",
        "Communication": "4", "Ways of working": "3.5",
    },
    KESTREL: {
        "Transition plan": "3.5", "Named team": "3", "Tooling": "3.5",
        "Communication": "3.5", "Ways of working": "3",
    },
    ALDER: {
        "Transition plan": "4.5", "Named team": "4", "Tooling": "4",
        "Communication": "3.5", "Ways of working": "4",
    },
    SUNDIAL: {
        "Transition plan": "2", "Named team": "2", "Tooling": "3",
        "Communication": "2.5", "Ways of working": "2.5",
    },
}  # fmt: skip
"""What an evaluator without leanings gives."""

LENIENCE = tuple(Decimal(each) for each in ("0", "0.5", "-0.5", "0", "0.5"))
"""How much more each evaluator gives every second bidder, and less the others."""

AGREED = (
    (KESTREL, "Named team", "3.5", "Two of the three leads were met since; the third is on leave."),
    (ALDER, "Communication", "3", "One former client waited a month for bad news."),
)

APART: Mapping[tuple[int, str, str], str] = {
    (1, KESTREL, "Communication"): "2",
    (4, KESTREL, "Communication"): "5",
    (2, ALDER, "Tooling"): "2",
}
"""Scores that lie far from the others': by the evaluator's place, bidder and criterion."""


@dataclass(frozen=True, slots=True)
class Contest:
    """
    A competition of the demo: what is asked, who bids, and what judges make of it.

    `bids` are (supplier, price, contact), `agreed` is what was moderated, with a note.
    """

    should_cost: Decimal
    criteria: Sequence[Asked]
    bids: Sequence[tuple[str, str, str]]
    sheets: Mapping[str, Mapping[str, str]]
    agreed: Sequence[tuple[str, str, str, str]] = ()
    apart: Mapping[tuple[int, str, str], str] = field(default_factory=dict)

    def as_judged(self, judge: int, place: int, supplier: str, criterion: str) -> Decimal:
        """Return what an evaluator gives: every second bid is met by the opposite leaning."""
        if apart := self.apart.get((judge, supplier, criterion)):
            return Decimal(apart)
        leaning = LENIENCE[judge] if place % 2 else -LENIENCE[judge]
        usual = Decimal(self.sheets[supplier][criterion])
        return min(max(usual + leaning, Decimal(0)), Decimal(5))


WORKPLACE = Contest(SHOULD_COST, CRITERIA, BIDS, SHEETS, AGREED, APART)


def evidence(criterion: str) -> str:
    """Return what a score rests on."""
    return f"Bid, chapter “{criterion}”, and the presentation."
