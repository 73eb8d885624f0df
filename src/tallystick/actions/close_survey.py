"""Close a survey before its last day; its results are told from then on."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.engine.refusals import Refusal
from tallystick.records.roles import Duty
from tallystick.records.surveys import Survey
from tallystick.records.viewer import Viewer


class SurveyOver(Refusal):
    """The survey is over."""

    code = "survey.over"


@transaction.atomic
def close_survey(*, survey: Survey, by: Viewer, as_of: datetime) -> Survey:
    """
    Let nobody answer any more.

    Raises:
        NotPermitted, SurveyOver
    """
    require(by, Duty.OPEN_SURVEY)
    survey = Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
    if survey.is_over(as_of):
        raise SurveyOver("The survey is over.", remedy="Read its results, or open a new one.")
    survey.closes_at = max(as_of, survey.opened_at)
    survey.save()
    enter(
        survey,
        f"Closed the survey of both teams of {survey.engagement.name}.",
        action="close_survey",
        payload={},
        chain=survey.engagement,
        by=by,
        as_of=as_of,
    )
    return survey
