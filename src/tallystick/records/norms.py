"""Working norms: two delivery teams say how they work, by links and without names."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import models

from tallystick.engine.scoring.norms import FEWEST_ANSWERS, NormsCompared, compare_norms
from tallystick.records.answer_links import AnswerLink, AskingRound
from tallystick.records.audience import Audience, ClientPrivate, Record
from tallystick.records.bids import Bid
from tallystick.records.selections import Selection

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tallystick.records.viewer import Viewer


class NormsSurvey(AskingRound, ClientPrivate):
    """A round in which our delivery team and those of the bidders say how they work."""

    selection = models.ForeignKey(Selection, on_delete=models.PROTECT, related_name="norms")

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gte=models.F("opened_at")),
                name="norms_close_later",
            )
        ]
        indexes = [models.Index(fields=["selection", "-opened_at"])]


class NormsLink(AnswerLink, ClientPrivate):
    """One person's way to the questions; without `bid` it belongs to our own team."""

    survey = models.ForeignKey(NormsSurvey, on_delete=models.PROTECT, related_name="links")
    bid = models.ForeignKey(
        Bid, on_delete=models.PROTECT, related_name="norms_links", null=True, blank=True
    )

    class Meta(ClientPrivate.Meta):
        indexes = [models.Index(fields=["survey", "bid", "id"])]

    @property
    def round(self) -> NormsSurvey:
        """Return the round."""
        return self.survey


class NormsAnswer(Record):
    """One person's answers: no name, no link, no moment. Nobody reads one; sums are told."""

    audience = Audience.SUMMED_FOR_CLIENT

    survey = models.ForeignKey(NormsSurvey, on_delete=models.PROTECT, related_name="answers")
    bid = models.ForeignKey(
        Bid, on_delete=models.PROTECT, related_name="norms_answers", null=True, blank=True
    )
    marks = models.JSONField()

    class Meta(Record.Meta):
        indexes = [models.Index(fields=["survey", "bid"])]

    @classmethod
    def visibility(cls, viewer: Viewer) -> models.Q:
        """Return: nobody; `norms_of` tells sums of three or more."""
        return models.Q(pk__in=[])


class NormsMeasure(ClientPrivate):
    """What was agreed with one bidder about a point on which both teams work differently."""

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="norms_measures")
    item = models.CharField(max_length=20)
    text = models.TextField()
    agreed_at = models.DateTimeField()
    agreed_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(ClientPrivate.Meta):
        constraints = [models.UniqueConstraint(fields=["bid", "item"], name="measure_once")]


def last_norms(selection: Selection, as_of: datetime) -> NormsSurvey | None:
    """Return the newest round of a selection that is over."""
    over = NormsSurvey.objects.filter(selection=selection, closes_at__lte=as_of)
    return over.order_by("-closes_at", "-id").first()


def norms_of(survey: NormsSurvey, bids: Iterable[Bid], as_of: datetime) -> dict[int, NormsCompared]:
    """Return how each bid's team lies beside ours, by the bid's key; empty before the end."""
    if not survey.is_over(as_of):
        return {}
    # In the order of their marks: not even the order of answering is told on.
    found: defaultdict[int | None, list[dict[str, int]]] = defaultdict(list)
    for bid_id, marks in sorted(
        NormsAnswer.objects.filter(survey=survey).values_list("bid_id", "marks"),
        key=lambda each: sorted(each[1].items()),
    ):
        found[bid_id].append(marks)
    return {each.pk: compare_norms(found[None], found[each.pk]) for each in bids}


def told(answers: int) -> bool:
    """Return whether so many answers of a team say something without saying who."""
    return answers >= FEWEST_ANSWERS


def norms_link_at(
    token_hash: str, links: models.QuerySet[NormsLink] | None = None
) -> NormsLink | None:
    """Return the link of a token, whoever holds it: knowing the token is the permission."""
    known = NormsLink.objects.all() if links is None else links
    related = known.select_related("survey__selection", "client")
    return related.filter(token_hash=token_hash).first()
