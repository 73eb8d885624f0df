"""The pages of links to surveys and to working norms: no account, no name, one answer."""

from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse

from tallystick.actions.answer_links import hashed
from tallystick.actions.answer_norms import answer_norms
from tallystick.actions.answer_survey import answer_survey
from tallystick.records.norms import norms_link_at
from tallystick.records.surveys import link_at
from tallystick.web.answer_pages import answer_page
from tallystick.web.forms.norms import AnswerNormsForm
from tallystick.web.forms.surveys import AnswerSurveyForm


def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show the questions of a survey, and take one answer; whoever holds the link may answer."""
    now = datetime.now(UTC)
    link = link_at(hashed(token))
    if link is None:
        raise Http404
    return answer_page(
        request,
        link,
        AnswerSurveyForm(request.POST if request.method == "POST" else None),
        lambda marks: answer_survey(token=token, marks=marks, as_of=now),
        template="surveys/answer.html",
        shown={
            "engagement": link.survey.engagement,
            "organisation": link.organisation,
            "closes_at": link.survey.closes_at,
        },
        as_of=now,
    )


def norms(request: HttpRequest, norms_token: str) -> HttpResponse:
    """
    Ask somebody how their team works, and take one answer.

    The page is the same for every team. It names who asks and no more: not what for, not whom
    else.
    """
    now = datetime.now(UTC)
    link = norms_link_at(hashed(norms_token))
    if link is None:
        raise Http404
    return answer_page(
        request,
        link,
        AnswerNormsForm(request.POST if request.method == "POST" else None),
        lambda marks: answer_norms(token=norms_token, marks=marks, as_of=now),
        template="bid_evidence/norms_answer.html",
        shown={"asker": link.client, "closes_at": link.survey.closes_at},
        as_of=now,
    )
