"""Measuring and working time against other ways: pandas, a loop from day to day, workclock."""

from collections.abc import Iterator
from datetime import time
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.generated import HOLIDAYS, agreement, intervals, spans
from benchmarks.harness import Result, Sizes, at_least, at_most, cpu_seconds, side_by_side
from benchmarks.measuring import measure_both
from benchmarks.measuring_set import Gathered
from benchmarks.working import by_day
from tallystick.engine.intake.manifest import ROWS_PER_BUCKET
from tallystick.engine.service_levels.agreement import agreement_document, read_agreement
from tallystick.engine.service_levels.calendars import compile_calendar, working_time
from tallystick.engine.service_levels.histories import rows_of
from tallystick.engine.service_levels.many import measure_buckets
from tallystick.engine.service_levels.tally import measurements_of
from tallystick.engine.service_levels.terms import Agreement
from tallystick.engine.values import STATES, Spans, State

PANDAS_REACH, LOOP_REACH, CLOCK_REACH, FLAT_REACH = 10.0, 40.0, 8.0, 1.5
HOUR = 3600
LIMITS = {"P1": 4 * HOUR}
OTHER = 16 * HOUR


def results(sizes: Sizes) -> Iterator[Result]:
    """Give the ratios; those to packages that are not installed are left out."""
    if find_spec("pandas"):
        yield _against_pandas(sizes)
    yield _against_a_loop(sizes)
    if find_spec("workclock"):
        yield _against_workclock(sizes)
    yield _flat(sizes)


def one_shift(terms: Agreement) -> Agreement:
    """Return the agreement with one shift a day, which is all that `np.busday_count` can do."""
    document = agreement_document(terms)
    document["calendars"]["office"]["hours"] = {"mon-fri": ["09:00-17:00"]}
    return read_agreement(document)


def _against_pandas(sizes: Sizes) -> Result:
    terms = one_shift(agreement())
    history = spans(sizes.peer_items, sizes.changes_each)
    as_of = int(history.since.max()) + 1
    frame, buckets = a_frame(history), in_buckets(history, sizes.changes_each)
    if with_pandas(frame, as_of) != measure_buckets_of(buckets, terms, as_of):
        raise RuntimeError("pandas and ours decide another number of items")
    ours, other = side_by_side(
        lambda: measure_buckets_of(buckets, terms, as_of),
        lambda: with_pandas(frame, as_of),
        sizes.runs,
    )
    return at_least(
        "pandas with np.busday_count / measure two levels", ours, other, PANDAS_REACH,
        unit="CPU seconds",
        note=f"{sizes.peer_items:,} items, in memory for both; one shift a day and no clock change "
        "inside it, since np.busday_count knows no other. Both find as many decided items. Pandas "
        "sorts the changes each time; ours did so once, at the import.",
    )  # fmt: skip


def in_buckets(history: Spans, changes_each: int) -> list[Spans]:
    """Return the histories in parts as large as buckets are."""
    size = ROWS_PER_BUCKET // changes_each * changes_each
    rows = len(history.item)
    return [rows_of(history, slice(first, first + size)) for first in range(0, rows, size)]


def measure_buckets_of(buckets: list[Spans], terms: Agreement, as_of: int) -> int:
    """Measure both levels, their percentiles and breached items; return how many were decided."""
    gathered = Gathered()
    found = measure_buckets(
        buckets.__getitem__, len(buckets), terms, as_of, keep=gathered.keep, fingerprints=False
    )
    gathered.percentiles()
    return sum(
        each.denominator
        for name, added in found.items()
        for each in measurements_of(added.summary, terms.service_level(name), terms, as_of)
    )


def a_frame(history: Spans) -> Any:
    """Return the same changes as a data frame, in no order, as an export holds them."""
    import pandas as pd  # noqa: PLC0415  (an extra of the benchmarks)

    priority = history.attributes["priority"]
    frame = pd.DataFrame(
        {
            "item": history.item,
            "since": pd.to_datetime(history.since, unit="s", utc=True),
            "state": history.state,
            "priority": pd.Categorical.from_codes(priority.codes, list(priority.values)),
        }
    )
    return frame.sample(frac=1, random_state=7, ignore_index=True)


def with_pandas(frame: Any, as_of: int) -> int:
    """Measure both levels as well as pandas can; return how many items were decided."""
    import pandas as pd  # noqa: PLC0415

    rows = frame.sort_values(["item", "since"], kind="stable", ignore_index=True)
    local = rows["since"].dt.tz_convert("Europe/Madrid").dt.tz_localize(None)
    before = _office_seconds(local.to_numpy().astype("datetime64[s]"))
    end = pd.Timestamp(as_of, unit="s", tz="UTC").tz_convert("Europe/Madrid").tz_localize(None)
    until = np.append(before[1:], 0)
    last = np.append(np.diff(rows["item"].to_numpy()) != 0, True)
    until[last] = _office_seconds(np.asarray([end], dtype="datetime64[s]"))[0]
    limit = np.where(rows["priority"].to_numpy() == "P1", LIMITS["P1"], OTHER)
    rows = rows.assign(seconds=until - before, limit=limit, local=local)
    return _decided(rows, "response") + _decided(rows, "resolution")


def _office_seconds(at: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Return the seconds of 09:00 to 17:00 on working days before local moments."""
    days = at.astype("datetime64[D]")
    holidays = np.asarray(HOLIDAYS, dtype="datetime64[D]")
    whole = np.busday_count(np.datetime64("2020-01-01"), days, holidays=holidays) * 8 * HOUR
    into = np.clip((at - days).astype(np.int64) - 9 * HOUR, 0, 8 * HOUR)
    return whole + into * np.is_busday(days, holidays=holidays)


def _decided(rows: Any, level: str) -> int:
    """Count by month what was kept, find two percentiles and the breached items."""
    new, work, resolved = (
        STATES.index(each) for each in (State.NEW, State.IN_PROGRESS, State.RESOLVED)
    )
    state = rows["state"].to_numpy()
    runs = state == new if level == "response" else (state == new) | (state == work)
    stops = (state == work) | (state == resolved) if level == "response" else state == resolved
    counted = (
        rows.assign(seconds=rows["seconds"] * runs, done=rows["local"].where(stops))
        .groupby("item", sort=False)
        .agg(seconds=("seconds", "sum"), limit=("limit", "first"), done=("done", "min"))
    )
    done = counted["done"].notna()
    late = counted["seconds"] > counted["limit"]
    counted = counted.assign(kept=done & ~late, decided=done | late)
    month = counted["done"].dt.year * 12 + counted["done"].dt.month
    by_month = counted[["kept", "decided"]].groupby(month, dropna=False).sum()
    counted["seconds"].groupby(month).quantile([0.5, 0.9], interpolation="higher")
    counted.index[late].to_numpy()
    return int(by_month["decided"].sum())


def _against_a_loop(sizes: Sizes) -> Result:
    terms = agreement()
    history = spans(sizes.looped_items, sizes.changes_each)
    as_of = int(history.since.max()) + 1
    chosen = min(sizes.looped * sizes.changes_each, len(history.item))
    calendar = terms.calendars["office"]
    pairs = list(
        zip(
            history.since[:chosen].tolist(),
            np.minimum(history.until[:chosen], as_of).tolist(),
            strict=True,
        )
    )
    ours, looped = side_by_side(
        lambda: measure_both(history, terms, as_of),
        lambda: [by_day(calendar, *pair) for pair in pairs],
        sizes.runs,
    )
    return at_least(
        "a loop from day to day / measure two levels", ours,
        looped * len(history.item) / chosen, LOOP_REACH, unit="CPU seconds",
        note=f"{sizes.looped_items:,} items. The loop only adds up working seconds, on "
        f"{chosen:,} changes, and is scaled.",
    )  # fmt: skip


def _against_workclock(sizes: Sizes) -> Result:
    from workclock import Holidays, Schedule, WorkDay  # noqa: PLC0415  (an extra of the benchmarks)

    calendar = one_shift(agreement()).calendars["office"]
    schedule = Schedule(
        [WorkDay(time(9), time(17)), Holidays(calendar.holidays)], time_zone=calendar.zone
    )
    starts, ends = intervals(sizes.intervals)
    theirs = starts.astype("datetime64[s]"), ends.astype("datetime64[s]")
    working = working_time(calendar, int(starts.min()), int(ends.max()), 0)
    found = schedule.between_many(*theirs).astype("timedelta64[s]").astype(np.int64)
    if not np.array_equal(found, working.worked(ends) - working.worked(starts)):
        raise RuntimeError("workclock and ours disagree")
    ours, other = side_by_side(
        lambda: working.worked(ends) - working.worked(starts),
        lambda: schedule.between_many(*theirs),
        sizes.runs,
    )
    return at_least(
        "workclock / working seconds of intervals", ours, other, CLOCK_REACH, unit="CPU seconds",
        note=f"{sizes.intervals:,} intervals of up to twelve days, equal to the second.",
    )  # fmt: skip


def _flat(sizes: Sizes) -> Result:
    """Compare intervals of hours with intervals of a year."""
    calendar = agreement().calendars["office"]
    starts, _ = intervals(sizes.intervals)
    random = np.random.default_rng(7)
    working = compile_calendar(calendar, int(starts.min()), int(starts.max()) + 400 * 86_400)
    costs = []
    for longest in (8 * HOUR, 10 * 86_400, 365 * 86_400):
        ends = starts + random.integers(0, longest, len(starts))
        spent = [
            cpu_seconds(lambda e=ends: working.worked(e) - working.worked(starts))
            for _ in range(sizes.runs)
        ]
        costs.append(sorted(spent)[len(spent) // 2])
    return at_most(
        "intervals of hours to a year, dearest / cheapest", max(costs), min(costs), FLAT_REACH,
        unit="CPU seconds",
        note=f"{sizes.intervals:,} intervals of up to 8 hours, 10 and 365 days.",
    )  # fmt: skip
