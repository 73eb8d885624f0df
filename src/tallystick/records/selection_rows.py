"""The rows of competitions, for many engagements in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import OuterRef, Subquery

from tallystick.records.awards import Award, Ranking
from tallystick.records.bids import Bid
from tallystick.records.engagements import Engagement
from tallystick.records.evidence_rows import Evidence, evidence_of
from tallystick.records.scores import Consensus, Evaluator, Score
from tallystick.records.selections import Criterion, CriterionEdit, Selection

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class SelectionRows:
    """
    A competition with what belongs to it.

    `bids` are those that nobody took out, `evaluators` and `scores` those that count; there is no
    score before the scoring is closed. `ranking` is the award's, else the newest.
    """

    selection: Selection
    criteria: Sequence[Criterion]
    edits: Sequence[CriterionEdit]
    bids: Sequence[Bid]
    evaluators: Sequence[Evaluator]
    scores: Sequence[Score]
    consensus: Sequence[Consensus]
    ranking: Ranking | None
    award: Award | None
    evidence: Evidence


def selections_of(engagements: Iterable[Engagement], on: date | None) -> dict[int, SelectionRows]:
    """
    Return the competition of each engagement that has one, by the engagement's primary key.

    `on` is the day as of which the evidence about bidders is told.
    """
    held = list(
        Selection.objects.filter(engagement__in=list(engagements)).select_related(
            "single_source_approved_by", "engagement"
        )
    )
    keys = [each.pk for each in held]
    criteria = _by("selection_id", _ordered(Criterion, keys, "selection", order="position"))
    edits = _by("selection_id", _ordered(CriterionEdit, keys, "criterion", order="edited_at"))
    bids = _by(
        "selection_id",
        _ordered(Bid, keys, "supplier", order="received_at").filter(withdrawn_at=None),
    )
    evaluators = _by(
        "selection_id", _ordered(Evaluator, keys, "person", order="id").filter(barred_at=None)
    )
    scores, consensus = _scores(keys), _consensus(keys)
    evidence = evidence_of(held, [bid for each in bids.values() for bid in each], on)
    rankings = {each.selection_id: each for each in _newest(keys)}
    awards = {
        each.selection_id: each
        for each in Award.objects.filter(selection__in=keys)
        .exclude(approved=False)
        .select_related("bid__supplier", "ranking")
    }

    def rows(selection: Selection) -> SelectionRows:
        key = selection.pk
        award = awards.get(key)
        return SelectionRows(
            selection=selection,
            criteria=criteria[key],
            edits=edits[key],
            bids=bids[key],
            evaluators=evaluators[key],
            scores=scores[key],
            consensus=consensus[key],
            ranking=award.ranking if award else rankings.get(key),
            award=award,
            evidence=evidence[key],
        )

    return {each.engagement_id: rows(each) for each in held}


def _ordered(noun: Any, keys: list[int], related: str, *, order: str) -> Any:
    rows = noun.objects.filter(selection__in=keys)
    return rows.select_related(related).order_by(order, "id")


def _scores(keys: list[int]) -> defaultdict[Any, list[Score]]:
    # Until a scoring is closed nobody reads another's score, in a finding neither.
    counted = Score.objects.filter(
        evaluator__selection__in=keys,
        evaluator__selection__scored_at__isnull=False,
        evaluator__barred_at=None,
        bid__withdrawn_at=None,
    ).select_related("bid__supplier", "criterion", "evaluator")
    grouped: defaultdict[Any, list[Score]] = defaultdict(list)
    for each in counted.order_by("id"):
        grouped[each.evaluator.selection_id].append(each)
    return grouped


def _consensus(keys: list[int]) -> defaultdict[Any, list[Consensus]]:
    grouped: defaultdict[Any, list[Consensus]] = defaultdict(list)
    rows = Consensus.objects.filter(bid__selection__in=keys).select_related("bid")
    for each in rows.order_by("moderated_at", "id"):
        grouped[each.bid.selection_id].append(each)
    return grouped


def _newest(keys: list[int]) -> Iterable[Ranking]:
    # Documents are large: only those that count are read.
    newest = Ranking.objects.filter(selection=OuterRef("selection")).order_by("-ranked_at", "-id")
    return Ranking.objects.filter(selection__in=keys, pk=Subquery(newest.values("pk")[:1]))


def _by(name: str, rows: Iterable[R]) -> defaultdict[Any, list[R]]:
    grouped: defaultdict[Any, list[R]] = defaultdict(list)
    for row in rows:
        grouped[getattr(row, name)].append(row)
    return grouped
