"""Take away evidence that was entered by mistake: a call that was held stays."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.bid_evidence import held_bid, held_selection
from tallystick.actions.refusals import require
from tallystick.actions.selection_phases import tell
from tallystick.engine.refusals import Refusal
from tallystick.records.bid_experience import BidMember, NeededSkill, PastCase
from tallystick.records.references import Reference
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class CallStays(Refusal):
    """A call that was held is not taken away because of what was said."""

    code = "reference.call-stays"


@transaction.atomic
def remove_evidence(
    *, row: Reference | PastCase | BidMember | NeededSkill, by: Viewer, as_of: datetime
) -> None:
    """
    Take an entry away; what it said stays in the ledger.

    Raises:
        NotPermitted, WrongPhase, BidWithdrawn, CallStays
    """
    require(by, Duty.RUN_SELECTION)
    if isinstance(row, NeededSkill):
        selection = held_selection(row.selection)
    else:
        selection = held_bid(row.bid).selection
    if isinstance(row, Reference):
        row = Reference.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if row.called_on:
            raise CallStays(
                f"The call with “{row.organisation}” was held.",
                place="reference",
                remedy="Hold another call; what this one said stays beside it.",
            )
    tell(
        row,
        f"Took away {_name(row)}.",
        action="remove_evidence",
        payload={"noun": type(row).__name__, "said": _name(row)},
        selection=selection,
        by=by,
        as_of=as_of,
    )
    row.delete()


def _name(row: Reference | PastCase | BidMember | NeededSkill) -> str:
    if isinstance(row, NeededSkill):
        return f"the needed skill “{row.skill}”"
    if isinstance(row, BidMember):
        return f"“{row.name or row.role or 'nobody yet'}” from the team of a bid"
    if isinstance(row, PastCase):
        return f"the case “{row.customer}”"
    return f"the planned reference “{row.organisation}”"
