"""What the acts of a selection share: it is locked, in the right phase, and known to the ledger."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.ledger import enter
from tallystick.engine.refusals import Refusal
from tallystick.records.audience import ClientPrivate
from tallystick.records.selections import Phase, Selection
from tallystick.records.viewer import Viewer

FIRST_YEAR, LAST_YEAR = 1970, 2199


class WrongPhase(Refusal):
    """The selection is past this act, or not there yet."""

    code = "selection.wrong-phase"


class MomentRefused(Refusal):
    """A moment stands in no calendar that we keep."""

    code = "selection.moment-refused"


def kept_moment(at: datetime, place: str) -> datetime:
    """
    Return a moment of the years that calendars keep, in every zone.

    Raises:
        MomentRefused: naming the field.
    """
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise MomentRefused(
            f"The moment lies in the year {at.year}.",
            place=place,
            remedy=f"Give a year from {FIRST_YEAR} to {LAST_YEAR}.",
        )
    return at


_REMEDIES = {
    Phase.PREPARING: "Open the bids first.",
    Phase.SCORING: "Close the scoring first.",
    Phase.MODERATING: "The scoring is closed; what was scored stays as it is.",
    Phase.AWARDED: "The award stands. A new competition is a new engagement.",
}


def locked(selection: Selection, *phases: Phase) -> Selection:
    """
    Return the selection as it is now, held until the act is done.

    Raises:
        WrongPhase: if it is in none of these phases.
    """
    held: Selection = (
        Selection.objects.select_for_update(of=("self",))
        .select_related("engagement")
        .get(pk=selection.pk)
    )
    if held.phase not in phases:
        raise WrongPhase(
            f"The selection is {held.phase}; this is done while it is {' or '.join(phases)}.",
            place="selection",
            remedy=_REMEDIES[held.phase],
        )
    return held


def tell(
    subject: ClientPrivate,
    sentence: str,
    *,
    action: str,
    payload: Mapping[str, Any],
    selection: Selection,
    by: Viewer,
    as_of: datetime,
) -> None:
    """Enter an act on a selection in the client's own chain, and look again for findings."""
    enter(
        subject,
        f"{sentence} ({selection.engagement.name})",
        action=action,
        payload={"selection": selection.public_id, **payload},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    keep_findings_in([selection.engagement], as_of, by=by)
