"""Stored imports and agreements -> what each level adds up to, bucket by bucket on a cluster."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from pyspark.sql import SparkSession

from tallystick.engine.intake.buckets import Wanted, attributes_of, bucket_count, read_buckets
from tallystick.engine.service_levels.agreement import agreement_document, read_agreement
from tallystick.engine.service_levels.asked import attributes_asked
from tallystick.engine.service_levels.many import Added, measure_bucket
from tallystick.engine.service_levels.terms import Agreement
from tallystick.engine.spark.packed import packed, unpacked

Found = tuple[int, int, str, bytes]
"""The work and the bucket, the service level, and what it adds up to there."""


@dataclass(frozen=True, slots=True)
class Work:
    """
    Imports to measure together under one agreement, as `measure_buckets` would.

    The directories are those of `write_buckets`, at the same paths on every worker.
    """

    directories: tuple[str, ...]
    agreement: Agreement
    as_of: int
    relieved: tuple[str, ...] = ()


def measure_on_spark(spark: SparkSession, works: Sequence[Work]) -> list[dict[str, Added]]:
    """
    Return what each level of each work adds up to, equal to what one machine finds.

    A task measures one bucket and returns counts alone; the rows never leave the worker.

    Raises:
        UnknownAttribute: if the data lacks what a condition asks for.
    """
    places = [
        (number, bucket)
        for number, work in enumerate(works)
        for bucket in range(bucket_count(work.directories))
    ]
    parts = min(len(places), 4 * spark.sparkContext.defaultParallelism)
    plans = [_plan(work) for work in works]
    spread = spark.sparkContext.parallelize(places, max(parts, 1))
    found = spread.flatMap(partial(_measure, plans)).collect()
    # By work and bucket, so that the levels stay in the agreement's order.
    return _added(len(works), sorted(found, key=lambda each: each[:2]))


def _plan(work: Work) -> dict[str, Any]:
    asked = attributes_asked(work.agreement, attributes_of(work.directories))
    return {
        "directories": list(work.directories),
        "wanted": Wanted(asked, sources=False),
        "agreement": agreement_document(work.agreement),
        "as_of": work.as_of,
        "relieved": list(work.relieved),
    }


def _measure(plans: Sequence[Mapping[str, Any]], place: tuple[int, int]) -> list[Found]:
    """Measure the bucket that a task was given."""
    work, bucket = place
    plan = plans[work]
    found = measure_bucket(
        read_buckets(plan["directories"], bucket, plan["wanted"]),
        read_agreement(plan["agreement"]),
        plan["as_of"],
        relieved=plan["relieved"],
    )
    return [(work, bucket, name, packed(added)) for name, added in found.items()]


def _added(works: int, rows: Sequence[Found]) -> list[dict[str, Added]]:
    total: list[dict[str, Added]] = [{} for _ in range(works)]
    for work, _, name, data in rows:
        found, added = total[work], unpacked(data)
        found[name] = found[name] + added if name in found else added
    return total
