"""Importing: balance, repetition, mending, supersession, and nothing half done."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from tallystick.actions.import_service_data import NotYetComplete, import_service_data
from tallystick.actions.refusals import NotPermitted
from tallystick.engine.intake.mapping import read_mapping
from tallystick.engine.refusals import Refusal
from tallystick.engine.values import moment
from tallystick.records.engagements import Engagement
from tallystick.records.ledger import LedgerEntry
from tallystick.records.service_data import Import
from tallystick.records.store import directory_of, import_directory, rejected_path
from tallystick.records.viewer import Viewer
from tests.cast import EVENT_LOG, EVENT_LOG_MAPPING, TODAY, Cast, an_engagement

pytestmark = pytest.mark.django_db


def import_text(
    text: str, engagement: Engagement, by: Viewer, home: Path, **changes: Any
) -> Import:
    """Import a text as a file; name only what the test is about."""
    path = home / "export.csv"
    path.write_text(text, encoding="utf-8")
    usual: dict[str, Any] = {
        "engagement": engagement,
        "path": path,
        "file_name": "export.csv",
        "mapping": read_mapping(EVENT_LOG_MAPPING),
        "by": by,
        "as_of": TODAY,
    }
    return import_service_data(**usual | changes)


def test_every_row_is_accepted_or_rejected(cast: Cast, home: Path) -> None:
    text = EVENT_LOG + "T9,not a time,New,P1\n"

    stored = import_text(text, an_engagement(), cast.cleo, home)

    assert (stored.read, stored.accepted, stored.rejected, stored.unchanged) == (15, 14, 1, 0)
    assert stored.items == 4


def test_the_same_file_again_changes_nothing_and_says_so(cast: Cast, home: Path) -> None:
    engagement = an_engagement()
    import_text(EVENT_LOG, engagement, cast.cleo, home)

    again = import_text(EVENT_LOG, engagement, cast.cleo, home)

    assert (again.accepted, again.unchanged, again.items) == (0, 14, 0)
    assert not directory_of(again).exists()


def test_a_mended_row_joins_the_history_of_its_item(cast: Cast, home: Path) -> None:
    engagement = an_engagement()
    broken = EVENT_LOG.replace("T2,2026-03-03T12:00:00Z,Work", "T2,2026-03-03T12:00:00Z,Wrok")
    first = import_text(broken, engagement, cast.cleo, home)
    mended = rejected_path(directory_of(first)).read_text(encoding="utf-8-sig")

    second = import_text(mended.replace("Wrok", "Work"), engagement, cast.cleo, home)

    assert first.rejected == 1
    assert (second.read, second.accepted, second.rejected) == (1, 1, 0)
    again = import_text(EVENT_LOG, engagement, cast.cleo, home)
    assert (again.accepted, again.unchanged) == (0, 14)


def test_the_unmended_file_does_not_undo_the_mending(cast: Cast, home: Path) -> None:
    engagement = an_engagement()
    broken = EVENT_LOG.replace("T2,2026-03-03T12:00:00Z,Work", "T2,2026-03-03T12:00:00Z,Wrok")
    first = import_text(broken, engagement, cast.cleo, home)
    mended = rejected_path(directory_of(first)).read_text(encoding="utf-8-sig")
    import_text(mended.replace("Wrok", "Work"), engagement, cast.cleo, home)

    again = import_text(broken, engagement, cast.cleo, home)

    assert (again.accepted, again.rejected, again.items) == (0, 1, 0)


def test_a_broken_row_does_not_tear_a_hole_into_what_is_held(cast: Cast, home: Path) -> None:
    engagement = an_engagement()
    import_text(EVENT_LOG, engagement, cast.cleo, home)
    broken = EVENT_LOG.replace("T2,2026-03-03T12:00:00Z,Work", "T2,2026-03-03T12:00:00Z,Wrok")

    stored = import_text(broken, engagement, cast.cleo, home)

    assert (stored.accepted, stored.rejected, stored.unchanged, stored.items) == (0, 1, 13, 0)


def test_a_later_import_supersedes_the_items_it_contains(cast: Cast, home: Path) -> None:
    engagement = an_engagement()
    import_text(EVENT_LOG, engagement, cast.cleo, home)
    corrected = EVENT_LOG.replace("T1,2026-03-02T10:00:00Z,Done", "T1,2026-03-02T11:00:00Z,Done")

    stored = import_text(corrected, engagement, cast.cleo, home)

    assert (stored.accepted, stored.unchanged, stored.items) == (1, 13, 1)


def test_an_import_removes_what_a_killed_one_of_its_engagement_left(cast: Cast, home: Path) -> None:
    desk, other = an_engagement(name="Desk"), an_engagement(name="Other")
    left, of_other = [import_directory(each, ".killed.partial-x7w2k9") for each in (desk, other)]
    for directory in (left, of_other):
        directory.mkdir(parents=True)
        (directory / "bucket-0000.parquet").touch()

    stored = import_text(EVENT_LOG, desk, cast.cleo, home)

    assert list(left.parent.iterdir()) == [directory_of(stored)]
    # Somebody may be writing it at this moment.
    assert of_other.exists()


def test_a_parquet_file_is_imported_like_the_same_rows_as_csv(cast: Cast, home: Path) -> None:
    text = EVENT_LOG + "T9,not a time,New,P1\n"
    by_csv = import_text(text, an_engagement(name="Desk"), cast.cleo, home)
    parquet = home / "export.parquet"
    duckdb.read_csv(str(home / "export.csv"), header=True, all_varchar=True).write_parquet(
        str(parquet)
    )

    stored = import_text(text, an_engagement(name="Other"), cast.cleo, home, path=parquet)

    for name in ("read", "accepted", "rejected", "unchanged", "items", "first_at", "last_at"):
        assert getattr(stored, name) == getattr(by_csv, name)
    told = [rejected_path(directory_of(each)).read_text() for each in (by_csv, stored)]
    assert told[0] == told[1]


def test_a_refused_file_leaves_nothing_behind(cast: Cast, home: Path) -> None:
    with pytest.raises(Refusal) as refused:
        import_text('number,at,state,priority\nT1,"2026', an_engagement(), cast.cleo, home)

    assert refused.value.code == "intake.unclosed-quote"
    assert not Import.objects.exists()
    assert not LedgerEntry.objects.exists()
    assert not (home / "service-data").exists()


def test_a_role_without_the_duty_imports_nothing(cast: Cast, home: Path) -> None:
    with pytest.raises(NotPermitted):
        import_text(EVENT_LOG, an_engagement(), cast.ann, home)

    assert not Import.objects.exists()


def test_a_file_cannot_be_complete_into_the_future(cast: Cast, home: Path) -> None:
    tomorrow = moment(int(TODAY.timestamp()) + 86_400)

    with pytest.raises(NotYetComplete):
        import_text(EVENT_LOG, an_engagement(), cast.cleo, home, complete_until=tomorrow)


def test_the_act_stands_in_the_engagement_s_shared_ledger(cast: Cast, home: Path) -> None:
    engagement = an_engagement()

    stored = import_text(EVENT_LOG, engagement, cast.cleo, home)

    entry = LedgerEntry.objects.get()
    assert (entry.engagement, entry.by, entry.subject) == (
        engagement,
        cast.cleo.person,
        stored.public_id,
    )
    assert "14 rows accepted" in entry.sentence
