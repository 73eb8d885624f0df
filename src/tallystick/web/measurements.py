"""One measurement with the items behind it, and one item with its working."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.evidence import ItemEvidence, read_evidence
from tallystick.engine.service_levels.outlook.level import counts_items, has_items
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.engine.service_levels.terms.clock import Cycles
from tallystick.engine.service_levels.working import UnknownItem, Working, show_working
from tallystick.engine.values import FOREVER, seconds
from tallystick.records.held import relieved_behind, spans_behind
from tallystick.records.measurements import Measurement
from tallystick.records.roles import Duty
from tallystick.records.store import evidence_path
from tallystick.web import availability
from tallystick.web.agreement_words import level_words
from tallystick.web.components.figures import figure, goal_words, minimum_words
from tallystick.web.components.status import word_of
from tallystick.web.components.words import duration, moment_text, month, number
from tallystick.web.counts import counted
from tallystick.web.evidence_tables import evidence_of, evidence_table, item_address
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.standings import attained
from tallystick.web.workings import counted_sum, stretches_of, strip_of, working_table

TAB = "service_levels"


def _found(request: ViewerRequest, measurement_id: str) -> tuple[Measurement, Terms]:
    measurement = find(
        Measurement, request.viewer, measurement_id, "engagement__client", "engagement__provider",
        "agreement", "measured_by", "supersedes", "superseded_by",
    )  # fmt: skip
    return measurement, read_agreement(measurement.agreement.document)


def _above(
    measurement: Measurement, level: ServiceLevel, *more: tuple[str, str]
) -> tuple[tuple[str, str], ...]:
    engagement = measurement.engagement.public_id
    return (
        ("Service levels", reverse("service_levels", args=[engagement])),
        (level.name, reverse("service_level", args=[engagement, level.id])),
        *more,
    )


def show(request: ViewerRequest, measurement_id: str) -> HttpResponse:
    """Show one measurement: how it came about, the way back, and the items behind it."""
    measurement, terms = _found(request, measurement_id)
    level = terms.service_level(measurement.service_level)
    around = frame(request, measurement.engagement, TAB, *_above(measurement, level))
    if level.availability is not None:
        return availability.show(request, measurement, terms, level, around)
    evidence = evidence_of(measurement, level, terms)
    table = evidence_table(measurement, level, evidence.items, terms.zone, request.GET)
    if table.wants_file:
        return table.file(f"{measurement.service_level}-{measurement.window}")
    imports = list(measurement.imports.order_by("-imported_at", "-id"))
    shown = {
        "measurement": measurement,
        "level": level,
        "zone": terms.zone,
        "formula": formula(measurement, level),
        "stats": _stats(measurement, level),
        "clause": level_words(level, terms),
        "imports": imports,
        "relief": measurement.relief.order_by("id"),
        "files": f"Computed from {counted(len(imports), 'file')}",
        "later": getattr(measurement, "superseded_by", None),
        "may_claim": may_claim(request, terms),
        "table": table if has_items(level) and not evidence.gone else None,
        "evidence": evidence,
    }
    return render(request, "service_levels/show.html", around | shown)


def may_claim(request: ViewerRequest, terms: Terms) -> bool:
    """Return whether the viewer may claim relief: the agreement grants some, and the role fits."""
    return terms.relief is not None and request.viewer.may(Duty.CLAIM_RELIEF)


def formula(measurement: Measurement, level: ServiceLevel) -> str:
    """Say how the verdict came about."""
    verdict = word_of(measurement.verdict).lower()
    why = f" ({measurement.why})" if measurement.why else ""
    if measurement.value is None:
        return f"No ticket was decided in this window: {verdict}{why}."
    text = figure(measurement.value, measurement.target)
    against = goal_words(measurement.target)
    against += f" (minimum {minimum_words(measurement.least)})" if measurement.least else ""
    return f"{_counted(measurement, level, text)} against {against}: {verdict}{why}."


def _counted(measurement: Measurement, level: ServiceLevel, text: str) -> str:
    if not has_items(level):
        up, agreed = duration(measurement.numerator), duration(measurement.denominator)
        return f"Up for {up} of {agreed}: {text}"
    items = counted(measurement.count, "ticket")
    if counts_items(level):
        kept = "kept the limit" if level.measure.is_timed else "fulfil the condition"
        whole = "ticket" if measurement.denominator == 1 else "tickets"
        return (
            f"{number(measurement.numerator)} of {number(measurement.denominator)} {whole} "
            f"{kept}: {text}"
        )
    if level.measure in {level.measure.VOLUME, level.measure.BACKLOG}:
        return f"{items.capitalize()}: {text}"
    statistic = str(level.statistic) if level.measure.is_timed or level.of else ""
    return f"{statistic.capitalize() or 'The figure'} of {items}: {text}"


def _stats(measurement: Measurement, level: ServiceLevel) -> list[tuple[str, str, str]]:
    """Return the figures of a measurement as (label, value, detail)."""
    value = attained(measurement)
    shown = "Not measured" if measurement.verdict == "not-measured" else ""
    stats = [
        ("Figure", shown or figure(value, measurement.target), ""),
        ("Expected", goal_words(measurement.target), ""),
    ]
    if measurement.least:
        stats.append(("Minimum", minimum_words(measurement.least), "beyond it, missed"))
    if counts_items(level):
        kept = "Kept their limit" if level.measure.is_timed else "Fulfil it"
        stats += [(kept, number(measurement.numerator), f"of {number(measurement.denominator)}")]
    elif not has_items(level):
        stats += [
            ("Up", duration(measurement.numerator), f"of {duration(measurement.denominator)}")
        ]
    else:
        stats += [("Counted", number(measurement.count), "stand behind the figure")]
    if has_items(level):
        stats.append(("Not decided yet", number(measurement.pending), "in no count"))
    more = [("Excluded", measurement.excluded), ("Relieved", measurement.relieved)]
    stats += [(label, number(count), "in no count") for label, count in more if count]
    if measurement.unmeasured:
        stats.append(("Without data", duration(measurement.unmeasured), "no valid signal"))
    return stats


# --- one item


def item(request: ViewerRequest, measurement_id: str) -> HttpResponse:
    """Show the working of one item under one measurement; without an id, ask for one."""
    measurement, terms = _found(request, measurement_id)
    asked = request.GET.get("id", "").strip()[:200]
    page = reverse("measurement", args=[measurement.public_id])
    level = terms.service_level(measurement.service_level)
    above = _above(measurement, level, (month(measurement.window), page))
    around = frame(request, measurement.engagement, TAB, *above)
    around |= {
        "measurement": measurement,
        "asked": asked,
        "zone": terms.zone,
        "level": level,
        "may_claim": may_claim(request, terms) and level.availability is None,
    }
    if not asked:
        return render(request, "service_levels/item_unknown.html", around)
    try:
        shown = _working(request, measurement, terms, level, asked)
    except UnknownItem:
        return render(request, "service_levels/item_unknown.html", around, status=404)
    if shown["table"].wants_file:
        return shown["table"].file("working")  # type: ignore[no-any-return]
    return render(request, "service_levels/item.html", around | shown)


def _working(
    request: ViewerRequest, measurement: Measurement, terms: Terms, level: ServiceLevel, asked: str
) -> dict[str, Any]:
    wanted = request.GET.get("cycle", "")
    cycle = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 7 else None
    as_of = seconds(measurement.data_until)
    spans = spans_behind(measurement, asked)
    working = show_working(
        spans,
        asked,
        level,
        terms,
        as_of,
        relieved=relieved_behind(measurement),
        cycle=cycle if level.cycles is Cycles.EACH else None,
    )
    stretches = stretches_of(working, measurement, request.viewer)
    known = _evidence_of_item(measurement, asked)
    own = next((each for each in known if each.cycle == working.cycle), None)
    return {
        "working": working,
        "said": _said(working, level, terms.zone),
        "stats": _item_stats(working, level, own),
        "cycles": _cycles(measurement, level, known, working),
        "sum": counted_sum(stretches),
        "parts": sum(stretch.counted is not None for stretch in stretches),
        "strip": strip_of(working, terms.zone),
        "table": working_table(stretches, terms.zone, request.GET),
        "due_moved": working.first_due != working.due,
    }


def _evidence_of_item(measurement: Measurement, item: str) -> list[ItemEvidence]:
    path = evidence_path(measurement.evidence)
    found = read_evidence(path, item=item, size=1000) if path.exists() else []
    return sorted(found, key=lambda each: each.cycle)


def _cycles(
    measurement: Measurement, level: ServiceLevel, known: list[ItemEvidence], working: Working
) -> list[tuple[str, str, bool]]:
    """Return the cycles of an item as tabs; empty where they are not judged one by one."""
    if level.cycles is not Cycles.EACH or len(known) < 2:
        return []
    return [
        (
            f"Cycle {each.cycle}: {word_of(each.verdict).lower()}",
            item_address(measurement, working.item, each.cycle),
            each.cycle == working.cycle,
        )
        for each in known
    ]


_LEFT_OUT = {
    "cancelled": "The ticket was cancelled, so it is in no count.",
    "no-limit": "No limit of the agreement is meant for this ticket, so it is in no count.",
    "relieved": "Relief was approved for this ticket, so it is in no count.",
    "never-started": "The clock never ran for this ticket, so it is in no count.",
    "no-due-date": "The date on which the ticket is due is missing or cannot be read.",
    "no-value": "The ticket carries no value that this level counts.",
    "reopened": "The ticket was reopened, which the agreement counts as missed.",
}


def _said(working: Working, level: ServiceLevel, zone: str) -> str:
    """Say in a sentence or two what became of the item."""
    first = _LEFT_OUT.get(working.reason.value, "")
    if working.limit:
        over = working.counted - working.limit
        side = f"{duration(over)} over it" if over > 0 else "within it"
        side = "exactly at the limit, which keeps it" if over == 0 else side
        second = (
            f"{duration(working.counted)} counted against a limit of "
            f"{duration(working.limit)}: {side}"
        )
    elif working.due < FOREVER and level.measure.is_timed:
        second = _against_due(working, zone)
    else:
        second = f"{duration(working.counted)} counted"
    late = working.limit and working.counted <= working.limit and working.reason in _LATE
    round_ = ", and over the time that may pass round the clock" if late else ""
    end = ", and not done yet" if working.verdict.value == "pending" else ""
    return " ".join(filter(None, [first, f"{second}{round_}{end}."]))


_LATE = {"done-late", "open-late"}


def _against_due(working: Working, zone: str) -> str:
    due = f"Due by {moment_text(working.due, zone)}"
    if working.done == FOREVER:
        return due
    late = working.done - working.due
    return f"{due}, and done {duration(abs(late))} {'after' if late > 0 else 'before'} it"


def _item_stats(
    working: Working, level: ServiceLevel, own: ItemEvidence | None
) -> list[tuple[str, str, str]]:
    verdict = word_of(working.verdict.value)
    stats = [("Verdict", verdict, word_of(working.reason.value))]
    if level.of:
        value = f"{own.value:g}" if own else "–"  # noqa: RUF001  (an en dash)
        stats.append((level.of, value, "the value that counts"))
    stats.append(("Counted", duration(working.counted), "working time"))
    if working.limit:
        stats.append(("Limit", duration(working.limit), "working time"))
    if any(rule.round_the_clock for rule in level.targets):
        stats.append(("Round the clock", duration(working.elapsed), "less pauses"))
    stats.append(("Paused", duration(working.paused), "not counted"))
    return stats
