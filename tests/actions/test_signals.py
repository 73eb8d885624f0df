"""Signals of components are imported, measured and shown as a measurement knew them."""

from pathlib import Path
from typing import Any

import pytest

from tallystick.actions.issue_statement import WindowStillOpen, issue_statement
from tallystick.actions.measure_service_levels import NothingImported, measure_service_levels
from tallystick.engine.intake.mapping import Mapping, read_mapping
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.availability import UnknownComponent
from tallystick.engine.signals import SignalKind
from tallystick.records.agreements import Agreement
from tallystick.records.held import imports_of, rehearse
from tallystick.records.ledger import LedgerEntry
from tallystick.records.measurements import Measurement
from tallystick.records.service_data import Import
from tallystick.records.signals import open_outages, show_behind
from tallystick.records.store import directory_of
from tests.actions.test_import_service_data import import_text
from tests.actions.test_measure_and_state import an_agreement
from tests.cast import EVENT_LOG, TODAY, Cast, an_agreement_document, an_engagement

pytestmark = pytest.mark.django_db

HEADER = "component,from,to\n"
OUTAGES = f"""{HEADER}web,2026-03-02T08:00:00Z,2026-03-02T15:26:24Z
db,2026-04-10T08:00:00Z,2026-04-10T08:10:00Z
web,2026-05-02T08:00:00Z,2026-05-02T08:10:00Z
"""
TWO_OPEN = "web,2026-06-01T08:00:00Z,\ndb,2026-06-02T08:00:00Z,\n"
PROBES = "component,at,result\n" + "".join(
    f"web,2026-03-02T08:{minute:02}:05Z,{'FAIL' if minute == 7 else 'OK'}\n" for minute in range(60)
)
SHAPES: dict[str, dict[str, Any]] = {
    "outages": {"columns": {"component": "component", "since": "from", "until": "to"}},
    "probes": {
        "columns": {"component": "component", "at": "at", "result": "result"},
        "results": {"OK": "up", "FAIL": "down"},
    },
}
FROM_OUTAGES = {"from": "outages", "formula": "(T-M-D)/(T-M)"}
FROM_PROBES = {"from": "probes", "formula": "(T-M-D)/(T-M)", "interval": "60s"}


def a_mapping(shape: str = "outages") -> Mapping:
    """Return a mapping of signals."""
    return read_mapping({"mapping": 1, "shape": shape, "source": "monitor", **SHAPES[shape]})


def a_service(**changes: Any) -> dict[str, Any]:
    """Return the document of an availability level."""
    usual = {
        "id": "portal",
        "name": "Availability of the portal",
        "measure": "availability",
        "calendar": "always",
        "availability": FROM_OUTAGES,
        "target": "99%",
    }
    return usual | changes


def a_document(**changes: Any) -> dict[str, Any]:
    """Return an agreement document with levels of items and one of availability."""
    usual = an_agreement_document()
    return {
        "calendars": usual["calendars"] | {"always": {"hours": "always"}},
        "service_levels": [*usual["service_levels"], a_service(**changes)],
    }


def import_signals(
    cast: Cast, home: Path, agreement: Agreement, text: str = OUTAGES, shape: str = "outages"
) -> Import:
    """Import a text of signals."""
    return import_text(text, agreement.engagement, cast.cleo, home, mapping=a_mapping(shape))


def a_portal(cast: Cast, **changes: Any) -> Agreement:
    """Return a recorded agreement with an availability level."""
    return an_agreement(an_engagement(), cast, **a_document(**changes))


def measured(cast: Cast, agreement: Agreement) -> list[Measurement]:
    """Measure and return what is new."""
    return measure_service_levels(engagement=agreement.engagement, by=cast.ben, as_of=TODAY)


def test_signals_are_stored_and_the_import_says_its_shape(cast: Cast, home: Path) -> None:
    stored = import_signals(cast, home, a_portal(cast))

    counts = (stored.read, stored.accepted, stored.rejected, stored.unchanged)
    assert (stored.shape, counts, stored.items) == ("outages", (3, 3, 0, 0), 2)
    assert f"{stored.last_at:%d %H:%M}" == "02 08:10"
    assert {each.name for each in directory_of(stored).iterdir()} == {
        "manifest.json",
        "signals.parquet",
    }


def test_the_same_signals_again_change_nothing(cast: Cast, home: Path) -> None:
    agreement = a_portal(cast)
    import_signals(cast, home, agreement)

    again = import_signals(cast, home, agreement)
    longer = import_signals(cast, home, agreement, OUTAGES + "web,2026-06-01T08:00:00Z,\n")

    assert (again.accepted, again.unchanged, again.items) == (0, 3, 0)
    assert (longer.accepted, longer.unchanged, longer.items) == (1, 3, 1)


def test_a_rejected_row_can_be_fetched_with_its_reason(cast: Cast, home: Path) -> None:
    stored = import_signals(cast, home, a_portal(cast), OUTAGES + "web,sometime,\n")

    text = (directory_of(stored) / "rejected.csv").read_text(encoding="utf-8-sig")
    assert (stored.accepted, stored.rejected) == (3, 1)
    assert "sometime" in text


def test_a_rehearsal_says_what_an_import_would_add(cast: Cast, home: Path) -> None:
    agreement = a_portal(cast)
    import_signals(cast, home, agreement)
    path = home / "more.csv"
    path.write_text(OUTAGES + "db,2026-06-01T08:00:00Z,\n", encoding="utf-8")

    run = rehearse(agreement.engagement, path, a_mapping())

    assert (run.read, run.accepted, run.unchanged, run.items, run.things) == (4, 1, 3, 1, 2)
    assert Import.objects.count() == 1


def test_an_outage_is_open_until_a_later_file_tells_its_end(cast: Cast, home: Path) -> None:
    agreement = a_portal(cast)
    stored = import_signals(cast, home, agreement, OUTAGES + TWO_OPEN)
    before = open_outages(stored)

    mended = import_signals(
        cast, home, agreement, f"{HEADER}web,2026-06-01T08:00:00Z,2026-06-01T09:00:00Z\n"
    )

    assert (before, open_outages(stored), open_outages(mended)) == (2, 1, 0)


def test_a_rehearsal_counts_only_outages_that_the_import_would_bring(
    cast: Cast, home: Path
) -> None:
    agreement = a_portal(cast)
    path = home / "more.csv"
    path.write_text(OUTAGES + TWO_OPEN, encoding="utf-8")
    before = rehearse(agreement.engagement, path, a_mapping()).open_outages
    import_signals(cast, home, agreement, OUTAGES + TWO_OPEN)

    again = rehearse(agreement.engagement, path, a_mapping()).open_outages
    path.write_text(TWO_OPEN.join([HEADER, "db,2026-06-03T08:00:00Z,\n"]), encoding="utf-8")
    grown = rehearse(agreement.engagement, path, a_mapping()).open_outages

    assert (before, again, grown) == (2, 0, 1)


def test_imports_of_other_shapes_have_no_open_outages(cast: Cast, home: Path) -> None:
    agreement = a_portal(cast)

    probes = import_signals(cast, home, agreement, PROBES, shape="probes")
    tickets = import_text(EVENT_LOG, agreement.engagement, cast.cleo, home)

    assert (open_outages(probes), open_outages(tickets)) == (0, 0)


def test_items_and_signals_of_one_source_do_not_meet(cast: Cast, home: Path) -> None:
    agreement = a_portal(cast)
    import_signals(cast, home, agreement)
    import_text(EVENT_LOG, agreement.engagement, cast.cleo, home)

    shapes = {
        kind: [each.shape for each in imports_of(agreement.engagement, kind)]
        for kind in (None, *SignalKind)
    }

    assert shapes == {None: ["event-log"], "probes": [], "states": [], "outages": ["outages"]}


def test_availability_is_measured_from_the_signals_of_its_kind(cast: Cast, home: Path) -> None:
    agreement = a_portal(cast)
    import_signals(cast, home, agreement)

    made = measured(cast, agreement)

    march = agreement.measurements.get(window="2026-03")
    assert {each.service_level for each in made} == {"portal"}
    assert [each.window for each in made] == [f"2026-{month:02}" for month in range(1, 6)]
    # March in Berlin has 743 hours; 7:26:24 of them were down.
    assert (march.numerator, march.denominator) == (743 * 3600 - 26_784, 743 * 3600)
    assert (march.verdict, march.unit) == ("missed", "share")
    assert [each.shape for each in march.imports.all()] == ["outages"]


def test_measuring_again_makes_nothing_new(cast: Cast, home: Path) -> None:
    agreement = a_portal(cast)
    import_signals(cast, home, agreement)
    import_text(EVENT_LOG, agreement.engagement, cast.cleo, home)
    measured(cast, agreement)

    assert measured(cast, agreement) == []


def test_a_correction_supersedes_the_month_it_is_about(cast: Cast, home: Path) -> None:
    agreement = a_portal(cast)
    import_signals(cast, home, agreement)
    measured(cast, agreement)
    mended = OUTAGES.replace("2026-04-10T08:10", "2026-04-10T20:10")
    import_signals(cast, home, agreement, mended)

    made = measured(cast, agreement)

    assert [(each.window, each.verdict) for each in made] == [("2026-04", "missed")]
    assert made[0].supersedes is not None


def test_without_signals_of_its_kind_availability_is_not_measured(cast: Cast, home: Path) -> None:
    agreement = a_portal(cast)
    import_text(EVENT_LOG, agreement.engagement, cast.cleo, home)

    measured(cast, agreement)

    march = agreement.measurements.get(window="2026-03", service_level="portal")
    assert (march.verdict, march.why) == ("not-measured", "there are no outages of the service")


def test_with_no_data_at_all_nothing_is_measured(cast: Cast, home: Path) -> None:
    with pytest.raises(NothingImported):
        measured(cast, a_portal(cast))


def test_probes_are_streamed_to_the_same_figures_that_the_working_shows(
    cast: Cast, home: Path
) -> None:
    terms = FROM_PROBES | {"least_measured": "0.1%"}
    agreement = a_portal(cast, availability=terms)
    import_signals(cast, home, agreement, PROBES, "probes")
    measured(cast, agreement)
    march = agreement.measurements.get(window="2026-03")
    document = read_agreement(agreement.document)

    shown = show_behind(march, document.service_level("portal"), document).working

    # Nothing is known after the last probe, at five seconds past the minute.
    assert (march.numerator, march.denominator) == (3546 - 60, 3546)
    assert (shown.figure.up, shown.figure.down) == (march.numerator, 60)
    assert shown.figure.unmeasured == march.unmeasured


def test_a_measurement_shows_the_signals_it_knew(cast: Cast, home: Path) -> None:
    agreement = a_portal(cast)
    import_signals(cast, home, agreement)
    measured(cast, agreement)
    march = agreement.measurements.get(window="2026-03")
    import_signals(cast, home, agreement, OUTAGES.replace("15:26:24", "09:00:00"))
    document = read_agreement(agreement.document)
    level = document.service_level("portal")

    shown = show_behind(march, level, document)
    database = show_behind(march, level, document, "db")

    assert sum(each.down for each in shown.working.intervals) == 26_784
    assert sum(each.down for each in database.working.intervals) == 0
    assert {name: figure.down for name, figure in shown.components.items()} == {
        "db": 0,
        "web": 26_784,
    }
    with pytest.raises(UnknownComponent):
        show_behind(march, level, document, "mainframe")


def test_a_statement_waits_for_each_kind_of_data(cast: Cast, home: Path) -> None:
    agreement = a_portal(cast)
    early = OUTAGES.splitlines(keepends=True)[:2]
    import_signals(cast, home, agreement, "".join(early))
    import_text(EVENT_LOG, agreement.engagement, cast.cleo, home)
    measured(cast, agreement)

    with pytest.raises(WindowStillOpen):
        issue_statement(agreement=agreement, window="2026-03", by=cast.ben, as_of=TODAY)


def test_what_was_imported_and_measured_stands_in_the_ledger(cast: Cast, home: Path) -> None:
    agreement = a_portal(cast)
    import_signals(cast, home, agreement)
    measured(cast, agreement)

    actions = list(LedgerEntry.objects.order_by("-id").values_list("action", flat=True)[:2])

    assert actions == ["measure_service_levels", "import_service_data"]
