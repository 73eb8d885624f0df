"""Revoke a link to a survey: it takes no answer any more."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.engine.refusals import Refusal
from tallystick.records.roles import Duty
from tallystick.records.surveys import SurveyLink
from tallystick.records.viewer import Viewer


class LinkSpent(Refusal):
    """The link was used or revoked."""

    code = "survey.link-spent"


@transaction.atomic
def revoke_link(*, link: SurveyLink, by: Viewer, as_of: datetime) -> SurveyLink:
    """
    Close one person's way to a survey; an answer that was given stays.

    Raises:
        NotPermitted, LinkSpent
    """
    require(by, Duty.LINK_SURVEY)
    link = SurveyLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if link.is_used or link.revoked_at:
        raise LinkSpent(
            f"The link was {'used' if link.is_used else 'revoked'}.", remedy="Nothing needs doing."
        )
    link.revoked_at = as_of
    link.save()
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
