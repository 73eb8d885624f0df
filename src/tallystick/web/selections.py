"""The selection of an engagement: where it stands, what comes next, and its terms."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.close_scoring import close_scoring
from tallystick.actions.open_bids import open_bids
from tallystick.actions.plan_selection import plan_selection
from tallystick.actions.score_bid import unscored
from tallystick.records.awards import Award, Ranking, standing_award
from tallystick.records.bids import Bid, is_compliant
from tallystick.records.engagements import Engagement
from tallystick.records.people import colleagues_who_may
from tallystick.records.roles import Duty
from tallystick.records.scores import Evaluator
from tallystick.records.selections import (
    Criterion,
    CriterionEdit,
    CriterionKind,
    Phase,
    Selection,
)
from tallystick.records.valuation import criteria_of
from tallystick.records.viewer import Viewer
from tallystick.web.components.figures import money
from tallystick.web.components.words import moment_html
from tallystick.web.criteria import criteria_table, weight_faults
from tallystick.web.forms.refusals import refused_on, refused_on_the_next_page
from tallystick.web.forms.selections import TermsForm
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.selection_frames import around, selection_at

STEPS = tuple(each.value for each in Phase)


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next: a sentence, and the act or page that does it, if the viewer may."""

    sentence: str
    label: str = ""
    url: str = ""
    acts: bool = False
    decides: bool = False
    """It is for whoever approves awards, and not for whoever runs the selection."""


@dataclass(frozen=True, slots=True)
class BidLine:
    """A bid in the list: its price stays sealed until all are opened."""

    bid: Bid
    price: str
    standing: str
    left: int
    """So many of its scores the viewer still owes, as an evaluator."""


def show(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show the selection of an engagement, or how one begins."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    selection = (
        Selection.objects.visible_to(request.viewer)
        .filter(engagement=engagement)
        .select_related("engagement", "single_source_approved_by")
        .first()
    )
    if selection is None:
        own = {"audience": "private", "party": request.viewer.organisation.name}
        shown = frame(request, engagement, "selection") | own
        shown["may_run"] = request.viewer.may(Duty.RUN_SELECTION)
        return render(request, "selections/none.html", shown)
    selection.engagement = engagement
    shown = _shown(request, selection)
    if shown["table"].wants_file:
        answer: HttpResponse = shown["table"].file("criteria")
        return answer
    return render(request, "selections/show.html", shown)


def _shown(request: ViewerRequest, selection: Selection) -> dict[str, Any]:
    viewer = request.viewer
    criteria = criteria_of(selection)
    bids = list(
        Bid.objects.visible_to(viewer)
        .filter(selection=selection)
        .select_related("supplier")
        .order_by("received_at", "id")
    )
    evaluators = list(
        Evaluator.objects.visible_to(viewer)
        .filter(selection=selection)
        .select_related("person")
        .order_by("id")
    )
    mine = next((each for each in evaluators if each.person_id == viewer.person.pk), None)
    faults = weight_faults(criteria)
    owed = _owed(selection, mine)
    edits = CriterionEdit.objects.visible_to(viewer).filter(selection=selection)
    shown = around(request, selection) | {
        "phase": selection.phase.value,
        "steps": STEPS,
        "facts": _facts(selection),
        "table": criteria_table(
            request, criteria, selection.phase, may_run=viewer.may(Duty.RUN_SELECTION)
        ),
        "faults": faults,
        "edits": edits.select_related("criterion", "edited_by").order_by("-edited_at", "-id"),
        "bids": [_bid_line(each, selection, criteria, owed[each.pk]) for each in bids],
        "evaluators": evaluators,
        "mine": mine,
        "mine_left": owed.total(),
        "colleagues": _others(request, evaluators),
        "is_ranked": Ranking.objects.visible_to(viewer).filter(selection=selection).exists(),
        "award": standing_award(selection),
        "is_preparing": selection.phase is Phase.PREPARING,
        "is_scoring": selection.phase is Phase.SCORING,
    }
    return shown | {"next": _next(viewer, shown, selection, bids, evaluators)}


def _facts(selection: Selection) -> list[tuple[str, object]]:
    cost = selection.should_cost
    facts: list[tuple[str, object]] = [
        ("Bids come in until", moment_html(selection.bids_until)),
        ("Should-cost", money(cost, selection.currency) if cost else "Not estimated"),
        ("Bids opened", _when(selection.opened_at)),
        ("Scoring closed", _when(selection.scored_at)),
    ]
    if selection.single_source_reason:
        approved = selection.single_source_approved_by
        facts.append(("Only one is asked", selection.single_source_reason))
        facts.append(("Approved by", approved.name if approved else ""))
    return [(name, value) for name, value in facts if value]


def _when(at: datetime | None) -> str:
    return moment_html(at) if at else ""


def _owed(selection: Selection, mine: Evaluator | None) -> Counter[int]:
    """Return how many scores the viewer still owes, by the key of the bid."""
    if mine is None or selection.phase is not Phase.SCORING:
        return Counter()
    mine.selection = selection
    return Counter(bid.pk for bid, _ in unscored(mine))


def _bid_line(bid: Bid, selection: Selection, criteria: Sequence[Criterion], owed: int) -> BidLine:
    knock_outs = [each for each in criteria if each.kind == CriterionKind.KNOCK_OUT]
    met = is_compliant(bid, knock_outs)
    words = {None: "unchecked", True: "compliant", False: "out"}
    price = money(bid.price, selection.currency) if selection.opened_at else "Sealed"
    return BidLine(bid, price, "withdrawn" if bid.withdrawn_at else words[met], owed)


def _others(request: ViewerRequest, evaluators: Sequence[Evaluator]) -> list[Any]:
    """Return who may still be named, for those who may name."""
    if not request.viewer.may(Duty.RUN_SELECTION):
        return []
    fit = colleagues_who_may(request.viewer, Duty.SCORE_BIDS)
    return list(fit.exclude(pk__in=[each.person_id for each in evaluators]))


def _next(
    viewer: Viewer,
    shown: dict[str, Any],
    selection: Selection,
    bids: Sequence[Bid],
    evaluators: Sequence[Evaluator],
) -> Next:
    key, standing = selection.public_id, [each for each in bids if not each.withdrawn_at]
    if selection.phase is Phase.PREPARING:
        if shown["faults"]:
            return Next(
                shown["faults"][0], "State a criterion", reverse("criterion_new", args=[key])
            )
        if datetime.now(UTC) <= selection.bids_until or not standing:
            return Next(
                "Record each bid as it comes. All are opened together, once the deadline is over.",
                "Record a bid",
                reverse("bid_new", args=[key]),
            )
        return Next(
            "The deadline is over. Opening the bids freezes weights, anchors and must-haves.",
            "Open the bids",
            reverse("selection_open", args=[key]),
            acts=True,
        )
    if selection.phase is Phase.SCORING:
        waiting = [each for each in evaluators if not each.handed_in_at and not each.barred_at]
        if waiting or not evaluators:
            names = ", ".join(each.person.name for each in waiting)
            words = f"Scores are outstanding: {names}." if names else "Name who judges the bids."
            return Next(f"{words} Each judges alone; nobody reads another's scores before.")
        return Next(
            "Everybody has handed in. Closing the scoring lets all read all scores.",
            "Close the scoring",
            reverse("scoring_close", args=[key]),
            acts=True,
        )
    if selection.phase is Phase.MODERATING:
        if shown["award"]:
            return _next_of(shown["award"], viewer)
        return Next(
            "Talk about the scores that lie apart, rank the bids, then propose the award.",
            "Look at the ranking" if shown["is_ranked"] else "Look at the scores",
            reverse("ranking" if shown["is_ranked"] else "scores", args=[key]),
        )
    return Next(
        "The award is made. What is left is a debrief for each bidder that did not win.",
        "To the debriefs",
        reverse("ranking", args=[key]) + "#debriefs",
    )


def _next_of(award: Award, viewer: Viewer) -> Next:
    """Say that a proposal waits, and lead whoever may decide on it there."""
    sentence = "The award is proposed. Somebody other than who proposed it decides."
    if not viewer.may(Duty.APPROVE_AWARD) or award.proposed_by_id == viewer.person.pk:
        return Next(sentence)
    url = reverse("award_decide", args=[award.public_id])
    return Next(sentence, "Decide on the award", url, decides=True)


def terms(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Begin a selection, or change its terms."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    selection = (
        Selection.objects.visible_to(request.viewer)
        .filter(engagement=engagement)
        .select_related("engagement")
        .first()
    )
    initial = TermsForm.initial_of(selection) if selection else {}
    form = TermsForm(request.POST if request.method == "POST" else None, initial=initial)
    back = reverse("selection", args=[engagement_id])
    if form.is_bound and form.is_valid():
        with refused_on(form):
            plan_selection(
                engagement=engagement,
                terms=form.terms(),
                amends=selection,
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, "The terms are kept.")
            return redirect(back)
    own = {"audience": "private", "party": request.viewer.organisation.name}
    shown = frame(request, engagement, "selection", ("Selection", back)) | own
    shown |= {"form": form, "back": back, "amends": selection}
    return render(request, "selections/terms.html", shown, status=422 if form.is_bound else 200)


def open_(request: ViewerRequest, selection_id: str) -> HttpResponse:
    """Open all bids."""
    selection = selection_at(request, selection_id)
    with refused_on_the_next_page(request):
        open_bids(selection=selection, by=request.viewer, as_of=datetime.now(UTC))
        messages.success(request, "The bids are open. Weights, anchors and must-haves stand.")
    return redirect("selection", selection.engagement.public_id)


def close(request: ViewerRequest, selection_id: str) -> HttpResponse:
    """Close the scoring."""
    selection = selection_at(request, selection_id)
    onward = redirect("selection", selection.engagement.public_id)
    with refused_on_the_next_page(request):
        close_scoring(selection=selection, by=request.viewer, as_of=datetime.now(UTC))
        messages.success(request, "The scoring is closed. Everybody reads all scores now.")
        onward = redirect("scores", selection_id)
    return onward
