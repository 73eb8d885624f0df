"""Surveys of both teams: open one, hand out links, read what came of it."""

from datetime import UTC, datetime

from django.urls import reverse
from ninja import Query
from pydantic import Field

from tallystick.actions.close_survey import close_survey
from tallystick.actions.link_survey import link_survey
from tallystick.actions.open_survey import open_survey
from tallystick.actions.revoke_link import revoke_link
from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.values import In, Listed, OptionalLine, Out, SafePage, cut, listed
from tallystick.engine.reviews.perceived import QUESTIONS, SideResult
from tallystick.records.engagements import Engagement
from tallystick.records.surveys import Survey, SurveyLink, results_of
from tallystick.records.viewer import Viewer

operations = Operations(tags=["Surveys"])


class SurveyLine(Out):
    """A survey in a list."""

    id: str
    engagement: str
    opened_at: datetime
    opened_by: str
    closes_at: datetime


class QuestionResult(Out):
    """What one side answered to one question."""

    question: str
    text: str
    mean: float
    favourable: float = Field(description="The share of marks of 4 and 5.")


class SideOut(Out):
    """What one side answered; of fewer than three answers nothing but their number is told."""

    side: str
    answers: int
    favourable: float | None
    questions: list[QuestionResult]


class SurveyLinkOut(Out):
    """A link of your own organisation."""

    id: str
    label: str
    made_at: datetime
    standing: str = Field(description="open, used, revoked or over.")


class SurveyWhole(SurveyLine):
    """A survey with your organisation's links and, once it is over, its results."""

    is_over: bool
    links: list[SurveyLinkOut]
    results: list[SideOut]


class NewSurveyLink(Out):
    """A link as it was made; the address is told this once."""

    id: str
    address: str


class OpenSurvey(In):
    """For how many days both teams can answer."""

    days: int = Field(ge=1, le=60)


class LinkSurvey(In):
    """Whom the link is meant for; a reminder for its maker alone."""

    label: OptionalLine = Field("", max_length=80)


def _line(survey: Survey) -> SurveyLine:
    return SurveyLine(
        id=survey.public_id,
        engagement=survey.engagement.public_id,
        opened_at=survey.opened_at,
        opened_by=survey.opened_by.name,
        closes_at=survey.closes_at,
    )


def _whole(survey: Survey, viewer: Viewer) -> SurveyWhole:
    now = datetime.now(UTC)
    links = SurveyLink.objects.visible_to(viewer).filter(survey=survey).select_related("survey")
    return SurveyWhole(
        **_line(survey).model_dump(),
        is_over=survey.is_over(now),
        links=[
            SurveyLinkOut(
                id=each.public_id,
                label=each.label,
                made_at=each.made_at,
                standing=each.standing_at(now),
            )
            for each in links.order_by("id")
        ],
        results=[_side(each) for each in results_of(survey, now)],
    )


def _side(result: SideResult) -> SideOut:
    return SideOut(
        side=result.side,
        answers=result.answers,
        favourable=None if result.favourable is None else cut(result.favourable),
        questions=[
            QuestionResult(
                question=each.question,
                text=QUESTIONS[each.question],
                mean=cut(each.mean),
                favourable=cut(each.favourable),
            )
            for each in result.questions
        ],
    )


@operations.reads("/engagements/{engagement_id}/surveys", "surveys", Listed[SurveyLine])
def surveys(
    request: ViewerRequest, engagement_id: str, asked: Query[SafePage]
) -> Listed[SurveyLine]:
    """Return the surveys of an engagement, the newest first."""
    engagement = find(Engagement, request.viewer, engagement_id)
    rows = Survey.objects.visible_to(request.viewer).filter(engagement=engagement)
    known = rows.select_related("engagement", "opened_by").order_by("-opened_at", "-id")
    return listed(known, asked, _line)


@operations.reads("/surveys/{survey_id}", "survey", SurveyWhole)
def survey(request: ViewerRequest, survey_id: str) -> SurveyWhole:
    """Return a survey with your organisation's links and, once it is over, its results."""
    return _whole(_found(request, survey_id), request.viewer)


def _found(request: ViewerRequest, survey_id: str) -> Survey:
    return find(Survey, request.viewer, survey_id, "engagement", "opened_by")


@operations.acts(
    "/engagements/{engagement_id}/surveys/open", "open_survey", SurveyWhole, status=201
)
def open_(request: ViewerRequest, engagement_id: str, given: OpenSurvey) -> SurveyWhole:
    """Open a survey of both teams."""
    engagement = find(Engagement, request.viewer, engagement_id)
    opened = open_survey(
        engagement=engagement, days=given.days, by=request.viewer, as_of=datetime.now(UTC)
    )
    return _whole(opened, request.viewer)


@operations.acts("/surveys/{survey_id}/close", "close_survey", SurveyWhole)
def close(request: ViewerRequest, survey_id: str) -> SurveyWhole:
    """Close a survey before its last day."""
    found = _found(request, survey_id)
    close_survey(survey=found, by=request.viewer, as_of=datetime.now(UTC))
    return _whole(_found(request, survey_id), request.viewer)


@operations.acts("/surveys/{survey_id}/links", "link_survey", NewSurveyLink, status=201)
def link(request: ViewerRequest, survey_id: str, given: LinkSurvey) -> NewSurveyLink:
    """Make a link for one person of your own team."""
    made = link_survey(
        survey=_found(request, survey_id),
        label=given.label,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    address = request.build_absolute_uri(reverse("survey_answer", args=[made.token]))
    return NewSurveyLink(id=made.link.public_id, address=address)


@operations.acts("/survey-links/{link_id}/revoke", "revoke_link", SurveyLinkOut)
def revoke(request: ViewerRequest, link_id: str) -> SurveyLinkOut:
    """Revoke a link of your own organisation."""
    found = find(SurveyLink, request.viewer, link_id, "survey")
    revoked = revoke_link(link=found, by=request.viewer, as_of=datetime.now(UTC))
    return SurveyLinkOut(
        id=revoked.public_id,
        label=revoked.label,
        made_at=revoked.made_at,
        standing=revoked.standing_at(datetime.now(UTC)),
    )
