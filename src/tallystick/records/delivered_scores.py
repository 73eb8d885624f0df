"""Delivered scores: what came of each promise of a bid that won, beside what was promised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.db import models

from tallystick.engine.scoring.anchors import Anchors
from tallystick.records.audience import ClientPrivate
from tallystick.records.awards import Award
from tallystick.records.selections import Criterion, Selection

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from tallystick.engine.values import Number
    from tallystick.records.viewer import Viewer

WHOLE = 100
"""What the target of a criterion is worth, in points."""


class DeliveredScore(ClientPrivate):
    """
    What came of one promise of a bid that won, in the criterion's own unit, and what shows it.

    Judged criteria keep their scale and the words written before the bids were opened; for the
    price it is what the whole term came to. The newest of a criterion counts; older ones stay.
    """

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="delivered_scores")
    criterion = models.ForeignKey(
        Criterion, on_delete=models.PROTECT, related_name="delivered_scores"
    )
    figure = models.DecimalField(max_digits=16, decimal_places=4)
    evidence = models.TextField()
    judged_at = models.DateTimeField()
    judged_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(evidence=""), name="delivered_score_has_evidence"
            )
        ]
        indexes = [models.Index(fields=["award", "criterion", "-judged_at"])]


@dataclass(frozen=True, slots=True)
class Promise:
    """
    What a bid that won promised on one criterion, and what was judged of it, the newest first.

    `figure` and `anchors` are those of the ranking that the award rests on: neither moves later.
    """

    criterion: Criterion
    weight: Fraction
    anchors: Anchors
    figure: Fraction
    scores: Sequence[DeliveredScore] = ()

    @property
    def points(self) -> Fraction:
        """Return what was promised, in points of 100."""
        return points_of(self.anchors, self.figure)

    @property
    def newest(self) -> DeliveredScore | None:
        """Return the delivered score that counts."""
        return self.scores[0] if self.scores else None

    @property
    def delivered(self) -> Fraction | None:
        """Return what came, in points of 100; None before anybody judged it."""
        return points_of(self.anchors, self.newest.figure) if self.newest else None

    @property
    def short(self) -> Fraction | None:
        """Return by how many points less came than was promised; below 0, by how many more."""
        return None if self.delivered is None else self.points - self.delivered


@dataclass(frozen=True, slots=True)
class Promises:
    """What an approved award promised; without one nothing is promised."""

    selection: Selection
    award: Award | None
    all: Sequence[Promise]

    @property
    def judged(self) -> list[Promise]:
        """Return those that were held against what came."""
        return [each for each in self.all if each.newest]

    def have_begun(self, on: date) -> bool:
        """Return whether there is work to look at."""
        return self.award is not None and self.selection.engagement.starts_on <= on

    @property
    def together(self) -> tuple[Fraction | None, Fraction | None]:
        """Return what was promised and what came on the judged criteria, by their weights."""
        weight = sum((each.weight for each in self.judged), Fraction(0))
        if not weight:
            return None, None
        promised = sum((each.weight * each.points for each in self.judged), Fraction(0))
        came = sum((each.weight * (each.delivered or 0) for each in self.judged), Fraction(0))
        return promised / weight, came / weight


def points_of(anchors: Anchors, figure: Decimal | Number) -> Fraction:
    """Return what a figure is worth on its anchors, in points of 100."""
    return WHOLE * anchors.utility(figure)


def weighed_in(criteria: Sequence[Mapping[str, Any]]) -> dict[str, tuple[Fraction, Anchors]]:
    """Return weight and anchors of each criterion that a ranking weighed, by its public id."""
    return {
        each["id"]: (
            Fraction(each["weight"]),
            Anchors(Fraction(each["worst"]), Fraction(each["target"])),
        )
        for each in criteria
    }


def promises_of(viewer: Viewer, selection: Selection) -> Promises:
    """Return what the bid that won promised and what came of it, in the criteria's order."""
    award = (
        Award.objects.visible_to(viewer)
        .filter(selection=selection, approved=True)
        .select_related("bid__supplier", "ranking")
        .first()
    )
    return Promises(selection, award, _promises(viewer, award) if award else ())


def _promises(viewer: Viewer, award: Award) -> list[Promise]:
    document = award.ranking.document
    figures = document["figures"][award.bid.public_id]
    scores = _scores(viewer, award)
    known = {
        each.public_id: each
        for each in Criterion.objects.visible_to(viewer).filter(selection=award.selection_id)
    }
    return [
        Promise(known[key], weight, anchors, Fraction(figures[key]), scores.get(known[key].pk, ()))
        for key, (weight, anchors) in weighed_in(document["criteria"]).items()
    ]


def _scores(viewer: Viewer, award: Award) -> Mapping[int, Sequence[DeliveredScore]]:
    """Return every delivered score of an award by its criterion, the newest first."""
    rows = DeliveredScore.objects.visible_to(viewer).filter(award=award)
    found: defaultdict[int, list[DeliveredScore]] = defaultdict(list)
    for each in rows.select_related("judged_by").order_by("-judged_at", "-id"):
        found[each.criterion_id].append(each)
    return found
