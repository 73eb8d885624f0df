"""What a statement would say if it were issued again now, and in what it differs."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.credits import CreditNote
from tallystick.engine.service_levels.dealings.days import last_of_window, local_day
from tallystick.engine.service_levels.dealings.difference import (
    Difference,
    Inputs,
    Key,
    Reading,
    difference_of,
)
from tallystick.engine.service_levels.windows import Window, windows_of
from tallystick.engine.values import moment
from tallystick.records.agreements import Agreement, AgreementState
from tallystick.records.credit_notes import note_as_issued, notes_of
from tallystick.records.dealing_terms import zone_of
from tallystick.records.measurements import Measurement
from tallystick.records.statements import Statement


def month_of(agreement: Agreement, window: str) -> Window | None:
    """Return a month of an agreement's term by its name; None if it has no such month."""
    months = windows_of(read_agreement(agreement.document))
    return next((each for each in months if each.text == window), None)


def month_stating(
    window_end: datetime, agreement: Agreement, known_until: datetime | None
) -> tuple[str, bool]:
    """
    Return the month whose statement holds a window, and whether it is over in the service data.

    That is the month in which the window ends: of a quarter its third.
    """
    zone = zone_of(agreement)
    last = last_of_window(window_end, zone)
    following = (last.replace(day=1) + timedelta(days=32)).replace(day=1)
    end = min(following, agreement.in_force_until)
    return f"{last:%Y-%m}", known_until is not None and local_day(known_until, zone) >= end


def newest_measurements(agreement: Agreement, month: Window) -> list[Measurement]:
    """Return the measurements of the windows that end in a month: its own, days, a quarter."""
    current = agreement.measurements.filter(superseded_by=None)
    ending = current.filter(window_end__gt=moment(month.start), window_end__lte=moment(month.end))
    return list(ending.select_related("agreement").prefetch_related("imports").order_by("id"))


def agreement_now(statement: Statement) -> Agreement:
    """
    Return the version that a statement would be issued under now.

    Its own as long as that is in force; else the newest version in force that has the window.
    """
    own = statement.agreement
    if own.state == AgreementState.IN_FORCE:
        return own
    later = Agreement.objects.filter(
        engagement=statement.engagement_id,
        document__id=own.document["id"],
        state=AgreementState.IN_FORCE,
        in_force_from__lt=statement.window_end,
        in_force_until__gt=statement.window_start,
    )
    return later.order_by("-version").first() or own


def readings_of(measurements: Iterable[Measurement]) -> dict[Key, Reading]:
    """Return measurements by level and window; read `agreement` and `imports` along."""
    return {
        (each.service_level, each.window): Reading(each.measured, _inputs(each))
        for each in measurements
    }


def _inputs(measurement: Measurement) -> Inputs:
    return Inputs(
        relief=measurement.relief_digest,
        imports=frozenset(each.digest for each in measurement.imports.all()),
        agreement=measurement.agreement.digest,
        zone_data=measurement.zone_data_version,
        engine=measurement.engine_version,
    )


def pinned_of(statement: Statement) -> list[Measurement]:
    """Return the measurements that a statement pins, with what their inputs are named by."""
    pinned = statement.measurements.select_related("agreement").prefetch_related("imports")
    return list(pinned.order_by("id"))


def note_issued_with(statement: Statement) -> CreditNote | None:
    """Return the credit note of a statement as the figures stood when it was issued."""
    terms = read_agreement(statement.agreement.document)
    if not terms.credits:
        return None
    return note_as_issued(statement, terms, statement.agreement.measurements.all())


def note_now(statement: Statement, agreement: Agreement) -> CreditNote | None:
    """Return the credit note of a statement's window as the figures stand now."""
    terms = read_agreement(agreement.document)
    if not terms.credits:
        return None
    current = agreement.measurements.filter(
        superseded_by=None, window_end__lte=statement.window_end
    )
    notes = notes_of(terms, current, statement.window_end)
    return next((note for note in notes if note.window == statement.window), None)


def difference_made(statement: Statement) -> Difference | None:
    """Return in what a restatement differs from the statement it takes the place of."""
    before = statement.supersedes
    if before is None:
        return None
    return difference_of(
        readings_of(pinned_of(before)),
        readings_of(pinned_of(statement)),
        (note_issued_with(before), note_issued_with(statement)),
    )


def difference_now(statement: Statement, agreement: Agreement) -> Difference:
    """Return in what the window reads otherwise now than on a statement; nothing, as a rule."""
    month = month_of(agreement, statement.window)
    measurements = newest_measurements(agreement, month) if month else []
    if not measurements:
        return Difference()
    return difference_of(
        readings_of(pinned_of(statement)),
        readings_of(measurements),
        (note_issued_with(statement), note_now(statement, agreement)),
    )
