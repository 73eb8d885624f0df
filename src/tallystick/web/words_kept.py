"""Whose word about a bid can be relied on: the bidder's own, and that of each of its referees."""

from typing import Any

from django.http import QueryDict

from tallystick.engine.scoring.delivered import TrackRecord
from tallystick.records.awards import newest_ranking
from tallystick.records.bids import Bid
from tallystick.records.references import Reference
from tallystick.records.selection_evidence import Referees
from tallystick.records.track_record import Named, TrackRecords
from tallystick.web.components.words import ABSENT
from tallystick.web.delivered_words import bias_words, shrunk_words
from tallystick.web.pack_evidence import mean_words
from tallystick.web.ranking_words import worth
from tallystick.web.tables import Column, Empty, Table

COLUMNS = (
    Column("name", "Whose word", sortable=False, template="bid_evidence/cells/text.html"),
    Column("now", "Says now", sortable=False),
    Column("pairs", "Pairs", numeric=True, sortable=False),
    Column("bias", "What came of it, on average", sortable=False),
    Column("shrunk", "To rely on", sortable=False),
)


def words_table(bid: Bid, referees: Referees, records: TrackRecords, asked: QueryDict) -> Table:
    """Return what bidder and referees say now beside what came of their words before."""
    own = records.suppliers.get(bid.supplier_id) or Named(
        bid.name, TrackRecord(bid.supplier_id, 0, None, None, None)
    )
    rows = [_row(own, _promised_now(bid), of_five=False)]
    rows += [_referee(each, records) for each in (*referees.called, *referees.planned)]
    return Table(
        COLUMNS,
        rows,
        asked,
        caption="Whose word can be relied on",
        empty=Empty("Nobody has said anything", "A bid and its referees do."),
        name="words",
        filtering=False,
    )


def _promised_now(bid: Bid) -> str:
    # There is no ranking before the scoring is closed, so this tells no sealed score.
    ranking = newest_ranking(bid.selection)
    for each in ranking.document["bids"] if ranking else ():
        if each["bid"] == bid.public_id:
            return f"{worth(each['total'])} of 100"
    return ABSENT


def _referee(row: Reference, records: TrackRecords) -> dict[str, object]:
    known = records.referees.get(row.key) or Named(
        row.organisation, TrackRecord(row.key, 0, None, None, None)
    )
    said = f"{mean_words(row.mark)} of 5" if row.mark is not None else "Not called yet"
    return _row(known, said, of_five=True)


def _row(named: Named[Any], now: str, *, of_five: bool) -> dict[str, object]:
    record = named.record
    return {
        "name": named.name,
        "now": now,
        "pairs": record.pairs,
        "bias": bias_words(record, of_five=of_five) if record.pairs else "Never put to the test",
        "shrunk": shrunk_words(record, of_five=of_five),
    }
