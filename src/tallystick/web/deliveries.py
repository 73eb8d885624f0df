"""What a bid promised to win, held against what came: read, and judged at a review."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.judge_delivery import judge_delivery
from tallystick.records.delivered_scores import DeliveredScore, Promise, Promises, promises_of
from tallystick.records.roles import Duty
from tallystick.web.bar_list import BarList, changes
from tallystick.web.components.words import day
from tallystick.web.counts import counted
from tallystick.web.delivered_words import figure_words, points_words, short_words, weight_words
from tallystick.web.forms.deliveries import DeliveryForm
from tallystick.web.forms.refusals import refused_on
from tallystick.web.lookup import ViewerRequest
from tallystick.web.selection_frames import around, selection_at
from tallystick.web.tables import Column, Empty, Table

COLUMNS = (
    Column("criterion", "Criterion"),
    Column("weight", "Weight", numeric=True),
    Column("promised", "Promised", numeric=True, sortable=False),
    Column("promised_points", "Promised, of 100", numeric=True, sortable=False),
    Column("delivered", "Delivered", numeric=True, sortable=False),
    Column("delivered_points", "Delivered, of 100", numeric=True, sortable=False),
    Column("difference", "Difference", sortable=False),
)


def table_of(promises: Promises, asked: QueryDict) -> Table:
    """Return promises and what came of them, and as the files of one."""
    return Table(
        COLUMNS,
        [_row(each, promises.selection.currency) for each in promises.all],
        asked,
        caption="Promised and delivered",
        empty=Empty("Nothing was promised", "The ranking of the award weighed no criterion."),
        filtering=False,
    )


def _row(promise: Promise, currency: str) -> dict[str, object]:
    criterion, newest = promise.criterion, promise.newest
    return {
        "criterion": criterion.name,
        "weight": weight_words(promise.weight),
        "promised": figure_words(criterion, promise.figure, currency),
        "promised_points": points_words(promise.points),
        "delivered": figure_words(criterion, newest.figure, currency) if newest else "",
        "delivered_points": points_words(promise.delivered) if newest else "",
        "difference": short_words(promise.short) if newest else "Not judged yet",
    }


def stats_of(promises: Promises) -> list[tuple[str, str, str]]:
    """Return label, figure and detail of what sums the promises up."""
    promised, came = promises.together
    short = None if promised is None or came is None else promised - came
    return [
        ("Judged", f"{len(promises.judged)} of {len(promises.all)}", "criteria"),
        ("Promised on these", points_words(promised), "of 100, by their weights"),
        ("Delivered on these", points_words(came), "" if short is None else short_words(short)),
    ]


def chart_of(promises: Promises) -> BarList:
    """Return how far what came lies from each promise: less to the left, more to the right."""
    return changes(
        "What came, beside what was promised",
        [
            (
                each.criterion.name,
                short_words(each.short),
                f"weighs {weight_words(each.weight)} of 100",
                None if not each.short else -each.short,
            )
            for each in promises.judged
        ],
    )


def judged_in(promises: Promises) -> list[tuple[Promise, list[tuple[str, DeliveredScore]]]]:
    """Return each judged promise with all that was judged of it, the newest first."""
    currency = promises.selection.currency
    return [
        (each, [(figure_words(each.criterion, one.figure, currency), one) for one in each.scores])
        for each in promises.judged
    ]


def show(request: ViewerRequest, selection_id: str) -> HttpResponse:
    """Show what was promised, what came of it, and what shows it."""
    promises = promises_of(request.viewer, selection_at(request, selection_id))
    table = table_of(promises, request.GET)
    if table.wants_file:
        return table.file("delivered")
    shown = _around(request, promises)
    shown |= {
        "table": table,
        "stats": stats_of(promises),
        "chart": chart_of(promises),
        "judged": judged_in(promises),
        "may_judge": shown["begun"] and request.viewer.may(Duty.HOLD_REVIEW),
    }
    return render(request, "deliveries/show.html", shown)


def _around(request: ViewerRequest, promises: Promises, *above: tuple[str, str]) -> dict[str, Any]:
    selection, award = promises.selection, promises.award
    ranking = ("Ranking", reverse("ranking", args=[selection.public_id]))
    return around(request, selection, ranking, *above) | {
        "begun": promises.have_begun(datetime.now(UTC).date()),
        "starts": day(selection.engagement.starts_on),
        "supplier": award.bid.supplier if award else None,
    }


def judge(request: ViewerRequest, selection_id: str) -> HttpResponse:
    """Say what came of the promises, with what was promised beside each field."""
    promises = promises_of(request.viewer, selection_at(request, selection_id))
    currency = promises.selection.currency
    posted = request.POST if request.method == "POST" else None
    form = DeliveryForm(promises.all, currency, posted)
    back = reverse("delivered", args=[selection_id])
    if form.is_bound and form.is_valid() and promises.award:
        with refused_on(form):
            kept = judge_delivery(
                award=promises.award, given=form.given(), by=request.viewer, as_of=datetime.now(UTC)
            )
            messages.success(request, f"Kept: {counted(len(kept), 'criterion', 'criteria')}.")
            return redirect(back)
    shown = _around(request, promises, ("Promised and delivered", back)) | {
        "form": form,
        "back": back,
        "rows": [
            (
                promise,
                figure_words(promise.criterion, promise.figure, currency),
                _stands(promise, currency),
                *fields,
            )
            for promise, *fields in form.rows()
        ],
    }
    return render(request, "deliveries/judge.html", shown, status=422 if form.is_bound else 200)


def _stands(promise: Promise, currency: str) -> str:
    """Say what was judged last, so that it need not be judged again."""
    newest = promise.newest
    if newest is None:
        return ""
    figure = figure_words(promise.criterion, newest.figure, currency)
    return f"{figure}, {newest.judged_by.name}, {day(newest.judged_at.date())}: {newest.evidence}"
