"""Mid-term and closing reviews that wait for the viewer's party: to be written, or signed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from tallystick.engine.reviews.parts import NEEDED
from tallystick.records.engagements import Engagement
from tallystick.records.evidence_packs import EvidencePack, ReviewDraft
from tallystick.records.reviews import Review
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@dataclass(frozen=True, slots=True)
class OpenReview:
    """One review that waits: which, what for, and the page on which that is done."""

    kind: str
    duty: Duty
    url: str

    @property
    def sentence(self) -> str:
        """Say what is to be done."""
        does = {Duty.SIGN_REVIEW: "Sign", Duty.COUNTERSIGN_REVIEW: "Countersign"}
        return f"{does.get(self.duty, 'Write on')} the {self.kind} review"


def open_reviews(
    viewer: Viewer, engagements: Sequence[Engagement]
) -> Mapping[int, Sequence[OpenReview]]:
    """Return what waits for the viewer's party in each engagement, in one query."""
    found: dict[int, list[OpenReview]] = {}
    waiting = _unsigned if viewer.is_client else _not_countersigned
    for pack, duty, page in waiting(viewer, engagements):
        each = OpenReview(pack.kind, duty, reverse(page, args=[pack.public_id]))
        found.setdefault(pack.engagement_id, []).append(each)
    return found


def _unsigned(
    viewer: Viewer, engagements: Sequence[Engagement]
) -> Iterable[tuple[EvidencePack, Duty, str]]:
    drafts = ReviewDraft.objects.visible_to(viewer).filter(
        pack__engagement__in=engagements, pack__superseded_by=None, pack__review=None
    )
    for draft in drafts.select_related("pack").order_by("id"):
        if draft.outcome and draft.reasons and all(part in draft.judgements for part in NEEDED):
            yield draft.pack, Duty.SIGN_REVIEW, "review_sign"
        else:
            yield draft.pack, Duty.HOLD_REVIEW, "review_judge"


def _not_countersigned(
    viewer: Viewer, engagements: Sequence[Engagement]
) -> Iterable[tuple[EvidencePack, Duty, str]]:
    signed = Review.objects.visible_to(viewer).filter(engagement__in=engagements)
    left = signed.exclude(pack=None).exclude(signatures__organisation=viewer.organisation)
    for review in left.select_related("pack").order_by("id"):
        if review.pack is not None:
            yield review.pack, Duty.COUNTERSIGN_REVIEW, "review_countersign"
