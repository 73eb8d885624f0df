"""Make a link to a survey for one person of one's own team; the link itself is never stored."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.answer_links import LONGEST_LABEL, Made, demand_few, hashed, new_token
from tallystick.actions.close_survey import SurveyOver
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.records.roles import Duty
from tallystick.records.surveys import Survey, SurveyLink
from tallystick.records.viewer import Viewer

NewLink = Made[SurveyLink]
"""A link as it was made; `token` is told this once."""


@transaction.atomic
def link_survey(*, survey: Survey, label: str, by: Viewer, as_of: datetime) -> NewLink:
    """
    Make a link that takes one answer, for the side that the viewer acts for.

    `label` tells its maker whom it was meant for, and nobody else.

    Raises:
        NotPermitted, SurveyOver, TooManyLinks, TextTooLong
    """
    require(by, Duty.LINK_SURVEY)
    survey = Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
    if survey.is_over(as_of):
        raise SurveyOver("The survey is over.", remedy="Open a new one.")
    demand_few(survey.links.filter(organisation=by.organisation).count())
    token = new_token()
    link = SurveyLink.objects.create(
        survey=survey,
        organisation=by.organisation,
        label=checked(label, "label", longest=LONGEST_LABEL, needed=False),
        token_hash=hashed(token),
        made_at=as_of,
        made_by=by.person,
    )
    enter(
        link,
        "Made a link to the survey.",
        action="link_survey",
        payload={"survey": survey.public_id},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    return NewLink(link, token)
