"""Credits: a note for each month that is over, line by line, with every formula filled in."""

from typing import Annotated

from ninja import Query
from pydantic import Field

from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.values import Listed, Out, SafePage, listed
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.credits import CreditNote, LineKind
from tallystick.engine.service_levels.credits.agreed import note_document
from tallystick.records.agreements import Agreement
from tallystick.records.credit_notes import notes_of
from tallystick.records.measurements import Measurement

operations = Operations(tags=["Service levels"])

Money = Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$", examples=["1250.00"])]
"""An exact amount in the note's currency, as text: a JSON number would be a float."""


class CreditLineOut(Out):
    """
    An amount: above nothing it is the client's, below the provider's.

    `formula` is filled in and comes to `amount`. `service_level` is empty where the line is about
    the whole month; `returns` names the month whose credit an earned-back line returns.
    """

    kind: LineKind
    service_level: str
    formula: str
    why: str
    amount: Money
    base: Money | None
    multiplier: str
    returns: str


class PointsOut(Out):
    """The severity points of a service level in a month."""

    service_level: str
    points: int
    formula: str
    why: str


class YearOut(Out):
    """Where a contract year stands after a month; `cap` is null if there is none."""

    year: int
    first: str
    last: str
    credited: Money
    returned: Money
    cap: Money | None
    cap_formula: str


class TerminationOut(Out):
    """A ground for termination that came about, and the months that prove it."""

    kind: str
    window: str
    service_level: str
    why: str
    evidence: list[str]


class RatchetOut(Out):
    """A higher target that is proposed; only a new version of the agreement changes one."""

    service_level: str
    window: str
    old: str
    new: str
    formula: str
    evidence: list[str]


class CreditNoteOut(Out):
    """The credits of a month: the lines add up to `total`, exactly."""

    window: str
    currency: str
    charge: Money
    charge_formula: str
    monthly_cap: Money
    monthly_cap_formula: str
    at_cap: bool
    lines: list[CreditLineOut]
    credited: Money
    returned: Money
    total: Money
    severity_points: int
    points: list[PointsOut]
    year: YearOut = Field(description="The contract year to date.")
    terminations: list[TerminationOut]
    ratchets: list[RatchetOut]


def note_out(note: CreditNote) -> CreditNoteOut:
    """Return a credit note with its amounts as text."""
    return CreditNoteOut.model_validate(note_document(note))


@operations.reads("/agreements/{agreement_id}/credits", "credits", Listed[CreditNoteOut])
def credits_(
    request: ViewerRequest, agreement_id: str, asked: Query[SafePage]
) -> Listed[CreditNoteOut]:
    """Return the credit notes of an agreement, the newest month first; none without credits."""
    agreement = find(Agreement, request.viewer, agreement_id)
    visible = Measurement.objects.visible_to(request.viewer)
    current = list(visible.filter(agreement=agreement, superseded_by=None))
    until = max((each.data_until for each in current), default=None)
    notes = notes_of(read_agreement(agreement.document), current, until)
    return listed(notes[::-1], asked, note_out)
