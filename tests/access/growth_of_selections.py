"""More rows of everything that a competition holds."""

from decimal import Decimal

from tallystick.records.awards import Award, Debrief, Ranking
from tallystick.records.bids import Bid, Certificate, Supplier
from tallystick.records.delivered_scores import DeliveredScore
from tallystick.records.engagements import Engagement
from tallystick.records.evidence_packs import EvidencePack
from tallystick.records.people import Person
from tallystick.records.ratings import Rating
from tallystick.records.references import Reference
from tallystick.records.scores import Consensus, Evaluator, Score
from tallystick.records.selections import Criterion, CriterionEdit, Selection
from tallystick.records.viewer import Viewer
from tests.bidding import FOURS
from tests.cast import TODAY


def selection_rows(engagement: Engagement, number: int, by: Viewer) -> None:
    """Add a row of each kind to an engagement's competition."""
    selection = Selection.objects.get(engagement=engagement)
    criterion = _criteria(selection, number, by)
    bid = _bid(selection, number, by)
    _scores(bid, criterion, number, by)
    _awards(bid, by)
    _deliveries(selection, number, by)


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


def _deliveries(selection: Selection, number: int, by: Viewer) -> None:
    """Judge the award once more, and add one of another competition with a referee of its own."""
    award = Award.objects.get(selection=selection, approved=True)
    first = DeliveredScore.objects.filter(award=award).earliest("id")
    judged = {"figure": Decimal(3), "evidence": f"Seen {number}", "judged_by": by.person}
    DeliveredScore.objects.create(
        **judged, client=award.client, award=award, criterion=first.criterion, judged_at=TODAY
    )
    other = _another_award(award, number, by)
    for criterion in other.selection.criteria.all():
        DeliveredScore.objects.create(
            **judged, client=award.client, award=other, criterion=criterion, judged_at=TODAY
        )
    Reference.objects.create(
        client=award.client, bid=other.bid, organisation=f"Grown referee {number}",
        key=f"grownreferee{number}", source="found", relationship="live", similarity=50,
        planned_at=TODAY, called_on=TODAY.date(), interviewer=by.person, marks=FOURS,
    )  # fmt: skip
    known = EvidencePack.objects.filter(engagement=selection.engagement).earliest("id")
    pack = EvidencePack.objects.create(
        engagement=other.selection.engagement, kind="mid-term", document=known.document,
        digest=known.digest, opened_at=TODAY, opened_by=by.person,
    )  # fmt: skip
    Rating.objects.create(
        engagement=other.selection.engagement, pack=pack,
        organisation=by.organisation, marks={"again": {"mark": 4, "evidence": "e"}},
        rated_at=TODAY, rated_by=by.person, handed_over_at=TODAY,
    )  # fmt: skip


def _another_award(award: Award, number: int, by: Viewer) -> Award:
    """Return an approved award of an engagement that was grown, with one criterion."""
    engagement = Engagement.objects.get(public_id=f"grown{number:07d}")
    supplier = award.bid.supplier
    Supplier.objects.filter(pk=supplier.pk).update(organisation=engagement.provider)
    selection = Selection.objects.create(
        client=award.client, engagement=engagement, currency="EUR", bids_until=TODAY,
        begun_at=TODAY, begun_by=by.person, awarded_at=TODAY,
    )  # fmt: skip
    own = {"client": award.client, "selection": selection}
    criterion = Criterion.objects.create(
        **own, kind="judged", name=f"Promise {number}", weight=100, worst=0, target=5, anchors={},
        stated_at=TODAY,
    )  # fmt: skip
    bid = Bid.objects.create(**own, supplier=supplier, price=1, received_at=TODAY)
    key = criterion.public_id
    ranking = Ranking.objects.create(
        **own,
        document=award.ranking.document
        | {
            "criteria": [{"id": key, "weight": "1", "worst": "0", "target": "5"}],
            "figures": {bid.public_id: {key: "4"}},
        },
        digest=award.ranking.digest, seed=1, draws=1, engine_version="0", ranked_at=TODAY,
        ranked_by=by.person,
    )  # fmt: skip
    return Award.objects.create(
        **own, bid=bid, ranking=ranking, rationale="r", proposed_at=TODAY, proposed_by=by.person,
        approved=True, decided_at=TODAY,
    )  # fmt: skip
