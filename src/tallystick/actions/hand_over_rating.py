"""Hand one's rating over: once both parties have, each reads the other's."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter
from tallystick.actions.rate_party import HandedOver, demand_newest
from tallystick.actions.refusals import require
from tallystick.engine.refusals import Refusal
from tallystick.records.evidence_packs import EvidencePack
from tallystick.records.ratings import Rating, SharedRating
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class NotRated(Refusal):
    """There is no rating to hand over."""

    code = "rating.none"


@transaction.atomic
def hand_over_rating(*, pack: EvidencePack, by: Viewer, as_of: datetime) -> Rating:
    """
    Seal one's own party's rating; the second one opens both.

    Raises:
        NotPermitted, EvidenceSuperseded, NotRated, HandedOver
    """
    require(by, Duty.RATE)
    held_engagement(pack.engagement_id)
    demand_newest(pack)
    rating = Rating.objects.filter(pack=pack, organisation=by.organisation).first()
    if rating is None:
        raise NotRated("You have not rated the other party.", remedy="Give your marks first.")
    if rating.handed_over_at:
        raise HandedOver("Your rating was handed over.", remedy="Nothing needs doing.")
    rating.handed_over_at = as_of
    rating.save()
    handed = list(Rating.objects.filter(pack=pack).exclude(handed_over_at=None))
    both = len(handed) > 1
    if both:
        _open(pack, handed, as_of)
    enter(
        rating,
        f"Handed over the rating of {by.organisation.name}."
        + (" Both parties now read both." if both else ""),
        action="hand_over_rating",
        payload={"pack": pack.public_id, "both": both},
        chain=pack.engagement,
        by=by,
        as_of=as_of,
    )
    return rating


def _open(pack: EvidencePack, handed: list[Rating], as_of: datetime) -> None:
    SharedRating.objects.bulk_create(
        SharedRating(
            engagement=pack.engagement,
            pack=pack,
            organisation=each.organisation,
            marks=each.marks,
            shared_at=as_of,
        )
        for each in handed
    )
