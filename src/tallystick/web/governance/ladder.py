"""The escalation ladder as a matrix, its gaps in their cells, and when it was tried."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tallystick.actions.record_ladder_test import record_ladder_test
from tallystick.actions.state_ladder_level import state_ladder_level
from tallystick.records.clocks import Clocks
from tallystick.records.engagements import Engagement
from tallystick.records.ladders import LEVELS, Gap, LadderLevel, LadderTest, Tried, gaps_in
from tallystick.records.posts import Post, Staffing
from tallystick.records.roles import Duty
from tallystick.web.components.words import day, duration
from tallystick.web.form_pages import form_page, posted
from tallystick.web.forms.ladders import LadderTestForm, LevelForm
from tallystick.web.governance.frames import governance_around
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.tables import Column, Empty, Table

_POSTS = (
    "client_post__holder", "client_post__deputy", "provider_post__holder", "provider_post__deputy",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rung:
    """A level as a row of the matrix; one that nobody stated is a gap as a whole."""

    number: int
    level: LadderLevel | None
    gaps: Mapping[str, str]
    client: str
    provider: str
    url: str

    @property
    def name(self) -> str:
        """Return the level's name."""
        return f"Level {self.number}"

    @property
    def trigger(self) -> str:
        """Return when it is used."""
        return self.level.trigger if self.level else ""

    @property
    def channel(self) -> str:
        """Return how people are reached."""
        return self.level.channel if self.level else ""

    @property
    def respond_within(self) -> str:
        """Return the time to respond, and on which calendar it counts."""
        return within_words(self.level) if self.level else ""


def within_words(level: LadderLevel) -> str:
    """Say within which time a level responds."""
    if level.respond_minutes is None:
        return ""
    hours = f"on the calendar “{level.calendar}”" if level.calendar else "round the clock"
    return f"{duration(level.respond_minutes * 60)}, {hours}"


def _cell(key: str, label: str) -> Column:
    return Column(key, label, sortable=False, template=f"ladders/{key}.html")


COLUMNS = (
    _cell("name", "Level"),
    Column("trigger", "Used when", sortable=False),
    _cell("client", "Client"),
    _cell("provider", "Provider"),
    _cell("channel", "Channel"),
    _cell("respond_within", "Responds within"),
)
_CHANGE = Column(
    "url", "Change", sortable=False, searchable=False, in_files=False,
    labelled=False, template="ladders/change.html",
)  # fmt: skip
TESTS = (
    Column("tested_on", "Tried on", format=day, searchable=False),
    Column("result", "Result", template="issues/status.html"),
    Column("words", "What was seen", sortable=False),
    Column("recorded_by__name", "Recorded by"),
)


def show(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show the matrix."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    may_govern = request.viewer.may(Duty.GOVERN)
    now = datetime.now(UTC)
    rungs, gaps = _rungs(request, engagement, now)
    matrix = Table(
        [*COLUMNS, _CHANGE] if may_govern else COLUMNS, rungs, request.GET,
        caption="Escalation ladder", empty=_empty(engagement, may_govern), filtering=False,
        name="ladder",
    )  # fmt: skip
    tests = _tests(request, engagement, bool(rungs) and may_govern)
    for table, name in ((matrix, "escalation-ladder"), (tests, "ladder-tests")):
        if table.wants_file:
            return table.file(name)
    shown = {
        "matrix": matrix,
        "gaps": gaps,
        "tests": tests,
        "may_govern": may_govern,
        "stated": bool(rungs),
    }
    return render(request, "ladders/show.html", governance_around(request, engagement) | shown)


def _rungs(
    request: ViewerRequest, engagement: Engagement, now: datetime
) -> tuple[list[Rung], list[Gap]]:
    levels = {each.level: each for each in _stated(request, engagement)}
    if not levels:
        return [], []
    staffing = Staffing([engagement])
    calendars = Clocks([engagement]).names(engagement.pk, now.date())
    found: list[Gap] = []
    rungs = []
    for number in LEVELS:
        level = levels.get(number)
        # Nobody needs four levels; what lies above the highest that is stated is no gap.
        if level is None and number > max(levels):
            gaps: Sequence[Gap] = []
        elif level is None:
            gaps = [Gap(number, side, "Level not stated") for side in ("client", "provider")]
        else:
            gaps = gaps_in(level, staffing, calendars)
        found += gaps
        url = reverse("ladder_level", args=[engagement.public_id]) + f"?level={number}"
        rungs.append(
            Rung(
                number, level, {each.place: each.sentence for each in gaps},
                _spoken(level.client_post if level else None, staffing),
                _spoken(level.provider_post if level else None, staffing), url,
            )
        )  # fmt: skip
    return rungs, found


def _stated(request: ViewerRequest, engagement: Engagement) -> Sequence[LadderLevel]:
    rows = LadderLevel.objects.visible_to(request.viewer).filter(engagement=engagement)
    return list(rows.select_related(*_POSTS).order_by("level"))


def _spoken(post: Post | None, staffing: Staffing) -> str:
    """Say who answers on one side: the holder, and the deputy."""
    if post is None:
        return ""
    holder, deputy = staffing.holder(post), staffing.deputy(post)
    people = ", ".join(
        filter(None, [holder.name if holder else "", f"deputy {deputy.name}" if deputy else ""])
    )
    return f"{post.name}: {people}" if people else post.name


def _empty(engagement: Engagement, may_govern: bool) -> Empty:
    return Empty(
        "No ladder yet",
        "Four levels, a post of each side on each, how they are reached, and how fast they answer. "
        "Then an issue that nobody answers climbs by itself.",
        "State level 1" if may_govern else "",
        reverse("ladder_level", args=[engagement.public_id]) + "?level=1",
    )


def _tests(request: ViewerRequest, engagement: Engagement, may_record: bool) -> Table:
    rows = LadderTest.objects.visible_to(request.viewer).filter(engagement=engagement)
    empty = Empty(
        "Never tried",
        "Call everybody on the ladder once, at night too, and record the day. Once a year is the "
        "least.",
        "Record a test" if may_record else "",
        reverse("ladder_test", args=[engagement.public_id]),
    )
    return Table(
        TESTS, rows.select_related("recorded_by").order_by("-tested_on", "-id"), request.GET,
        caption="When the ladder was tried", empty=empty, name="tests", filtering=False,
    )  # fmt: skip


def state(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """State a level, or change it."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    now = datetime.now(UTC)
    asked = request.GET.get("level", "")
    chosen = int(asked) if asked in {str(each) for each in LEVELS} else LEVELS[0]
    stands = {each.level: each for each in _stated(request, engagement)}
    calendars = Clocks([engagement]).names(engagement.pk, now.date())
    form = LevelForm(request.viewer, engagement, stands, chosen, calendars, posted(request))
    return form_page(
        request,
        form,
        lambda: state_ladder_level(
            engagement=engagement, wording=form.wording(), by=request.viewer, as_of=now
        ),
        _above(request, engagement),
        changes=stands.get(chosen),
        title=f"Level {chosen} of the escalation ladder",
        lead="What you leave empty is shown as a gap. Posts are stated under Governance.",
        said="The level is kept.",
        back=reverse("ladder", args=[engagement.public_id]),
    )


def test(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Record a test of the ladder."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    form = LadderTestForm(posted(request))
    return form_page(
        request,
        form,
        lambda: record_ladder_test(
            engagement=engagement,
            tested_on=form.cleaned_data["tested_on"],
            result=Tried(form.cleaned_data["result"]),
            words=form.cleaned_data["words"],
            by=request.viewer,
            as_of=datetime.now(UTC),
        ),
        _above(request, engagement),
        title="Record a test of the ladder",
        lead="Everybody on it was called once, on the channel that it names.",
        said="The test is kept.",
        back=reverse("ladder", args=[engagement.public_id]),
    )


def _above(request: ViewerRequest, engagement: Engagement) -> "partial[dict[str, object]]":
    here = ("Escalation ladder", reverse("ladder", args=[engagement.public_id]))
    return partial(governance_around, request, engagement, here)
