"""What operations give of a selection: its terms, criteria, bids and evaluators."""

from datetime import datetime
from decimal import Decimal

from pydantic import Field

from tallystick.api.values import Out
from tallystick.engine.values import decimal_text
from tallystick.records.bids import Bid, is_compliant
from tallystick.records.scores import Consensus, Evaluator, Score
from tallystick.records.selections import (
    Criterion,
    CriterionEdit,
    CriterionKind,
    Phase,
    Selection,
)
from tallystick.records.valuation import criteria_of
from tallystick.records.viewer import Viewer


def figure(number: Decimal | None) -> str | None:
    """Return an exact figure as text, without zeros that say nothing."""
    return None if number is None else decimal_text(number)


class SelectionLine(Out):
    """A selection in a list."""

    id: str
    engagement: str
    phase: Phase
    currency: str
    should_cost: str | None
    bids_until: datetime
    single_source_reason: str
    single_source_approved_by: str | None
    begun_at: datetime
    begun_by: str
    opened_at: datetime | None
    scored_at: datetime | None
    awarded_at: datetime | None


class CriterionOut(Out):
    """What bids are judged by; `weight` is its part of 100 among those with one parent."""

    id: str
    parent: str | None
    kind: CriterionKind
    name: str
    question: str
    weight: str | None = Field(description="Null for a must-have.")
    unit: str
    worst: str | None = Field(description="Worth nothing.")
    target: str | None = Field(description="Worth everything.")
    anchors: dict[str, str] = Field(description="What earns 0, 3 and 5, in words.")
    needs_evidence: bool
    stated_at: datetime


class SelectionWhole(SelectionLine):
    """A selection with its criteria."""

    criteria: list[CriterionOut]


class CriterionEditOut(Out):
    """A change of a criterion after the bids were opened."""

    criterion: str
    what: str
    before: str
    after: str
    reason: str
    edited_at: datetime
    edited_by: str


class BidOut(Out):
    """A bid; what it offers is null until all bids are opened together."""

    id: str
    supplier: str
    price: str | None
    values: dict[str, str] | None = Field(description="Figures, by the id of their criterion.")
    received_at: datetime
    contacts: list[str]
    note: str
    knock_outs: dict[str, bool] = Field(description="By the id of the must-have.")
    compliant: bool | None = Field(description="Null until each must-have was looked at.")
    withdrawn_at: datetime | None
    withdrawn_because: str
    debriefed: bool


class EvaluatorOut(Out):
    """Who scores, and how far they are; never what they scored."""

    id: str
    person: str
    name: str
    named_at: datetime
    declared_at: datetime | None
    interests: str
    handed_in_at: datetime | None
    barred_at: datetime | None
    barred_because: str


class ScoreOut(Out):
    """One evaluator's score of a bid on a criterion; until the scoring is closed your own."""

    evaluator: str
    bid: str
    criterion: str
    value: str
    evidence: str
    scored_at: datetime


class ConsensusOut(Out):
    """What the evaluators agreed on for a bid and a criterion."""

    bid: str
    criterion: str
    value: str
    note: str
    moderated_at: datetime
    moderated_by: str


def selection_line(selection: Selection) -> SelectionLine:
    """Return a selection as a list gives it."""
    return SelectionLine(**_terms(selection))


def selection_whole(selection: Selection) -> SelectionWhole:
    """Return a selection with its criteria, in their order."""
    criteria = [criterion_out(each) for each in criteria_of(selection)]
    return SelectionWhole(**_terms(selection), criteria=criteria)


def _terms(selection: Selection) -> dict[str, object]:
    approver = selection.single_source_approved_by
    same = (
        "phase", "currency", "bids_until", "single_source_reason",
        "begun_at", "opened_at", "scored_at", "awarded_at",
    )  # fmt: skip
    return {name: getattr(selection, name) for name in same} | {
        "id": selection.public_id,
        "engagement": selection.engagement.public_id,
        "should_cost": figure(selection.should_cost),
        "single_source_approved_by": approver.name if approver else None,
        "begun_by": selection.begun_by.name,
    }


def criterion_out(criterion: Criterion) -> CriterionOut:
    """Return a criterion as operations give it."""
    return CriterionOut(
        id=criterion.public_id,
        parent=criterion.parent.public_id if criterion.parent else None,
        kind=CriterionKind(criterion.kind),
        name=criterion.name,
        question=criterion.question,
        weight=figure(criterion.weight),
        unit=criterion.unit,
        worst=figure(criterion.worst),
        target=figure(criterion.target),
        anchors=criterion.anchors,
        needs_evidence=criterion.needs_evidence,
        stated_at=criterion.stated_at,
    )


def edit_out(edit: CriterionEdit) -> CriterionEditOut:
    """Return a late change as operations give it."""
    return CriterionEditOut(
        criterion=edit.criterion.public_id,
        what=edit.what,
        before=edit.before,
        after=edit.after,
        reason=edit.reason,
        edited_at=edit.edited_at,
        edited_by=edit.edited_by.name,
    )


def bid_out(bid: Bid, must_haves: list[Criterion]) -> BidOut:
    """Return a bid as operations give it; `must_haves` are the knock-outs of its selection."""
    opened = bid.selection.opened_at is not None
    return BidOut(
        id=bid.public_id,
        supplier=bid.supplier.name,
        price=figure(bid.price) if opened else None,
        values=bid.values if opened else None,
        received_at=bid.received_at,
        contacts=bid.contacts,
        note=bid.note,
        knock_outs=bid.knock_outs,
        compliant=is_compliant(bid, must_haves),
        withdrawn_at=bid.withdrawn_at,
        withdrawn_because=bid.withdrawn_because,
        debriefed=hasattr(bid, "debrief"),
    )


def must_haves_of(viewer: Viewer, selection: Selection) -> list[Criterion]:
    """Return the knock-outs of a selection."""
    rows = Criterion.objects.visible_to(viewer).filter(selection=selection)
    return list(rows.filter(kind=CriterionKind.KNOCK_OUT.value))


def evaluator_out(evaluator: Evaluator) -> EvaluatorOut:
    """Return an evaluator as operations give them."""
    return EvaluatorOut(
        id=evaluator.public_id,
        person=evaluator.person.public_id,
        name=evaluator.person.name,
        named_at=evaluator.named_at,
        declared_at=evaluator.declared_at,
        interests=evaluator.interests,
        handed_in_at=evaluator.handed_in_at,
        barred_at=evaluator.barred_at,
        barred_because=evaluator.barred_because,
    )


def score_out(score: Score) -> ScoreOut:
    """Return a score as operations give it."""
    return ScoreOut(
        evaluator=score.evaluator.public_id,
        bid=score.bid.public_id,
        criterion=score.criterion.public_id,
        value=str(figure(score.value)),
        evidence=score.evidence,
        scored_at=score.scored_at,
    )


def consensus_out(agreed: Consensus) -> ConsensusOut:
    """Return a consensus as operations give it."""
    return ConsensusOut(
        bid=agreed.bid.public_id,
        criterion=agreed.criterion.public_id,
        value=str(figure(agreed.value)),
        note=agreed.note,
        moderated_at=agreed.moderated_at,
        moderated_by=agreed.moderated_by.name,
    )
