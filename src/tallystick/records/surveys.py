"""Surveys: both teams are asked the same, by links that need no account and tell no name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from tallystick.engine.reviews.perceived import SideResult, side_result
from tallystick.records.answer_links import AnswerLink, AskingRound
from tallystick.records.audience import Audience, EngagementShared, Record
from tallystick.records.organisations import Organisation
from tallystick.records.roles import Side

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tallystick.records.engagements import Engagement
    from tallystick.records.viewer import Viewer

SIDES = (Side.CLIENT, Side.PROVIDER)
_SIDES = [(each.value, each.value) for each in Side]


class Survey(AskingRound, EngagementShared):
    """A round of the same short questions to both teams; results are told once it is over."""

    class Meta(EngagementShared.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gte=models.F("opened_at")),
                name="survey_closes_later",
            )
        ]
        indexes = [models.Index(fields=["engagement", "-opened_at"])]


class SurveyLink(AnswerLink, Record):
    """One person's way to a survey, made by their own organisation."""

    audience = Audience.WRITER_PRIVATE

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="links")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta(Record.Meta):
        indexes = [models.Index(fields=["survey", "organisation", "id"])]

    @classmethod
    def visibility(cls, viewer: Viewer) -> models.Q:
        """Return: the viewer acts for the organisation that made the link."""
        return models.Q(organisation=viewer.organisation)

    @property
    def round(self) -> Survey:
        """Return the survey."""
        return self.survey


class SurveyAnswer(Record):
    """One person's marks: no name, no link, no moment. Nobody reads one; sums are told."""

    audience = Audience.SUMMED

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="answers")
    side = models.CharField(max_length=10, choices=_SIDES)
    marks = models.JSONField()

    class Meta(Record.Meta):
        indexes = [models.Index(fields=["survey", "side"])]

    @classmethod
    def visibility(cls, viewer: Viewer) -> models.Q:
        """Return: nobody; `results_of` tells sums of three or more."""
        return models.Q(pk__in=[])


def results_of(survey: Survey, as_of: datetime) -> list[SideResult]:
    """Return what each side answered, once the survey is over; empty before."""
    if not survey.is_over(as_of):
        return []
    # In the order of their marks: not even the order of answering is told on.
    answers = sorted(
        SurveyAnswer.objects.filter(survey=survey).values_list("side", "marks"),
        key=lambda each: sorted(each[1].items()),
    )
    return [side_result(side, [marks for of, marks in answers if of == side]) for side in SIDES]


def last_survey(engagement: Engagement, as_of: datetime) -> Survey | None:
    """Return the newest survey of an engagement that is over."""
    over = Survey.objects.filter(engagement=engagement, closes_at__lte=as_of)
    return over.order_by("-closes_at", "-id").first()


def result_values(results: Iterable[SideResult]) -> list[dict[str, Any]]:
    """Return results as plain values, shares as exact fractions in text."""
    return [
        {
            "side": str(each.side),
            "answers": each.answers,
            "favourable": None if each.favourable is None else str(each.favourable),
            "questions": [
                {
                    "question": asked.question,
                    "mean": str(asked.mean),
                    "favourable": str(asked.favourable),
                }
                for asked in each.questions
            ],
        }
        for each in results
    ]


def link_at(token_hash: str, links: models.QuerySet[SurveyLink] | None = None) -> SurveyLink | None:
    """Return the link of a token, whoever holds it: knowing the token is the permission."""
    known = SurveyLink.objects.all() if links is None else links
    related = known.select_related("survey__engagement", "organisation")
    return related.filter(token_hash=token_hash).first()
