"""Every case worked by hand, on one machine and on Apache Spark: equal to the last digit."""

import shutil
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from benchmarks.generated import as_changes

from tallystick.engine.intake.buckets import bucket_count, read_buckets, write_buckets
from tallystick.engine.service_levels.many import measure_buckets
from tallystick.engine.service_levels.tally import measurements_of
from tallystick.engine.values import Spans
from tests.engine.service_levels.cases import Case, cases

pytest.importorskip("pyspark", reason="Apache Spark is an extra: make setup-spark")
if shutil.which("java") is None:
    pytest.skip("Apache Spark needs Java 17, and there is none", allow_module_level=True)

from tallystick.engine.spark.measuring import Work, measure_on_spark
from tallystick.engine.spark.session import open_session

pytestmark = pytest.mark.xdist_group("spark")


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """Give a session of two threads."""
    session = open_session("local[2]")
    yield session
    session.stop()


def stored(spans: Spans, directory: Path, buckets: int) -> str:
    """Store a history in buckets; return where."""
    write_buckets(as_changes(spans, "by hand"), directory, buckets, source="by hand")
    return str(directory)


def works_of(worked: Sequence[Case], folder: Path) -> list[Work]:
    """Store each case by itself; return what is to be measured."""
    return [
        Work((stored(case.spans, folder / str(number), 2),), case.agreement, case.as_of)
        for number, case in enumerate(worked)
    ]


def test_each_case_is_measured_on_spark_as_on_one_machine(session: Any, tmp_path: Path) -> None:
    worked = [case for case in cases() if len(case.spans.item)]
    works = works_of(worked, tmp_path)

    there = measure_on_spark(session, works)

    assert len(worked) > 50
    for case, work, found in zip(worked, works, there, strict=True):
        read = partial(read_buckets, work.directories)
        count = bucket_count(work.directories)
        here = measure_buckets(read, count, case.agreement, case.as_of)
        assert list(found) == list(here)
        for name, added in found.items():
            level = case.agreement.service_level(name)
            assert np.array_equal(added.prints, here[name].prints), case.says
            assert measurements_of(
                added.summary, level, case.agreement, case.as_of
            ) == measurements_of(here[name].summary, level, case.agreement, case.as_of), case.says
