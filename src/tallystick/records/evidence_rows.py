"""What is known of bidders, for many competitions in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tallystick.engine.scoring.norms import NormsCompared, compare_norms
from tallystick.records.bids import Bid, Certificate
from tallystick.records.delivery_teams import DeliveryTeam
from tallystick.records.norms import NormsAnswer, NormsMeasure, NormsSurvey
from tallystick.records.pilots import Pilot
from tallystick.records.references import Reference
from tallystick.records.selections import Selection


@dataclass(slots=True)
class Evidence:
    """
    The evidence about the bidders of one competition.

    `teams` are ours under None and each bidder's under its bid's key, as `pilots` and `measures`
    are; `certificates` are by the key of the supplier. `survey` is the newest round that is over.
    """

    references: list[Reference] = field(default_factory=list)
    pilots: dict[int, Pilot] = field(default_factory=dict)
    teams: dict[int | None, DeliveryTeam] = field(default_factory=dict)
    certificates: dict[int, list[Certificate]] = field(default_factory=lambda: defaultdict(list))
    survey: NormsSurvey | None = None
    answers: dict[int | None, list[dict[str, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    measures: dict[int, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def norms(self, bid: Bid) -> NormsCompared | None:
        """Return how a bidder's team lies beside ours; None without a round that is over."""
        if self.survey is None:
            return None
        return compare_norms(self.answers.get(None, []), self.answers.get(bid.pk, []))


def evidence_of(
    selections: Iterable[Selection], bids: Sequence[Bid], on: date | None
) -> Mapping[int, Evidence]:
    """Return the evidence of each competition by its key, as known on a day; None is any day."""
    found = {each.pk: Evidence() for each in selections}
    for reference in _of(Reference, found, "bid__selection", "bid__supplier"):
        if reference.bid.withdrawn_at is None:
            found[reference.bid.selection_id].references.append(reference)
    for pilot in _of(Pilot, found, "bid__selection", "bid"):
        found[pilot.bid.selection_id].pilots[pilot.bid_id] = pilot
    for team in _of(DeliveryTeam, found, "selection"):
        found[team.selection_id].teams[team.bid_id] = team
    for measure in _of(NormsMeasure, found, "bid__selection", "bid"):
        found[measure.bid.selection_id].measures[measure.bid_id][measure.item] = measure.text
    _certificates(found, bids)
    _answers(found, on)
    return found


def _of(noun: Any, found: Mapping[int, Evidence], path: str, *related: str) -> Any:
    rows = noun.objects.filter(**{f"{path}__in": list(found)})
    return (rows.select_related(*related) if related else rows).order_by("id")


def _certificates(found: Mapping[int, Evidence], bids: Sequence[Bid]) -> None:
    suppliers = {bid.supplier_id for bid in bids}
    known: defaultdict[int, list[Certificate]] = defaultdict(list)
    for each in Certificate.objects.filter(supplier__in=suppliers).order_by("name", "id"):
        known[each.supplier_id].append(each)
    for bid in bids:
        found[bid.selection_id].certificates[bid.supplier_id] = known[bid.supplier_id]


def _answers(found: Mapping[int, Evidence], on: date | None) -> None:
    """Add the newest round whose last day is past, and what was answered in it."""
    for survey in _of(NormsSurvey, found, "selection").order_by("closes_at", "id"):
        # The day after: on its last day a round is still answered.
        if on is None or survey.closes_at.date() < on:
            found[survey.selection_id].survey = survey
    surveys = {each.survey.pk: each for each in found.values() if each.survey}
    told = NormsAnswer.objects.filter(survey__in=list(surveys))
    for survey_id, bid_id, marks in told.values_list("survey_id", "bid_id", "marks"):
        surveys[survey_id].answers[bid_id].append(marks)
