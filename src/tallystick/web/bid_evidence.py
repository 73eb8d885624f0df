"""What is known about a bidder: references, experience, people, standing, working together."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from tallystick.engine.scoring.calls import BEHAVIOURS, QUESTIONS
from tallystick.engine.scoring.lei import is_lei
from tallystick.engine.scoring.overlap import Overlap
from tallystick.engine.values import decimal_text
from tallystick.records.bids import Bid
from tallystick.records.organisations import Organisation
from tallystick.records.pilots import Pilot
from tallystick.records.references import Reference
from tallystick.records.roles import Duty
from tallystick.records.selection_evidence import (
    Referees,
    Together,
    certificates_of,
    experience_of,
    referees_of,
    together_of,
)
from tallystick.records.supplier_history import history_of
from tallystick.records.track_record import track_records_of
from tallystick.web.bid_frames import bid_around, bid_of, is_gathering
from tallystick.web.bid_tables import (
    cases_table,
    covered_words,
    members_table,
    references_table,
    share_words,
)
from tallystick.web.components.words import ABSENT, day
from tallystick.web.lookup import ViewerRequest
from tallystick.web.norms_words import WIDE, gap_rows, hours_words, result_words, tenths
from tallystick.web.pack_evidence import mean_words
from tallystick.web.suppliers import chapters_table
from tallystick.web.tables import Table
from tallystick.web.words_kept import words_table


def show(request: ViewerRequest, bid_id: str) -> HttpResponse:
    """Show everything that is known about a bidder on one page."""
    bid, now = bid_of(request, bid_id), datetime.now(UTC)
    gathering = is_gathering(bid)
    may_write = gathering and request.viewer.may(Duty.RUN_SELECTION)
    may_call = gathering and request.viewer.may(Duty.SCORE_BIDS)
    referees = referees_of(bid, now.date())
    experience = experience_of(bid, now.date())
    tables: dict[str, Table] = {
        "references": references_table(
            referees, request.GET, request.viewer.person if may_call else None
        ),
        "cases": cases_table(experience, request.GET, may_write=may_write),
        "people": members_table(experience, request.GET, may_write=may_write),
    }
    records = track_records_of(request.viewer)
    tables["words"] = words_table(bid, referees, records, request.GET)
    history = _history(request, bid)
    if history:
        tables["history"] = history
    for name, table in tables.items():
        if table.wants_file:
            return table.file(name)
    shown = bid_around(request, bid) | {
        "bid": bid,
        "selection": bid.selection,
        "tables": tables,
        "may_write": may_write,
        "may_call": may_call,
        "facts": asked_facts(referees),
        "enough": referees.reputation.asked.enough,
        "said": f"{referees.reputation.score:.1f}" if referees.called else ABSENT,
        "again": share_words(referees.reputation.again),
        "calls": [_call(each) for each in referees.called],
        "planned": referees.planned,
        "experience": share_words(experience.figure) if experience.cases else ABSENT,
        "coverage": [(each, covered_words(each)) for each in experience.coverage.cells],
        "covered": share_words(experience.coverage.share),
        **_standing(bid, now),
        **_together(together_of(bid.selection, bid, now)),
    }
    return render(request, "bid_evidence/show.html", shown)


def asked_facts(referees: Referees) -> list[tuple[str, bool, str]]:
    """Return the rule of references as plain facts: what, whether it is so, and the figure."""
    asked = referees.reputation.asked
    return [
        (
            f"At least {asked.fewest} calls",
            not asked.missing,
            f"{asked.calls} so far" if asked.calls else "none yet",
        ),
        ("One that we found ourselves", asked.independent > 0, str(asked.independent or "none")),
        ("One whose contract has ended", asked.ended > 0, str(asked.ended or "none")),
    ]


def _call(row: Reference) -> tuple[Reference, str, list[tuple[str, object]]]:
    marks = [(question, row.marks.get(name)) for name, question in QUESTIONS.items()]
    return row, mean_words(row.mark), marks


def _standing(bid: Bid, now: datetime) -> dict[str, Any]:
    supplier, today = bid.supplier, now.date()
    share, until = supplier.our_share, supplier.lei_valid_until
    score = supplier.z_score
    return {
        "standing": [
            ("Legal entity identifier", supplier.lei),
            ("Valid until", day(until)),
            ("Revenue that comes from you", share_words(share)),
            ("Altman Z″ (below 1.1 lies distress)", None if score is None else decimal_text(score)),
            ("Contacts in the bid", ", ".join(bid.contacts)),
        ],
        "lei_wrong": bool(supplier.lei) and not is_lei(supplier.lei),
        "lei_lapsed": until is not None and until < today,
        "certificates": [
            (each, each.valid_until is not None and each.valid_until < today)
            for each in certificates_of(bid)
        ],
    }


def _together(found: Together) -> dict[str, Any]:
    clashes = found.clashes
    return {
        "norms_result": result_words(found.norms) if found.survey else "",
        "wide_from": WIDE,
        "norms_on": found.survey.closes_at if found.survey else None,
        "gaps": gap_rows(found.norms, found.measures) if found.norms else [],
        "hours": [
            ("Our team", hours_words(found.ours)),
            ("Their team", hours_words(found.theirs)),
            ("At work together", overlap_words(found.overlap, known=found.theirs is not None)),
            ("Days on which one waits for the other", clashes.days if clashes else ""),
        ],
        "pilot": found.pilot,
        "seen": _seen(found.pilot),
    }


def overlap_words(overlap: Overlap | None, *, known: bool) -> str:
    """Say how many hours a day both teams are at work, over the first year."""
    if overlap is None:
        return "Not on any day" if known else ABSENT
    least, most = tenths(overlap.least), tenths(overlap.most)
    span = f" ({least} to {most} over the year)" if least != most else ""
    return f"{tenths(overlap.median)} hours a day{span}"


def _seen(pilot: Pilot | None) -> list[tuple[str, int, str]]:
    if pilot is None:
        return []
    return [
        (label, pilot.seen[name]["mark"], pilot.seen[name]["seen"])
        for name, label in BEHAVIOURS.items()
        if name in pilot.seen
    ]


def _history(request: ViewerRequest, bid: Bid) -> Table | None:
    """Return the client's own history with the company, if it is a party here."""
    known: Organisation | None = bid.supplier.organisation
    if known is None:
        return None
    return chapters_table(request, history_of(request.viewer, known), "history")
