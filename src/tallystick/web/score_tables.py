"""All scores of a selection, once the scoring is closed, and what was agreed on them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tallystick.actions.close_scoring import moderate_score
from tallystick.engine.scoring.evaluators import Concord, Moderation
from tallystick.engine.values import decimal_text
from tallystick.records.bids import Bid, standing_bids
from tallystick.records.scores import Consensus, Evaluator, Score
from tallystick.records.selections import Criterion, CriterionKind, Phase, Selection
from tallystick.records.valuation import concord_of, criteria_of
from tallystick.web.forms.refusals import refused_on
from tallystick.web.forms.scores import ModerateForm
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.selection_frames import PARTIES, around, selection_at
from tallystick.web.tables import Column, Empty, Table

Place = tuple[str, str]
"""The public ids of a criterion and a bid."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A criterion with everybody's scores, what they rest on, and the form to moderate one."""

    criterion: Criterion
    agreement: str
    table: Table
    evidence: Sequence[tuple[str, str, str, str]]
    notes: Sequence[Consensus]
    form: ModerateForm
    is_wrong: bool
    talk: Sequence[str]
    """The bids that are to be talked about."""


def scores(request: ViewerRequest, selection_id: str) -> HttpResponse:
    """Show all scores, once the scoring is closed, and where they lie apart."""
    return _shown(request, selection_at(request, selection_id), {})


def moderate(request: ViewerRequest, criterion_id: str) -> HttpResponse:
    """Keep what the evaluators agreed on for one bid and criterion."""
    criterion = find(
        Criterion, request.viewer, criterion_id, *(f"selection__{each}" for each in PARTIES)
    )
    selection = criterion.selection
    bids = {bid.public_id: bid for bid in standing_bids(selection)}
    form = ModerateForm(criterion, [(key, bid.name) for key, bid in bids.items()], request.POST)
    if form.is_valid():
        bid = bids[form.cleaned_data["bid"]]
        with refused_on(form):
            moderate_score(
                bid=bid,
                criterion=criterion,
                agreed=form.agreed(),
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, f"Agreed: {criterion.name} of {bid.name}.")
            return redirect("scores", selection.public_id)
    return _shown(request, selection, {criterion.public_id: form})


def _shown(
    request: ViewerRequest, selection: Selection, wrong: Mapping[str, ModerateForm]
) -> HttpResponse:
    judged = _judged(request, selection, wrong) if selection.scored_at else []
    for each in judged:
        if each.table.wants_file:
            return each.table.file(f"scores-{each.criterion.public_id}")
    shown = around(request, selection) | {
        "is_closed": selection.scored_at is not None,
        "judged": judged,
        "to_talk_about": [each for each in judged if each.talk],
        "may_moderate": selection.phase is Phase.MODERATING,
    }
    return render(request, "selections/scores.html", shown, status=422 if wrong else 200)


def _judged(
    request: ViewerRequest, selection: Selection, wrong: Mapping[str, ModerateForm]
) -> list[Judged]:
    given = _given(request, selection)
    agreed: defaultdict[str, dict[str, Consensus]] = defaultdict(dict)
    for each in (
        Consensus.objects.visible_to(request.viewer)
        .filter(bid__selection=selection)
        .select_related("bid__supplier", "criterion", "moderated_by")
    ):
        agreed[each.criterion.public_id][each.bid.public_id] = each
    judges = list(
        Evaluator.objects.visible_to(request.viewer)
        .filter(selection=selection, barred_at=None)
        .select_related("person")
        .order_by("id")
    )
    concord, bids = concord_of(selection), standing_bids(selection)
    found = []
    for criterion in criteria_of(selection, CriterionKind.JUDGED):
        key = criterion.public_id
        rows = _rows(criterion, bids, given, agreed[key], concord)
        form = wrong.get(key) or ModerateForm(
            criterion, [(bid.public_id, bid.name) for bid in bids]
        )
        found.append(
            Judged(
                criterion,
                _agreement(concord, key),
                _table(request, criterion, judges, rows),
                _evidence(criterion, judges, bids, given),
                list(agreed[key].values()),
                form,
                key in wrong,
                [row["bid"] for row in rows if row["talk"]],
            )
        )
    return found


def _given(request: ViewerRequest, selection: Selection) -> dict[Place, dict[int, Score]]:
    given: defaultdict[Place, dict[int, Score]] = defaultdict(dict)
    rows = Score.objects.visible_to(request.viewer).filter(
        evaluator__selection=selection, evaluator__barred_at=None
    )
    for each in rows.select_related("bid", "criterion").order_by("id"):
        given[each.criterion.public_id, each.bid.public_id][each.evaluator_id] = each
    return given


def _agreement(concord: Concord, criterion: str) -> str:
    w = concord.w.get(criterion)
    return "" if w is None else f"Agreement (Kendall's W) {float(w):.2f}; 1 is full, 0 none"


def _rows(
    criterion: Criterion,
    bids: Sequence[Bid],
    given: Mapping[Place, Mapping[int, Score]],
    agreed: Mapping[str, Consensus],
    concord: Concord,
) -> list[dict[str, str]]:
    means = {(each.criterion, each.bid): each.mean for each in concord.pooled}
    talk = {(each.criterion, each.bid): each for each in concord.moderate}
    rows = []
    for bid in bids:
        place = (criterion.public_id, bid.public_id)
        mean, note = means.get(place), agreed.get(bid.public_id)
        scores = {f"e{key}": decimal_text(score.value) for key, score in given[place].items()}
        rows.append(
            {
                "bid": bid.name,
                "mean": "" if mean is None else f"{float(mean):.2f}",
                "agreed": decimal_text(note.value) if note else "",
                "talk": "" if note else _why(talk.get(place)),
                **scores,
            }
        )
    return rows


def _table(
    request: ViewerRequest,
    criterion: Criterion,
    judges: Sequence[Evaluator],
    rows: Sequence[Mapping[str, str]],
) -> Table:
    columns = [
        Column("bid", "Bid", sortable=False),
        *(Column(f"e{each.pk}", each.person.name, numeric=True, sortable=False) for each in judges),
        Column("mean", "Mean", numeric=True, sortable=False),
        Column("agreed", "Agreed", numeric=True, sortable=False),
        Column("talk", "To talk about", sortable=False),
    ]
    return Table(
        columns,
        rows,
        request.GET,
        caption=f"Scores for {criterion.name}",
        empty=Empty("No bid", "No bid is in the competition."),
        name=criterion.public_id,
        filtering=False,
    )


def _why(moderation: Moderation | None) -> str:
    if moderation is None:
        return ""
    return "Scores lie far apart" if moderation.wide else "The order is in dispute"


def _evidence(
    criterion: Criterion,
    judges: Sequence[Evaluator],
    bids: Sequence[Bid],
    given: Mapping[Place, Mapping[int, Score]],
) -> list[tuple[str, str, str, str]]:
    """Return what each score rests on: bid, evaluator, score, words."""
    names: dict[int, Any] = {each.pk: each.person.name for each in judges}
    return [
        (bid.name, names[key], decimal_text(score.value), score.evidence)
        for bid in bids
        for key, score in given[criterion.public_id, bid.public_id].items()
        if score.evidence
    ]
