"""What bids are judged by: the tree of criteria, one of them, and weighing in pairs."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.anchored import ANCHORED
from tallystick.actions.remove_criterion import remove_criterion
from tallystick.actions.state_criterion import state_criterion
from tallystick.actions.weigh_criteria import beside, weigh_criteria
from tallystick.engine.refusals import Refusal
from tallystick.engine.values import decimal_text
from tallystick.records.beside import SELECTION, suggested
from tallystick.records.selections import WEIGHED, Criterion, CriterionKind, Phase, Selection
from tallystick.records.valuation import criteria_of, tree_of
from tallystick.web.components.words import percent
from tallystick.web.forms.refusals import refusal_words, refused_on, refused_on_the_next_page
from tallystick.web.forms.selections import CriterionForm, PairsForm
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.selection_frames import around, selection_at
from tallystick.web.tables import Column, Empty, Table

KINDS = {
    CriterionKind.GROUP: "group",
    CriterionKind.JUDGED: "score",
    CriterionKind.MEASURED: "figure",
    CriterionKind.PRICE: "price",
    CriterionKind.KNOCK_OUT: "must-have",
}


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion in the tree, `depth` steps in; `whole` is its weight in the whole."""

    criterion: Criterion
    depth: int
    weight: str
    whole: str
    scale: str
    changes: bool

    @property
    def name(self) -> str:
        """Return what it is called."""
        return self.criterion.name

    @property
    def kind(self) -> str:
        """Return how it is answered, as people call it."""
        return KINDS[CriterionKind(self.criterion.kind)]


_COLUMNS = (
    Column("name", "Criterion", sortable=False, template="selections/cells/criterion.html"),
    Column("kind", "Answered by", sortable=False),
    Column("weight", "Weight", numeric=True, sortable=False),
    Column("whole", "In the whole", numeric=True, sortable=False),
    Column("scale", "Scale", sortable=False),
)


def criteria_table(
    request: ViewerRequest, criteria: Sequence[Criterion], phase: Phase, *, may_run: bool
) -> Table:
    """Return the criteria as a table; who may change them in this phase finds the form by name."""
    changes = may_run and phase in {Phase.PREPARING, Phase.SCORING}
    return Table(
        _COLUMNS,
        criterion_lines(criteria, changes=changes),
        request.GET,
        caption="Criteria and their weights",
        empty=Empty(
            "No criterion yet",
            "Write down what decides, how much each part weighs, and what earns nothing and "
            "everything, before anybody reads a bid.",
        ),
        filtering=False,
    )


def criterion_lines(criteria: Sequence[Criterion], *, changes: bool) -> list[CriterionLine]:
    """Return the criteria as a tree, groups before what stands below them."""
    below: defaultdict[int | None, list[Criterion]] = defaultdict(list)
    for each in criteria:
        below[each.parent_id].append(each)
    whole = _wholes(criteria)

    def lines(parent: int | None, depth: int) -> list[CriterionLine]:
        found = []
        for each in below[parent]:
            weight = "" if each.weight is None else decimal_text(each.weight)
            share = percent(whole[each.public_id]) if each.public_id in whole else ""
            found.append(CriterionLine(each, depth, weight, share, scale_words(each), changes))
            found.extend(lines(each.pk, depth + 1))
        return found

    return lines(None, 0)


def _wholes(criteria: Sequence[Criterion]) -> dict[str, Fraction]:
    try:
        return dict(tree_of(criteria).weights)
    except Refusal:
        # It is still being written; what is wrong with it is said above the table.
        return {}


def scale_words(criterion: Criterion) -> str:
    """Say what earns nothing and everything."""
    if criterion.kind == CriterionKind.JUDGED:
        missing = [each for each in ANCHORED if not criterion.anchors.get(each)]
        return f"No words yet for {', '.join(missing)}" if missing else "0 to 5, in words"
    if criterion.kind in {CriterionKind.MEASURED, CriterionKind.PRICE}:
        if criterion.worst is None or criterion.target is None:
            return "No anchors yet"
        ends = [f"{each.normalize():,f}" for each in (criterion.worst, criterion.target)]
        return f"{ends[0]} is worth nothing, {ends[1]} all"
    return ""


def weight_faults(criteria: Sequence[Criterion]) -> list[str]:
    """Return what keeps the criteria from being whole, in sentences."""
    weighed = [each for each in criteria if each.kind in WEIGHED]
    if not weighed:
        return ["Say first what the bids are judged by, and how much each part weighs."]
    try:
        tree_of(criteria)
    except Refusal as refusal:
        return [refusal_words(refusal)]
    unwritten = [
        each.name
        for each in weighed
        if each.kind == CriterionKind.JUDGED and not all(each.anchors.get(s) for s in ANCHORED)
    ]
    if unwritten:
        return [f"Say in words what earns 0, 3 and 5 for: {', '.join(unwritten)}."]
    return []


def new(request: ViewerRequest, selection_id: str) -> HttpResponse:
    """State a criterion."""
    return _state(request, selection_at(request, selection_id), None)


def edit(request: ViewerRequest, criterion_id: str) -> HttpResponse:
    """State a criterion anew."""
    criterion = find(
        Criterion,
        request.viewer,
        criterion_id,
        "selection__engagement__client",
        "selection__engagement__provider",
        "parent",
    )
    return _state(request, criterion.selection, criterion)


def _state(request: ViewerRequest, selection: Selection, amends: Criterion | None) -> HttpResponse:
    groups = [
        each
        for each in criteria_of(selection, CriterionKind.GROUP)
        if each.pk != (amends.pk if amends else None)
    ]
    is_open = selection.phase is not Phase.PREPARING
    initial = CriterionForm.initial_of(amends) if amends else {}
    posted = [request.POST] if request.method == "POST" else []
    form = CriterionForm(groups, *posted, initial=initial, is_open=is_open)
    back = reverse("selection", args=[selection.engagement.public_id])
    if form.is_bound and form.is_valid():
        with refused_on(form):
            stated = state_criterion(
                selection=selection,
                wording=form.wording(),
                amends=amends,
                reason=form.cleaned_data.get("reason", ""),
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, f"“{stated.name}” is kept.")
            return redirect(back)
    shown = around(request, selection) | {"form": form, "amends": amends, "back": back}
    shown["is_open"] = is_open
    shown["beside"] = suggested(request.viewer, selection.engagement, SELECTION)
    return render(request, "selections/criterion.html", shown, status=422 if form.is_bound else 200)


def remove(request: ViewerRequest, criterion_id: str) -> HttpResponse:
    """Take a criterion out."""
    criterion = find(Criterion, request.viewer, criterion_id, "selection__engagement")
    engagement = criterion.selection.engagement
    with refused_on_the_next_page(request):
        remove_criterion(criterion=criterion, by=request.viewer, as_of=datetime.now(UTC))
        messages.success(request, f"“{criterion.name}” is removed.")
    return redirect("selection", engagement.public_id)


def weigh(request: ViewerRequest, selection_id: str) -> HttpResponse:
    """Weigh the criteria beside each other in pairs; `group` names the group, if any."""
    selection = selection_at(request, selection_id)
    parent = _group(request, selection)
    siblings = list(beside(selection, parent))
    form = PairsForm(siblings, request.POST if request.method == "POST" else None)
    back = reverse("selection", args=[selection.engagement.public_id])
    if form.is_bound and form.is_valid() and form.fields:
        with refused_on(form):
            found = weigh_criteria(
                selection=selection,
                parent=parent,
                judged=form.judged(),
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            ratio = Decimal(str(found.ratio)).quantize(Decimal("0.01"))
            messages.success(
                request, f"The weights are set. Your comparisons agree: their ratio is {ratio}."
            )
            return redirect(back)
    shown = around(request, selection) | {"form": form, "back": back, "parent": parent}
    shown["groups"] = criteria_of(selection, CriterionKind.GROUP)
    return render(request, "selections/pairs.html", shown, status=422 if form.is_bound else 200)


def _group(request: ViewerRequest, selection: Selection) -> Criterion | None:
    key = request.GET.get("group", "")
    if not key:
        return None
    group = find(Criterion, request.viewer, key)
    if group.selection_id != selection.pk:
        raise Http404
    return group
