"""Whose word can be relied on: a client's promises held against what came, grouped."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Generic, TypeVar

from django.db.models import Count, F

from tallystick.engine.reviews.ratings import mean_of
from tallystick.engine.scoring.delivered import Predicted, TrackRecord, track_records
from tallystick.records.awards import Award, Ranking
from tallystick.records.bids import folded
from tallystick.records.delivered_scores import DeliveredScore, points_of, weighed_in
from tallystick.records.ratings import Rating
from tallystick.records.references import Reference

if TYPE_CHECKING:
    from datetime import date

    from tallystick.records.bids import Supplier
    from tallystick.records.engagements import Engagement
    from tallystick.records.viewer import Viewer

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Kept:
    """One promise and what came of it, in points of 100."""

    score: DeliveredScore
    promised: Fraction
    delivered: Fraction

    @property
    def award(self) -> Award:
        """Return the award that the promise won."""
        return self.score.award

    @property
    def short(self) -> Fraction:
        """Return by how much less came than was promised."""
        return self.promised - self.delivered


@dataclass(frozen=True, slots=True)
class Told:
    """What a referee said of a bid that won, and how the client rated the work, of 5 marks."""

    reference: Reference
    said: Fraction
    rated: Fraction


@dataclass(frozen=True, slots=True)
class Named(Generic[Key]):
    """A track record with the name of whom or what it is of."""

    name: str
    record: TrackRecord[Key]


@dataclass(frozen=True, slots=True)
class TrackRecords:
    """
    What a client's own records say of promises, and the pairs that it was computed from.

    Suppliers and criteria are told in points of 100, referees in marks of 5.
    """

    suppliers: Mapping[int, Named[int]]
    criteria: Mapping[str, Named[str]]
    referees: Mapping[str, Named[str]]
    kept: tuple[Kept, ...]
    told: tuple[Told, ...]


def track_records_of(viewer: Viewer) -> TrackRecords:
    """Return whose word the viewer's organisation can rely on, in a fixed number of queries."""
    kept, told = tuple(_kept(viewer)), tuple(_told(viewer))
    return TrackRecords(
        suppliers=_named(
            (
                each.award.bid.supplier.name,
                Predicted(_supplier(each), each.promised, each.delivered),
            )
            for each in kept
        ),
        criteria=_named(
            (
                each.score.criterion.name,
                Predicted(criterion_key(each.score.criterion.name), each.promised, each.delivered),
            )
            for each in kept
        ),
        referees=_named(
            (each.reference.organisation, Predicted(each.reference.key, each.said, each.rated))
            for each in told
        ),
        kept=kept,
        told=told,
    )


def criterion_key(name: str) -> str:
    """Return a criterion's name as it is compared over selections."""
    return " ".join(name.casefold().split())


def _supplier(kept: Kept) -> int:
    key: int = kept.award.bid.supplier_id
    return key


def _named(pairs: Iterable[tuple[str, Predicted[Key]]]) -> dict[Key, Named[Key]]:
    """Return a record for each key under the name that it had last, in the order of names."""
    given = list(pairs)
    names = {pair.key: name for name, pair in given}
    found = [Named(names[each.key], each) for each in track_records(pair for _, pair in given)]
    return {each.record.key: each for each in sorted(found, key=lambda each: each.name.casefold())}


def _kept(viewer: Viewer) -> Iterable[Kept]:
    """Give each promise of an approved award that was judged, by its newest score."""
    approved = Award.objects.visible_to(viewer).filter(approved=True)
    rankings = Ranking.objects.visible_to(viewer).filter(pk__in=approved.values("ranking"))
    # A document is large; of it only what the promises rest on is read.
    documents = {
        key: (weighed_in(criteria), figures)
        for key, criteria, figures in rankings.values_list(
            "pk", "document__criteria", "document__figures"
        )
    }
    rows = DeliveredScore.objects.visible_to(viewer).filter(award__approved=True)
    newest = {
        (row.award_id, row.criterion_id): row
        for row in rows.select_related(
            "criterion", "judged_by", "award__bid__supplier", "award__selection__engagement"
        ).order_by("judged_at", "id")
    }
    for row in sorted(newest.values(), key=lambda row: (row.judged_at, row.pk)):
        weighed, figures = documents[row.award.ranking_id]
        key = row.criterion.public_id
        anchors = weighed[key][1]
        promised = Fraction(figures[row.award.bid.public_id][key])
        yield Kept(row, points_of(anchors, promised), points_of(anchors, row.figure))


def _told(viewer: Viewer) -> Iterable[Told]:
    """Give each call about a bid that won beside the client's newest rating of the work."""
    ratings = Rating.objects.visible_to(viewer).filter(
        engagement__selection__awards__approved=True, handed_over_at__isnull=False
    )
    newest = {each.engagement_id: each for each in ratings.order_by("rated_at", "id")}
    calls = Reference.objects.visible_to(viewer).filter(
        bid__awards__approved=True, called_on__isnull=False
    )
    for each in calls.select_related(
        "bid__supplier", "bid__selection__engagement__provider"
    ).order_by("called_on", "id"):
        engagement = each.bid.selection.engagement
        rating, said = newest.get(engagement.pk), each.mark
        if rating is None or said is None or not _works(each.bid.supplier, engagement):
            continue
        rated = mean_of(mark["mark"] for mark in rating.marks.values())
        if rated is not None:
            yield Told(each, said, rated)


def _works(supplier: Supplier, engagement: Engagement) -> bool:
    """Return whether the company that won is the one that was rated."""
    provider = engagement.provider
    if provider is None:
        return False
    known = supplier.organisation_id
    return bool(known == provider.pk if known else supplier.key == folded(provider.name))


@dataclass(frozen=True, slots=True)
class ToJudge:
    """An approved award whose work has begun, with how many of its promises were judged."""

    award: Award
    judged: int
    promised: int


def to_judge(viewer: Viewer, on: date) -> list[ToJudge]:
    """Return the awards of which a promise waits to be held against what came, the oldest first."""
    awards = (
        Award.objects.visible_to(viewer)
        .filter(approved=True, selection__engagement__starts_on__lte=on)
        .annotate(
            weighed=F("ranking__document__criteria"),
            judged=Count("delivered_scores__criterion", distinct=True),
        )
        .select_related("bid__supplier", "selection__engagement")
        .order_by("selection__engagement__starts_on", "id")
    )
    found = [ToJudge(each, each.judged, len(each.weighed)) for each in awards]
    return [each for each in found if each.judged < each.promised]
