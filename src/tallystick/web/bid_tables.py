"""The tables of a bid's evidence: references, past cases, people."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from django.http import QueryDict
from django.urls import reverse

from tallystick.engine.scoring.staff import SkillCell
from tallystick.records.bid_experience import BidMember, PastCase
from tallystick.records.people import Person
from tallystick.records.references import Reference
from tallystick.records.selection_evidence import Experience, Referees
from tallystick.web.components.words import ABSENT, day, percent
from tallystick.web.forms.bid_evidence import AGAIN, OUTCOMES, RELATIONSHIPS, ROLES, SOURCES
from tallystick.web.pack_evidence import mean_words
from tallystick.web.tables import Column, Empty, Table

_TEXT = "bid_evidence/cells/text.html"
"""For what others wrote, which may be one endless word."""

Linked = Callable[[Mapping[str, object]], str] | None


def _edit(row: Mapping[str, object]) -> str:
    return str(row["url"])


def references_table(found: Referees, asked: QueryDict, caller: Person | None) -> Table:
    """Return the references, those that were called first; `caller` may call, and mend calls."""
    columns = (
        Column("organisation", "Organisation", link=_edit, template=_TEXT),
        Column("source", "Who chose it"),
        Column("relationship", "How it stands to the bidder"),
        Column("similarity", "Alike", numeric=True),
        Column("called_on", "Called on", format=day),
        Column("interviewer", "By"),
        Column("mark", "Said, of 5", numeric=True),
        Column("again", "Would hire again"),
        Column("cost", "Cost, of the bid", numeric=True),
    )
    rows = [_reference(each, caller) for each in (*found.called, *found.planned)]
    empty = Empty("Nobody was asked yet", "Three calls tell what no bid does.")
    return Table(
        columns, rows, asked, caption="References", empty=empty, name="references", filtering=False
    )


def _reference(row: Reference, caller: Person | None) -> dict[str, object]:
    # A call stands in its interviewer's words; nobody else is led to a form that refuses them.
    theirs = caller is not None and (row.called_on is None or row.interviewer == caller)
    return {
        "organisation": row.organisation,
        "url": reverse("reference_call", args=[row.public_id]) if theirs else "",
        "source": SOURCES.get(row.source, ABSENT),  # type: ignore[call-overload]
        "relationship": RELATIONSHIPS.get(row.relationship, ABSENT),  # type: ignore[call-overload]
        "similarity": f"{row.similarity}%",
        "called_on": row.called_on,
        "interviewer": row.interviewer.name if row.interviewer else ABSENT,
        "mark": mean_words(row.mark),
        "again": AGAIN.get(row.again, ABSENT),  # type: ignore[call-overload]
        "cost": f"{row.cost_percent}%" if row.cost_percent else ABSENT,
    }


def cases_table(found: Experience, asked: QueryDict, *, may_write: bool) -> Table:
    """Return the past cases, the newest first."""
    link: Linked = _edit if may_write else None
    columns = (
        Column("customer", "For whom", link=link, template=_TEXT),
        Column("scope", "What was done", template=_TEXT),
        Column("term", "When", sortable=False),
        Column("role", "The bidder"),
        Column("scale", "As large", numeric=True),
        Column("similarity", "Alike", numeric=True),
        Column("outcome", "How it ended"),
        Column("evidence", "What shows it", template=_TEXT),
        Column("staff", "Still there", template=_TEXT),
    )
    empty = Empty("No past case yet", "What it has done for others, and what shows it.")
    rows = [_case(each) for each in found.cases]
    return Table(
        columns, rows, asked, caption="Past cases", empty=empty, name="cases", filtering=False
    )


def _case(row: PastCase) -> dict[str, object]:
    return {
        "customer": f"{row.customer}, {row.domain}" if row.domain else row.customer,
        "url": reverse("bid_case_edit", args=[row.public_id]),
        "scope": row.scope,
        "term": f"{day(row.from_on)} to {day(row.until_on) if row.until_on else 'today'}",
        "role": ROLES.get(row.role, ABSENT),  # type: ignore[call-overload]
        "scale": f"{row.scale}%",
        "similarity": f"{row.similarity}%",
        "outcome": OUTCOMES.get(row.outcome, ABSENT),  # type: ignore[call-overload]
        "evidence": row.evidence or ABSENT,
        "staff": row.staff or ABSENT,
    }


def members_table(found: Experience, asked: QueryDict, *, may_write: bool) -> Table:
    """Return the people of the bid with their levels."""
    link: Linked = _edit if may_write else None
    columns = (
        Column("name", "Name", link=link, template=_TEXT),
        Column("role", "Role", template=_TEXT),
        Column("levels", "Skills and levels", sortable=False, template=_TEXT),
    )
    empty = Empty("Nobody is named yet", "Whoever wins the bid should be those who do the work.")
    rows = [_member(each) for each in found.members]
    return Table(
        columns, rows, asked, caption="Team of the bid", empty=empty, name="people", filtering=False
    )


def _member(row: BidMember) -> dict[str, object]:
    return {
        "name": row.name or "Without a name",
        "url": reverse("bid_member_edit", args=[row.public_id]),
        "role": row.role or ABSENT,
        "levels": ", ".join(f"{skill} {level}" for skill, level in sorted(row.levels.items()))
        or ABSENT,
    }


def covered_words(cell: SkillCell) -> str:
    """Say who covers a needed skill by name, and what is only promised."""
    names = ", ".join(cell.names) or "nobody by name"
    return f"{names}; {cell.promised} without a name" if cell.promised else names


def share_words(share: Fraction | Decimal | float | None) -> str:
    """Write a share in whole per cent."""
    return percent(share, 0)
