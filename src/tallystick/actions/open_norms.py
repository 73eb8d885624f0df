"""Open or close a round in which delivery teams say how they work."""

from datetime import datetime, timedelta

from django.db import transaction

from tallystick.actions.bid_evidence import held_selection
from tallystick.actions.close_survey import SurveyOver
from tallystick.actions.open_survey import SurveyOpen, SurveyTooLong, demand_days
from tallystick.actions.refusals import require
from tallystick.actions.selection_phases import tell
from tallystick.records.norms import NormsSurvey
from tallystick.records.roles import Duty
from tallystick.records.selections import Selection
from tallystick.records.viewer import Viewer

__all__ = ["SurveyOpen", "SurveyOver", "SurveyTooLong", "close_norms", "open_norms"]


@transaction.atomic
def open_norms(*, selection: Selection, days: int, by: Viewer, as_of: datetime) -> NormsSurvey:
    """
    Open a round for a number of days; links are then made for our team and for bidders'.

    Raises:
        NotPermitted, WrongPhase, SurveyTooLong, SurveyOpen
    """
    require(by, Duty.RUN_SELECTION)
    selection = held_selection(selection)
    demand_days(days, "round")
    if NormsSurvey.objects.filter(selection=selection, closes_at__gt=as_of).exists():
        raise SurveyOpen(
            "A round of this selection is open.",
            place="days",
            remedy="Hand out links to that one, or close it.",
        )
    survey = NormsSurvey.objects.create(
        client=selection.client,
        selection=selection,
        opened_at=as_of,
        opened_by=by.person,
        closes_at=as_of + timedelta(days=days),
    )
    tell(
        survey,
        f"Asked delivery teams how they work, for {days} days.",
        action="open_norms",
        payload={"closes_at": survey.closes_at.isoformat()},
        selection=selection,
        by=by,
        as_of=as_of,
    )
    return survey


@transaction.atomic
def close_norms(*, survey: NormsSurvey, by: Viewer, as_of: datetime) -> NormsSurvey:
    """
    Let nobody answer any more; the results are told from then on.

    Raises:
        NotPermitted, WrongPhase, SurveyOver
    """
    require(by, Duty.RUN_SELECTION)
    selection = held_selection(survey.selection)
    held = NormsSurvey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
    if held.is_over(as_of):
        raise SurveyOver("The round is over.", remedy="Read its results, or open a new one.")
    held.closes_at = max(as_of, held.opened_at)
    held.save(update_fields=["closes_at"])
    tell(
        held,
        "Closed the round on how delivery teams work.",
        action="close_norms",
        payload={},
        selection=selection,
        by=by,
        as_of=as_of,
    )
    return held
