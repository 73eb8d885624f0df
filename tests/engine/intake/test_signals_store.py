"""Signals on disk: they come back as they were, supersede each other, and stream in pieces."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallystick.engine.intake import read_signals
from tallystick.engine.intake.merge_signals import merge_signals
from tallystick.engine.intake.probe_stream import probe_chunks
from tallystick.engine.intake.signals_store import (
    held_signals,
    read_signal_manifest,
    write_signals,
)
from tallystick.engine.signals import SignalKind, Signals, no_signals
from tests.engine.intake.makers import a_file
from tests.engine.intake.signal_makers import a_signal_mapping, read_rows, told

PROBES, STATES, OUTAGES = SignalKind.PROBES, SignalKind.STATES, SignalKind.OUTAGES


def stored(folder: Path, shape: str, *texts: str, source: str = "monitor") -> list[Path]:
    """Store texts as imports, one after another."""
    found = []
    for text in texts:
        directory = folder / f"{source}-{len(list(folder.glob(f'{source}-*')))}"
        write_signals(read_rows(folder, shape, text).signals, directory, source=source)
        found.append(directory)
    return found


@pytest.mark.parametrize(
    ("shape", "kind", "rows"),
    [
        ("probes", PROBES, "web,T3:00,OK\nweb,T4:00,FAIL\ndb,T3:00,TIMEOUT\n"),
        ("service-states", STATES, "web,T3:00,Up\nweb,T4:00,Works\n"),
        ("outages", OUTAGES, "web,T3:00,T4:00,5,yes\nweb,T5:00,,,\n"),
    ],
)
def test_signals_come_back_equal_in_every_column(
    tmp_path: Path, shape: str, kind: SignalKind, rows: str
) -> None:
    signals = read_rows(tmp_path, shape, rows).signals
    write_signals(signals, tmp_path / "import", source="monitor")

    back = held_signals([tmp_path / "import"], kind)

    for name in ("component", "since", "until", "status", "users", "line"):
        assert np.array_equal(getattr(back, name), getattr(signals, name))
        assert getattr(back, name).dtype == getattr(signals, name).dtype
    assert (back.kind, back.components) == (kind, signals.components)
    assert back.origin is not None
    assert signals.origin is not None
    assert [back.origin.text(row) for row in range(len(back))] == [
        signals.origin.text(row) for row in range(len(signals))
    ]


def test_a_later_import_supersedes_by_component_and_instant(tmp_path: Path) -> None:
    directories = stored(
        tmp_path, "outages", "web,T3:00,T4:00,,\nweb,T5:00,,,\n", "web,T5:00,T6:00,,\ndb,T5:00,,,\n"
    )

    held = held_signals(directories, OUTAGES)

    assert told(held) == ["db 05:00- down -1", "web 03:00-04:00 down -1", "web 05:00-06:00 down -1"]


def test_a_state_of_a_later_import_ends_the_one_before(tmp_path: Path) -> None:
    directories = stored(
        tmp_path, "service-states", "web,T3:00,Up\nweb,T6:00,Up\n", "web,T4:00,Down\n"
    )

    held = held_signals(directories, STATES)

    assert [row.split()[1] for row in told(held)] == ["03:00-04:00", "04:00-06:00", "06:00-"]


def test_components_of_two_sources_are_told_apart(tmp_path: Path) -> None:
    one = stored(tmp_path, "probes", "web,T3:00,OK\n", source="one")
    other = stored(tmp_path, "probes", "web,T3:00,FAIL\n", source="other")

    held = held_signals([*one, *other], PROBES)

    assert told(held) == ["one/web 03:00-03:00 up -1", "other/web 03:00-03:00 down -1"]


def test_what_is_read_can_be_narrowed_to_components_and_time(tmp_path: Path) -> None:
    rows = "a,T3:00,OK\na,T4:00,OK\nb,T4:00,OK\nc,T4:00,OK\n"
    (directory,) = stored(tmp_path, "probes", rows)
    four = held_signals([directory], PROBES).since.max()

    held = held_signals([directory], PROBES, components=["a", "c"], since=int(four))

    assert told(held) == ["a 04:00-04:00 up -1", "c 04:00-04:00 up -1"]


def test_signals_of_another_kind_are_a_mistake(tmp_path: Path) -> None:
    directories = stored(tmp_path, "probes", "web,T3:00,OK\n")

    with pytest.raises(ValueError, match="not outages alone"):
        held_signals(directories, OUTAGES)


def test_a_stream_goes_through_time_whatever_the_order_of_the_imports(tmp_path: Path) -> None:
    directories = stored(tmp_path, "probes", "web,T5:00,OK\n", "web,T3:00,FAIL\n")

    slots = [chunk.slot[0] for chunk in probe_chunks(directories, interval=60, as_of=2**40)]

    assert slots == sorted(slots)


def test_no_signals_are_an_import_without_rows(tmp_path: Path) -> None:
    write_signals(no_signals(PROBES), tmp_path / "import")

    held = held_signals([tmp_path / "import"], PROBES)

    assert (len(held), read_signal_manifest(tmp_path / "import").rows) == (0, 0)
    assert list(probe_chunks([tmp_path / "import"], interval=60, as_of=2**40)) == []


def test_an_import_is_never_overwritten(tmp_path: Path) -> None:
    write_signals(no_signals(PROBES), tmp_path / "import")

    with pytest.raises(FileExistsError):
        write_signals(no_signals(PROBES), tmp_path / "import")


def test_a_writer_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("tallystick.engine.intake.signals_store.write_told", full)
    with pytest.raises(OSError, match="no space left"):
        write_signals(no_signals(PROBES), tmp_path / "imports" / "x")

    assert list((tmp_path / "imports").iterdir()) == []


def test_equal_signals_make_equal_files(tmp_path: Path) -> None:
    one, other = stored(tmp_path, "probes", *["web,T3:00,OK\ndb,T3:00,FAIL\n"] * 2)

    assert [file.read_bytes() for file in sorted(one.iterdir())] == [
        file.read_bytes() for file in sorted(other.iterdir())
    ]


@pytest.mark.parametrize(
    ("again", "unchanged", "kept"),
    [
        ("web,T3:00,T4:00,5,no\nweb,T5:00,,,\n", 2, []),
        ("web,T3:00,T4:00,6,no\nweb,T5:00,,,\n", 1, ["web 03:00-04:00 down 6"]),
        ("web,T3:00,T4:00,5,no\nweb,T5:00,T6:00,,\n", 1, ["web 05:00-06:00 down -1"]),
        ("web,T3:00,T4:00,5,yes\n", 0, ["web 03:00-04:00 excused 5"]),
        ("web,T7:00,,,\nbad,row,,,\n", 0, ["web 07:00- down -1"]),
    ],
)
def test_what_is_held_already_is_unchanged_and_the_counts_add_up(
    tmp_path: Path, again: str, unchanged: int, kept: list[str]
) -> None:
    held = read_rows(tmp_path, "outages", "web,T3:00,T4:00,5,no\nweb,T5:00,,,\n").signals

    merged = merge_signals(read_rows(tmp_path, "outages", again), held)

    assert (merged.unchanged, told(merged.signals)) == (unchanged, kept)
    assert merged.read == merged.accepted + merged.rejected + merged.unchanged


def test_an_instant_that_loses_an_attempt_is_told_anew(tmp_path: Path) -> None:
    header = "host,at,result,try\n"
    columns = {"component": "host", "at": "at", "result": "result", "attempt": "try"}
    mapping = a_signal_mapping("probes", columns=columns)
    one, two = "web,2025-01-02T03:00,OK,1\n", "web,2025-01-02T03:00,FAIL,2\n"
    held = read_signals(a_file(tmp_path, header + one + two), mapping).signals

    merged = merge_signals(read_signals(a_file(tmp_path, header + one), mapping), held)

    assert (merged.accepted, merged.unchanged) == (1, 0)


def test_the_next_state_is_no_part_of_a_state(tmp_path: Path) -> None:
    held = read_rows(tmp_path, "service-states", "web,T3:00,Up\nweb,T4:00,Down\n").signals

    merged = merge_signals(read_rows(tmp_path, "service-states", "web,T3:00,Up\n"), held)

    assert (merged.accepted, merged.unchanged) == (0, 1)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    imports=st.lists(
        st.lists(
            st.tuples(st.sampled_from("abc"), st.integers(0, 59), st.sampled_from(["OK", "FAIL"])),
            min_size=1,
            max_size=20,
        ),
        min_size=1,
        max_size=3,
    ),
    apart=st.booleans(),
    rows=st.integers(1, 9),
    until=st.integers(0, 180),
    wanted=st.sampled_from([None, ["a"], ["a", "c"], ["z"]]),
)
def test_a_stream_is_what_is_held_whatever_the_pieces(
    tmp_path_factory: pytest.TempPathFactory,
    imports: list[list[tuple[str, int, str]]],
    apart: bool,
    rows: int,
    until: int,
    wanted: list[str] | None,
) -> None:
    folder = tmp_path_factory.mktemp("stream")
    texts = [
        "".join(
            f"{name},T{(number if apart else 0) + 1}:{minute:02},{result}\n"
            for name, minute, result in told_rows
        )
        for number, told_rows in enumerate(imports)
    ]
    directories = stored(folder, "probes", *texts)
    held = held_signals(directories, PROBES, components=wanted)
    as_of = 1_735_779_600 + until * 60  # 2025-01-02T01:00Z and on

    chunks = list(
        probe_chunks(directories, interval=300, as_of=as_of, components=wanted, rows=rows)
    )

    streamed = [
        (chunk.component, slot, status)
        for chunk in chunks
        for slot, status in zip(chunk.slot.tolist(), chunk.status.tolist(), strict=True)
    ]
    assert streamed == plain(held, as_of)


def plain(signals: Signals, as_of: int) -> list[tuple[str, int, int]]:
    """Return component, slot of five minutes and status of each probe known at an instant."""
    columns = (signals.component.tolist(), signals.since.tolist(), signals.status.tolist())
    return [
        (signals.components[place], since // 300, status)
        for place, since, status in zip(*columns, strict=True)
        if since <= as_of
    ]
