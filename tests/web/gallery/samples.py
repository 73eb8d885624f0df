"""What the gallery shows: much, little, nothing and something wrong."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import QueryDict

from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.outlook.control_chart import control_chart
from tallystick.engine.service_levels.outlook.spread import Bar, Measured, Spread
from tallystick.engine.service_levels.terms import Calendar
from tallystick.engine.service_levels.terms.goals import read_goal
from tallystick.web.calendar_years import year_calendar
from tallystick.web.charts import (
    Point,
    bar,
    columns_chart,
    histogram,
    interval_strip,
    sparkline,
    trend_chart,
)
from tallystick.web.components.status import LOOKS
from tallystick.web.components.words import duration
from tallystick.web.tables import Column, Empty, Table

TARGET = read_goal("95%")
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DIGEST = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
LONG = (
    "Resolution of incidents of the first priority, on site and remote, outside the summer closing"
)


@dataclass(frozen=True)
class Stretch:
    """A stretch of an item's life."""

    since: int
    until: int
    kind: str


def a_calendar() -> Calendar:
    """Return office hours with a night shift and a holiday on which nothing is open anyway."""
    hours = {"mon-fri": ["08:00-12:00", "13:00-17:30"], "sat": ["22:00-06:00"]}
    days = ["2026-01-01", "2026-05-01", "2026-12-27"]
    return Calendar(zone="Europe/Berlin", hours=hours, holidays=days)  # type: ignore[arg-type]


class AnswerForm(forms.Form):
    """One field for each widget."""

    title = forms.CharField(max_length=40, help_text="A sentence that says what was learned.")
    root_cause = forms.CharField(widget=forms.Textarea, required=False)
    service_type = forms.ChoiceField(choices=[("desk", "Service desk"), ("apps", "Applications")])
    answer = forms.ChoiceField(
        choices=[("adopted", "Adopted"), ("not-applicable", "Not applicable")],
        widget=forms.RadioSelect,
    )
    stages = forms.MultipleChoiceField(
        choices=[
            (s, s) for s in ("Define", "Select", "Agree", "Transition", "Deliver", "Close", "All")
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    until = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), required=False)
    share = forms.BooleanField(label="Share with the provider")
    file = forms.FileField(label="Export of your ticket system")


COLUMNS = (
    Column("item", "Item", link=lambda row: f"/?item={row['item']}"),
    Column("level", "Service level"),
    Column(
        "verdict",
        "Verdict",
        template="gallery_verdict.html",
        options=(("met", "Met"), ("missed", "Missed")),
    ),
    Column("counted", "Counted", numeric=True, format=duration),
    Column("attained", "Attained", numeric=True),
    Column("due_at", "Due"),
    Column("trend", "Trend", template="gallery_trend.html", sortable=False, searchable=False),
)
NONE_YET = Empty(
    "No breached item", "Every item of the month was done in time.", "Import a file", "/"
)


def rows(count: int) -> list[dict[str, Any]]:
    """Return items with verdicts."""
    return [
        {
            "item": f"INC{1000 + n}",
            "level": LONG if n % 9 == 4 else "First response, office hours",
            "verdict": "missed" if n % 3 else "met",
            "counted": 3725 * (n + 1),
            "attained": Fraction(900 + n, 1000) if n % 5 else None,
            "due_at": START + timedelta(hours=7 * n),
            "trend": sparkline(months(12), TARGET),
        }
        for n in range(count)
    ]


def table(count: int, name: str, asked: str = "", **changes: Any) -> Table:
    """Return a table of that many items."""
    return Table(
        COLUMNS,
        rows(count),
        QueryDict(asked),
        caption=f"Items, {name}",
        empty=NONE_YET,
        name=name,
        **changes,
    )


def months(count: int) -> list[Point]:
    """Return that many months, one in seven without anything due."""
    figures = (97.2, 96.1, 95.5, 98.3, 94.9, None, 91.8, 96.6, 97.9)
    points: list[Point] = []
    for n in range(count):
        figure = figures[n % len(figures)]
        verdict = "nothing-due" if figure is None else "met" if figure >= 95 else "missed"
        share = None if figure is None else Fraction(str(figure)) / 100
        points.append((f"{2025 + n // 12}-{n % 12 + 1:02}", share, verdict))
    return points


def stretches() -> list[Stretch]:
    """Return three days of an item."""
    hours = [
        (0, 4, "counted"),
        (4, 5, "paused"),
        (5, 9, "counted"),
        (9, 24, "out-of-hours"),
        (24, 48, "holiday"),
    ]
    hours += [(48, 54, "counted"), (54, 72, "stopped")]
    start = int(START.timestamp())
    return [Stretch(start + a * 3600, start + b * 3600, kind) for a, b, kind in hours]


def wrong_form() -> AnswerForm:
    """Return a form that was sent with mistakes."""
    form = AnswerForm(
        {"w-title": "x" * 60, "w-answer": "perhaps", "w-until": "soon", "w-root_cause": "Kept."},
        prefix="w",
    )
    form.full_clean()
    form.add_error(None, "This lesson was answered by somebody else a minute ago.")
    return form


def entries() -> list[Any]:
    """Return what happened, newest first."""
    return [
        SimpleNamespace(
            at=START + timedelta(hours=30),
            who="Cleo Brandt",
            organisation="Baltic Desk",
            sentence="Acknowledged the objective “Resolve within the day”.",
        ),
        SimpleNamespace(
            at=START + timedelta(hours=3),
            who="Ada Lindqvist",
            organisation="Nordwind Energy",
            sentence="Imported incidents-2026-03.csv: 65,533 read, 65,480 accepted, 53 rejected.",
        ),
        SimpleNamespace(
            at=START, who="Ben Okafor", organisation="Nordwind Energy", sentence=f"Planned {LONG}."
        ),
    ]


def spread() -> Spread:
    """Return how long items took, with a tail."""
    counts = (4, 9, 17, 22, 13, 8, 3, 1, 5)
    hour = 3600
    bars = [
        Bar(Fraction(n * hour), Fraction((n + 1) * hour), count) for n, count in enumerate(counts)
    ]
    bars[-1] = Bar(bars[-1].since, None, counts[-1])
    ranks = ((50, 4), (90, 7), (95, 12))
    return Spread(
        measured=Measured.SECONDS,
        count=sum(counts),
        bars=tuple(bars),
        percentiles=tuple((Fraction(rank, 100), Fraction(h * hour)) for rank, h in ranks),
        mark=Fraction(6 * hour),
        beyond=9,
    )


def _navigation() -> dict[str, Any]:
    parts = {
        "": ("Overview",),
        "Before the contract": ("Objectives", "Selection"),
        "Agreement and service": ("Agreement", "Service data", "Service levels", "Statements"),
        "Learning": ("Reviews", "Gate", "Findings", "Notes"),
        "Records": ("History",),
    }
    return {
        "crumbs": [("Engagements", "/"), ("Service desk for the wind parks", "/")],
        "tabs": [
            (part, [(name, "/", name == "Statements") for name in names])
            for part, names in parts.items()
        ],
    }


def _tables() -> dict[str, Any]:
    return {
        "much": table(120, "much", "much-sort=-counted&other=1&much-page=3"),
        "little": table(2, "little", "little-verdict=missed"),
        "none": table(0, "none"),
        "unfit": table(9, "unfit", "unfit-q=zebra"),
        "wide": table(3, "wide", wide=True, filtering=False),
    }


def _charts() -> dict[str, Any]:
    low: list[Point] = [
        ("2026-01", Fraction("0.31"), "missed"),
        ("2026-02", Fraction("0.999"), "pending"),
    ]
    hours: list[Point] = [
        (f"2026-W{n:02}", Fraction(3600 * hours), verdict)
        for n, (hours, verdict) in enumerate(
            [(5, "met"), (6, "met"), (9, "below-expected"), (7, "met"), (14, "missed"), (8, "met")],
            1,
        )
    ]
    control = control_chart([value for _, value, _ in hours if value is not None])
    amounts = [("counted", 50_400), ("paused", 3_600), ("out-of-hours", 54_000)]
    return {
        "chart": trend_chart(months(18), TARGET, "First response, office hours"),
        "chart_few": trend_chart(months(2), TARGET, "Only two months"),
        "chart_none": trend_chart([], TARGET, "Not measured yet"),
        "chart_low": trend_chart(low, read_goal("90%"), "Far below"),
        "chart_hours": trend_chart(
            hours,
            read_goal("<= 8h"),
            "Mean time to resolve",
            minimum=read_goal("<= 12h"),
            control=control,
        ),
        "histogram": histogram(spread(), "Working time of items", "Limit"),
        "columns": columns_chart(
            [
                (f"2026-{month:02d}", {"blocker": month % 3, "major": month % 5, "minor": 1})
                for month in range(1, 13)
            ],
            ("blocker", "major", "minor"),
            "Open findings",
        ),
        "columns_none": columns_chart([], ("blocker", "major", "minor"), "Open findings"),
        "strip": interval_strip(stretches(), "INC1004: how its time counts", "Europe/Brussels"),
        "year": year_calendar("Office", a_calendar(), 2026),
        "strip_none": interval_strip([], "INC1005"),
        "bar": bar(amounts, "INC1004 in sum"),
    }


def _texts() -> dict[str, Any]:
    command = "tallystick measure agreement.yaml --data incidents.csv.gz --mapping map.yaml"
    days = date(2025, 1, 1)
    return {
        "problem": Refusal(
            "The file has no header.",
            place="incidents.csv, row 1",
            remedy="Add a first row that names the columns.",
        ),
        "facts": [("Provider", "Baltic Desk"), ("Starts", days), ("Note", ""), ("Scope", LONG)],
        "digest": DIGEST,
        "start": START,
        "long": LONG,
        "command": f"{command} --window 2012-03 --format json",
        "statuses": [*LOOKS, "something-else"],
    }


def gallery_context() -> dict[str, Any]:
    """Return everything that the gallery's template draws."""
    forms_ = {"form": AnswerForm(), "wrong": wrong_form(), "entries": entries()}
    return {**_navigation(), **_tables(), **_charts(), **_texts(), **forms_}
