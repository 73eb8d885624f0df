"""Write down the business case of an engagement: each saving is a version of the client's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, get_args

from django.db import transaction
from django.db.models import Max

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.objectives import CostKind, figure_in
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.terms.currencies import DECIMALS
from tallystick.records.business_cases import BusinessCase
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

LONGEST_NOTE = 200
MOST = 10**12


class CasePartRefused(Refusal):
    """A part of a business case has a value that it cannot have."""

    code = "business-case.part-refused"


@dataclass(frozen=True, slots=True)
class CaseWording:
    """
    What a business case says; each line maps `when`, `kind`, `low`, `likely`, `high`, `currency`,
    `year` and `note` to what was written.
    """

    years: int
    rate: str
    lines: Sequence[Mapping[str, Any]]
    pilot_on: date | None = None
    delivery_model_assessed_on: date | None = None


@transaction.atomic
def write_business_case(
    *, engagement: Engagement, wording: CaseWording, by: Viewer, as_of: datetime
) -> BusinessCase:
    """
    Store the next version; the one before stays.

    Raises:
        NotPermitted, CasePartRefused, TextTooLong, TermRefused, LineRefused, CurrencyMix
    """
    require(by, Duty.PLAN_ENGAGEMENT)
    rate = _number(wording.rate, "rate")
    if abs(rate) > 10:
        raise _refused(f"The rate is {rate}.", "rate", "Give it as a share: 0.05 is 5 %.")
    held = held_engagement(engagement.pk)
    last = BusinessCase.objects.filter(engagement=held).aggregate(last=Max("version"))["last"]
    stored = BusinessCase(
        client=engagement.client,
        engagement=engagement,
        version=(last or 0) + 1,
        years=wording.years,
        rate=rate,
        lines=[_line(each, number) for number, each in enumerate(wording.lines, 1)],
        pilot_on=wording.pilot_on,
        delivery_model_assessed_on=wording.delivery_model_assessed_on,
        written_at=as_of,
        written_by=by.person,
    )
    _ = stored.case  # refuses what cannot be computed
    stored.save()
    enter(
        stored,
        f"Wrote version {stored.version} of the business case of {engagement.name}.",
        action="write_business_case",
        payload={
            "engagement": engagement.public_id,
            "version": stored.version,
            "years": stored.years,
            "rate": str(rate),
            "lines": stored.lines,
        },
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    keep_findings_in([engagement], as_of, by=by)
    return stored


def _line(given: Mapping[str, Any], number: int) -> dict[str, Any]:
    place = f"lines[{number}]"
    if given["when"] not in {"before", "after"}:
        raise _refused("A line is of before or after.", place, "Choose one of the two.")
    if given["kind"] not in get_args(CostKind):
        known = ", ".join(get_args(CostKind))
        raise _refused(f"There is no kind {given['kind']!r}.", place, f"Choose one of: {known}.")
    if given["currency"] not in DECIMALS:
        raise _refused(
            f"There is no currency “{given['currency'][:10]}”.",
            place,
            "Write its code, such as EUR.",
        )
    amounts = {name: str(_number(given[name], place)) for name in ("low", "likely", "high")}
    note = checked(given.get("note", ""), place, longest=LONGEST_NOTE, needed=False)
    words = {name: given[name] for name in ("when", "kind", "currency")}
    return words | amounts | {"year": given.get("year"), "note": note}


def _number(text: str, place: str) -> Decimal:
    found = figure_in(text)
    if found is None or abs(found) > MOST:
        raise _refused(
            f"“{text[:40]}” is no number that can be computed with.",
            place,
            "Write the number alone, such as 1200.50.",
        )
    return Decimal(found.numerator) / Decimal(found.denominator)


def _refused(problem: str, place: str, remedy: str) -> CasePartRefused:
    return CasePartRefused(problem, place=place, remedy=remedy)
