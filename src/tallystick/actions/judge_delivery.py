"""Hold what was delivered against what a bid had promised, criterion by criterion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from tallystick.actions.refusals import require
from tallystick.actions.score_bid import STEP
from tallystick.actions.selection_phases import tell
from tallystick.actions.sent_twice import sent_before
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.engine.scoring.anchors import LEAST, MOST
from tallystick.engine.values import decimal_text
from tallystick.records.awards import Award
from tallystick.records.delivered_scores import DeliveredScore, weighed_in
from tallystick.records.roles import Duty
from tallystick.records.selections import Criterion, CriterionKind, Selection
from tallystick.records.viewer import Viewer

SMALLEST, BEYOND = Decimal("0.0001"), Decimal(10) ** 12
"""The finest figure that is kept, and the first one that is too large to be."""
CENT = Decimal("0.01")
LONGEST = 4_000


class NotAwarded(Refusal):
    """Only what an approved award promised is held against what came."""

    code = "delivered.not-awarded"


class NotBegun(Refusal):
    """Before the work begins nothing was delivered."""

    code = "delivered.not-begun"


class NothingJudged(Refusal):
    """A judgement says something of one criterion at least."""

    code = "delivered.nothing"


class NotWeighed(Refusal):
    """Nothing was promised on a criterion that the ranking did not weigh."""

    code = "delivered.not-weighed"


class FigureOffScale(Refusal):
    """A delivered figure cannot be one of its criterion."""

    code = "delivered.off-scale"


class EvidenceMissing(Refusal):
    """A figure without anything that shows it would be an opinion."""

    code = "delivered.evidence-missing"


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came of a promise, on the criterion's own scale, and what shows it."""

    figure: Decimal
    evidence: str


@transaction.atomic
def judge_delivery(
    *, award: Award, given: Mapping[Criterion, Delivered], by: Viewer, as_of: datetime
) -> list[DeliveredScore]:
    """
    Keep what came of the promises of an award; the newest of a criterion counts, older ones stay.

    Raises:
        NotPermitted, TextTooLong, NotAwarded, NotBegun, NothingJudged, NotWeighed,
        FigureOffScale, EvidenceMissing
    """
    require(by, Duty.HOLD_REVIEW)
    award = _held(award, as_of)
    if not given:
        raise NothingJudged(
            "Nothing is judged.", place="scores", remedy="Give a figure for one criterion at least."
        )
    weighed = weighed_in(award.ranking.document["criteria"])
    kept = [
        DeliveredScore(
            client=award.client,
            award=award,
            criterion=criterion,
            figure=_figure(criterion, said.figure, weighed),
            evidence=_evidence(criterion, said.evidence),
            judged_at=as_of,
            judged_by=by.person,
        )
        for criterion, said in given.items()
    ]
    if before := _sent_before(kept, by, as_of):
        return before
    for each in kept:
        each.save()
    _enter(award, kept, by, as_of)
    return kept


def _enter(award: Award, kept: Sequence[DeliveredScore], by: Viewer, as_of: datetime) -> None:
    tell(
        kept[0],
        f"Judged what {award.bid.supplier.name} delivered on "
        f"{', '.join(each.criterion.name for each in kept)}.",
        action="judge_delivery",
        payload={
            "award": award.public_id,
            "scores": {
                each.criterion.public_id: {
                    "figure": decimal_text(each.figure),
                    "evidence": each.evidence,
                }
                for each in kept
            },
        },
        selection=award.selection,
        by=by,
        as_of=as_of,
    )


def _sent_before(
    kept: Sequence[DeliveredScore], by: Viewer, as_of: datetime
) -> list[DeliveredScore]:
    """Return what the same form made a moment ago, if it was sent by one click too many."""
    found = [
        sent_before(
            DeliveredScore.objects.filter(award=each.award, criterion=each.criterion),
            "judged_at",
            "judged_by",
            by=by,
            as_of=as_of,
            figure=each.figure,
            evidence=each.evidence,
        )
        for each in kept
    ]
    return [each for each in found if each] if all(found) else []


def _held(award: Award, as_of: datetime) -> Award:
    """Return the award as it is now, held until the act is done."""
    Selection.objects.select_for_update(of=("self",)).get(pk=award.selection_id)
    held: Award = Award.objects.select_related(
        "client", "ranking", "bid__supplier", "selection__engagement"
    ).get(pk=award.pk)
    if held.approved is not True:
        raise NotAwarded(
            "This award is not approved.",
            place="award",
            remedy="Let it be decided first: what did not win has nothing to deliver.",
        )
    begins = held.selection.engagement.starts_on
    if as_of.date() < begins:
        raise NotBegun(
            f"The work begins on {begins:%Y-%m-%d}.",
            place="engagement",
            remedy="Come back at the first review, once there is something to look at.",
        )
    return held


def _figure(criterion: Criterion, figure: Decimal, weighed: Mapping[str, object]) -> Decimal:
    place = f"figure_{criterion.public_id}"
    if criterion.public_id not in weighed:
        raise NotWeighed(
            f"“{criterion.name}” was not weighed in the ranking of this award.",
            place=place,
            remedy="Judge the criteria that its promises were made on.",
        )
    remedy = _off_scale(criterion, figure)
    if remedy:
        raise FigureOffScale(
            f"“{criterion.name}” cannot have come to this.", place=place, remedy=remedy
        )
    return figure


def _off_scale(criterion: Criterion, figure: Decimal) -> str:
    """Return what would do instead; empty where the figure does."""
    sound = figure.is_finite() and abs(figure) < BEYOND
    if criterion.kind == CriterionKind.JUDGED:
        fits = sound and LEAST <= figure <= MOST and not figure % STEP
        return "" if fits else f"Give a number from {LEAST} to {MOST}, in halves."
    if criterion.kind == CriterionKind.PRICE:
        fits = sound and figure >= 0 and not figure % CENT
        return "" if fits else "Give what the whole term came to, to the cent; it is not below 0."
    fits = sound and not figure % SMALLEST
    return "" if fits else "Give a number with at most four decimals."


def _evidence(criterion: Criterion, evidence: str) -> str:
    place = f"evidence_{criterion.public_id}"
    kept = checked(evidence, place, longest=LONGEST, needed=False)
    if not kept:
        raise EvidenceMissing(
            f"Nothing shows what came of “{criterion.name}”.",
            place=place,
            remedy="Say what shows it: a statement, a review, an invoice.",
        )
    return kept
