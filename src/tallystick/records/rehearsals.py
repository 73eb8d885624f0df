"""An agreement of any kind against an engagement's imports; nothing is stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from tallystick.engine.bundles.recompute import availability_from
from tallystick.engine.intake.buckets import Wanted, attributes_of, bucket_count, read_buckets
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.asked import attributes_asked
from tallystick.engine.service_levels.availability import availability_levels, judged, terms_of
from tallystick.engine.service_levels.many import item_levels, measure_buckets
from tallystick.engine.service_levels.measurement import Measurement
from tallystick.engine.service_levels.past_term import in_the_past, past_term
from tallystick.engine.service_levels.rehearsal import Rehearsal, rehearsed
from tallystick.engine.service_levels.tally import measurements_of
from tallystick.engine.service_levels.terms import Agreement, ServiceLevel, Term
from tallystick.engine.signals import SignalKind
from tallystick.engine.values import seconds
from tallystick.records.engagements import Engagement
from tallystick.records.held import directories_of, imports_of, until_of
from tallystick.records.service_data import Import


class NothingToRehearse(Refusal):
    """No service data tells how an agreement would have fared."""

    code = "rehearsal.nothing-imported"


@dataclass(frozen=True, slots=True)
class History:
    """The imports of an engagement by kind, None for items; and the months that they tell of."""

    held: Mapping[SignalKind | None, list[Import]]
    term: Term
    until: int


def history_of(engagement: Engagement, as_of: datetime) -> History:
    """
    Return what an engagement's imports tell, of the newest months at most.

    Raises:
        NothingToRehearse
    """
    held = {kind: imports_of(engagement, kind) for kind in (None, *SignalKind)}
    every = [each for some in held.values() for each in some if each.first_at]
    if not every:
        raise NothingToRehearse(
            "No service data has been imported, so there is nothing to rehearse with.",
            place="service data",
            remedy="Import an export of the ticket system or of the monitoring first.",
        )
    until = until_of(every, as_of)
    first = min(seconds(each.first_at) for each in every if each.first_at)
    return History(held, past_term(first, until), until)


def rehearse_agreement(
    history: History, terms: Agreement, holidays_of: Agreement | None = None
) -> Rehearsal:
    """
    Return how an agreement would have fared over a history, read bucket by bucket.

    A level that asks for what the data lack is told with its trouble, and the others measured.
    """
    past = in_the_past(terms, history.term, holidays_of=holidays_of)
    trouble = dict(_trouble_with_items(past, history.held[None]))
    measured = [*_items(past, history, trouble)]
    for level in availability_levels(past):
        imports = history.held[terms_of(level).from_]
        if imports:
            measured += _availability(past, level, imports, history.until)
        else:
            trouble[level.id] = f"No {terms_of(level).from_} were imported."
    return rehearsed(past, measured, history.until, trouble)


def _trouble_with_items(terms: Agreement, imports: list[Import]) -> Iterator[tuple[str, str]]:
    carried = attributes_of(directories_of(imports)) if imports else ()
    for level in item_levels(terms):
        if not imports:
            yield level.id, "No tickets were imported."
            continue
        try:
            attributes_asked(_only(terms, [level]), carried)
        except Refusal as refusal:
            said = f"{refusal.message[:1].upper()}{refusal.message[1:]}."
            yield level.id, f"{said} {refusal.remedy}".strip()


def _items(terms: Agreement, history: History, trouble: Mapping[str, str]) -> Iterator[Measurement]:
    levels = [level for level in item_levels(terms) if level.id not in trouble]
    if not levels:
        return
    some, directories = _only(terms, levels), directories_of(history.held[None])
    wanted = Wanted(attributes_asked(some, attributes_of(directories)), sources=False)
    found = measure_buckets(
        partial(read_buckets, directories, wanted=wanted),
        bucket_count(directories),
        some,
        history.until,
        fingerprints=False,
    )
    for name, added in found.items():
        level = terms.service_level(name)
        yield from measurements_of(added.summary, level, terms, history.until)


def _availability(
    terms: Agreement, level: ServiceLevel, imports: list[Import], until: int
) -> list[Measurement]:
    found = availability_from(directories_of(imports), level, terms, until)
    return [each.measurement for each in judged(found, level, terms, until)]


def _only(terms: Agreement, levels: list[ServiceLevel]) -> Agreement:
    return terms.model_copy(update={"service_levels": tuple(levels)})
