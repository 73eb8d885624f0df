"""Many buckets of histories and an agreement -> what each level adds up to, bucket by bucket."""

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import MappingProxyType

from tallystick.engine.service_levels.fingerprints import Prints, digest_of, no_prints, prints_of
from tallystick.engine.service_levels.kernel.known import Known
from tallystick.engine.service_levels.measure import measure_known
from tallystick.engine.service_levels.measurement import Fared
from tallystick.engine.service_levels.outcomes import Outcomes
from tallystick.engine.service_levels.summary import Summary, summary_of
from tallystick.engine.service_levels.tally import measurements_of
from tallystick.engine.service_levels.terms import Agreement, MeasureKind, ServiceLevel
from tallystick.engine.service_levels.windows import windows_of
from tallystick.engine.values import Spans

Read = Callable[[int], Spans]
"""Gives the histories of a bucket by its number."""

Keep = Callable[[int, ServiceLevel, Outcomes], None]
"""Takes the outcomes of a bucket under one level, before they are let go."""

NO_RELIEF: Mapping[str, Collection[str]] = MappingProxyType({})
"""Nothing is relieved of any level."""


@dataclass(frozen=True, slots=True, eq=False)
class Added:
    """What one service level adds up to, and the fingerprints of its windows."""

    summary: Summary
    prints: Prints

    def __add__(self, other: "Added") -> "Added":
        """Return both parts together."""
        return Added(self.summary + other.summary, self.prints + other.prints)


def item_levels(agreement: Agreement) -> list[ServiceLevel]:
    """Return the service levels that are measured from the histories of items."""
    return [
        level for level in agreement.service_levels if level.measure is not MeasureKind.AVAILABILITY
    ]


def fared_of(added: Added, level: ServiceLevel, agreement: Agreement, as_of: int) -> list[Fared]:
    """Return the measurements of a level's windows that had begun by `as_of`, in order."""
    windows = windows_of(agreement, level.window)
    places = {window.text: place for place, window in enumerate(windows)}
    found = []
    for each in measurements_of(added.summary, level, agreement, as_of):
        place = places[each.window]
        first = max(place - level.window.reach + 1, 0)  # all that a rolling window reaches
        prints = added.prints[first : place + 1].sum(axis=0, keepdims=True)
        found.append(Fared(each, digest_of(prints, 0)))
    return found


def measure_bucket(
    spans: Spans,
    agreement: Agreement,
    as_of: int,
    *,
    number: int = 0,
    relieved: Collection[str] = (),
    relieved_of: Mapping[str, Collection[str]] = NO_RELIEF,
    keep: Keep | None = None,
    fingerprints: bool = True,
) -> dict[str, Added]:
    """
    Measure every item level on one bucket; the levels share what they have in common.

    Items that are `relieved` are in no count at all, those `relieved_of` a level in none of its.
    """
    known = Known(spans, as_of)
    found = {}
    for level in item_levels(agreement):
        excused = {*relieved, *relieved_of.get(level.id, ())}
        outcomes = measure_known(known, level, agreement, excused)
        windows = windows_of(agreement, level.window)
        if keep:
            keep(number, level, outcomes)
        prints = prints_of(outcomes, len(windows)) if fingerprints else no_prints(len(windows))
        found[level.id] = Added(summary_of(outcomes, level, windows, as_of), prints)
    return found


def measure_buckets(
    read: Read,
    count: int,
    agreement: Agreement,
    as_of: int,
    *,
    relieved: Collection[str] = (),
    relieved_of: Mapping[str, Collection[str]] = NO_RELIEF,
    keep: Keep | None = None,
    fingerprints: bool = True,
    workers: int = 1,
) -> dict[str, Added]:
    """
    Measure every item level on `count` buckets; what they add up to does not depend on the parts.

    At most `workers` buckets are in memory at one time, whatever the total.

    Raises:
        UnknownAttribute: if a condition asks for an attribute that the data does not carry.
    """

    def work(number: int) -> dict[str, Added]:
        return measure_bucket(
            read(number),
            agreement,
            as_of,
            number=number,
            relieved=relieved,
            relieved_of=relieved_of,
            keep=keep,
            fingerprints=fingerprints,
        )

    total: dict[str, Added] = {}
    with ThreadPoolExecutor(max_workers=workers) as pool:
        for found in pool.map(work, range(count)):
            for name, added in found.items():
                total[name] = total[name] + added if name in total else added
    return total
