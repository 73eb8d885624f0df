"""Make a link to the working norms for one person of a delivery team, or revoke one."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.answer_links import (
    LONGEST_LABEL,
    Made,
    close_link,
    demand_few,
    hashed,
    new_token,
)
from tallystick.actions.bid_evidence import held_bid, held_selection
from tallystick.actions.close_survey import SurveyOver
from tallystick.actions.refusals import require
from tallystick.actions.selection_phases import tell
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.bids import Bid
from tallystick.records.norms import NormsLink, NormsSurvey
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class TeamOfAnotherSelection(Refusal):
    """A bid of another selection has no team here."""

    code = "norms.team-of-another-selection"


@transaction.atomic
def link_norms(
    *, survey: NormsSurvey, bid: Bid | None, label: str, by: Viewer, as_of: datetime
) -> Made[NormsLink]:
    """
    Make a link that takes one answer, for the team of a bid or, without one, for our own.

    `label` tells its maker whom it was meant for, and nobody else.

    Raises:
        NotPermitted, WrongPhase, BidWithdrawn, SurveyOver, TooManyLinks, TextTooLong,
        TeamOfAnotherSelection
    """
    require(by, Duty.RUN_SELECTION)
    selection = held_selection(survey.selection)
    survey = NormsSurvey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
    if bid is not None:
        if bid.selection_id != survey.selection_id:
            raise TeamOfAnotherSelection(
                "The bid belongs to another selection.",
                place="bid",
                remedy="Choose a bid of this one.",
            )
        bid = held_bid(bid)
    if survey.is_over(as_of):
        raise SurveyOver("The round is over.", remedy="Open a new one.")
    demand_few(survey.links.filter(bid=bid).count())
    token = new_token()
    link = NormsLink.objects.create(
        client=selection.client,
        survey=survey,
        bid=bid,
        label=checked(label, "label", longest=LONGEST_LABEL, needed=False),
        token_hash=hashed(token),
        made_at=as_of,
        made_by=by.person,
    )
    tell(
        link,
        f"Made a link for {'the team of ' + bid.supplier.name if bid else 'our own team'}.",
        action="link_norms",
        payload={"survey": survey.public_id, "bid": bid.public_id if bid else ""},
        selection=selection,
        by=by,
        as_of=as_of,
    )
    return Made(link, token)


@transaction.atomic
def revoke_norms_link(*, link: NormsLink, by: Viewer, as_of: datetime) -> NormsLink:
    """
    Close one person's way to the questions; an answer that was given stays.

    Raises:
        NotPermitted, LinkSpent
    """
    require(by, Duty.RUN_SELECTION)
    link = NormsLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    close_link(link, as_of)
    tell(
        link,
        "Revoked a link to the working norms.",
        action="revoke_norms_link",
        payload={"survey": link.survey.public_id},
        selection=link.survey.selection,
        by=by,
        as_of=as_of,
    )
    return link
