"""Open a survey: both teams can be asked until a day."""

from datetime import datetime, timedelta

from django.db import transaction

from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.tellings import tell_survey
from tallystick.engine.refusals import Refusal
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Duty
from tallystick.records.surveys import Survey
from tallystick.records.viewer import Viewer

LONGEST = 60
"""Days; who is asked for longer forgets."""


class SurveyOpen(Refusal):
    """A survey of this engagement is open."""

    code = "survey.open-already"


class SurveyTooLong(Refusal):
    """A survey runs for a number of days that people can bear."""

    code = "survey.days-refused"


class NobodyToAsk(Refusal):
    """Before there is a provider there is no other team."""

    code = "survey.nobody-to-ask"


def demand_days(days: int, what: str) -> None:
    """
    Let questions stand open for days that people remember.

    Raises:
        SurveyTooLong
    """
    if not 1 <= days <= LONGEST:
        raise SurveyTooLong(
            f"A {what} runs for 1 to {LONGEST} days.", place="days", remedy="Two weeks are usual."
        )


@transaction.atomic
def open_survey(*, engagement: Engagement, days: int, by: Viewer, as_of: datetime) -> Survey:
    """
    Open a survey for a number of days; each party then hands out links to its own team.

    Raises:
        NotPermitted, NobodyToAsk, SurveyTooLong, SurveyOpen
    """
    require(by, Duty.OPEN_SURVEY)
    engagement = held_engagement(engagement.pk)
    if engagement.provider_id is None:
        raise NobodyToAsk("There is no provider yet.", remedy="Appoint the provider first.")
    demand_days(days, "survey")
    if Survey.objects.filter(engagement=engagement, closes_at__gt=as_of).exists():
        raise SurveyOpen(
            "A survey of this engagement is open.",
            place="days",
            remedy="Hand out links to that one, or close it.",
        )
    survey = Survey.objects.create(
        engagement=engagement,
        opened_at=as_of,
        opened_by=by.person,
        closes_at=as_of + timedelta(days=days),
    )
    enter(
        survey,
        f"Opened a survey of both teams of {engagement.name}, for {days} days.",
        action="open_survey",
        payload={"closes_at": survey.closes_at.isoformat()},
        chain=engagement,
        by=by,
        as_of=as_of,
    )
    tell_survey(survey, by, as_of)
    return survey
