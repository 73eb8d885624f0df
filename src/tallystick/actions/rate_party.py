"""Rate the other party at a review: marks with a sentence of evidence each, sealed for now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.engine.reviews.perceived import MOST
from tallystick.engine.reviews.ratings import RATED
from tallystick.records.evidence_packs import EvidencePack
from tallystick.records.ratings import Rating
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

LONGEST_EVIDENCE = 500


class MarkRefused(Refusal):
    """A dimension has no mark from 1 to 5, or is none of one's own."""

    code = "rating.mark-refused"


class HandedOver(Refusal):
    """The rating was handed over: nobody changes it any more."""

    code = "rating.handed-over"


class EvidenceSuperseded(Refusal):
    """The evidence was taken anew since: ratings go on under the newer pack."""

    code = "rating.evidence-superseded"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on one dimension, and what shows it."""

    mark: int
    evidence: str


@transaction.atomic
def rate_party(
    *, pack: EvidencePack, marks: Mapping[str, Mark], by: Viewer, as_of: datetime
) -> Rating:
    """
    Keep one's own party's marks, in place of those before; the other party reads none of them.

    Raises:
        NotPermitted, EvidenceSuperseded, MarkRefused, HandedOver, TextNeeded, TextTooLong
    """
    require(by, Duty.RATE)
    held_engagement(pack.engagement_id)
    demand_newest(pack)
    kept = _kept(marks, by)
    rating = Rating.objects.filter(pack=pack, organisation=by.organisation).first()
    if rating is None:
        rating = Rating(engagement=pack.engagement, pack=pack, organisation=by.organisation)
    if rating.handed_over_at:
        raise HandedOver(
            "Your rating was handed over.", remedy="Say what has changed as a comment."
        )
    rating.marks, rating.rated_at, rating.rated_by = kept, as_of, by.person
    rating.save()
    enter(
        rating,
        f"Rated the other party of {pack.engagement.name}.",
        action="rate_party",
        payload={"pack": pack.public_id, "marks": kept},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    return rating


def demand_newest(pack: EvidencePack) -> None:
    """
    Let only the pack go on that no later one supersedes.

    Raises:
        EvidenceSuperseded
    """
    if EvidencePack.objects.filter(supersedes=pack).exists():
        raise EvidenceSuperseded(
            "The evidence was taken anew since.", remedy="Rate under the newer evidence."
        )


def _kept(marks: Mapping[str, Mark], by: Viewer) -> dict[str, dict[str, int | str]]:
    dimensions = RATED[by.organisation.side]
    for name in [*dimensions, *marks]:
        if name not in dimensions or name not in marks or not 1 <= marks[name].mark <= MOST:
            raise MarkRefused(
                f"“{dimensions.get(name, name)}” needs a mark from 1 to {MOST}."
                if name in dimensions
                else f"There is no dimension {name!r}.",
                place=name,
                remedy=f"Give one mark, from 1 to {MOST}, on each dimension of your side.",
            )
    return {
        name: {
            "mark": marks[name].mark,
            "evidence": checked(marks[name].evidence, f"evidence_{name}", longest=LONGEST_EVIDENCE),
        }
        for name in dimensions
    }
