"""The responsibility matrix: who does what, with what is wrong in its own cell."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.remove_activity import remove_activity
from tallystick.actions.state_activity import state_activity
from tallystick.engine.governance.responsibilities import Defect, Letter, defects_of
from tallystick.records.activities import Activity, matrix_of, matrix_rows
from tallystick.records.engagements import Engagement
from tallystick.records.policies import policy_for
from tallystick.records.posts import Post, Staffing
from tallystick.records.roles import Duty
from tallystick.web.form_pages import form_page, posted
from tallystick.web.forms.governance import ActivityForm
from tallystick.web.governance.frames import governance_around
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.tables import Column, Empty, Table


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A post's letters in an activity, and what is wrong with them."""

    letters: str
    words: str
    wrong: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join(filter(None, [self.letters, *self.wrong]))


@dataclass(frozen=True, slots=True)
class MatrixPart:
    """A matrix read and judged: its activities, posts and defects."""

    activities: list[Activity]
    posts: list[Post]
    defects: list[Defect]


def matrix_part(request: ViewerRequest, engagement: Engagement, staffing: Staffing) -> MatrixPart:
    """Return the matrix of an engagement with its defects, in four queries."""
    viewer = request.viewer
    activities = matrix_of(Activity.objects.visible_to(viewer).filter(engagement=engagement))
    posts = Post.objects.visible_to(viewer).filter(engagement=engagement)
    policy = policy_for(viewer, engagement)
    rows = matrix_rows(activities, staffing)
    defects = defects_of(rows, policy.accountable_share, policy.fewest_activities)
    read = posts.select_related("holder", "deputy").order_by("side", "name")
    return MatrixPart(activities, list(read), defects)


def show(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show the matrix."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    may_govern = request.viewer.may(Duty.GOVERN)
    staffing = Staffing([engagement])
    part = matrix_part(request, engagement, staffing)
    table = _table(request, engagement, part, staffing, may_govern=may_govern)
    if table.wants_file:
        return table.file("responsibilities")
    shown = {"table": table, "defects": part.defects, "may_govern": may_govern, "posts": part.posts}
    around = governance_around(request, engagement)
    return render(request, "governance/matrix.html", around | shown)


def _table(
    request: ViewerRequest,
    engagement: Engagement,
    part: MatrixPart,
    staffing: Staffing,
    *,
    may_govern: bool,
) -> Table:
    columns = [
        Column(
            "name",
            "Activity",
            link=(lambda row: reverse("activity_edit", args=[row["key"]])) if may_govern else None,
        ),
        Column("row_wrong", "What is wrong", sortable=False),
        *(_column(post, staffing) for post in part.posts),
    ]
    empty = Empty(
        "No activity yet",
        "A matrix says for each activity who answers for it, who does it, who is asked and who is "
        "told, over both organisations.",
        "Add an activity" if may_govern else "",
        reverse("activity_new", args=[engagement.public_id]),
    )
    return Table(
        columns,
        _lines(part),
        request.GET,
        caption="Responsibilities",
        empty=empty,
        wide=True,
        letters=True,
    )


def _column(post: Post, staffing: Staffing) -> Column:
    return Column(
        post.public_id,
        post.name if staffing.speaker(post) else f"{post.name}, vacant",
        template="governance/cells/part.html",
        sortable=False,
        plain=str,
    )


def _lines(part: MatrixPart) -> list[dict[str, Any]]:
    wrong: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for defect in part.defects:
        wrong[defect.row, defect.post].append(defect.kind.value.capitalize())
    return [_line(number, each, part.posts, wrong) for number, each in enumerate(part.activities)]


def _line(
    number: int,
    activity: Activity,
    posts: list[Post],
    wrong: defaultdict[tuple[int, str], list[str]],
) -> dict[str, Any]:
    letters: defaultdict[int, list[Letter]] = defaultdict(list)
    for part in activity.responsibilities.all():
        letters[part.post_id].append(Letter(part.letter))
    line: dict[str, Any] = {
        "name": activity.name,
        "key": activity.public_id,
        "row_wrong": ", ".join(wrong.get((number, ""), [])),
    }
    for post in posts:
        found = letters.get(post.pk, [])
        line[post.public_id] = MatrixCell(
            letters=" ".join(each.value for each in found),
            words=" and ".join(each.word for each in found),
            wrong=tuple(wrong.get((number, post.public_id), ())),
        )
    return line


def new(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Add an activity."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    return _state(request, engagement, None)


def edit(request: ViewerRequest, activity_id: str) -> HttpResponse:
    """Change an activity: who has which part in it."""
    activity = find(
        Activity, request.viewer, activity_id, "engagement__client", "engagement__provider"
    )
    return _state(request, activity.engagement, activity)


def remove(request: ViewerRequest, activity_id: str) -> HttpResponse:
    """Take an activity off the matrix."""
    activity = find(Activity, request.viewer, activity_id, "engagement__client")
    remove_activity(activity=activity, by=request.viewer, as_of=datetime.now(UTC))
    messages.success(request, f"“{activity.name}” is off the matrix.")
    return redirect("matrix", activity.engagement.public_id)


def _state(
    request: ViewerRequest, engagement: Engagement, activity: Activity | None
) -> HttpResponse:
    posts = Post.objects.visible_to(request.viewer).filter(engagement=engagement)
    form = ActivityForm(list(posts.order_by("side", "name")), activity, posted(request))
    back = reverse("matrix", args=[engagement.public_id])
    removed = reverse("activity_remove", args=[activity.public_id]) if activity else ""
    return form_page(
        request,
        form,
        partial(_keep, request, engagement, activity, form),
        lambda: (
            governance_around(request, engagement, ("Responsibilities", back))
            | {"remove": removed, "remove_label": "Take it off the matrix"}
        ),
        changes=activity,
        title=f"Who does what: {activity}" if activity else "Add an activity",
        lead="One post answers for it (A). Whoever does it (R) may be the same.",
        said="The activity is kept.",
        back=back,
    )


def _keep(
    request: ViewerRequest, engagement: Engagement, activity: Activity | None, form: ActivityForm
) -> Activity:
    return state_activity(
        engagement=engagement,
        wording=form.wording(),
        amends=activity,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
