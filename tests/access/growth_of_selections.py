"""More rows of everything that a competition holds."""

from decimal import Decimal

from tallystick.records.awards import Award, Debrief, Ranking
from tallystick.records.bids import Bid, Certificate, Supplier
from tallystick.records.engagements import Engagement
from tallystick.records.people import Person
from tallystick.records.scores import Consensus, Evaluator, Score
from tallystick.records.selections import Criterion, CriterionEdit, Selection
from tallystick.records.viewer import Viewer
from tests.cast import TODAY


def selection_rows(engagement: Engagement, number: int, by: Viewer) -> None:
    """Add a row of each kind to an engagement's competition."""
    selection = Selection.objects.get(engagement=engagement)
    criterion = _criteria(selection, number, by)
    bid = _bid(selection, number, by)
    _scores(bid, criterion, number, by)
    _awards(bid, by)


def _criteria(selection: Selection, number: int, by: Viewer) -> Criterion:
    own = {"client": selection.client, "selection": selection}
    criterion = Criterion.objects.create(
        **own, kind="judged", name=f"Criterion {number}", weight=1, worst=0, target=5,
        anchors={}, stated_at=TODAY,
    )  # fmt: skip
    for each in (criterion, Criterion.objects.filter(selection=selection).earliest("id")):
        CriterionEdit.objects.create(
            **own, criterion=each, what="weight", reason="r", edited_at=TODAY, edited_by=by.person
        )
    Criterion.objects.create(
        **own, kind="knock-out", name=f"Must {number}", anchors={}, stated_at=TODAY
    )
    return criterion


def _bid(selection: Selection, number: int, by: Viewer) -> Bid:
    supplier = Supplier.objects.create(
        client=selection.client, name=f"Bidder {number}", key=f"bidder{number}", kept_at=TODAY
    )
    Certificate.objects.create(
        client=selection.client, supplier=supplier, name=f"Paper {number}", seen_at=TODAY
    )
    bid = Bid.objects.create(
        client=selection.client, selection=selection, supplier=supplier, price=1, received_at=TODAY
    )
    Debrief.objects.create(
        client=selection.client, bid=bid, text="t", written_at=TODAY, written_by=by.person
    )
    return bid


def _scores(bid: Bid, criterion: Criterion, number: int, by: Viewer) -> None:
    person = Person.objects.create(
        email=f"grown{number}-{bid.selection_id}@example.org", name=f"Grown {number}"
    )
    evaluator = Evaluator.objects.create(
        client=bid.client, selection=bid.selection, person=person, named_at=TODAY
    )
    for each in (bid, Bid.objects.filter(selection=bid.selection).earliest("id")):
        own = {"client": bid.client, "bid": each, "criterion": criterion, "value": Decimal(3)}
        Score.objects.create(**own, evaluator=evaluator, evidence="e", scored_at=TODAY)
        Consensus.objects.create(**own, note="n", moderated_at=TODAY, moderated_by=by.person)


def _awards(bid: Bid, by: Viewer) -> None:
    newest = Ranking.objects.filter(selection=bid.selection).earliest("id")
    ranking = Ranking.objects.create(
        client=bid.client,
        selection=bid.selection,
        document=newest.document,
        digest=newest.digest,
        seed=1,
        draws=1,
        engine_version="0",
        ranked_at=TODAY,
        ranked_by=by.person,
    )
    Award.objects.create(
        client=bid.client,
        selection=bid.selection,
        bid=bid,
        ranking=ranking,
        rationale="r",
        proposed_at=TODAY,
        proposed_by=by.person,
        approved=False,
    )
