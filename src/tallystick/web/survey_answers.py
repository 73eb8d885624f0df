"""The page of a survey's link: no account, no name, one answer."""

from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tallystick.actions.answer_links import hashed
from tallystick.actions.answer_survey import answer_survey
from tallystick.records.surveys import link_at
from tallystick.web.forms.refusals import refused_on
from tallystick.web.forms.surveys import AnswerSurveyForm

_SAID = {
    "used": ("Thank you", "Your answer is in. It stands there without a name."),
    "revoked": ("This link is closed", "Whoever sent it took it back. Ask them for a new one."),
    "over": ("The survey is over", "It takes no answer any more. Thank you for looking in."),
}


def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show the questions, and take one answer; whoever holds the link may answer."""
    now = datetime.now(UTC)
    link = link_at(hashed(token))
    if link is None:
        raise Http404
    standing = link.standing_at(now)
    if standing != "open":
        title, text = _SAID[standing]
        said = {"title": title, "text": text}
        # Gone: a link that took its answer never takes another.
        return _private(render(request, "surveys/done.html", said, status=410))
    form = AnswerSurveyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refused_on(form):
            answer_survey(token=token, marks=form.cleaned_data, as_of=now)
            return _private(redirect("survey_answer", token))
    shown = {
        "form": form,
        "engagement": link.survey.engagement,
        "organisation": link.organisation,
        "closes_at": link.survey.closes_at,
    }
    status = 422 if form.is_bound else 200
    return _private(render(request, "surveys/answer.html", shown, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    """
    Keep a page whose address is a secret out of caches and indexes.

    Other sites learn nothing of it from the installation's own referrer policy. A stricter one
    would hide the origin of the form as well, and the form would be refused.
    """
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
