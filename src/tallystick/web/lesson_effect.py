"""Did the lessons do any good? Repeats over time, by cause and provider, and each lesson's fate."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.judge_recurrence import judge_recurrence
from tallystick.engine.lessons.causes import Cause
from tallystick.engine.lessons.recurrence import Fate, Repeat, Track, cost_of, median_days_to_use
from tallystick.engine.refusals import Refusal
from tallystick.records.effect import Effect, effect_of
from tallystick.records.lessons import Lesson
from tallystick.records.reviews import ReviewFinding
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer
from tallystick.web.components.words import percent
from tallystick.web.counts import counted
from tallystick.web.forms.refusals import refusal_words
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
T = TypeVar("T")
JUDGEMENTS = {"repeat": True, "no-repeat": False}
RECENT_QUARTERS, SHOWN_QUARTERS, SHOWN_WAITING, FIRST_WAITING = 4, 12, 40, 4


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
        "tiles": _tiles(effect),
        "quarters": _quarters(effect) if effect.mistakes else [],
        "causes": _by_cause(effect),
        "providers": _by_provider(effect),
        "prevented": effect.prevented[:SHOWN_WAITING],
        "waiting": waiting[:FIRST_WAITING],
        "waiting_more": waiting[FIRST_WAITING:],
        "waiting_count": len(effect.waiting),
        "tabs": library_tabs("lessons_effect"),
        "may_judge": request.viewer.may(Duty.VALIDATE_LESSON),
    }
    return render(request, "lessons/effect.html", shown)


def _tiles(effect: Effect) -> list[tuple[str, str, str]]:
    """Return (label, figure, detail) of what matters most."""
    recent = effect.quarters[-RECENT_QUARTERS:]
    mistakes, repeats = sum(q.mistakes for q in recent), sum(q.repeats for q in recent)
    rate = percent(Fraction(repeats, mistakes), 0) if mistakes else "None yet"
    days = median_days_to_use(effect.tracks)
    used = sum(each.fate is not Fate.UNUSED for each in effect.tracks)
    cost = cost_of(effect.repeats)
    return [
        ("Repeat-mistake rate", rate, f"{repeats} of {counted(mistakes, 'mistake')}, last year"),
        ("Lessons applied", f"{used} of {len(effect.tracks)}", "by an engagement or a template"),
        ("From lesson to use", "Not yet" if days is None else f"{days:.0f} days", "the median"),
        (
            "Mistakes prevented",
            str(len(effect.prevented)),
            "found by a guardrail of a lesson, and mended",
        ),
        ("What repeats cost", _money(cost) or "Not told", "as far as lessons tell"),
    ]


def _money(cost: dict[str, Any]) -> str:
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


def _by_cause(effect: Effect) -> list[tuple[str, int, int, str]]:
    """Return (cause, mistakes, repeats, what the repeats cost), the most repeated first."""
    repeats = _grouped((each.mistake.cause, each) for each in effect.repeats if each.sure)
    mistakes = _grouped((each.cause, each) for each in effect.mistakes)
    rows = [
        (
            Cause(cause).words if cause else NO_CAUSE,
            len(found),
            len({each.mistake.id for each in repeats.get(cause, [])}),
            _money(cost_of(repeats.get(cause, []))),
        )
        for cause, found in mistakes.items()
    ]
    return sorted(rows, key=lambda row: (row[0] == NO_CAUSE, -row[2], -row[1], row[0]))


def _by_provider(effect: Effect) -> list[tuple[str, int, int]]:
    """Return (provider, mistakes, repeats) of the mistakes that an engagement tells of."""
    again = {each.mistake.id for each in effect.repeats if each.sure}
    known = _grouped((each.provider, each) for each in effect.mistakes if each.provider)
    rows = [(name, len(each), sum(it.id in again for it in each)) for name, each in known.items()]
    return sorted(rows, key=lambda row: (-row[2], -row[1], row[0]))


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    found: defaultdict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


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
    try:
        judge_recurrence(
            lesson=lesson,
            mistake=_mistake(request, request.POST.get("mistake", "")),
            repeats=repeats,
            note=request.POST.get("note", ""),
            by=request.viewer,
            as_of=datetime.now(UTC),
        )
    except Refusal as refusal:
        messages.error(request, refusal_words(refusal))
    else:
        messages.success(request, "Your word is kept.")
    return redirect("lessons_effect")


def _mistake(request: ViewerRequest, key: str) -> Lesson | ReviewFinding:
    try:
        return find(ReviewFinding, request.viewer, key, "review")
    except Http404:
        return find(Lesson, request.viewer, key)
