"""Surveys of both teams: open one, hand out links to one's own team, read what came of it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.close_survey import close_survey
from tallystick.actions.link_survey import NewLink, link_survey
from tallystick.actions.open_survey import open_survey
from tallystick.actions.revoke_link import revoke_link
from tallystick.engine.reviews.perceived import QUESTIONS
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Duty
from tallystick.records.surveys import Survey, SurveyLink, results_of
from tallystick.web.components.words import ABSENT, day, percent
from tallystick.web.counts import counted
from tallystick.web.forms.refusals import refused_on, refused_on_the_next_page
from tallystick.web.forms.surveys import LinkForm, OpenSurveyForm
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.pack_evidence import mean_words
from tallystick.web.tables import Column, Empty, Table

COLUMNS = (
    Column("opened_at", "Opened", link=lambda row: reverse("survey", args=[row.public_id])),
    Column("closes_at", "Closes"),
    Column("opened_by__name", "By"),
)


@dataclass(frozen=True, slots=True)
class SidePart:
    """What one side answered, in words."""

    party: str
    answers: str
    content: str


def index(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show the surveys of an engagement, the newest first."""
    return _index(request, _engagement(request, engagement_id), OpenSurveyForm())


def _engagement(request: ViewerRequest, engagement_id: str) -> Engagement:
    return find(Engagement, request.viewer, engagement_id, "client", "provider")


def _index(request: ViewerRequest, engagement: Engagement, form: OpenSurveyForm) -> HttpResponse:
    rows = Survey.objects.visible_to(request.viewer).filter(engagement=engagement)
    table = Table(
        COLUMNS,
        rows.select_related("opened_by").order_by("-opened_at", "-id"),
        request.GET,
        caption="Surveys",
        empty=Empty("No survey yet", "Six short questions to both teams, without names."),
    )
    if table.wants_file:
        return table.file("surveys")
    shown = {"table": table, "form": form, "may_open": request.viewer.may(Duty.OPEN_SURVEY)}
    around = frame(request, engagement, "reviews", _reviews(engagement))
    status = 422 if form.is_bound else 200
    return render(request, "surveys/index.html", around | shown, status=status)


def _reviews(engagement: Engagement) -> tuple[str, str]:
    return "Reviews", reverse("reviews", args=[engagement.public_id])


def open_(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Open a survey."""
    engagement = _engagement(request, engagement_id)
    form = OpenSurveyForm(request.POST)
    if form.is_valid():
        with refused_on(form):
            survey = open_survey(
                engagement=engagement,
                days=form.cleaned_data["days"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, "The survey is open. Make a link for each of your people.")
            return redirect("survey", survey.public_id)
    return _index(request, engagement, form)


def find_survey(request: ViewerRequest, survey_id: str) -> Survey:
    """Return the survey that an address names."""
    return find(
        Survey, request.viewer, survey_id, "engagement__client", "engagement__provider", "opened_by"
    )


def show(request: ViewerRequest, survey_id: str) -> HttpResponse:
    """Show one survey: one's own links while it is open, the results once it is over."""
    return _page(request, find_survey(request, survey_id), LinkForm())


def link(request: ViewerRequest, survey_id: str) -> HttpResponse:
    """Make a link and show it, this once."""
    survey = find_survey(request, survey_id)
    form = LinkForm(request.POST)
    if form.is_valid():
        with refused_on(form):
            made = link_survey(
                survey=survey,
                label=form.cleaned_data["label"],
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            return _page(request, survey, LinkForm(), made)
    return _page(request, survey, form)


def revoke(request: ViewerRequest, link_id: str) -> HttpResponse:
    """Revoke a link of one's own organisation."""
    found = find(SurveyLink, request.viewer, link_id, "survey")
    with refused_on_the_next_page(request):
        revoke_link(link=found, by=request.viewer, as_of=datetime.now(UTC))
        messages.success(request, "The link takes no answer any more.")
    return redirect("survey", found.survey.public_id)


def close(request: ViewerRequest, survey_id: str) -> HttpResponse:
    """Close a survey before its last day."""
    survey = find_survey(request, survey_id)
    with refused_on_the_next_page(request):
        close_survey(survey=survey, by=request.viewer, as_of=datetime.now(UTC))
        messages.success(request, "The survey is closed; its results stand below.")
    return redirect("survey", survey.public_id)


def _page(
    request: ViewerRequest, survey: Survey, form: LinkForm, made: NewLink | None = None
) -> HttpResponse:
    viewer, now = request.viewer, datetime.now(UTC)
    over = survey.is_over(now)
    address = reverse("survey_answer", args=[made.token]) if made else ""
    shown = {
        "survey": survey,
        "over": over,
        "links": _links(request, survey, now),
        "form": form,
        "made": made,
        "address": request.build_absolute_uri(address) if made else "",
        "may_link": not over and viewer.may(Duty.LINK_SURVEY),
        "may_close": not over and viewer.may(Duty.OPEN_SURVEY),
        "title": f"Survey of {day(survey.opened_at.date())}",
        **_results(survey, now),
    }
    above = ("Surveys", reverse("surveys", args=[survey.engagement.public_id]))
    around = frame(request, survey.engagement, "reviews", _reviews(survey.engagement), above)
    status = 422 if form.is_bound else 200
    return render(request, "surveys/show.html", around | shown, status=status)


def _links(request: ViewerRequest, survey: Survey, now: datetime) -> list[tuple[SurveyLink, str]]:
    """Return one's own organisation's links, each with what it is: open, used, revoked, over."""
    own = SurveyLink.objects.visible_to(request.viewer).filter(survey=survey)
    known = own.select_related("survey", "made_by").order_by("id")
    return [(each, each.standing_at(now)) for each in known]


def _results(survey: Survey, now: datetime) -> dict[str, Any]:
    names = {"client": survey.engagement.client, "provider": survey.engagement.provider}
    results = results_of(survey, now)
    sides = [
        SidePart(
            str(names[each.side]),
            counted(each.answers, "answer"),
            "Too few to tell"
            if each.favourable is None
            else f"{percent(each.favourable, 0)} content",
        )
        for each in results
    ]
    means = {
        (each.side, asked.question): mean_words(asked.mean)
        for each in results
        for asked in each.questions
    }
    rows = [
        (text, means.get(("client", name), ABSENT), means.get(("provider", name), ABSENT))
        for name, text in QUESTIONS.items()
    ]
    return {"sides": sides, "answers": rows if means else []}
