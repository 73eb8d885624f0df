"""How well the parties of an engagement meet and decide, from what is kept."""

from datetime import date, timedelta

from tallystick.engine.governance.figures import (
    HALF_A_YEAR,
    Asked,
    Given,
    GovernanceFigures,
    Met,
    figures_of,
)
from tallystick.records.action_items import ActionItem
from tallystick.records.decisions import Decision
from tallystick.records.engagements import Engagement
from tallystick.records.forums import holidays_of
from tallystick.records.meetings import COUNTED, Meeting, MeetingState


def governance_figures(engagement: Engagement, on: date) -> GovernanceFigures:
    """Return the figures of the half year before a day, in four queries."""
    since = on - timedelta(days=HALF_A_YEAR)
    met = Meeting.objects.filter(COUNTED, engagement=engagement, due_at__date__gte=since)
    asked = Decision.objects.filter(engagement=engagement)
    given = ActionItem.objects.filter(engagement=engagement)
    return figures_of(
        [
            Met(due_at.date(), state == MeetingState.HELD, client, provider)
            for due_at, state, client, provider in met.values_list(
                "due_at", "state", "client_quorum", "provider_quorum"
            )
        ],
        [Asked(*each) for each in asked.values_list("asked_on", "decided_on")],
        [Given(*each) for each in given.values_list("given_on", "due_on", "done_on")],
        on,
        holidays_of(engagement, on),
    )
