"""Did the lessons do any good? Repeats over time, by cause and provider, and each lesson's fate."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.judge_recurrence import judge_recurrence
from tallystick.engine.lessons.causes import Cause
from tallystick.engine.lessons.recurrence import Fate, Repeat, Track
from tallystick.records.effect import Effect, effect_of
from tallystick.records.effect_groups import Totals, by_cause, by_provider, totals_of
from tallystick.records.lessons import Lesson
from tallystick.records.reviews import ReviewFinding
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer
from tallystick.web.components.words import percent
from tallystick.web.counts import counted
from tallystick.web.forms.refusals import refused_on_the_next_page
from tallystick.web.lesson_page import library_tabs, told
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.tables import Column, Empty, Table

FATES = {
    Fate.UNUSED: "Never applied",
    Fate.FAILED: "Repeated after it was applied",
    Fate.UNTESTED: "Applied, not met again yet",
    Fate.HOLDS: "Applied, and it holds",
}
NO_CAUSE = "Cause not decided"
JUDGEMENTS = {"repeat": True, "no-repeat": False}
SHOWN_QUARTERS, SHOWN_WAITING, FIRST_WAITING = 12, 40, 4


@dataclass(frozen=True, slots=True)
class FateRow:
    """One lesson in the table of fates."""

    track: Track
    lesson: Lesson
    applied: list[str]

    title = property(lambda self: self.lesson.title)
    cause = property(lambda self: Cause(self.lesson.cause).words if self.lesson.cause else "")
    fate = property(lambda self: FATES[self.track.fate])
    days = property(lambda self: self.track.days_to_use)
    before = property(lambda self: self.track.before_use)
    after = property(lambda self: self.track.after_use)
    where = property(lambda self: ", ".join(self.applied))


COLUMNS = (
    Column("title", "Lesson", link=lambda row: reverse("lesson", args=[row.lesson.public_id])),
    Column("cause", "Cause"),
    Column("fate", "What became of it", options=[(word, word) for word in FATES.values()]),
    Column("days", "Days to first use", numeric=True),
    Column("where", "Adopted in"),
    Column("before", "Repeats before", numeric=True),
    Column("after", "Repeats since", numeric=True),
)


def index(request: ViewerRequest) -> HttpResponse:
    """Show what the lessons did: repeats, what they cost, and the fate of each lesson."""
    effect = effect_of(request.viewer, datetime.now(UTC).date())
    rows = [
        FateRow(each, effect.lessons[each.lesson.id], effect.applied_in[each.lesson.id])
        for each in effect.tracks
    ]
    table = Table(
        COLUMNS,
        rows,
        request.GET,
        caption="What became of each lesson",
        empty=Empty("No lesson yet", "Lessons with a cause and a prevention stand here."),
    )
    if table.wants_file:
        return table.file("lessons-effect")
    waiting = _waiting(request.viewer, effect, effect.waiting[:SHOWN_WAITING])
    shown = {
        "table": table,
        "tiles": _tiles(totals_of(effect)),
        "quarters": _quarters(effect) if effect.mistakes else [],
        "causes": _causes(effect),
        "providers": by_provider(effect),
        "prevented": effect.prevented[:SHOWN_WAITING],
        "waiting": waiting[:FIRST_WAITING],
        "waiting_more": waiting[FIRST_WAITING:],
        "waiting_count": len(effect.waiting),
        "tabs": library_tabs("lessons_effect"),
        "may_judge": request.viewer.may(Duty.VALIDATE_LESSON),
    }
    return render(request, "lessons/effect.html", shown)


def _tiles(totals: Totals) -> list[tuple[str, str, str]]:
    """Return (label, figure, detail) of what matters most."""
    rate = "None yet" if totals.rate is None else percent(totals.rate, 0)
    days = totals.median_days
    of_all = f"{totals.repeats} of {counted(totals.mistakes, 'mistake')}, last year"
    used = f"{totals.applied} of {totals.lessons}"
    return [
        ("Repeat-mistake rate", rate, of_all),
        ("Lessons applied", used, "by an engagement or a template"),
        ("From lesson to use", "Not yet" if days is None else f"{days:.0f} days", "the median"),
        (
            "Mistakes prevented",
            str(totals.prevented),
            "found by a guardrail of a lesson, and mended",
        ),
        ("What repeats cost", _money(totals.cost) or "Not told", "as far as lessons tell"),
    ]


def _money(cost: Mapping[str, Decimal]) -> str:
    return ", ".join(f"{amount:,.0f} {currency}" for currency, amount in cost.items())


def _quarters(effect: Effect) -> list[dict[str, Any]]:
    """Return the newest quarters, each with the share of its bars."""
    shown = effect.quarters[-SHOWN_QUARTERS:]
    most = max((each.mistakes for each in shown), default=0) or 1
    return [
        {
            "name": each.name.replace("-", " "),
            "mistakes": each.mistakes,
            "repeats": each.repeats,
            "rate": "" if each.rate is None else percent(each.rate, 0),
            "height": round(100 * each.mistakes / most),
            "repeated": round(100 * each.repeats / most),
        }
        for each in shown
    ]


def _causes(effect: Effect) -> list[tuple[str, int, int, str]]:
    """Return (cause, mistakes, repeats, what the repeats cost)."""
    return [
        (
            Cause(each.name).words if each.name else NO_CAUSE,
            each.mistakes,
            each.repeats,
            _money(each.cost),
        )
        for each in by_cause(effect)
    ]


def _waiting(viewer: Viewer, effect: Effect, repeats: list[Repeat]) -> list[dict[str, Any]]:
    """Return the mistakes that may repeat a lesson, each once, with the lessons in question."""
    asked = ReviewFinding.objects.visible_to(viewer).filter(
        public_id__in=[each.mistake.id for each in repeats]
    )
    findings = {
        each.public_id: each for each in asked.select_related("review__statement__agreement")
    }
    found: dict[str, dict[str, Any]] = {}
    for repeat in repeats:
        key = repeat.mistake.id
        if key not in found:
            words, url = _later(findings.get(key), effect.lessons.get(key))
            found[key] = {"mistake": repeat.mistake, "words": words, "url": url, "lessons": []}
        found[key]["lessons"].append(effect.lessons[repeat.lesson])
    return list(found.values())


def _later(finding: ReviewFinding | None, lesson: Lesson | None) -> tuple[str, str]:
    """Return what a later mistake is called, and where it stands."""
    if finding:
        return told(finding), reverse("review", args=[finding.review.public_id])
    return (lesson.title, reverse("lesson", args=[lesson.public_id])) if lesson else ("", "")


def judge(request: ViewerRequest, lesson_id: str) -> HttpResponse:
    """Keep a person's word on whether a later mistake repeats a lesson."""
    lesson = find(Lesson, request.viewer, lesson_id)
    repeats = JUDGEMENTS.get(request.POST.get("word", ""))
    if repeats is None:
        messages.error(request, "Say whether it is a repeat.")
        return redirect("lessons_effect")
    with refused_on_the_next_page(request):
        judge_recurrence(
            lesson=lesson,
            mistake=_mistake(request, request.POST.get("mistake", "")),
            repeats=repeats,
            note=request.POST.get("note", ""),
            by=request.viewer,
            as_of=datetime.now(UTC),
        )
        messages.success(request, "Your word is kept.")
    return redirect("lessons_effect")


def _mistake(request: ViewerRequest, key: str) -> Lesson | ReviewFinding:
    try:
        return find(ReviewFinding, request.viewer, key, "review")
    except Http404:
        return find(Lesson, request.viewer, key)
