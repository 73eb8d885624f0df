"""The ladder, the echo and the issues of engagements as they stand in a snapshot."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from tallystick.records.agreements import Agreement
from tallystick.records.echoes import Change, Echoes
from tallystick.records.engagements import Engagement
from tallystick.records.issues import Escalation, Issue
from tallystick.records.ladders import LadderLevel, LadderTest
from tallystick.records.objectives import Objective
from tallystick.records.posts import Post, Staffing
from tallystick.records.risks import PrivateRiskStep
from tallystick.records.roles import Side

MOST_ISSUES = 5_000
_POSTS = (
    "client_post__holder", "client_post__deputy", "provider_post__holder", "provider_post__deputy",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class IssueRows:
    """The issues of some engagements, their ladders and echoes, by engagement."""

    issues: Mapping[int, Sequence[Issue]]
    levels: Mapping[int, Sequence[LadderLevel]]
    staffing: Staffing
    echoes: Echoes

    @classmethod
    def of(cls, engagements: Sequence[Engagement]) -> "IssueRows":
        """Read them, in a fixed number of queries."""
        # What one more column tells is not asked for by one more query.
        turns = Escalation.objects.filter(issue=OuterRef("pk"), ended_at=None)
        private = PrivateRiskStep.objects.filter(issue=OuterRef("pk")).values("risk__public_id")
        issues = Issue.objects.filter(engagement__in=engagements).annotate(
            stuck_at=Subquery(turns.values("exhausted_at")[:1]),
            foreseen_by=Coalesce(F("risk__public_id"), Subquery(private[:1])),
        )
        tests = LadderTest.objects.filter(engagement=OuterRef("engagement"))
        levels = (
            LadderLevel.objects.filter(engagement__in=engagements)
            .select_related(*_POSTS)
            .annotate(tested_on=Subquery(tests.order_by("-tested_on").values("tested_on")[:1]))
        )
        return cls(
            issues=_by_engagement(issues.order_by("id")),
            levels=_by_engagement(levels.order_by("level")),
            staffing=Staffing(engagements),
            echoes=Echoes.of(engagements),
        )


def _by_engagement(rows: Iterable[Any]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for each in rows:
        found[each.engagement_id].append(each)
    return found


def issue_values(
    engagement: Engagement,
    rows: IssueRows,
    objectives: Iterable[Objective],
    agreements: Iterable[Agreement],
    opened_on: date | None,
    on: date,
) -> dict[str, Any]:
    """Return the escalation matrix, what the delivery lead was asked about, and the issues."""
    levels = rows.levels[engagement.pk]
    changes = rows.echoes.changes(engagement, objectives, agreements, opened_on, on)
    return {
        "escalation": {
            "levels": [_level(each, rows.staffing) for each in levels],
            "tested_on": _annotated(levels[0], "tested_on"),
        }
        if levels
        else None,
        "acknowledgements": [
            {
                "subject": each.subject[:200],
                "kind": each.kind.value,
                "changed_on": each.changed_on,
                "acknowledged_on": each.word.at.date() if each.word else None,
            }
            for each in changes
            # Where nobody of the provider has given a word, another guardrail asks for it.
            if _agreed(each)
        ],
        "issues": [_issue(each) for each in rows.issues[engagement.pk][-MOST_ISSUES:]],
    }


def _agreed(change: Change) -> bool:
    """Return whether the provider as a whole has agreed; then its team is asked about."""
    what = change.what
    if isinstance(what, Agreement) or change.word:
        return True
    return any(each.version == what.version for each in what.acknowledgements.all())


def _annotated(row: LadderLevel | Issue, name: str) -> Any:
    """Return what was read along with a row, beside its own columns."""
    return getattr(row, name)


def _level(level: LadderLevel, staffing: Staffing) -> dict[str, Any]:
    return {
        "level": level.level,
        "trigger": level.trigger or None,
        "client": _contact(level.post_of(Side.CLIENT), staffing),
        "provider": _contact(level.post_of(Side.PROVIDER), staffing),
        "channel": level.channel or None,
        "respond_within": f"{level.respond_minutes} minutes" if level.respond_minutes else None,
    }


def _contact(post: Post | None, staffing: Staffing) -> dict[str, Any] | None:
    """Return who is called; a post that nobody was named for is no contact, whoever stands in."""
    if post is None or post.holder is None:
        return None
    deputy = staffing.deputy(post)
    return {
        "name": post.holder.name,
        "deputy": deputy.name if deputy else None,
        "left_on": staffing.vacant_since(post),
    }


def _issue(issue: Issue) -> dict[str, Any]:
    stuck = _annotated(issue, "stuck_at")
    return {
        "id": issue.public_id,
        "title": issue.title,
        "raised_on": issue.raised_at.date(),
        "cause": issue.cause or None,
        "prior_risk": _annotated(issue, "foreseen_by"),
        "cost": issue.cost,
        "unanswered_since": stuck.date() if stuck else None,
    }
