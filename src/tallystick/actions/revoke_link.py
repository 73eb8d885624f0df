"""Revoke a link to a survey: it takes no answer any more."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.answer_links import LinkSpent, close_link
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.records.roles import Duty
from tallystick.records.surveys import SurveyLink
from tallystick.records.viewer import Viewer

__all__ = ["LinkSpent", "revoke_link"]


@transaction.atomic
def revoke_link(*, link: SurveyLink, by: Viewer, as_of: datetime) -> SurveyLink:
    """
    Close one person's way to a survey; an answer that was given stays.

    Raises:
        NotPermitted, LinkSpent
    """
    require(by, Duty.LINK_SURVEY)
    link = SurveyLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    close_link(link, as_of)
    enter(
        link,
        "Revoked a link to the survey.",
        action="revoke_link",
        payload={"survey": link.survey.public_id},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    return link
